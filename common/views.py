"""Answers to what went wrong before or beside any view: set as ``handler400`` … ``handler500`` in ``config.urls``."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

from common.middleware import is_api, unavailable
from common.problems import problem, problem_response

PAGES = {
    400: ("bad-request", "This cannot be understood", "The request was not one that this product sends."),
    403: ("not-allowed", "You may not do this", "You may not do this, or this page was open for too long: go back, reload it and try again."),
    404: ("not-found", "Not found", "There is nothing here that you can see."),
    500: ("error", "Something went wrong", "Something went wrong on our side. Nothing that was confirmed is lost."),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error in a view, or in a middleware further in than ``Refusals``: that a database was away shows here too."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _answer(request, 500)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    code, title, sentence = PAGES[status]
    if is_api(request):
        return problem_response(problem(status, code=code, title=title, detail=sentence))
    context: dict[str, Any] = {"title": title, "sentence": sentence, "status": status}
    asks_database = status in (403, 404)  # the page with the person's navigation; 400 and 500 do without
    try:
        text = loader.render_to_string(f"errors/{status}.html", context, request=request if asks_database else None)
    except Exception:  # an error page must not fail for want of its template
        text = f"<!doctype html><html lang='en-GB'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1><p>{sentence}</p></html>"
    return HttpResponse(text, status=status)
