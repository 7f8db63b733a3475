"""Around every request: a number by which a person and the log mean the same one, what browsers must not do, and one line in the log."""

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("baton.request")
PLAUSIBLE = re.compile(r"[A-Za-z0-9._-]{8,64}")
NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


class RequestMiddleware:
    """Sets ``request.number`` and answers it as ``X-Request-ID``: the one that a proxy sent, if it looks like one, else a new one.

    The line in the log (``LOG_REQUESTS=1``) holds ids only: no names, no addresses, no words that somebody searched for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        sent = request.headers.get("X-Request-ID", "")
        request.number = sent if PLAUSIBLE.fullmatch(sent) else uuid.uuid4().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if log.isEnabledFor(logging.INFO):
            log.info(line(request, response, perf_counter() - began))
        return response


def line(request: HttpRequest, response: HttpResponse, seconds: float) -> str:
    match = request.resolver_match
    facts = {
        "method": request.method,
        "route": match.route if match else request.path_info[:80],
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "user": getattr(getattr(request, "user", None), "pk", None),
        "team": getattr(getattr(request, "team", None), "pk", None),
        "id": request.number,  # type: ignore[attr-defined]
    }
    return " ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
