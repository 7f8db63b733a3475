"""Several workers at once, and workers beside colleagues: shared without waiting, fired once, fenced by the lease."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from kombu.exceptions import OperationalError

from handover.due import bell
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.moves import by_rule
from handover.notifications import operations as notifications
from handover.notifications import preparing, sending
from handover.notifications.models import Delivery, Kind, Notification
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


@pytest.fixture
def ana():
    return make_colleague("Ana", make_team())


@contextmanager
def another_worker():
    """Runs functions on a connection of its own, which never waits longer than a second for a lock."""

    def start() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")

    with ThreadPoolExecutor(1, initializer=start) as pool:
        try:
            yield lambda function, *args, **kwargs: pool.submit(function, *args, **kwargs).result(10)
        finally:
            pool.submit(lambda: connection.close()).result()


def reminders(ana, count: int) -> None:
    actions = [make_action(ana, title=f"Call {number}") for number in range(count)]
    Due.objects.all().delete()
    Notification.objects.all().delete()
    due.owe(*(Owed(Rule.OWN_REMINDER, one, one.team_id, FOUR_PM, person_id=ana.pk) for one in actions), at=FOUR_PM)


def take(count: int) -> list[int]:
    with transaction.atomic():
        return [row.id for row in due.take(by_rule.TELLS, limit=count)]


def test_two_workers_share_what_is_due_without_waiting_for_each_other(ana):
    """Without SKIP LOCKED the second waits for the first, and this fails after a second."""
    reminders(ana, 20)
    with another_worker() as other, transaction.atomic():
        mine = [row.id for row in due.take(by_rule.TELLS, limit=10)]
        theirs = other(take, 20)
    assert len(mine) == len(theirs) == 10
    assert not set(mine) & set(theirs)


def test_rows_under_a_lease_are_shared_without_waiting_too(ana):
    ben = make_colleague("Ben", ana.memberships.get().team)
    for number in range(4):
        make_offer(ana, ben, action=make_action(ana, title=f"Call {number}"))
    Due.objects.exclude(rule=Rule.OFFER_LAPSES).delete()
    Due.objects.update(due_at=FOUR_PM)
    with another_worker() as other, transaction.atomic():
        mine = due.claim(by_rule.MOVES, limit=2)
        theirs = other(due.claim, by_rule.MOVES, limit=4)
    assert len(mine) == len(theirs) == 2
    assert due.claim(by_rule.MOVES, limit=4) == []


def test_messages_are_shared_without_waiting_too(ana):
    reminders(ana, 4)
    by_rule.tell_due()
    preparing.prepare()
    with another_worker() as other, transaction.atomic():
        mine = sending.claim(limit=2)
        theirs = other(sending.claim, limit=4)
    assert len(mine) == len(theirs) == 2
    assert not {one.message_id for one in mine} & {one.message_id for one in theirs}


def test_two_workers_do_not_prepare_the_same_notices_and_do_not_wait(ana):
    """One at a time, so that nobody gets two consolidated messages."""
    reminders(ana, 4)
    by_rule.tell_due()
    with another_worker() as other, transaction.atomic():
        assert preparing.prepare() == 4
        assert other(preparing.prepare) == 0
    assert Delivery.objects.count() == 4


def test_four_workers_at_once_tell_everybody_once(ana):
    reminders(ana, 60)

    def work() -> int:
        try:
            total = 0
            while fired := by_rule.tell_due(limit=7):
                total += fired
            return total
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        fired = [task.result() for task in [pool.submit(work) for _ in range(4)]]
    while more := by_rule.tell_due():  # what was left while another worker had its action
        fired.append(more)

    assert sum(fired) == 60
    assert Notification.objects.filter(kind=Kind.OWN_REMINDER).count() == 60
    assert not Due.objects.live().exists()


def test_firing_leaves_what_a_colleague_is_just_moving(ana):
    """A notice refers to its action, so that it would wait for whoever locked that; and they, cancelling, for the row."""
    reminders(ana, 2)
    busy, free = Due.objects.order_by("pk")
    with another_worker() as other, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM handover_action WHERE id = %s FOR UPDATE", [busy.subject_id])
        assert other(by_rule.tell_due) == 1
    assert [fresh(row).fired_at is None for row in (busy, free)] == [True, False]
    assert by_rule.tell_due() == 1


def test_a_cancelled_row_does_not_fire_and_a_fired_one_is_not_cancelled(ana):
    reminders(ana, 2)
    first, second = Due.objects.order_by("pk")
    action = ana.actions_held.get(pk=first.subject_id)
    assert due.cancel(action, at=FOUR_PM) == 1
    assert by_rule.tell_due() == 1
    assert due.cancel(action, ana.actions_held.get(pk=second.subject_id), at=FOUR_PM) == 0
    assert fresh(second).cancelled_at is None


def test_one_occurrence_is_owed_once_and_reaches_one_person_once(ana):
    """The last line of defence: without these constraints a mistake anywhere would be a second reminder."""
    reminders(ana, 1)
    row, action = Due.objects.get(), ana.actions_held.get()
    with pytest.raises(IntegrityError, match="due_one_live_row_each"):
        due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, FOUR_PM + hours(1), person_id=ana.pk), at=FOUR_PM)
    by_rule.tell_due()
    with pytest.raises(IntegrityError, match="notification_once_per_occurrence"):
        notifications.tell(Kind.OWN_REMINDER, to=[ana.pk], about=action, action=action, due=row, at=FOUR_PM)


def test_whoever_lost_the_lease_may_not_make_the_move(ana, database_clock):
    # Given a worker that froze with an offer that runs out in its hands
    item = make_offer(ana, make_colleague("Ben", ana.memberships.get().team))
    Due.objects.exclude(rule=Rule.OFFER_LAPSES).delete()
    row = Due.objects.get()
    database_clock(row.due_at)
    (frozen,) = due.claim(by_rule.MOVES, limit=1)

    # When its lease ran out and another worker claimed the row
    database_clock(row.due_at + minutes(2))
    (other,) = due.claim(by_rule.MOVES, limit=1)

    # Then only the other one makes the move
    assert not by_rule.MOVES[Rule.OFFER_LAPSES](row=frozen, lease_token=frozen.lease_token, at=row.due_at)
    assert fresh(item).is_on_offer
    due.trouble(frozen, sentence="late", at=row.due_at)
    due.give_up(frozen, at=row.due_at)
    assert fresh(row).cancelled_at is None
    assert by_rule.MOVES[Rule.OFFER_LAPSES](row=other, lease_token=other.lease_token, at=row.due_at)
    assert not fresh(item).is_on_offer


def test_the_bell_rings_once_per_transaction_and_only_if_it_commits(monkeypatch):
    rung = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: rung.append(name))
    with transaction.atomic():
        due.ring()
        due.ring()
        assert rung == []
    assert rung == ["notifications.send"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        due.ring()
        1 / 0  # noqa: B018
    assert len(rung) == 1


def test_a_broker_that_is_away_is_counted_and_harms_nobody(monkeypatch):
    def away(*_, **__):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(current_app, "send_task", away)
    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    before = bell.failures
    with transaction.atomic():
        due.ring()
    assert bell.failures == before + 1
    assert not bell.ring()  # and for a while nobody tries again
    assert bell.failures == before + 1
    monkeypatch.setattr(bell, "_quiet_until", 0.0)


def test_a_broker_that_takes_the_call_and_says_nothing_costs_less_than_a_second(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        hole = current_app.connection_for_write(address, connect_timeout=0.5, transport_options=bell.QUICK)
        monkeypatch.setattr(bell, "_connection", lambda: hole)
        monkeypatch.setattr(bell, "_quiet_until", 0.0)
        began = time.monotonic()
        assert not bell.ring()
        assert time.monotonic() - began < 1.5
        monkeypatch.setattr(bell, "_quiet_until", 0.0)
