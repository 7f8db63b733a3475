"""When completion is checked: arithmetic, no database."""

from types import SimpleNamespace

import pytest

from handover.checks.timing import propose, within
from tests.stories import FOUR_PM, hours, minutes

NEXT_SHIFT, INCOMING_ENDS = FOUR_PM + hours(20), FOUR_PM + hours(8)


def check(urgency="routine", promised=None, rule=None, after=None):
    version = SimpleNamespace(check_rule=rule, check_minutes=after) if rule else None
    promised_by = FOUR_PM + promised if promised is not None else None
    found = propose(accepted_at=FOUR_PM, urgency=urgency, promised_by=promised_by, givers_next_start=NEXT_SHIFT, incoming_ends=INCOMING_ENDS, version=version)
    return found - FOUR_PM


@pytest.mark.parametrize(("asked", "after"), [
    ({"promised": hours(2)}, hours(2) + minutes(15)),
    ({}, hours(20)),
    ({"promised": hours(2), "rule": "next_shift"}, hours(20)),
    ({"promised": hours(2), "rule": "after", "after": 40}, minutes(40)),
    ({"promised": hours(2), "rule": "promise"}, hours(2) + minutes(15)),
    ({"promised": hours(-2)}, minutes(15)),
    ({"rule": "after", "after": 5}, minutes(15)),
    ({"urgency": "urgent", "promised": hours(30)}, hours(8)),
    ({"urgency": "urgent"}, hours(8)),
    ({"urgency": "soon", "promised": hours(30)}, hours(30) + minutes(15)),
])  # fmt: skip
def test_the_rule(asked, after):
    assert check(**asked) == after


def test_never_earlier_than_a_quarter_of_an_hour_after_acceptance_even_where_the_incoming_shift_ends_at_once():
    assert within(FOUR_PM + hours(3), accepted_at=FOUR_PM, urgency="urgent", incoming_ends=FOUR_PM + minutes(1)) == FOUR_PM + minutes(15)
