"""Answers that no view writes itself: refusals, a database that is away, and what may not lie in a cache."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from common.errors import Refusal
from common.problems import BUSY, problem, problem_response, refusal_problem

GetResponse = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER = "5"
NOT_AVAILABLE = (
    "<!doctype html><html lang='en-GB'><meta charset='utf-8'><title>Not available for the moment</title>"
    "<h1>Not available for the moment</h1><p>The database does not answer. Nothing that was confirmed is lost. "
    "Please try again in a few seconds.</p></html>"
)


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


class Refusals:
    """Serve a refusal that reached nobody: a page, a fragment for htmx, or problem details under /api/."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(request)
        return None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if is_api(request):
        return problem_response(refusal_problem(refusal))
    template = "errors/_refused.html" if getattr(request, "htmx", False) else "errors/refused.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 without a single question to the database. Django lets go of the broken connection when the request ends."""
    headers = {"Retry-After": RETRY_AFTER}
    if is_api(request):
        return problem_response(problem(503, **BUSY), headers)
    try:
        text = loader.render_to_string("errors/unavailable.html")  # no request: context processors would ask the database
    except Exception:  # whatever is wrong with the page, this answer must go out
        text = NOT_AVAILABLE
    return HttpResponse(text, status=503, headers=headers)


class NoStore:
    """Nothing that a view answers lies in a cache or behind the back button, unless the view itself said what may be kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response
