"""Problem details (RFC 9457): how the REST API says no, whoever says it."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpResponse

from common.errors import Refusal

CONTENT_TYPE = "application/problem+json"
BUSY = {
    "code": "unavailable",
    "title": "Not available for the moment",
    "detail": "The database does not answer. Nothing that was confirmed is lost.",
    "possible": "Try again in a few seconds.",
}


def problem(
    status: int, *, code: str, title: str, detail: str = "", errors: Mapping[str, list[str]] | None = None, possible: str = "", **extra: Any
) -> dict[str, Any]:
    """The body of a problem; members without content are left out."""
    body = {"type": f"/api/docs/#problem-{code}", "title": title, "status": status, "detail": detail, "errors": errors, "possible": possible}
    return {**{name: value for name, value in body.items() if value}, **extra}


def refusal_problem(refusal: Refusal) -> dict[str, Any]:
    """A refusal as a problem; what it carries in ``extra`` becomes further members."""
    errors = {refusal.field: [str(refusal)]} if refusal.field else None
    return problem(refusal.api_status, code=refusal.code, title=refusal.title, detail=str(refusal), errors=errors, possible=refusal.possible, **refusal.extra)


def problem_response(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(orjson.dumps(body, default=str), status=body["status"], content_type=CONTENT_TYPE, headers=headers)
