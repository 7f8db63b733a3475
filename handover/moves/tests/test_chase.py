"""A lead reminds a colleague to hand over: one press, once in five minutes."""

import pytest

from audit.models import Event
from common.errors import NotAllowed, Refusal
from handover import moves
from handover.notifications.models import Notification
from tests.stories import FOUR_PM, hours, make_action, make_colleague, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    team = make_team()
    ana, ben, lea = make_colleague("Ana", team), make_colleague("Ben", team), make_colleague("Lea", team, lead=True)
    return ana, ben, lea, make_shift(team, "Late", FOUR_PM, FOUR_PM + hours(7), ana, ben)


def test_a_lead_reminds_whoever_still_holds_something_once_in_five_minutes(desk):
    ana, _, lea, late = desk
    make_action(ana)
    for after in (0, 4):
        moves.remind_to_hand_over(shift_id=late.pk, colleague=ana, by=lea, at=FOUR_PM + minutes(after))
    notice = Notification.objects.get(kind="nothing_offered")
    assert (notice.recipient, notice.path, notice.words) == (ana, "/handovers/new/", "Lea asks you to hand over.")
    moves.remind_to_hand_over(shift_id=late.pk, colleague=ana, by=lea, at=FOUR_PM + minutes(6))
    assert Event.objects.filter(kind="shift.reminded").count() == 2


def test_not_by_a_member_nor_who_holds_nothing_or_is_not_on_it(desk):
    ana, ben, lea, late = desk
    make_action(ana)
    for by, colleague, why in ((ben, ana, NotAllowed), (lea, lea, NotAllowed), (lea, ben, Refusal)):
        with pytest.raises(why):
            moves.remind_to_hand_over(shift_id=late.pk, colleague=colleague, by=by, at=FOUR_PM)
    assert not Event.objects.filter(kind="shift.reminded").exists()
