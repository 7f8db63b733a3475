"""Several workers at once: handovers are drawn once, and the weekly notice goes out once."""

from datetime import UTC, datetime

import pytest

from accounts.models import Preference
from handover.moves.tests.racing import at_once
from handover.notifications.models import Kind, Notification
from reviews.observing import operations as observing
from reviews.observing.models import Draw, Observation
from reviews.sharing import weekly
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = [pytest.mark.data, pytest.mark.django_db(transaction=True)]
TENTH, EIGHTEENTH = datetime(2026, 3, 10, 14, tzinfo=UTC), datetime(2026, 3, 18, 9, tzinfo=UTC)
MONDAY = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def leila():
    team = make_team("Harbour View")
    amara, tom, leila = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team), make_colleague("Leila Haddad", team, lead=True)
    Preference.objects.create(user=leila, reminders={Kind.SHARING_WEEK: ["email"]})
    for hour in range(6):
        make_accepted(amara, tom, at=TENTH + hours(hour))
    return leila


def told(person, kind) -> int:
    return Notification.objects.filter(recipient=person, kind=kind).count()


def test_handovers_are_drawn_once_however_many_draw(leila):
    drawn = at_once(*[lambda: observing.draw_due(at=EIGHTEENTH)] * 5)
    assert sorted(drawn) == [0, 0, 0, 0, 2]
    assert (Observation.objects.count(), Draw.objects.count(), told(leila, Kind.OBSERVE)) == (2, 2, 1)


def test_the_week_is_told_once_however_many_tell(leila):
    assert sorted(at_once(*[lambda: weekly.send_due(at=MONDAY)] * 5)) == [0, 0, 0, 0, 1]
    assert told(leila, Kind.SHARING_WEEK) == 1
