"""The hourly bell and a lead at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import connection

from handover.shifts import operations
from handover.shifts.models import Shift, ShiftPattern
from tests.stories import FOUR_PM, make_colleague, make_team

pytestmark = [pytest.mark.data, pytest.mark.django_db(transaction=True)]
LATER = FOUR_PM + timedelta(days=6)


def alone(call):
    """Run ``call`` and give back the connection that its thread used."""
    try:
        return call()
    finally:
        connection.close()


def test_shifts_are_made_once_however_many_make_them():
    team = make_team()
    lead = make_colleague("Lee Lead", team, lead=True)
    words = {"name": "Late", "starts": time(15), "ends": time(23), "weekdays": range(1, 8), "crew": [lead]}
    pattern = operations.add_pattern(team=team, by=lead, at=FOUR_PM, **words)
    calls = [lambda: operations.generate_all(at=LATER)] * 5
    calls += [lambda: operations.change_pattern(pattern=ShiftPattern.objects.get(pk=pattern.pk), by=lead, at=LATER, **{**words, "starts": time(14)})] * 2
    with ThreadPoolExecutor(len(calls)) as pool:
        for done in [pool.submit(alone, call) for call in calls]:
            done.result(timeout=30)
    made = Shift.objects.filter(pattern=pattern, starts_at__gt=LATER)
    assert made.count() == made.values("local_date").distinct().count() == 14
    assert {team.local(shift.starts_at).hour for shift in made} == {14}
    assert all(shift.rosterings.count() == 1 for shift in made)
