"""How often one client may ask. Counts live in the cache; while that is away, each process counts for itself."""

import logging
from threading import Lock
from time import monotonic, time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

log = logging.getLogger(__name__)

RATES = {"anonymous": 120, "principal": 6_000, "costly": 20}  # requests a minute; settings.API_RATES may say otherwise
WINDOW = 60
AWAY = 10  # seconds that we leave a cache alone which did not answer
MOST_KEPT = 10_000

_lock = Lock()
_own: dict[str, int] = {}
_away_until = 0.0


def count(key: str, *, seconds: int = WINDOW) -> int:
    """Count one more under ``key`` and return how many there are now; the count is forgotten after ``seconds``.

    Never raises and never blocks for long: without the cache only this process is counted.
    """
    global _away_until
    if monotonic() >= _away_until:
        try:
            return _count_in_cache(key, seconds)
        except Exception as error:  # whatever a cache client raises, people go on working
            _away_until = monotonic() + AWAY
            log.warning("The cache does not answer (%s): requests are counted by process.", type(error).__name__)
    with _lock:
        if len(_own) >= MOST_KEPT:
            _own.clear()
        _own[key] = _own.get(key, 0) + 1
        return _own[key]


def _count_in_cache(key: str, seconds: int) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # no such key yet
        return 1 if cache.add(key, 1, timeout=seconds) else int(cache.incr(key))


class RateThrottle(BaseThrottle):
    """At most so many requests in each minute of the clock."""

    scope = ""

    def allow_request(self, request: Request, view: Any) -> bool:
        who = self.who(request)
        if who is None:
            return True
        now = time()
        self.left = WINDOW - now % WINDOW
        most = getattr(settings, "API_RATES", RATES).get(self.scope, RATES[self.scope])
        return count(f"rate:{self.scope}:{who}:{int(now // WINDOW)}") <= most

    def who(self, request: Request) -> str | None:
        raise NotImplementedError

    def wait(self) -> float:
        return self.left


class AnonymousThrottle(RateThrottle):
    """By address of the connection. A header such as X-Forwarded-For is whatever its sender likes: not asked."""

    scope = "anonymous"

    def who(self, request: Request) -> str | None:
        return None if request.user and request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")


class PrincipalThrottle(RateThrottle):
    """By person or integration, whichever of its tokens it uses."""

    scope = "principal"

    def who(self, request: Request) -> str | None:
        return str(request.user.pk) if request.user and request.user.is_authenticated else None


class CostlyThrottle(PrincipalThrottle):
    """For a view whose answer costs much, beside the usual ones: by principal and view."""

    scope = "costly"

    def allow_request(self, request: Request, view: Any) -> bool:
        self.view_name = type(view).__name__
        return super().allow_request(request, view)

    def who(self, request: Request) -> str | None:
        principal = super().who(request)
        return principal and f"{principal}:{self.view_name}"
