"""The rota by the REST API: patterns, who is on a shift, and a file."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from handover.shifts import exception_operations, operations
from handover.shifts.models import Shift
from tests.api.clients import signed_in
from tests.stories import make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


@pytest.fixture
def amara(team):
    return make_colleague("Amara Osei", team)


def test_a_pattern_is_read_with_its_weeks_and_exceptions(team, lead, amara):
    at = timezone.now()
    pattern = operations.add_pattern(team=team, by=lead, at=at, name="Late", starts=time(15), ends=time(23), weeks=[([1, 2], [amara]), ([3], [])])
    exception_operations.add_exception(pattern=pattern, by=lead, at=at, first_day=at.date() + timedelta(days=1), why="Stocktaking")
    asked = signed_in(amara)
    [row] = asked.read("/shift-patterns/").json()["results"]
    assert (row["name"], row["weekdays"], row["on_holidays"]) == ("Late", [1, 2, 3], "as_usual")
    whole = asked.read(f"/shift-patterns/{pattern.pk}/").json()
    assert [(week["number"], [one["name"] for one in week["crew"]]) for week in whole["weeks"]] == [(1, ["Amara Osei"]), (2, [])]
    assert whole["exceptions"][0]["why"] == "Stocktaking"
    assert asked.read("/shift-patterns/?current=false").json()["results"] == []


def test_a_lead_says_who_is_on_and_a_member_may_not(team, lead, amara):
    at = timezone.now()
    shift = make_shift(team, "Late", at + timedelta(hours=1), at + timedelta(hours=9))
    assert signed_in(amara).send(f"/shifts/{shift.ref}/crew/", {"colleagues": [amara.pk]}).status_code == 403
    assert signed_in(lead).send(f"/shifts/{shift.ref}/crew/", {"colleagues": [amara.pk]}).status_code == 200
    assert [line.colleague for line in shift.rosterings.all()] == [amara]
    stranger = make_colleague("Sam", make_team("Elsewhere"))
    assert signed_in(lead).send(f"/shifts/{shift.ref}/crew/", {"colleagues": [stranger.pk]}).status_code == 400


def test_a_file_is_looked_at_first_and_then_brought_in_once(team, lead, amara):
    day = timezone.now().date() + timedelta(days=3)
    asked, good = signed_in(lead), f"date,shift,starts,ends,colleagues\n{day},Late,15:00,23:00,Amara Osei\n"
    seen = asked.send("/rota/", {"team": team.pk, "file": good}).json()
    assert (seen["dry_run"], seen["new"], seen["shifts"][0]["on"], Shift.objects.count()) == (True, 1, [amara.pk], 0)
    for count in (1, 1):
        assert asked.send("/rota/", {"team": team.pk, "file": good, "dry_run": False}).status_code == 200
        assert Shift.objects.count() == count
    bad = asked.send("/rota/", {"team": team.pk, "file": good + "nonsense,,,\n"}).json()
    assert [problem["row"] for problem in bad["problems"]] == [3]
    assert asked.send("/rota/", {"team": team.pk, "file": good + "nonsense,,,\n", "dry_run": False}).status_code == 422
    assert signed_in(amara).send("/rota/", {"team": team.pk, "file": good}).status_code == 403
