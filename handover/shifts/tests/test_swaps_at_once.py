"""Two colleagues ask for the same shift, and both hear yes at the same moment: on real connections, one swap is made."""

from datetime import timedelta

import pytest

from audit.models import Event
from common.errors import Refusal
from handover.moves.tests.racing import at_once
from handover.notifications.models import Notification
from handover.shifts import swap_operations as swaps
from handover.shifts.models import Rostering
from handover.shifts.swap_models import Swap
from tests.stories import FOUR_PM, hours, make_colleague, make_shift, make_team

pytestmark = [pytest.mark.data, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def test_of_two_swaps_for_one_shift_accepted_at_once_one_is_made():
    team = make_team()
    ana, cem, ben = (make_colleague(name, team) for name in ("Ana", "Cem", "Ben"))
    wanted = make_shift(team, "Night", FOUR_PM + 4 * DAY, FOUR_PM + 4 * DAY + hours(8), ben)
    theirs = [make_shift(team, f"Late {n}", FOUR_PM + n * DAY, FOUR_PM + n * DAY + hours(8), who) for n, who in ((1, ana), (2, cem))]
    both = [swaps.offer_swap(shift=shift, return_shift=wanted, to=ben, by=who, at=FOUR_PM) for shift, who in zip(theirs, (ana, cem), strict=True)]
    results = at_once(*(lambda swap=swap: swaps.answer_swap(swap_id=swap.pk, accept=True, by=ben, at=FOUR_PM + hours(1)) for swap in both))
    made = [one for one in results if isinstance(one, Swap)]
    assert len(made) == 1
    assert [type(one) for one in results if one not in made] == [Refusal]
    on = set(Rostering.objects.effective().values_list("shift__name", "colleague__display_name"))
    assert on == ({("Late 1", "Ben"), ("Night", "Ana"), ("Late 2", "Cem")} if made[0] == both[0] else {("Late 2", "Ben"), ("Night", "Cem"), ("Late 1", "Ana")})


def test_one_swap_accepted_twice_at_once_is_made_once_and_told_once():
    team = make_team()
    ana, ben = make_colleague("Ana", team), make_colleague("Ben", team)
    late = make_shift(team, "Late", FOUR_PM + DAY, FOUR_PM + DAY + hours(8), ana)
    swap = swaps.offer_swap(shift=late, to=ben, by=ana, at=FOUR_PM)
    results = at_once(*[lambda: swaps.answer_swap(swap_id=swap.pk, accept=True, by=ben, at=FOUR_PM + hours(1))] * 2)
    assert [one.state for one in results] == ["made", "made"]
    assert Event.objects.filter(kind="rota.swap_answered").count() == 1
    assert Notification.objects.filter(kind="rostered").count() == 1
