"""Those concerned agree, or say why not yet; nobody who left is waited for, and a lead may decide."""

from datetime import timedelta

import pytest

from handover.notifications.models import Kind, Notification
from reviews.improvements import operations as improvements
from reviews.improvements.models import Improvement
from reviews.improvements.operations import Change
from reviews.improvements.states import State
from tests.stories import FOUR_PM, fresh, make_colleague, make_team

pytestmark = pytest.mark.django_db
SOON = (FOUR_PM + timedelta(days=10)).date()


@pytest.fixture
def desk():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def people(desk):
    return make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk), make_colleague("Leila Haddad", desk, lead=True)


def proposed(team, by, *concerned, owner=None, at=FOUR_PM, **fields) -> Improvement:
    words = {"change": "Ask for two readings", "figure": "missing", "target": 0.1, "due_on": SOON, **fields}
    change = Change(owner_id=(owner or by).pk, concerned=[one.pk for one in concerned], **words)
    return improvements.propose(team=team, by=by, at=at, change=change)


def told(person) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_it_is_agreed_when_the_last_of_those_concerned_agrees(desk, people):
    amara, tom, leila = people
    made = proposed(desk, amara, tom, leila)
    assert told(tom) == told(leila) == [Kind.IMPROVING]

    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.PROPOSED
    assert told(amara) == [Kind.IMPROVEMENT_HEARD]

    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.AGREED
    assert told(amara)[-1] == told(tom)[-1] == Kind.IMPROVEMENT_ON
    assert not Notification.objects.filter(kind=Kind.IMPROVING, settled_at=None).exists()
