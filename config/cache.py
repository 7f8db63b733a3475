"""The cache in Redis, and what takes its place while Redis is away: people go on working, and limits are still counted."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
AWAY = 5.0  # seconds without trying, after Redis did not answer


def or_locally(name: str) -> Callable[..., Any]:
    def method(self: "PatientCache", *args: Any, **kwargs: Any) -> Any:
        if monotonic() >= self.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                self.away_until = monotonic() + AWAY
                log.warning("The cache does not answer (%s): this process keeps its own for the moment.", type(error).__name__)
        return getattr(self.local, name)(*args, **kwargs)

    method.__name__ = name
    return method


class PatientCache(RedisCache):
    """Nothing that may be lost lies in it. While Redis is away each process keeps a small cache of its own, so that a limit on
    sign-ins is not lifted, only counted per process."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.local = LocMemCache("while-redis-is-away", {**params, "OPTIONS": {"MAX_ENTRIES": 5000}})
        self.away_until = 0.0

    add = or_locally("add")
    get = or_locally("get")
    set = or_locally("set")
    touch = or_locally("touch")
    delete = or_locally("delete")
    incr = or_locally("incr")
    has_key = or_locally("has_key")
    get_many = or_locally("get_many")
    set_many = or_locally("set_many")
    delete_many = or_locally("delete_many")
    clear = or_locally("clear")
