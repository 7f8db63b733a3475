"""The handover window: prepared when it opens, offered by rule 15 minutes after the end; put off, gone home, carried too far."""

from uuid import uuid4

import pytest

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover import moves
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.handovers import drafts
from handover.handovers.brief import HandoverDraft, ShiftLeft
from handover.handovers.models import Handover, Item
from handover.moves import by_rule
from handover.moves.invariants import broken
from handover.notifications.models import Notification
from handover.shifts.ends import owe_ends
from tests.fixtures.clock import put
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
END = FOUR_PM + hours(7)


@pytest.fixture
def desk():
    """Ana and Lea until 23:00, then Ben and Cem."""
    team = make_team()
    people = {name: make_colleague(name, team, lead=name == "Lea") for name in ("Ana", "Ben", "Cem", "Lea")}
    late = make_shift(team, "Late", FOUR_PM - hours(1), END, people["Ana"], people["Lea"])
    night = make_shift(team, "Night", END, END + hours(8), people["Ben"], people["Cem"])
    owe_ends([late, night], at=FOUR_PM - hours(2))
    return people, late, night


def fire(at):
    put(f"SELECT timestamptz '{at.isoformat()}'")
    while by_rule.tell_due() + by_rule.move_due():
        pass
    assert not Due.objects.live().exclude(trouble="").exists()
    assert broken() == []


def told(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("recipient__display_name", "title"))


def test_a_handover_is_prepared_an_hour_before_the_end(desk):
    people, late, _ = desk
    make_action(people["Ana"])
    fire(END - minutes(61))
    assert not HandoverDraft.objects.exists()
    fire(END - minutes(60))
    draft = HandoverDraft.objects.get()
    assert (draft.writer, draft.prepared_for, draft.prepared_at, draft.fields) == (people["Ana"], late, END - minutes(60), {})
    assert Event.objects.get(kind="shift.window_opened").data["prepared_for"] == [people["Ana"].pk]


def test_what_was_typed_is_not_overwritten_and_the_open_tab_goes_on(desk):
    people, late, _ = desk
    ana, action = people["Ana"], make_action(people["Ana"])
    typed = {f"{action.ref}-next_step": "Walk her to 308"}
    drafts.save(writer=ana, team_id=late.team_id, form="hand-over", fields=typed, version=None, at=FOUR_PM)
    fire(END - minutes(60))
    draft = HandoverDraft.objects.get()
    assert (draft.fields, draft.version, draft.prepared_for) == (typed, 1, late)
    ben_draft = {"writer": people["Lea"], "team_id": late.team_id, "form": "hand-over", "at": FOUR_PM}
    drafts.prepare(writer_ids=[people["Lea"].pk], team_id=late.team_id, shift_id=late.pk, at=FOUR_PM)
    assert drafts.save(fields=typed, version=None, **ben_draft).version == 1  # opened before it was prepared


def test_what_is_still_held_is_offered_by_rule_15_minutes_after_the_end(desk):
    people, late, night = desk
    ana = people["Ana"]
    first, second = make_action(ana), make_action(ana, promised_by=FOUR_PM + hours(9))
    drafts.save(writer=ana, team_id=late.team_id, form="hand-over", fields={f"{first.ref}-next_step": "Walk her to 308"}, version=None, at=FOUR_PM)
    fire(END + minutes(14))
    assert not Item.objects.exists()
    fire(END + minutes(15))
    made = Handover.objects.get()
    assert (made.rule, made.giver, made.when) == ("shift_ended", ana, "end_of_shift")
    items = list(made.items.order_by("pk"))
    assert [(item.action, item.giver, item.offered_by, item.receiving_shift) for item in items] == [(first, ana, None, night), (second, ana, None, night)]
    assert items[0].brief.next_step == "Walk her to 308"
    assert items[1].brief.next_step == ""
    assert fresh(first).responsible == ana
    by_rule_notices = [
        ("Ana", "Your shift is over. Offered to the incoming shift by rule: 2 actions"),
        ("Lea", "Still held 15 minutes after the shift, so offered by rule: 2 actions of Ana"),
    ]
    assert told("by_rule") == by_rule_notices
    assert {name for name, _ in told("offered")} == {"Ben", "Cem"}
    assert [event.data["rule"] for event in Event.objects.filter(kind="item.offered")] == ["shift_ended", "shift_ended"]
    moves.accept(item_id=items[0].pk, by=people["Ben"], at=END + minutes(16))
    assert fresh(first).responsible == people["Ben"]


def test_each_colleague_has_one_envelope_and_a_second_firing_makes_none(desk):
    people, late, _ = desk
    for name in ("Ana", "Ana", "Lea"):
        make_action(people[name])
    fire(END + minutes(15))
    owe_ends([late], at=END - hours(1))
    fire(END + minutes(20))
    assert sorted(Handover.objects.values_list("giver__display_name", flat=True)) == ["Ana", "Lea"]


def test_not_what_is_on_offer_put_off_or_to_be_decided(desk):
    people, _, _ = desk
    ana, ben, lea = people["Ana"], people["Ben"], people["Lea"]
    make_offer(ana, ben, when="end_of_shift", at=END - minutes(20))
    off = make_action(ana, promised_by=None)
    moves.put_off(action_id=off.pk, by=ana, until=END + hours(20), reason="The part comes tomorrow.", at=FOUR_PM)
    unable = make_accepted(lea, ana)
    moves.answer(check_id=unable.checks.get().pk, by=ana, outcome="unable", words="No key.", at=FOUR_PM + minutes(20))
    fire(END + minutes(15))
    assert not Handover.objects.filter(rule="shift_ended").exists()


def test_not_who_goes_on_working_on_the_incoming_shift(desk):
    people, late, night = desk
    night.rosterings.create(colleague=people["Ana"])
    make_action(people["Ana"])
    fire(END + minutes(15))
    assert not Item.objects.exists()
    moves.nothing_to_hand_over(shift_id=late.pk, by=people["Ana"], at=END - minutes(5))


def test_who_went_home_ill_is_offered_for_as_well(desk):
    people, late, _ = desk
    make_action(people["Ana"])
    late.rosterings.filter(colleague=people["Ana"]).update(away="absence", away_from=END - hours(2))
    fire(END + minutes(15))
    assert Handover.objects.get().giver == people["Ana"]


def test_without_a_shift_to_come_the_leads_hear_that_nobody_can_take_it(desk):
    people, _, night = desk
    make_action(people["Ana"])
    Due.objects.filter(subject_type="shift", subject_id=night.pk).delete()
    night.delete()
    fire(END + minutes(15))
    assert not Item.objects.exists()
    assert [name for name, _ in told("no_one_eligible")] == ["Lea"]


def test_a_team_without_a_rota_is_left_alone(desk):
    shop = make_team("Shop")
    make_action(make_colleague("Nia", shop))
    fire(END + hours(1))
    assert not Item.objects.exists()


def test_nothing_to_hand_over_is_refused_while_something_is_held(desk):
    people, late, _ = desk
    action = make_action(people["Ana"])
    with pytest.raises(Refusal, match=f"You still hold 1 action: {action.ref}"):
        moves.nothing_to_hand_over(shift_id=late.pk, by=people["Ana"], at=END - minutes(20))
    moves.offer(entries=[brief(action)], by=people["Ana"], to=people["Ben"], at=END - minutes(19))
    moves.nothing_to_hand_over(shift_id=late.pk, by=people["Ana"], at=END - minutes(18))


# --- Going home


def test_leaving_with_urgent_work_asks_why_and_tells_the_lead(desk):
    people, late, _ = desk
    ana, urgent = people["Ana"], make_action(people["Ana"], urgency="urgent")
    with pytest.raises(Invalid) as asked:
        moves.leave(shift_id=late.pk, by=ana, at=END, reason=" ")
    assert asked.value.field == "reason"
    assert urgent.ref in str(asked.value)
    made = moves.leave(shift_id=late.pk, by=ana, at=END, reason="My train goes.")
    assert moves.leave(shift_id=late.pk, by=ana, at=END + minutes(1), reason="Again.") == made
    assert (ShiftLeft.objects.get().unaccepted, ShiftLeft.objects.get().reason) == (1, "My train goes.")
    assert [name for name, _ in told("left_unaccepted")] == ["Lea"]
    assert Event.objects.get(kind="shift.left").data["unaccepted"] == [urgent.pk]
    assert fresh(urgent).responsible == ana


def test_leaving_with_nothing_urgent_needs_no_reason(desk):
    people, late, _ = desk
    make_action(people["Ana"])
    moves.leave(shift_id=late.pk, by=people["Ana"], at=END - minutes(5))
    fire(END - minutes(1))
    assert told("left_unaccepted") == []
    assert told("nothing_offered") == []


def test_only_who_is_on_the_shift_leaves_it_and_not_before_it_begins(desk):
    people, late, night = desk
    with pytest.raises(NotAllowed):
        moves.leave(shift_id=late.pk, by=people["Ben"], at=END)
    with pytest.raises(Refusal):
        moves.leave(shift_id=night.pk, by=people["Ben"], at=END - minutes(1))


# --- Put off


def test_it_stays_with_its_holder_and_comes_back_by_itself(desk):
    people, _, _ = desk
    ana, action = people["Ana"], make_action(people["Ana"], promised_by=FOUR_PM + hours(40))
    until = FOUR_PM + hours(30)
    moves.put_off(action_id=action.pk, by=ana, until=until, reason="The part comes then.", at=FOUR_PM)
    moves.put_off(action_id=action.pk, by=ana, until=until, reason="The part comes then.", at=FOUR_PM)
    assert Event.objects.filter(kind="action.put_off").count() == 1
    fire(until - minutes(1))
    assert (fresh(action).responsible, fresh(action).put_off_until) == (ana, until)
    fire(until)
    assert fresh(action).put_off_until is None
    assert told("back_again") == [("Ana", "You put it off until now: Move Mrs Ellis from 214")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"until": FOUR_PM + hours(8)}, "promised to the customer before"),
        ({"until": FOUR_PM}, "time to come"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_no_promise_is_escaped_and_a_reason_is_given(desk, words, why):
    people, _, _ = desk
    action = make_action(people["Ana"])  # promised by 23:00
    with pytest.raises(Refusal, match=why):
        moves.put_off(**{"action_id": action.pk, "by": people["Ana"], "at": FOUR_PM, "until": FOUR_PM + hours(2), "reason": "Later.", **words})


def test_it_is_over_when_it_is_handed_over_promised_earlier_or_brought_back(desk):
    people, _, _ = desk
    ana, lea = people["Ana"], people["Lea"]
    offered, promised, back, given = (make_action(ana, promised_by=FOUR_PM + hours(40)) for _ in range(4))
    for action in (offered, promised, back, given):
        moves.put_off(action_id=action.pk, by=ana, until=FOUR_PM + hours(30), reason="Later.", at=FOUR_PM)
    moves.offer(entries=[brief(offered)], by=ana, to=lea, at=FOUR_PM, when="in_shift")
    moves.promise(action_id=promised.pk, by=ana, at=FOUR_PM, promised_by=FOUR_PM + hours(20), customer_told=True)
    moves.bring_back(action_id=back.pk, by=ana, at=FOUR_PM)
    moves.reassign(action_id=given.pk, by=lea, at=FOUR_PM, to=people["Ben"], reason="Ana is full.")
    assert not Due.objects.live().filter(rule="resumes").exists()
    assert [fresh(one).put_off_until for one in (offered, promised, back, given)] == [None] * 4
    assert broken() == []


# --- Carried forward


def carry(team, people, times):
    """One shift after the other of 8 hours, nobody hands anything over; return the end of the last."""
    end = END
    for _ in range(times):
        shift = make_shift(team, "Shift", end - hours(8), end)
        owe_ends([shift], at=FOUR_PM - hours(3))
        fire(end)
        end += hours(8)
    return end - hours(8)


def test_every_shift_change_counts_and_more_than_3_must_be_decided(desk):
    people, late, night = desk
    ana, action = people["Ana"], make_action(people["Ana"], promised_by=None)
    Due.objects.filter(subject_type="shift", rule="shift_ended").delete()
    carry(late.team, people, 3)
    assert (fresh(action).carried, fresh(action).must_be_decided, told("carried")) == (3, False, [])
    at = END + hours(24)
    owe_ends([make_shift(late.team, "Fourth", at - hours(8), at)], at=FOUR_PM)
    fire(at)
    assert (fresh(action).carried, fresh(action).must_be_decided) == (4, True)
    assert {name for name, _ in told("carried")} == {"Ana", "Lea"}
    with pytest.raises(Refusal, match="carried over 4 shift changes"):
        moves.offer(entries=[brief(action)], by=ana, to=people["Lea"], at=at, when="in_shift")
    with pytest.raises(Refusal, match="carried over 4 shift changes"):
        moves.put_off(action_id=action.pk, by=ana, until=at + hours(20), reason="Later.", at=at)
    moves.decide_carried(action_id=action.pk, by=ana, decision="do_now", time=at + hours(1), at=at)
    assert fresh(action).must_be_decided is False
    assert not Notification.objects.filter(kind="carried", settled_at__isnull=True).exists()
    fire(at + hours(1))
    assert [name for name, _ in told("own_reminder")] == ["Ana"]


def test_ends_that_lie_close_together_make_one_change_and_what_came_later_crosses_none(desk):
    people, late, _ = desk
    action = make_action(people["Ana"])
    owe_ends([make_shift(late.team, "Desk 2", FOUR_PM, END + minutes(60)), make_shift(late.team, "Desk 3", FOUR_PM, END)], at=FOUR_PM)
    fire(END + minutes(1))
    later = make_action(people["Ana"], at=END + minutes(2))
    fire(END + minutes(60))
    assert (fresh(action).carried, fresh(later).carried) == (1, 1)


@pytest.fixture
def carried(desk):
    people, _, _ = desk
    action = make_action(people["Ana"])
    type(action).objects.filter(pk=action.pk).update(carried=4)
    return people, action


@pytest.mark.parametrize(
    ("words", "who", "why"),
    [
        ({"decision": "do_now"}, "Ana", "Say by when"),
        ({"decision": "new_time", "time": FOUR_PM + hours(3)}, "Ana", "agreed with the customer"),
        ({"decision": "escalate"}, "Ana", "Say why"),
        ({"decision": "close"}, "Ana", "Say why"),
        ({"decision": "go_on", "reason": "The part is late."}, "Ana", "Only a lead"),
        ({"decision": "close", "reason": "No."}, "Lea", "Only the responsible colleague"),
        ({"decision": "escalate", "reason": "Help."}, "Ben", "Ana is responsible"),
    ],
)
def test_each_decision_needs_what_it_needs(carried, words, who, why):
    people, action = carried
    with pytest.raises(Refusal, match=why):
        moves.decide_carried(action_id=action.pk, by=people[who], at=FOUR_PM, **words)
    assert fresh(action).must_be_decided


@pytest.mark.parametrize(
    ("words", "who", "kind"),
    [
        ({"decision": "new_time", "time": FOUR_PM + hours(3), "customer_told": True}, "Lea", "promise_changed"),
        ({"decision": "escalate", "reason": "Help."}, "Ana", "escalated"),
        ({"decision": "close", "reason": "The guest left."}, "Ana", ""),
        ({"decision": "go_on", "reason": "The part is late."}, "Lea", ""),
    ],
)
def test_a_decision_leaves_one_event_and_tells(carried, words, who, kind):
    people, action = carried
    before = Event.objects.count()
    moves.decide_carried(action_id=action.pk, by=people[who], at=FOUR_PM, **words)
    assert Event.objects.count() == before + 1
    assert not fresh(action).must_be_decided
    assert not kind or told(kind)
    with pytest.raises(Refusal):
        moves.decide_carried(action_id=action.pk, by=people[who], at=FOUR_PM, **words)


@pytest.mark.parametrize(("rule", "step"), [("window_opens", 1), ("shift_ended", 1), ("shift_ended", 2)])
def test_a_worker_whose_lease_is_another_s_changes_nothing(desk, rule, step):
    people, _, _ = desk
    action = make_action(people["Ana"])
    row = Due.objects.live().filter(rule=rule, step=step).order_by("due_at").first()
    put(f"SELECT timestamptz '{row.due_at.isoformat()}'")
    (taken,) = [one for one in due.claim([Rule(rule)], limit=5) if one.id == row.pk]
    before = Event.objects.count()
    assert by_rule.MOVES[Rule(rule)](row=taken, lease_token=uuid4(), at=row.due_at) is False
    assert (Event.objects.count(), fresh(action).carried, HandoverDraft.objects.count()) == (before, 0, 0)
    assert not Due.objects.filter(rule="shift_ended", person__isnull=False).exists()
