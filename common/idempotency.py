"""``Idempotency-Key``: a POST that is repeated, at once or after a crash, is done once and answered alike.

The key, what the move changed and the stored answer are one transaction, so that no crash can part them. A database
function takes the lock and looks for an answer in one statement: its second query sees what was committed before the lock.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any

import orjson
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from common.api import as_json
from common.errors import Refusal
from common.models import IdempotencyKey

KEPT = timedelta(hours=48)
TRIES = 3
DEADLOCK, SERIALIZATION = "40P01", "40001"
KEY = re.compile("[!-~]([ -~]{0,198}[!-~])?")
KEPT_HEADERS = ("ETag", "Location")
CLAIM = "SELECT locked, body_sha256, status, body, content_type, headers FROM idempotency_claim(%s, %s, %s)"
STORE = """
    INSERT INTO common_idempotencykey (principal, route, key, body_sha256, status, body, content_type, headers)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (principal, route, key) DO UPDATE SET body_sha256 = excluded.body_sha256, status = excluded.status, body = excluded.body,
        content_type = excluded.content_type, headers = excluded.headers, created_at = statement_timestamp()
"""


class StillRunning(exceptions.APIException):
    """The first request with this key has not been answered yet."""

    status_code = 409
    default_code = "still-running"
    default_detail = "A request with this Idempotency-Key is still running. Ask again in a second."
    wait = 1


class KeyReused(Refusal):
    status = 422
    code = "key-reused"
    title = "This Idempotency-Key was used for something else"


class IdempotentPosts:
    """A mixin for API views: every POST of the view may carry an ``Idempotency-Key``."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method == "POST" and "Idempotency-Key" in request.headers:
            _ = request.body  # kept by Django, so that a parser that read the stream first cannot take it from us
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method == "POST" and "Idempotency-Key" in request.headers:
            self.post = partial(answer_once, self.post, request)  # type: ignore[has-type]


def idempotent(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same for one method of an API view."""

    @wraps(method)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return answer_once(partial(method, view), request, request, *args, **kwargs)

    return answer


def answer_once(handler: Callable[..., Any], request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
    """Call ``handler`` inside one transaction with its key, or repeat the answer that it gave before.

    Only 2xx answers are kept, for 48 hours; a refusal rolls back and is judged again next time. A deadlock is tried again,
    three times in all. Without a key the handler is simply called.
    """
    if "Idempotency-Key" not in request.headers:
        return handler(*args, **kwargs)
    name = _name_of(request)
    digest = hashlib.sha256(request.META.get("QUERY_STRING", "").encode() + b"\0" + request.body).digest()
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic(durable=True):
                return _claim(name, digest) or _store(name, digest, handler(*args, **kwargs))
        except OperationalError as error:
            if not (tries_left and getattr(error.__cause__, "pgcode", "") in (DEADLOCK, SERIALIZATION)):
                raise
    raise AssertionError("unreachable")


def _name_of(request: Request) -> tuple[int, str, str]:
    if request.user.pk is None:
        raise exceptions.NotAuthenticated
    key = request.headers["Idempotency-Key"].strip()
    if not KEY.fullmatch(key):
        raise exceptions.ParseError("Idempotency-Key: Send 1 to 200 letters, digits or signs of ASCII.")
    return request.user.pk, request.path, key


def _claim(name: tuple[int, str, str], digest: bytes) -> HttpResponse | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, name)
        locked, seen, status, body, content_type, headers = cursor.fetchone()
    if not locked:
        raise StillRunning
    if seen is None:
        return None
    if bytes(seen) != digest:
        raise KeyReused("This Idempotency-Key came before, with another request.", possible="Send a new key with a new request.")
    kept = orjson.loads(headers) if isinstance(headers, str) else headers
    return HttpResponse(bytes(body), status=status, content_type=content_type, headers={**kept, "Idempotency-Replayed": "true"})


def _store(name: tuple[int, str, str], digest: bytes, response: HttpResponse) -> HttpResponse:
    if not 200 <= response.status_code < 300:
        transaction.set_rollback(True)
        return response
    if isinstance(response, Response):
        body, content_type = b"" if response.data is None else as_json(response.data), "application/json"
    else:
        body, content_type = response.content, response.headers.get("Content-Type", "")
    headers = orjson.dumps({header: response.headers[header] for header in KEPT_HEADERS if header in response.headers}).decode()
    with connection.cursor() as cursor:
        cursor.execute(STORE, (*name, digest, response.status_code, body, content_type, headers))
    return response


def purge(*, at: datetime, batch: int = 5_000) -> int:
    """Forget the answers that are older than 48 hours at ``at``; return how many. Safe to stop, and to run twice."""
    gone = 0
    while True:
        old = IdempotencyKey.objects.filter(created_at__lt=at - KEPT).order_by("created_at").values("pk")[:batch]
        deleted, _ = IdempotencyKey.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        gone += deleted
        if deleted < batch:
            return gone
