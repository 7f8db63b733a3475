from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from audit import operations as audit
from audit import queries
from audit.models import Event
from common.models import IdempotencyKey

pytestmark = [pytest.mark.data, pytest.mark.django_db]

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
ANA = SimpleNamespace(pk=7, kind="person")


def a_record(number=31):
    """Something stored that an event can be about; the trail does not mind what."""
    return IdempotencyKey(pk=number, key="any")


def note(kind="action.created", *, team=1, also=None, about=31, actor=ANA, **data):
    return audit.record(kind, actor=actor, subject=a_record(about), team_id=team, also_team_id=also, at=NOON, data=data)


def test_an_event_says_who_did_what_to_which_record(django_assert_num_queries):
    with django_assert_num_queries(1):
        event = note(promised="tomorrow")
    stored = Event.objects.get(pk=event.pk)
    assert (stored.kind, stored.actor_id, stored.actor_kind, stored.at) == ("action.created", 7, "person", NOON)
    assert (stored.subject_type, stored.subject_id, stored.subject_ref) == ("common.idempotencykey", 31, "")
    assert stored.data == {"promised": "tomorrow"}
    assert stored.position is None


def test_a_rule_acts_without_an_actor():
    assert note(actor=None).actor_kind == "rule"


def test_many_events_go_in_together_and_in_order(django_assert_num_queries):
    drafts = [audit.draft("imported", actor=None, subject=a_record(n), team_id=1, at=NOON) for n in range(1, 11)]
    with django_assert_num_queries(1):
        audit.bulk_record(drafts)
    assert list(Event.objects.order_by("id").values_list("subject_id", flat=True)) == list(range(1, 11))


def test_the_subject_has_to_be_stored_first():
    with pytest.raises(ValueError, match="stored first"):
        audit.draft("x", actor=None, subject=IdempotencyKey(), team_id=1, at=NOON)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET kind = 'other'",
        "UPDATE audit_event SET data = '{}'",
        "UPDATE audit_event SET position = 1, hash = repeat('0', 64), team_id = 9",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "TRUNCATE audit_anchor",
        "DELETE FROM audit_anchor",
        "UPDATE audit_anchor SET hash = 'x'",
    ],
)
def test_the_database_refuses_to_change_or_delete(statement):
    note(some="thing")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_anchor (position, hash, count) VALUES (0, 'abc', 0)")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().data == {"some": "thing"}


def test_an_event_is_sealed_once_and_never_again():
    event = note()
    put = "UPDATE audit_event SET position = %s, hash = repeat('0', 64) WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(put, (1, event.pk))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(put, (2, event.pk))


@pytest.mark.parametrize("columns", [{"position": 1, "hash": "0" * 64}, {"xid": 1}])
def test_nobody_inserts_an_event_that_claims_to_be_sealed_or_older(columns):
    event = audit.draft("forged", actor=None, subject=a_record(), team_id=1, at=NOON)
    for name, value in columns.items():
        setattr(event, name, value)
    with pytest.raises(IntegrityError, match="inserted unsealed"), transaction.atomic():
        event.save(force_insert=True)


def test_a_digest_needs_the_salt_that_lies_in_the_erasable_row():
    assert audit.digest("Mrs Okafor", "salt") == audit.digest("Mrs Okafor", b"salt")
    assert audit.digest("Mrs Okafor", "salt") != audit.digest("Mrs Okafor", "other")
    assert "Okafor" not in audit.digest("Mrs Okafor", "salt")


def test_history_is_by_subject_newest_first():
    first, _, third = note(about=31), note(about=32), note(about=33)
    assert queries.history_of(a_record(31), a_record(33)) == [third, first]
    assert queries.history_of(a_record(31), a_record(33), limit=1) == [third]
    assert queries.history_of() == []


def test_the_marker_changes_with_each_event_of_the_team_before_it_is_sealed(django_assert_num_queries):
    note(team=1)
    before, of_others = queries.newest_marker([1]), queries.newest_marker([2, 3])
    note(team=1)
    assert queries.newest_marker([1]) != before
    assert queries.newest_marker([2, 3]) == of_others
    note(team=1, also=3)  # team 3 gave it away and keeps sight
    with django_assert_num_queries(1):
        assert queries.newest_marker([2, 3]) != of_others
    assert queries.newest_marker([]) == "0.0"
