"""The API's document, made once per process, and its readable page."""

from functools import cache
from typing import Any

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from config import api_reading


@cache
def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(public=True)


@cache
def document_text() -> bytes:
    return orjson.dumps(document())


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return HttpResponse(document_text(), content_type="application/json", headers={"Cache-Control": "no-cache"})


@cache
def reading() -> dict[str, Any]:
    return {"groups": api_reading.groups(document()), "shapes": api_reading.shapes(document()), "problems": api_reading.problems(), "page": "api"}


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return render(request, "api/docs.html", reading())
