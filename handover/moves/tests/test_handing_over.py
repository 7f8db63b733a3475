"""Logging an action and offering it: who may, to whom, with which information, within what time."""

import pytest

from common.errors import InformationMissing, Invalid, InvalidTransition, NotAllowed, Refusal
from handover import moves
from handover.actions.models import Action
from handover.due.models import Due
from handover.handovers.models import Handover, Item
from handover.moves.tests.telling import due_at, leaves, owed, refused, told
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes


def test_whoever_logs_an_action_holds_it_and_its_promise_is_owed(desk, people):
    ana, *_ = people
    with leaves("action.created"):
        action = make_action(ana, promised_by=FOUR_PM + hours(2))
    assert (action.state, action.responsible, action.held_since) == ("held", ana, FOUR_PM)
    assert action.ref.startswith("HV-")
    assert owed(action) == {("promise", 1), ("promise", 2)}
    assert due_at(action, "promise") == FOUR_PM + minutes(90)


@pytest.mark.parametrize(("urgency", "remind", "escalate"), [("urgent", 5, 10), ("soon", 30, 60), ("routine", 120, 240)])
def test_a_clock_runs_for_what_is_logged_into_the_pool(desk, people, urgency, remind, escalate):
    action = make_action(people[0], pool=True, urgency=urgency, promised_by=None)
    assert action.responsible is None
    assert (due_at(action, "pool", 1), due_at(action, "pool", 2)) == (FOUR_PM + minutes(remind), FOUR_PM + minutes(escalate))


def test_what_a_system_posts_twice_is_logged_once(desk, bot):
    first = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back", external_ref="CRM-7")
    with leaves():
        again = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back", external_ref="CRM-7")
    assert again == first
    moves.create(team=desk, by=bot, at=FOUR_PM, title="Without a reference")
    moves.create(team=desk, by=bot, at=FOUR_PM, title="Without a reference")
    assert Action.objects.count() == 3


def test_an_action_goes_to_a_colleague_of_its_team(desk, people, bot):
    stranger = make_colleague("Nia", make_team("Shop"))
    with refused(NotAllowed, "do not belong"):
        moves.create(team=desk, by=stranger, at=FOUR_PM, title="Mine")
    for responsible in (stranger, bot, make_colleague("Adm", is_administrator=True)):
        with refused(Invalid, "is not in this team"):
            moves.create(team=desk, by=people[0], at=FOUR_PM, title="Yours", responsible=responsible)
    with refused(Invalid, "another team"):
        moves.create(team=desk, by=people[0], at=FOUR_PM, title="Mine", service=make_agreement(make_team("Pool")).agreement.point.service)
    moves.create(team=desk, by=bot, at=FOUR_PM, title="Yours", responsible=people[1])
    assert told("reassigned") == {"Ben"}


# --- Offering


def test_the_giver_stays_responsible_until_somebody_accepts(people):
    ana, ben, *_ = people
    action = make_action(ana)
    with leaves("item.offered"):
        item = make_offer(ana, ben, action=action)
    assert fresh(action).responsible == ana
    assert (item.giver, item.receiver, item.state) == (ana, ben, "offered")
    assert owed(item) == {("not_accepted", 1), ("not_accepted", 2), ("offer_lapses", 1), ("own_reminder", 1)}
    assert told("offered") == {"Ben"}
    moves.see(item_id=item.pk, by=ben, at=FOUR_PM + minutes(2))
    assert fresh(action).responsible == ana


def test_one_press_offers_several_actions_in_one_envelope_and_twice_is_once(people):
    ana, ben, cem, _ = people
    entries = [brief(make_action(ana)), brief(make_action(ana))]
    with leaves("item.offered", "item.offered"):
        first = moves.offer(entries=entries, by=ana, to=ben, at=FOUR_PM)
    with leaves():
        assert moves.offer(entries=entries, by=ana, to=ben, at=FOUR_PM + minutes(1)) == first
    assert (Handover.objects.count(), first.items.count()) == (1, 2)
    with refused(Refusal, "already on offer"):
        moves.offer(entries=entries, by=ana, to=cem, at=FOUR_PM)


@pytest.mark.parametrize(
    ("urgency", "remind", "accept_by"), [("urgent", minutes(3), minutes(5)), ("soon", minutes(15), minutes(30)), ("routine", minutes(60), hours(8))]
)
def test_how_soon_an_offer_is_to_be_accepted(people, urgency, remind, accept_by):
    """Without a rota eight hours stand in for the end of the incoming shift."""
    ana, ben, *_ = people
    item = make_offer(ana, ben, action=make_action(ana, urgency=urgency))
    assert due_at(item, "not_accepted", 1) == FOUR_PM + remind
    assert due_at(item, "not_accepted", 2) == item.accept_by == FOUR_PM + accept_by


def test_the_clock_of_an_offer_to_those_who_are_not_on_yet_starts_with_their_shift(people, night):
    ana, ben, *_ = people
    item = make_offer(ana, ben, action=make_action(ana, urgency="soon"), when="end_of_shift")
    assert item.accept_by == night.starts_at + minutes(30)
    routine = make_offer(ana, ben, when="end_of_shift")
    assert routine.accept_by == night.ends_at


def test_an_agreement_sets_its_own_limit(desk, people):
    ana, ben, *_ = people
    version = make_agreement(desk)
    version.limits.filter(urgency="soon").update(accept_within=10)
    item = make_offer(ana, ben, action=make_action(ana, urgency="soon", service=version.agreement.point.service))
    assert (due_at(item, "not_accepted", 1), item.accept_by) == (FOUR_PM + minutes(5), FOUR_PM + minutes(10))


def test_only_the_responsible_colleague_offers(people):
    ana, ben, cem, lea = people
    action = make_action(ana)
    for other in (cem, lea):
        with refused(NotAllowed, "Ana is responsible"):
            make_offer(other, ben, action=action)
    with refused(NotAllowed, "Nobody holds"):
        make_offer(ana, ben, action=make_action(ana, pool=True))
    moves.complete(action_id=action.pk, by=ana, at=FOUR_PM)
    with refused(InvalidTransition, "closed"):
        make_offer(ana, ben, action=fresh(action))


def test_an_offer_is_one_choice(people, night):
    ana, ben, *_ = people
    action = make_action(ana)
    for receivers in ({}, {"to": ben, "to_shift_id": night.pk}):
        with refused(Invalid, "Choose a colleague or"):
            moves.offer(entries=[brief(action)], by=ana, at=FOUR_PM, **receivers)
    with refused(Invalid, "Pick"):
        moves.offer(entries=[], by=ana, at=FOUR_PM, to=ben)
    over = make_shift(action.team, "Early", FOUR_PM - hours(9), FOUR_PM - hours(2))
    theirs = make_shift(make_team("Shop"), "Theirs", FOUR_PM, FOUR_PM + hours(2))
    for shift in (over, theirs):
        with refused(Invalid, "over, or belongs to another team"):
            moves.offer(entries=[brief(action)], by=ana, at=FOUR_PM, to_shift_id=shift.pk)


def test_nobody_offers_to_themselves_not_even_with_a_reason(people):
    ana, *_, lea = people
    with refused(NotAllowed, "to yourself"):
        make_offer(ana, ana, override_reason="I like it")
    with refused(NotAllowed, "to yourself"):
        make_offer(lea, lea, override_reason="I lead")


# --- The soft gate


def test_who_is_not_eligible_is_refused_with_every_reason(desk, people, night):
    ana, *_, lea = people
    version = make_agreement(desk, roles=("night receptionist",))
    with refused(NotAllowed, "The agreement says night receptionist. Not on Night.") as refusal:
        make_offer(ana, lea, action=make_action(ana, service=version.agreement.point.service), when="end_of_shift")
    assert refusal.value.field == "receiver"


def test_a_lead_goes_past_a_rule_with_a_reason_that_is_kept_and_told(people, night):
    ana, ben, cem, lea = people
    action = make_action(ana)
    moves.reassign(action_id=action.pk, by=lea, to=lea, reason="I take it on", at=FOUR_PM)
    with refused(NotAllowed, "Not on Night"):
        make_offer(lea, ana, action=action, when="end_of_shift")
    item = make_offer(lea, ana, action=action, when="end_of_shift", override_reason="She stays longer tonight")
    assert item.override_reason == "She stays longer tonight"
    assert moves.accept(item_id=item.pk, by=ana, at=FOUR_PM).state == "accepted"


def test_a_member_goes_past_only_where_the_agreement_lets_them_and_the_lead_hears(desk, people, night):
    ana, ben, cem, lea = people
    with refused(NotAllowed, "Only a lead goes past"):
        make_offer(ana, lea, when="end_of_shift", override_reason="She is here")
    service = make_agreement(desk, colleague_may_go_past=True).agreement.point.service
    item = make_offer(ana, lea, action=make_action(ana, service=service), when="end_of_shift", override_reason="She is here")
    assert item.override_reason == "She is here"
    assert told("overridden") == {"Lea"}


def test_nobody_goes_past_membership_of_the_receiving_team(people):
    ana, *_ = people
    with refused(NotAllowed, "Not in the team"):
        make_offer(ana, make_colleague("Nia", make_team("Shop")), override_reason="She is good")


def test_where_the_rule_is_kept_a_reason_is_not_kept(people):
    assert make_offer(people[0], people[1], override_reason="Just in case").override_reason == ""


# --- The information that travels


def test_a_must_stops_the_offer_and_names_every_field(desk, people):
    ana, ben, *_ = people
    version = make_agreement(desk, must=("Who else knows?",))
    action = make_action(ana, service=version.agreement.point.service)
    with refused(InformationMissing, "Who else knows; .*Next step|Next step; .*Who else knows") as refusal:
        moves.offer(entries=[brief(action, next_step="  ")], by=ana, to=ben, at=FOUR_PM)
    names = {one["name"] for one in refusal.value.extra["items"]}
    assert names == {"next_step", f"answer-{version.required.get().pk}"}
    assert {one["need"] for one in refusal.value.extra["items"]} == {"must"}


def test_a_should_may_go_missing_with_a_reason(desk, people):
    ana, ben, *_ = people
    action = make_action(ana, service=make_agreement(desk, should=("Who else knows?",)).agreement.point.service)
    with refused(InformationMissing) as refusal:
        moves.offer(entries=[brief(action)], by=ana, to=ben, at=FOUR_PM)
    assert refusal.value.field == "missing_reason"
    made = moves.offer(entries=[brief(action, missing_reason="Nobody else yet")], by=ana, to=ben, at=FOUR_PM)
    assert made.items.get().missing_reason == "Nobody else yet"


def test_an_urgent_action_needs_its_plan_for_when_it_goes_wrong(people):
    ana, ben, *_ = people
    with refused(InformationMissing, "Plan if it goes wrong"):
        moves.offer(entries=[brief(make_action(ana, urgency="urgent"), if_then="", missing_reason="No time")], by=ana, to=ben, at=FOUR_PM)


def test_the_brief_keeps_the_questions_as_they_stood(desk, people):
    ana, ben, *_ = people
    version = make_agreement(desk, must=("Who else knows?",))
    asked = version.required.get()
    item = make_offer(ana, ben, action=make_action(ana, service=version.agreement.point.service), entry={"answers": {asked.pk: " Zofia "}})
    type(asked).objects.update(question="Changed?")
    answer = item.brief.answers.get()
    assert (answer.question, answer.need, answer.text) == ("Who else knows?", "must", "Zofia")
    assert item.brief.promise == "A warm room"


# --- To a shift, to another team, by an integration


def test_an_offer_to_a_shift_is_heard_by_everybody_eligible_on_it(people, night):
    ana, ben, cem, _ = people
    made = moves.offer(entries=[brief(make_action(ana))], by=ana, to_shift_id=night.pk, at=FOUR_PM)
    assert (made.items.get().receiver, made.items.get().receiving_shift) == (None, night)
    assert told("offered") == {"Ben", "Cem"}


def test_an_offer_that_nobody_on_the_shift_may_take_tells_the_lead_at_once(desk, people, late):
    ana, *_ = people
    empty = make_shift(desk, "Night", FOUR_PM + hours(2), FOUR_PM + hours(10))
    item = moves.offer(entries=[brief(make_action(ana))], by=ana, to_shift_id=empty.pk, at=FOUR_PM).items.get()
    assert due_at(item, "no_one_eligible") == FOUR_PM


def test_an_agreement_with_another_team_moves_the_action_there_on_acceptance(desk, people):
    ana, ben, *_ = people
    shop = make_team("Shop")
    nia = make_colleague("Nia", shop)
    service = make_agreement(desk, to_team=shop).agreement.point.service
    action = make_action(ana, service=service)
    with refused(NotAllowed, "Not in the team that receives"):
        make_offer(ana, ben, action=action)
    item = make_offer(ana, nia, action=action)
    assert fresh(action).team == desk
    moves.accept(item_id=item.pk, by=nia, at=FOUR_PM)
    action = fresh(action)
    assert (action.team, action.responsible) == (shop, nia)
    assert item.checks.get().team == desk
    assert Action.objects.visible_to(ana).contains(action), "the giver's team keeps sight of what it gave"
    assert not Action.objects.visible_to(ana).contains(make_action(nia)), "and only of that"

    # And what is owed about it is told in its new team; its service stays, though it is the old team's
    assert set(Due.objects.live().about(action).values_list("team", flat=True)) == {shop.pk}
    moves.edit(action_id=action.pk, by=nia, title="Call the shop", service=service, at=FOUR_PM + minutes(1))
    moves.take_back(item_id=item.pk, by=ana, at=FOUR_PM + minutes(2))
    assert (fresh(action).team, fresh(action).responsible) == (desk, ana)


def test_actions_of_one_envelope_go_to_one_team(desk, people):
    ana, ben, *_ = people
    service = make_agreement(desk, to_team=make_team("Shop")).agreement.point.service
    with refused(Invalid, "different teams"):
        moves.offer(entries=[brief(make_action(ana)), brief(make_action(ana, service=service))], by=ana, to=ben, at=FOUR_PM)


def test_an_integration_offers_what_it_created_and_never_accepts(desk, people, bot):
    ana, ben, *_ = people
    own = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back", responsible=ana)
    entry = brief(own, missing_reason="A machine wrote this")
    item = moves.offer(entries=[entry], by=bot, to=ben, at=FOUR_PM).items.get()
    assert (item.giver, item.offered_by) == (ana, bot)
    with refused(NotAllowed, "Only a colleague takes over"):
        moves.accept(item_id=item.pk, by=bot, at=FOUR_PM)
    with refused(NotAllowed, "only what it created"):
        moves.offer(entries=[brief(make_action(ana))], by=bot, to=ben, at=FOUR_PM)
    moves.withdraw(item_id=item.pk, by=bot, at=FOUR_PM)
    assert fresh(item).state == "withdrawn"
    for move in (moves.claim, moves.complete):
        with refused(NotAllowed):
            move(action_id=own.pk, by=bot, at=FOUR_PM)
    with refused(NotAllowed, "cannot take this"):
        moves.offer(entries=[entry], by=bot, to=bot, at=FOUR_PM)


def test_what_an_integration_left_in_the_pool_can_be_offered_from_there(desk, people, bot):
    action = moves.create(team=desk, by=bot, at=FOUR_PM, title="Call back")
    item = moves.offer(entries=[brief(action, missing_reason="A machine")], by=bot, to=people[1], at=FOUR_PM).items.get()
    assert {("pool", 1), ("pool", 2)} <= owed(action), "the pool is never silent"
    moves.decline(item_id=item.pk, by=people[1], reason="On a call", at=FOUR_PM)
    moves.undo_decline(item_id=item.pk, by=people[1], at=FOUR_PM)
    moves.accept(item_id=item.pk, by=people[1], at=FOUR_PM)
    assert not {rule for rule, _ in owed(action)} & {"pool"}


def test_passing_on_while_a_decision_is_owed_is_refused(people):
    ana, ben, cem, _ = people
    item = make_accepted(ana, ben)
    moves.answer(check_id=item.checks.get().pk, by=ben, outcome="unable", words="No key", at=FOUR_PM + minutes(20))
    with refused(Refusal, "not decided yet"):
        make_offer(ben, cem, action=item.action)
    assert Item.objects.on_offer().count() == 0
