"""Somebody falls ill in mid-shift, and an account is closed."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import operations as accounts
from accounts.models import Membership, User
from audit.models import Event
from common.errors import NotAllowed, Refusal
from handover import moves
from handover.leaving import operations as leaving
from handover.leaving.operations import Plan
from handover.leaving.tests.test_leaving import SOON, desk, people, place_of, standing  # noqa: F401 - fixtures
from handover.moves.invariants import broken
from handover.shifts.absence_models import Absence
from handover.shifts.feed_models import Feed
from handover.shifts.models import Rostering
from handover.shifts.queries import on_duty
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes


@pytest.fixture
def late(desk, people):  # noqa: F811
    return make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), people[0], people[1])


def go(person, by, **plan):
    return leaving.go_home(membership_id=place_of(person).pk, by=by, at=SOON, plan=Plan(**plan))


def test_who_falls_ill_hands_over_and_is_away_for_the_rest_of_the_shift(people, desk, late):  # noqa: F811
    ana, ben, cem, lea = people
    held, given, waits, watched = make_action(ana), make_offer(ana, ben), make_offer(ben, ana), make_accepted(ana, ben)
    go(ana, ana, to={held.pk: ben}, reason="Fever.")
    assert fresh(held).responsible == ben
    assert (fresh(given).state, fresh(given.action).state, fresh(waits).state) == ("withdrawn", "pool", "declined")
    assert fresh(watched).watcher is None  # she comes back tomorrow, and sees it through
    assert "left_team" in standing(lea)
    absence = Absence.objects.get()
    assert (absence.colleague, absence.ends_at, absence.reason) == (ana, late.ends_at, "Fever.")
    assert on_duty([desk.pk], SOON + minutes(1)) == {desk.pk: [ben.pk]}
    assert place_of(ana)
    assert broken() == []


def test_what_they_owe_a_decision_on_is_the_leads_now(people, late):  # noqa: F811
    ana, ben, _, lea = people
    item = make_accepted(ana, ben)
    moves.answer(check_id=item.checks.get().pk, by=ben, outcome="unable", words="No key", at=SOON)
    go(ana, ana)
    assert item.followups.get().owed_by == lea
    assert "unable" in standing(lea)
    moves.decide(follow_up_id=item.followups.get().pk, by=fresh(lea), decision="escalate", at=SOON)
    assert broken() == []


def test_saying_it_twice_changes_nothing(people, late):  # noqa: F811
    ana, *_ = people
    make_action(ana)
    go(ana, ana)
    before = Event.objects.count()
    go(ana, ana)
    assert Event.objects.count() == before


def test_a_lead_says_it_for_somebody_and_a_colleague_does_not(people, late):  # noqa: F811
    ana, ben, _, lea = people
    with pytest.raises(NotAllowed):
        go(ana, ben)
    assert go(ana, lea)
    assert Absence.objects.get().told_by == lea


def test_the_only_lead_may_go_home(people, late):  # noqa: F811
    *_, lea = people
    action = make_action(lea)
    go(lea, lea)
    assert fresh(action).state == "pool"


def test_a_closed_account_leaves_every_team_and_every_device(people, desk):  # noqa: F811
    ana, ben, *_ = people
    shop = make_team("Shop")
    make_colleague("Max", shop, lead=True)
    Membership.objects.create(team=shop, user=ana)
    boss = make_colleague("Adm", is_administrator=True)
    here, there, watched = make_action(ana, team=desk), make_action(ana, team=shop), make_accepted(ana, ben, action=make_action(ana, team=desk))
    Feed.objects.create(owner=ana, digest="x" * 64, hint="abc", created_at=FOUR_PM)
    client = Client()
    client.force_login(ana)
    UserSession.objects.create(user=ana, session_key=client.session.session_key, ip="127.0.0.1", user_agent="")
    leaving.close_account(person_id=ana.pk, by=boss, at=SOON, reason="Retired.")
    assert (fresh(here).state, fresh(there).state) == ("pool", "pool")
    assert fresh(watched).watcher.is_lead_of(desk.pk)
    assert not fresh(ana).is_active and not Membership.objects.current().filter(user=ana).exists()
    assert not Feed.objects.standing().exists() and not UserSession.objects.exists()
    assert client.get("/").status_code == 302
    assert not Rostering.objects.filter(colleague=ana).exists()
    assert broken() == []


def test_one_administrator_is_always_left(people):  # noqa: F811
    boss = make_colleague("Adm", is_administrator=True)
    with pytest.raises(NotAllowed, match="your own account") as raised:
        leaving.close_account(person_id=boss.pk, by=boss, at=SOON)
    assert "Make a colleague an administrator first" in raised.value.possible
    with pytest.raises(NotAllowed):
        leaving.close_account(person_id=people[0].pk, by=people[3], at=SOON)


def test_whose_account_was_closed_joins_again_by_an_administrators_invitation(people, desk):  # noqa: F811
    ana, _, _, lea = people
    boss = make_colleague("Adm", is_administrator=True)
    action = make_action(ana)
    leaving.close_account(person_id=ana.pk, by=boss, at=SOON)

    def join(by):
        _, path = accounts.invite(team_id=desk.pk, email=ana.email, display_name="Ana Reyes", by=by, at=SOON)
        return accounts.accept_invitation(key=path.strip("/").split("/")[-1], by=None, display_name="Ana Reyes", password="correct horse battery", at=SOON)

    with pytest.raises(NotAllowed, match="was closed"):
        join(lea)
    assert join(boss).user == ana
    assert User.objects.persons().filter(pk=ana.pk).exists()
    assert fresh(action).created_by == ana


def test_the_only_lead_of_a_team_keeps_the_account_until_there_is_another(people):  # noqa: F811
    boss = make_colleague("Adm", is_administrator=True)
    with pytest.raises(Refusal, match="only lead"):
        leaving.close_account(person_id=people[3].pk, by=boss, at=SOON)
    assert fresh(people[3]).is_active
