"""A real worker and a real broker: a commit rings, the worker sends; and without the bell, beat's."""

import pytest

from handover.due import bell
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.notifications.models import Delivery, DeliveryState, Kind, Notification
from tests.stories import fresh, make_action, make_colleague, make_offer, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.tasks]


def test_an_offer_reaches_its_receiver_within_seconds(real_worker, eventually):
    # Given a desk and a worker; when Ana offers Ben something and the transaction commits
    desk = make_team()
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    make_offer(ana, ben)

    # Then nobody needed to ring: the commit did
    eventually(lambda: Delivery.objects.filter(state=DeliveryState.SENT, address=ben.email).exists())


def test_a_bell_that_was_lost_costs_seconds_and_never_a_reminder(real_worker, eventually):
    """The broker loses everything; the rows know."""
    ana = make_colleague("Ana", make_team())
    action = make_action(ana)
    Due.objects.all().delete()
    now = fresh(action).created_at
    due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, now - minutes(1), person_id=ana.pk), at=now)

    bell.ring(bell.FIRE)  # as beat does, every ten seconds

    eventually(lambda: Notification.objects.filter(kind=Kind.OWN_REMINDER).count() == 1)
    eventually(lambda: Delivery.objects.filter(state=DeliveryState.SENT).exists())
