"""``/livez``: the process answers. ``/readyz``: it is ready for a person. Both before anything else, for any Host header."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

migrated = False  # once true it stays true: a process never runs on an older database than it started with


class HealthMiddleware:
    """Answers the two probes ahead of host checks, sessions and redirects, so that a load balancer needs no cookie and no name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return JsonResponse({"status": "alive"})
        if request.path == "/readyz":
            return readyz()
        return self.get_response(request)


def readyz() -> HttpResponse:
    """200 when a person can work: the database answers and is migrated.

    ``script/server`` starts the web process when the demo is loaded, so an answer includes that. Without
    the broker people can still work (the rows wait), so that is ``degraded`` and still 200.
    """
    parts = {"database": database(), "broker": broker()}
    ready = parts["database"] == "ok"
    status = "ready" if ready and parts["broker"] == "ok" else "degraded" if ready else "not ready"
    return JsonResponse({"status": status, **parts}, status=200 if ready else 503)


def database() -> str:
    global migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not migrated:
            executor = MigrationExecutor(connection)
            migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return "no answer"
    return "ok" if migrated else "behind: run script/manage migrate"


def broker() -> str:
    try:
        with redis.from_url(settings.CACHE_URL, socket_timeout=1, socket_connect_timeout=0.5) as client:
            client.ping()
    except redis.RedisError:
        return "no answer"
    return "ok"
