"""Somebody leaves a team: every action has a holder or the pool, whoever gave something hears, nothing is lost."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Membership
from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover import moves
from handover.actions.models import Action
from handover.agreements.agreeing import ProposalAnswer
from handover.due.models import Due
from handover.leaving import operations as leaving
from handover.leaving.operations import Plan
from handover.moves.invariants import broken
from handover.moves.tests.telling import owed, told
from handover.notifications.models import Notification
from handover.shifts.models import Rostering
from handover.shifts.swap_models import Swap
from tests.stories import FOUR_PM, brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

SOON = FOUR_PM + minutes(10)


@pytest.fixture
def desk(db, database_clock):
    database_clock(SOON)
    return make_team("Desk")


@pytest.fixture
def people(desk):
    """Ana leaves; Ben and Cem work with her, Lea leads."""
    return make_colleague("Ana Reyes", desk), make_colleague("Ben", desk), make_colleague("Cem", desk), make_colleague("Lea", desk, lead=True)


def place_of(person):
    return Membership.objects.get(user=person, ended_at=None)


def leave(person, by, **plan):
    return leaving.leave(membership_id=place_of(person).pk, by=by, at=SOON, plan=Plan(**plan))


def standing(person):
    return set(Notification.objects.filter(recipient=person, settled_at=None).values_list("kind", flat=True))


def test_what_they_held_goes_to_the_pool_with_its_clock_or_to_whom_the_lead_names(people):
    ana, ben, _, lea = people
    pooled, named = make_action(ana), make_action(ana)
    leave(ana, lea, to={named.pk: ben}, reason="She moves to Leeds.")
    assert (fresh(pooled).state, fresh(named).responsible) == ("pool", ben)
    assert {("pool", 1), ("pool", 2)} <= owed(pooled)
    assert "reassigned" in standing(ben)
    events = Event.objects.filter(kind="action.reassigned")
    assert {one.data["rule"] for one in events} == {"membership_ended"}
    assert place_of_ended(ana).ended_at == SOON
    assert told("left_team") == set()  # Lea did it herself, and nobody watches anything
    assert broken() == []


def place_of_ended(person):
    return Membership.objects.get(user=person)


def test_what_they_offered_is_withdrawn_and_what_waited_for_them_returns_to_its_giver(people):
    ana, ben, cem, lea = people
    given, waits = make_offer(ana, cem), make_offer(ben, ana)
    leave(ana, lea)
    assert (fresh(given).state, fresh(waits).state) == ("withdrawn", "declined")
    assert fresh(waits.action).responsible == ben
    heard = Notification.objects.get(kind="declined")
    assert (heard.recipient, heard.words) == (ben, "Ana Reyes has left the team.")
    assert heard.needs_you
    with pytest.raises(Refusal):
        moves.undo_decline(item_id=waits.pk, by=fresh(ana), at=SOON)
    assert broken() == []


def test_a_check_that_was_put_to_them_is_put_to_the_new_holder(people):
    ana, ben, cem, lea = people
    item = make_accepted(ben, ana)
    check = item.checks.get()
    moves.ask_now(check_id=check.pk, by=ben, at=SOON)
    leave(ana, lea, otherwise=cem)
    assert "check_asked" in standing(cem) and not standing(ana)
    moves.answer(check_id=check.pk, by=fresh(cem), outcome="completed", at=SOON)
    assert Notification.objects.filter(recipient=ben, kind="outcome").exists()
    assert broken() == []


def test_what_they_watched_is_seen_through_by_the_lead_or_whom_the_lead_names(people):
    ana, ben, cem, lea = people
    running, done, unable = (make_accepted(ana, ben) for _ in range(3))
    moves.remind_me(item_id=running.pk, by=ana, at=SOON, remind_at=SOON + hours(1))
    moves.complete(action_id=done.action_id, by=ben, at=SOON)
    moves.answer(check_id=unable.checks.get().pk, by=ben, outcome="unable", words="No key", at=SOON)
    leave(ana, lea, watch_to=cem)
    assert {item.watcher for item in (fresh(running), fresh(done), fresh(unable))} == {cem}
    assert fresh(running).giver == ana  # history stays
    assert running.checks.get().giver == cem
    assert unable.followups.get().owed_by == cem
    assert Due.objects.live().get(rule="own_reminder", subject_id=running.pk).person == cem
    assert {"outcome", "unable", "left_team"} <= standing(cem)
    moves.see_outcome(item_id=done.pk, by=fresh(cem), at=SOON)
    moves.complete(action_id=running.action_id, by=ben, at=SOON + minutes(5))
    assert Notification.objects.filter(recipient=cem, kind="outcome", subject_id=running.pk).exists()
    moves.decide(follow_up_id=unable.followups.get().pk, by=fresh(cem), decision="take_back", at=SOON + minutes(5))
    assert fresh(unable.action).responsible == cem
    assert broken() == []


def test_without_a_name_the_lead_watches(people):
    ana, ben, cem, lea = people
    item = make_accepted(ana, ben)
    make_colleague("Adm", is_administrator=True)
    leave(ana, lea)
    assert fresh(item).watcher == lea


def test_they_are_off_the_rota_and_told_so_and_their_bell_is_silent(people, desk):
    ana, ben, _, lea = people
    running = make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ana, ben)
    tomorrow = make_shift(desk, "Early", FOUR_PM + hours(16), FOUR_PM + hours(24), ana)
    make_offer(ben, ana, action=make_action(ben))
    leave(ana, lea)
    assert not Rostering.objects.filter(shift=tomorrow).exists()
    assert not Rostering.objects.effective(SOON + minutes(1)).filter(shift=running, colleague=ana).exists()
    assert Notification.objects.get(recipient=ana, kind="rostered").words.startswith("You are off Early")
    assert Notification.objects.visible_to(fresh(ana)).count() == 0
    assert broken() == []


def test_the_lead_hears_where_the_work_went(people):
    ana, ben, _, lea = people
    make_action(ana)
    boss = make_colleague("Adm", is_administrator=True)
    leave(ana, boss)
    notice = Notification.objects.get(kind="left_team")
    assert (notice.recipient, notice.path) == (lea, f"/leaving/{place_of_ended(ana).pk}/")
    record = Event.objects.get(kind="leaving.left")
    assert record.data["held"] == {str(Action.objects.get().pk): None}


def test_the_last_of_a_shift_who_could_take_an_offer_leaves_and_the_lead_is_told(people, desk):
    ana, ben, _, lea = people
    make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ben)
    night = make_shift(desk, "Night", FOUR_PM + hours(7), FOUR_PM + hours(15), ana)
    item = make_offer_to_shift(ben, night)
    leave(ana, lea)
    assert ("no_one_eligible", 1) in owed(item)


def make_offer_to_shift(by, shift):
    return moves.offer(entries=[brief(make_action(by))], by=by, to_shift_id=shift.pk, at=FOUR_PM).items.get()


def test_leaving_twice_changes_nothing_and_who_is_invited_again_has_their_history(people, desk):
    ana, ben, _, lea = people
    action = make_action(ana)
    left = leave(ana, lea)
    before = Event.objects.count()
    leaving.leave(membership_id=left.pk, by=lea, at=SOON)
    assert Event.objects.count() == before
    Membership.objects.create(team=desk, user=ana)
    assert fresh(action).created_by == ana
    moves.claim(action_id=action.pk, by=fresh(ana), at=SOON)
    assert broken() == []


def test_the_only_lead_stays_until_there_is_another(people):
    *_, lea = people
    boss = make_colleague("Adm", is_administrator=True)
    with pytest.raises(Refusal, match="only lead") as raised:
        leave(lea, boss)
    assert "Make another colleague a lead first" in raised.value.possible
    make_colleague("Lou", place_of(lea).team, lead=True)
    assert leave(lea, boss).ended_at == SOON


@pytest.mark.parametrize("who", ["a member", "oneself", "a stranger's lead"])
def test_only_a_lead_of_the_team_ends_a_place(people, who):
    ana, ben, *_ = people
    by = {"a member": ben, "oneself": ana, "a stranger's lead": make_colleague("Max", make_team("Shop"), lead=True)}[who]
    with pytest.raises(NotAllowed):
        leave(ana, by)
    assert place_of(ana)


def test_work_goes_only_to_colleagues_of_the_team(people):
    ana, _, _, lea = people
    make_action(ana)
    stranger = make_colleague("Nia", make_team("Shop"))
    for plan in ({"otherwise": stranger}, {"otherwise": ana}, {"watch_to": stranger}, {"watch_to": ana}):
        with pytest.raises(Invalid), transaction.atomic():
            leave(ana, lea, **plan)
    assert broken() == []


def test_the_database_lets_nobody_leave_with_something_in_their_hands(people):
    ana, *_ = people
    make_action(ana)
    for change in (lambda: Membership.objects.filter(user=ana).update(ended_at=SOON), lambda: type(ana).objects.filter(pk=ana.pk).update(is_active=False)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    connection.check_constraints()


def test_the_database_gives_nobody_what_is_not_their_teams(people):
    ana, ben, *_ = people
    item = make_offer(ana, ben)
    stranger = make_colleague("Nia", make_team("Shop"))
    item.pk = item.ref = None
    changes = (
        lambda: Action.objects.update(responsible=stranger),
        lambda: Action.objects.create(team=make_team("Third"), state="held", responsible=ana, held_since=SOON, created_at=SOON, changed_at=SOON, sort_at=SOON),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_swaps_that_wait_are_withdrawn_and_answers_owed_go_to_the_lead(people, desk):
    ana, ben, _, lea = people
    shift = make_shift(desk, "Early", FOUR_PM + hours(16), FOUR_PM + hours(24), ben)
    swap = Swap.objects.create(team=desk, offered_by=ben, offered_to=ana, shift=shift, offered_at=FOUR_PM, ends_at=shift.starts_at)
    version = make_agreement(desk)
    type(version).objects.update(state="proposed", in_force_at=None)
    ProposalAnswer.objects.create(version=version, colleague=ana, team=desk, asked_at=FOUR_PM)
    leave(ana, lea)
    assert fresh(swap).state == "withdrawn" and "swap_answered" in standing(ben)
    assert ProposalAnswer.objects.get().colleague == lea
