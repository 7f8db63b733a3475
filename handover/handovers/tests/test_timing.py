"""By when an offer is to be accepted: arithmetic, no database."""

from types import SimpleNamespace

import pytest

from handover.handovers.timing import accept_limits, agreed_minutes, read_back_needed
from tests.stories import FOUR_PM, hours, minutes


def version(urgency="soon", accept_within=None, read_back=False):
    limit = SimpleNamespace(urgency=urgency, accept_within=accept_within, read_back=read_back)
    return SimpleNamespace(limits=SimpleNamespace(all=lambda: [limit]))


def limits(urgency, *, agreed=None, starts=None, ends=None):
    return accept_limits(offered_at=FOUR_PM, urgency=urgency, version=agreed, receiving_starts=starts, receiving_ends=ends or FOUR_PM + hours(8))


@pytest.mark.parametrize(("urgency", "remind", "accept_by"), [("urgent", 3, 5), ("soon", 15, 30), ("routine", 60, 480)])
def test_the_usual_limits(urgency, remind, accept_by):
    found = limits(urgency)
    assert (found.remind, found.accept_by) == (FOUR_PM + minutes(remind), FOUR_PM + minutes(accept_by))


def test_nobody_accepts_before_they_are_on():
    found = limits("urgent", starts=FOUR_PM + hours(2), ends=FOUR_PM + hours(10))
    assert found.remind == FOUR_PM + hours(2) + minutes(3)
    assert limits("urgent", starts=FOUR_PM - hours(2)).remind == FOUR_PM + minutes(3), "a shift that runs already does not turn back the clock"


def test_a_shift_that_ends_soon_leaves_two_hours_for_what_is_routine():
    assert limits("routine", ends=FOUR_PM + minutes(10)).accept_by == FOUR_PM + hours(2)


def test_an_agreed_limit_reminds_at_its_half():
    found = limits("soon", agreed=version(accept_within=20))
    assert (found.remind, found.accept_by) == (FOUR_PM + minutes(10), FOUR_PM + minutes(20))
    assert limits("urgent", agreed=version(accept_within=20)).accept_by == FOUR_PM + minutes(5), "each urgency has its own"
    assert agreed_minutes(None, "soon") is None


@pytest.mark.parametrize("urgency", ["routine", "soon", "urgent"])
def test_an_offer_never_lapses_before_eight_hours_after_its_limit(urgency):
    found = limits(urgency, ends=FOUR_PM + minutes(30))
    assert found.remind < found.accept_by < found.lapse
    assert found.lapse == found.accept_by + hours(8)
    assert limits("urgent", ends=FOUR_PM + hours(12)).lapse == FOUR_PM + hours(12), "nor before the receiving shift ends"


def test_read_back_by_urgency():
    agreed = version("urgent", read_back=True)
    assert [read_back_needed(agreed, urgency) for urgency in ("routine", "urgent")] == [False, True]
    assert not read_back_needed(None, "urgent")
