import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Invalid
from common.keyset import keyset_page
from common.models import IdempotencyKey

pytestmark = [pytest.mark.data, pytest.mark.django_db]

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


def rows(*statuses):
    """Rows with ties: the status and the instant go the same way."""
    return IdempotencyKey.objects.bulk_create(
        IdempotencyKey(principal=1, route="/", key=f"key {n:03}", body_sha256=b"", body=b"", status=s, created_at=NOON + timedelta(microseconds=s))
        for n, s in enumerate(statuses)
    )


def walk(queryset, **how):
    found, cursor = [], ""
    while True:
        page = keyset_page(queryset, cursor=cursor, **how)
        found += page.rows
        if not page.next_cursor:
            return found
        cursor = page.next_cursor


@given(st.lists(st.integers(0, 3), max_size=25), st.integers(1, 7), st.booleans(), st.sampled_from(["status", "created_at", "id"]))
def test_every_row_comes_once_and_in_order_whatever_the_ties(statuses, size, descending, sort):
    IdempotencyKey.objects.all().delete()
    rows(*statuses)
    found = walk(IdempotencyKey.objects.all(), sort=sort, size=size, descending=descending)
    assert found == sorted(IdempotencyKey.objects.all(), key=lambda row: (getattr(row, sort), row.id), reverse=descending)


def test_rows_added_meanwhile_push_nothing_twice():
    rows(5, 4, 3, 2)
    first = keyset_page(IdempotencyKey.objects.all(), sort="status", cursor="", size=2)
    IdempotencyKey.objects.create(principal=1, route="/", key="new", body_sha256=b"", body=b"", status=9)
    second = keyset_page(IdempotencyKey.objects.all(), sort="status", cursor=first.next_cursor, size=2)
    assert [row.status for row in first.rows + second.rows] == [5, 4, 3, 2]
    assert second.next_cursor == ""


def test_plain_values_can_be_paged_too():
    rows(1, 1, 2)
    found = walk(IdempotencyKey.objects.values("id", "key"), sort="key", size=1, descending=False)
    assert [row["key"] for row in found] == ["key 000", "key 001", "key 002"]


def test_one_page_is_one_statement_that_an_index_can_answer(django_assert_num_queries):
    rows(1, 2, 3)
    cursor = keyset_page(IdempotencyKey.objects.all(), sort="created_at", cursor=None, size=1).next_cursor
    with django_assert_num_queries(1) as statements:
        keyset_page(IdempotencyKey.objects.all(), sort="created_at", cursor=cursor, size=1)
    assert '("common_idempotencykey"."created_at", "common_idempotencykey"."id") < (' in statements[0]["sql"]


def opaque(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense", "%%%", "\0", "é", "\ud800", "=", "A", "x" * 5_000,
        opaque([]), opaque({}), opaque("text"), opaque(None), opaque([1, 2]), opaque(["2026-03-02", 1, 2]),
        opaque(["2026-03-02T12:00:00", 1]), opaque(["10000-01-01T00:00:00+00:00", 1]), opaque(["2026-03-02T12:00:00+00:00", "1"]),
        opaque(["2026-03-02T12:00:00+00:00", 2**63]), opaque(["2026-03-02T12:00:00+00:00", True]), opaque(["2026-03-02T12:00:00+00:00", 1.0]),
        base64.urlsafe_b64encode(b"[" * 600).decode(), base64.urlsafe_b64encode(b"\xff\xfe").decode(), opaque([float("nan"), 1]),
    ],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(Invalid, match="not one of ours"):
        keyset_page(IdempotencyKey.objects.all(), sort="created_at", cursor=cursor)


@given(st.text(max_size=80))
def test_no_cursor_breaks_a_page(cursor):
    for sort in ("created_at", "status", "key", "id"):
        try:
            keyset_page(IdempotencyKey.objects.all(), sort=sort, cursor=cursor)
        except Invalid:
            continue


def test_the_edges_of_what_a_column_holds_do_not_break_a_page():
    for edge in ([2**63 - 1, 2**63 - 1], [-(2**63) + 1, 0]):
        keyset_page(IdempotencyKey.objects.all(), sort="status", cursor=opaque(edge))
    for edge in ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        try:
            keyset_page(IdempotencyKey.objects.all(), sort="created_at", cursor=opaque([edge, 1]))
        except Invalid:
            continue
