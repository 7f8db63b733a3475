"""A statement that is put together once answers as one that is put together each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Team, User
from common.prepared import prepared
from tests.stories import FOUR_PM, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks():
    """Three teams with a colleague each, made an hour apart."""
    desks = [make_team(name) for name in ("Front desk", "Back office", "Night desk")]
    for number, (name, team) in enumerate(zip(("Ana", "Ben", "Cleo"), desks, strict=True)):
        made = make_colleague(name, team)
        User.objects.filter(pk=made.pk).update(created_at=FOUR_PM + timedelta(hours=number))
    return desks


def test_each_call_asks_with_its_own_values(desks):
    @prepared
    def colleagues(team_ids, since, active):
        found = Membership.objects.filter(team_id__in=team_ids, user__created_at__gte=since, user__is_active=active)
        return found.select_related("user", "team").order_by("user__display_name")

    first, second, third = (team.pk for team in desks)
    with CaptureQueriesContext(connection) as caught:
        assert [each.user.display_name for each in colleagues([first, second], FOUR_PM, True)] == ["Ana", "Ben"]
        assert [each.team.name for each in colleagues([second, third], FOUR_PM, True)] == ["Back office", "Night desk"]
        assert [each.user.display_name for each in colleagues([first, third], FOUR_PM + timedelta(minutes=1), True)] == ["Cleo"]
        assert colleagues([first], FOUR_PM, False) == []
    assert len(caught) == 4


def test_the_shape_of_what_is_given_makes_another_statement(desks):
    @prepared
    def names(team_ids):
        found = Team.objects.order_by("pk")
        return (found if team_ids is None else found.filter(pk__in=team_ids)).values("name")

    assert names([desks[1].pk]) == [{"name": "Back office"}]
    assert names(None) == [{"name": team.name} for team in desks]
    assert names([team.pk for team in desks]) == names(None)
    assert names([]) == []


def test_a_statement_that_is_computed_from_a_value_is_refused():
    @prepared
    def made_lately(at):
        return Team.objects.filter(created_at__gt=at - timedelta(hours=1))

    with pytest.raises(TypeError):
        made_lately(FOUR_PM)
