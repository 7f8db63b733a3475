from types import SimpleNamespace

import pytest
from django.core.cache import cache

from common import throttling
from common.throttling import AnonymousThrottle, CostlyThrottle, PrincipalThrottle

STRANGER = SimpleNamespace(pk=None, is_authenticated=False)


@pytest.fixture(autouse=True)
def fresh_counts(settings, monkeypatch):
    cache.clear()
    settings.API_RATES = {"anonymous": 2, "principal": 3, "costly": 1}
    monkeypatch.setattr(throttling, "_own", {})
    monkeypatch.setattr(throttling, "_away_until", 0.0)
    monkeypatch.setattr(throttling, "time", lambda: 1_000_000.0)


def asks(throttle, times, *, user=STRANGER, address="10.0.0.1", **headers):
    request = SimpleNamespace(user=user, META={"REMOTE_ADDR": address, **headers})
    return [throttle().allow_request(request, view=SimpleNamespace()) for _ in range(times)]


def person(pk):
    return SimpleNamespace(pk=pk, is_authenticated=True)


def test_a_stranger_is_counted_by_address_whatever_the_headers_claim():
    assert asks(AnonymousThrottle, 2) == [True, True]
    assert asks(AnonymousThrottle, 1, HTTP_X_FORWARDED_FOR="1.2.3.4") == [False]
    assert asks(AnonymousThrottle, 1, address="10.0.0.2") == [True]


def test_a_principal_is_counted_by_itself():
    assert asks(PrincipalThrottle, 4, user=person(1)) == [True, True, True, False]
    assert asks(PrincipalThrottle, 1, user=person(2)) == [True]
    assert asks(AnonymousThrottle, 9, user=person(1)) == [True] * 9


def test_what_costs_much_is_counted_apart():
    assert asks(CostlyThrottle, 2, user=person(1)) == [True, False]
    assert asks(PrincipalThrottle, 1, user=person(1)) == [True]


def test_the_next_minute_is_a_new_one_and_the_wait_says_when(monkeypatch):
    assert asks(PrincipalThrottle, 4, user=person(1))[-1] is False
    throttle = PrincipalThrottle()
    throttle.allow_request(SimpleNamespace(user=person(1)), view=None)
    assert throttle.wait() == pytest.approx(20)  # 1,000,000 s is 40 s into its minute
    monkeypatch.setattr(throttling, "time", lambda: 1_000_021.0)
    assert asks(PrincipalThrottle, 1, user=person(1)) == [True]


def test_without_the_cache_people_go_on_and_this_process_counts(settings, monkeypatch, caplog):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}}
    assert asks(PrincipalThrottle, 4, user=person(1)) == [True, True, True, False]
    assert caplog.text.count("does not answer") == 1  # asked once, then left alone for a while


def test_what_this_process_counts_stays_small(monkeypatch):
    monkeypatch.setattr(throttling, "_away_until", float("inf"))
    monkeypatch.setattr(throttling, "MOST_KEPT", 10)
    for number in range(100):
        throttling.count(f"key {number}")
    assert len(throttling._own) <= 10
