from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from common import idempotency, tasks
from common.models import IdempotencyKey
from common.tests.urls import Make

pytestmark = [pytest.mark.data, pytest.mark.django_db, pytest.mark.urls("common.tests.urls")]


def post(key=None, address="/api/make/", *, who=1, client=None, **body):
    headers = {"X-Who": str(who), **({"Idempotency-Key": key} if key is not None else {})}
    return (client or Client()).post(address, {"name": "row", **body}, content_type="application/json", headers=headers)


def made():
    return IdempotencyKey.objects.filter(route="made").count()


def stored():
    return IdempotencyKey.objects.exclude(route="made")


def test_without_a_key_every_post_is_done():
    assert [post(name="one").status_code, post(name="two").status_code] == [201, 201]
    assert (made(), stored().count()) == (2, 0)


def test_a_repeated_post_is_done_once_and_answered_alike():
    first, second = post("key"), post("key")
    assert made() == 1
    assert (second.status_code, second.content, second["Content-Type"]) == (201, first.content, first["Content-Type"])
    assert second["Location"] == first["Location"]
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")


def test_an_answer_without_a_body_is_repeated_too():
    for _ in range(2):
        response = post("key", "/api/once/")
        assert (response.status_code, response.content) == (204, b"")
    assert made() == 1


def test_another_body_or_query_under_the_same_key_is_422():
    post("key")
    assert post("key", name="other").json()["type"] == "/api/docs/#problem-key-reused"
    response = post("key", "/api/make/?verbose=1")
    assert (response.status_code, made()) == (422, 1)


def test_a_key_belongs_to_its_principal_and_address():
    post("key", name="one")
    post("key", name="two", who=2)
    post("key", "/api/once/", name="three")
    assert made() == 3


def test_a_refusal_rolls_back_and_is_judged_again():
    assert post("key", refuse=True).status_code == 409
    assert post("key", status=400, name="other").status_code == 400
    assert (made(), stored().count()) == (0, 0)
    assert (post("key").status_code, made()) == (201, 1)


@pytest.mark.parametrize("key", ["", "   ", "x" * 201])
def test_a_key_that_is_none_is_400(key):
    response = post(key)
    assert (response.status_code, made()) == (400, 0)
    assert "Idempotency-Key" in response.json()["detail"]


def test_a_stranger_has_no_key():
    assert post("key", who=0).status_code in (401, 403)


def test_two_statements_are_all_that_a_key_costs(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(Make, "hook", staticmethod(lambda: None))
    with django_assert_num_queries(2 + 3):  # the claim, the row, the answer; the test's own transaction makes two savepoints
        post("key")
    with django_assert_num_queries(1 + 2):
        post("key")


def failing(times, code):
    left = [times]

    def hook():
        if left[0]:
            left[0] -= 1
            with connection.cursor() as cursor:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '{code}'; END $$")

    return staticmethod(hook)


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_a_deadlock_is_tried_again_three_times_in_all(monkeypatch, code):
    monkeypatch.setattr(Make, "hook", failing(2, code))
    assert (post("key").status_code, made()) == (201, 1)
    monkeypatch.setattr(Make, "hook", failing(3, code))
    assert (post("other").status_code, made()) == (503, 1)


def test_another_fault_is_not_tried_again(monkeypatch):
    def hook():
        raise OperationalError("gone")

    monkeypatch.setattr(Make, "hook", staticmethod(hook))
    assert (post("key").status_code, made()) == (503, 0)


def test_answers_are_forgotten_after_48_hours():
    for name in ("young", "old", "older"):
        post(name)
    stored().filter(key__startswith="old").update(created_at=timezone.now() - timedelta(hours=48, seconds=1))
    response = post("old", name="quite another body")
    assert (response.status_code, made()) == (201, 4)
    assert tasks.purge() == 1
    assert set(stored().values_list("key", flat=True)) == {"young", "old"}


def test_purging_goes_by_batches():
    IdempotencyKey.objects.bulk_create(
        IdempotencyKey(principal=1, route="/", key=str(n), body_sha256=b"", body=b"", status=200, created_at=timezone.now() - timedelta(days=3))
        for n in range(7)
    )
    assert idempotency.purge(at=timezone.now(), batch=3) == 7


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_one_row(monkeypatch):
    start = Barrier(50)

    def slowly():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")

    monkeypatch.setattr(Make, "hook", staticmethod(slowly))

    def ask(_):
        try:
            start.wait()
            response = post("key")
            return response.status_code, response.get("Retry-After"), response.content
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert made() == 1
    assert {(status, retry) for status, retry, _ in answers} <= {(201, None), (409, "1")}
    assert len({content for status, _, content in answers if status == 201}) == 1
    assert post("key").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_repeated_until_answered_a_hundred_keys_make_a_hundred_rows():
    def insist(number):
        try:
            while (response := post(f"key {number % 100}", name=f"row {number % 100}")).status_code == 409:
                pass
            return response.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(insist, range(400))) == {201}
    assert made() == 100
