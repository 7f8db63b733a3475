"""Rows that fall due: fired once, told to whom it concerns, cancelled when nobody needs them."""

import pytest

from handover import moves
from handover.actions.states import State as ActionState
from handover.checks.models import Check
from handover.checks.states import State as CheckState
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.due.queries import backlog
from handover.handovers.models import When
from handover.handovers.states import State
from handover.moves import by_rule
from handover.notifications.models import Kind, Notification
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_team()


@pytest.fixture
def people(desk):
    """Ana gives, Ben receives, Leila leads."""
    return make_colleague("Ana", desk), make_colleague("Ben", desk), make_colleague("Leila", desk, lead=True)


def fire() -> int:
    return by_rule.tell_due() + by_rule.move_due()


def told(kind: Kind) -> set[str]:
    return set(Notification.objects.filter(kind=kind, due__isnull=False).values_list("recipient__display_name", flat=True))


def test_nothing_fires_before_its_time_and_everything_once_at_it(people, database_clock):
    # Given that Ana asked to be reminded at five
    ana, ben, _ = people
    item = make_offer(ana, ben, remind=False)
    moves.remind_me(item_id=item.pk, by=ana, at=FOUR_PM, remind_at=FOUR_PM + hours(1))

    # When the engine looks a second before, at five, and again
    database_clock(FOUR_PM + minutes(59))
    Due.objects.exclude(rule=Rule.OWN_REMINDER).delete()
    assert fire() == 0
    database_clock(FOUR_PM + hours(1))
    assert fire() == 1
    assert fire() == 0

    # Then she was told once
    reminder = Notification.objects.get(kind=Kind.OWN_REMINDER)
    assert (reminder.recipient, reminder.at) == (ana, FOUR_PM + hours(1))
    assert reminder.title == f"Your reminder: {item.action.title}"
    assert reminder.path == item.get_handover_url()


def test_an_offer_not_accepted_reminds_the_receiver_then_tells_giver_and_lead(people, database_clock):
    ana, ben, _ = people
    item = make_offer(ana, ben, action=make_action(ana, urgency="urgent"), remind=False)

    database_clock(FOUR_PM + minutes(3))
    fire()
    assert told(Kind.NOT_ACCEPTED) == {"Ben"}
    assert Notification.objects.get(kind=Kind.NOT_ACCEPTED).path == f"/receive/{item.ref}/"

    database_clock(FOUR_PM + minutes(5))
    fire()
    assert told(Kind.NOT_ACCEPTED) == {"Ben", "Ana", "Leila"}
    assert fresh(item.action).responsible == ana


def test_what_was_accepted_in_time_tells_nobody(people, database_clock):
    ana, ben, _ = people
    make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    database_clock(FOUR_PM + minutes(10))
    fire()
    assert told(Kind.NOT_ACCEPTED) == set()


def test_a_row_that_nobody_needs_any_more_is_cancelled_at_firing(people, database_clock):
    # Given a reminder about an action that was completed behind its back
    ana, _, _ = people
    action = make_action(ana)
    due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, FOUR_PM, person_id=ana.pk), at=FOUR_PM)
    type(action).objects.filter(pk=action.pk).update(state=ActionState.COMPLETED, closed_at=FOUR_PM)

    database_clock(FOUR_PM)
    fire()

    row = Due.objects.get(rule=Rule.OWN_REMINDER)
    assert (row.fired_at, row.cancelled_at) == (None, FOUR_PM)
    assert told(Kind.OWN_REMINDER) == set()


def test_an_offer_to_a_shift_reminds_those_on_it_who_have_not_declined(desk, people, database_clock):
    ana, ben, leila = people
    make_shift(desk, "Late", FOUR_PM - hours(7), FOUR_PM + minutes(30), ana)
    night = make_shift(desk, "Night", FOUR_PM, FOUR_PM + hours(8), ben, leila)
    made = moves.offer(entries=[brief(make_action(ana, urgency="urgent"))], by=ana, at=FOUR_PM, when=When.END_OF_SHIFT, to_shift_id=night.pk, remind=False)
    moves.decline(item_id=made.items.get().pk, by=leila, reason="On a call", at=FOUR_PM + minutes(1))

    row = Due.objects.filter(rule=Rule.NOT_ACCEPTED, step=1).get()
    database_clock(row.due_at)
    fire()

    assert told(Kind.NOT_ACCEPTED) == {"Ben"}


def test_a_check_is_put_at_its_time_then_reminded_of_then_told_to_the_lead(people, database_clock):
    ana, ben, _ = people
    item = make_accepted(ana, ben)
    check = Check.objects.get(item=item)
    Due.objects.exclude(rule=Rule.CHECK).delete()

    database_clock(check.due_at)
    fire()
    assert fresh(check).state == CheckState.ASKED
    assert told(Kind.CHECK_ASKED) == {"Ben", "Ana"}
    assert [(one.recipient, one.needs_you) for one in Notification.objects.filter(kind=Kind.CHECK_ASKED).order_by("-needs_you")] == [(ben, True), (ana, False)]

    database_clock(check.due_at + minutes(30))
    fire()
    assert told(Kind.CHECK_WAITS) == {"Ben"}
    database_clock(check.due_at + minutes(60))
    fire()
    assert told(Kind.CHECK_WAITS) == {"Ben", "Leila"}


def test_a_check_answered_in_time_bothers_nobody(people, database_clock):
    ana, ben, _ = people
    item = make_accepted(ana, ben)
    check = Check.objects.get(item=item)
    Due.objects.exclude(rule=Rule.CHECK).delete()
    database_clock(check.due_at)
    fire()
    moves.answer(check_id=check.pk, by=ben, outcome="completed", words="Warm now.", at=check.due_at + minutes(1))

    database_clock(check.due_at + minutes(90))
    fire()

    assert told(Kind.CHECK_WAITS) == set()
    assert not Notification.objects.filter(kind=Kind.CHECK_ASKED, settled_at__isnull=True).exists()


def test_a_promise_is_told_before_and_as_it_passes_to_holder_watcher_and_lead(people, database_clock):
    ana, ben, _ = people
    action = make_action(ana, promised_by=FOUR_PM + hours(2))
    make_accepted(ana, ben, action=action)
    Due.objects.exclude(rule=Rule.PROMISE).delete()

    database_clock(FOUR_PM + minutes(90))
    fire()
    assert told(Kind.PROMISE) == {"Ana", "Ben", "Leila"}
    database_clock(FOUR_PM + hours(2))
    fire()
    assert Notification.objects.filter(kind=Kind.PROMISE, title__startswith="The time promised").count() == 3


def test_the_pool_is_never_silent(desk, people, database_clock):
    ana, ben, _ = people
    make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ben)
    make_action(ana, pool=True, urgency="urgent")

    database_clock(FOUR_PM + minutes(5))
    fire()
    assert told(Kind.IN_POOL) == {"Ben"}
    database_clock(FOUR_PM + minutes(10))
    fire()
    assert told(Kind.IN_POOL) == {"Ben", "Leila"}


def test_whoever_holds_something_is_told_before_the_shift_ends_unless_they_said_nothing(desk, people, database_clock):
    ana, ben, _ = people
    carl = make_colleague("Carl", desk)
    shift = make_shift(desk, "Late", FOUR_PM - hours(7), FOUR_PM + minutes(30), ana, ben, carl)
    make_action(ana)
    Due.objects.all().delete()
    steps = ((1, FOUR_PM), (2, FOUR_PM + minutes(20)))
    due.owe(*(Owed(Rule.NOTHING_OFFERED, shift, desk.pk, due_at, step, one.pk) for one in (ana, ben, carl) for step, due_at in steps), at=FOUR_PM)
    make_action(carl)
    moves.nothing_to_hand_over(shift_id=shift.pk, by=ben, at=FOUR_PM)
    make_offer(carl, ana, action=carl.actions_held.get())

    database_clock(FOUR_PM)
    fire()

    assert told(Kind.NOTHING_OFFERED) == {"Ana"}
    assert Notification.objects.get(kind=Kind.NOTHING_OFFERED).path == "/handovers/new/"

    # When Ana is taken off the shift, she is not reminded again
    shift.rosterings.filter(colleague=ana).delete()
    database_clock(FOUR_PM + minutes(20))
    fire()
    assert Notification.objects.filter(kind=Kind.NOTHING_OFFERED).count() == 1


def test_an_acceptance_after_which_nothing_happens_lapses(people, database_clock):
    ana, ben, _ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    row = Due.objects.get(rule=Rule.LAPSE)

    database_clock(row.due_at)
    Due.objects.exclude(rule=Rule.LAPSE).delete()
    fire()

    assert fresh(item).state == State.LAPSED
    assert fresh(item.action).state == ActionState.POOL
    assert fresh(row).fired_at == row.due_at


def test_an_offer_runs_out(people, database_clock):
    ana, ben, _ = people
    item = make_offer(ana, ben)
    row = Due.objects.get(rule=Rule.OFFER_LAPSES)
    database_clock(row.due_at)
    Due.objects.exclude(rule=Rule.OFFER_LAPSES).delete()
    fire()
    assert fresh(item).state == State.LAPSED
    assert fresh(item.action).responsible == ana


def test_one_row_that_fails_does_not_stop_the_others(people, database_clock, monkeypatch):
    # Given ten reminders of which the fourth cannot be fired
    ana, _, _ = people
    actions = [make_action(ana, title=f"Call {number}") for number in range(10)]
    Due.objects.all().delete()
    due.owe(*(Owed(Rule.OWN_REMINDER, one, one.team_id, FOUR_PM + minutes(i), person_id=ana.pk) for i, one in enumerate(actions)), at=FOUR_PM)
    right = by_rule.TELLS[Rule.OWN_REMINDER]

    def poisoned(row, facts, circle):
        if facts.title == "Call 3":
            raise ValueError("This row is poison.")
        return right(row, facts, circle)

    monkeypatch.setitem(by_rule.TELLS, Rule.OWN_REMINDER, poisoned)

    # When the engine works on all of them
    database_clock(FOUR_PM + hours(1))
    while fire():
        pass

    # Then the others were told, and the bad one says why and waits
    assert Notification.objects.filter(kind=Kind.OWN_REMINDER).count() == 9
    (row,) = Due.objects.live()
    assert row.trouble == "ValueError: This row is poison."
    assert row.lease_until == FOUR_PM + hours(1) + minutes(20 / 60)
    assert backlog().troubled == 1
    assert not backlog().is_fine

    # And it is tried again later
    monkeypatch.setitem(by_rule.TELLS, Rule.OWN_REMINDER, right)
    database_clock(FOUR_PM + hours(2))
    fire()
    assert not Due.objects.live().exists()
    assert backlog().is_fine


def test_a_follow_up_that_nobody_decides_reminds_the_giver_then_tells_the_lead(people, database_clock):
    ana, ben, _ = people
    item = make_accepted(ana, ben, action=make_action(ana, urgency="urgent"))
    check = Check.objects.get(item=item)
    moves.answer(check_id=check.pk, by=ben, outcome="unable", words="The lift is out.", at=FOUR_PM + minutes(2))
    Due.objects.exclude(rule=Rule.FOLLOW_UP).delete()

    database_clock(FOUR_PM + minutes(12))
    fire()
    assert told(Kind.FOLLOW_UP_WAITS) == {"Ana"}
    database_clock(FOUR_PM + minutes(22))
    fire()
    assert told(Kind.FOLLOW_UP_WAITS) == {"Ana", "Leila"}
