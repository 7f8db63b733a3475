"""Who may receive, and why not, for everyone who may not."""

import pytest

from accounts.models import Membership
from handover.shifts import eligibility
from handover.shifts.queries import lead_ids, on_duty, timetable
from tests.stories import FOUR_PM, fresh, hours, make_agreement, make_colleague, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team("Desk")


@pytest.fixture
def ana(team):
    return make_colleague("Ana", team, role="host")


@pytest.fixture
def rota(team, ana):
    """Late with Ana until six, Night with Ben (porter) and Cem from five."""
    ben, cem = make_colleague("Ben", team, role="porter"), make_colleague("Cem", team)
    make_shift(team, "Late", FOUR_PM - hours(6), FOUR_PM + hours(2), ana)
    return make_shift(team, "Night", FOUR_PM + hours(1), FOUR_PM + hours(10), ben, cem)


def want(team, version=None, *, during=False, giver=None):
    table = timetable(team.pk, FOUR_PM)
    slot = table.target(giver.pk if giver else 0, FOUR_PM, during=during)
    return eligibility.wanted(team_id=team.pk, version=version, slot=slot, table=table), table


def verdicts(team, giver, version=None, **when):
    wanted, table = want(team, version, giver=giver, **when)
    return {one.user.display_name: one.reasons for one in eligibility.candidates(wanted, giver_id=giver.pk, table=table)}


def test_between_shifts_those_on_the_incoming_one_may_and_the_others_hear_why_not(team, ana, rota):
    make_colleague("Dan", team)
    assert verdicts(team, ana) == {"Ben": (), "Cem": (), "Dan": ("Not on Night.",)}


def test_the_agreement_names_job_roles_and_every_reason_is_told(team, ana, rota):
    version = make_agreement(team, roles=("porter",))
    make_colleague("Dan", team)
    assert verdicts(team, ana, version) == {"Ben": (), "Cem": ("The agreement says porter.",), "Dan": ("The agreement says porter.", "Not on Night.")}


def test_during_a_shift_those_who_are_on_now(team, ana, rota):
    assert verdicts(team, ana, during=True) == {"Ben": ("Not on Late.",), "Cem": ("Not on Late.",)}


def test_without_a_rota_nobody_is_kept_out_by_shifts(team, ana):
    make_colleague("Ben", team)
    assert verdicts(team, ana) == {"Ben": ()}


def test_who_left_is_inactive_or_no_person_is_nobody(team, ana):
    for name, fields in (("Gone", {"is_active": False}), ("Log", {"kind": "imported", "source": "log"})):
        make_colleague(name, team, **fields)
    left = make_colleague("Left", team)
    Membership.objects.filter(user=left).update(ended_at=FOUR_PM)
    assert verdicts(team, ana) == {}
    wanted, _ = want(team)
    membership = eligibility.membership_of(left.pk, team.pk, FOUR_PM)
    assert eligibility.reasons_against(membership, wanted, giver_id=ana.pk) == ("Not in the team that receives this.",)


def test_the_giver_is_told_so(team, ana):
    wanted, _ = want(team)
    assert eligibility.reasons_against(eligibility.membership_of(ana.pk, team.pk, FOUR_PM), wanted, giver_id=ana.pk) == ("You cannot hand over to yourself.",)


def test_who_said_no_is_not_asked_again(team, ana, rota):
    wanted, table = want(team, giver=ana)
    ben, cem = (fresh(ana).__class__.objects.get(display_name=name) for name in ("Ben", "Cem"))
    assert eligibility.eligible_ids(wanted, giver_id=ana.pk, table=table, without=[ben.pk]) == [cem.pk]


def test_the_incoming_shift_is_the_one_that_runs_at_the_end_of_ones_own(team, ana, rota):
    table = timetable(team.pk, FOUR_PM)
    assert table.incoming(table.outgoing(ana.pk, FOUR_PM), FOUR_PM).name == "Night"
    assert table.running(FOUR_PM).name == "Late"
    assert table.running(FOUR_PM + hours(1)).name == "Night", "where two overlap, the one that started last"
    assert table.end_of_shift(ana.pk, FOUR_PM) == FOUR_PM + hours(2)
    assert table.next_start(ana.pk, FOUR_PM) == FOUR_PM + hours(8), "eight hours stand in for a shift that nobody planned"


def test_leads_on_shift_else_all_leads_else_administrators_are_told(team, ana, rota):
    administrator = make_colleague("Adm", is_administrator=True)
    assert lead_ids(team.pk, FOUR_PM) == [administrator.pk]
    lea, leo = make_colleague("Lea", team, lead=True), make_colleague("Leo", team, lead=True)
    assert set(lead_ids(team.pk, FOUR_PM)) == {lea.pk, leo.pk}
    make_shift(team, "Day", FOUR_PM - hours(1), FOUR_PM + minutes(30), leo)
    assert lead_ids(team.pk, FOUR_PM) == [leo.pk]


def test_on_duty_are_those_on_a_running_shift_else_everybody(team, ana, rota):
    assert on_duty([team.pk], FOUR_PM) == {team.pk: [ana.pk]}
    assert len(on_duty([team.pk], FOUR_PM + hours(20))[team.pk]) == 3
