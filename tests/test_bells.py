"""The bells: a real worker rings them by itself and does what they say."""

import pytest
from django.utils import timezone

from accounts.models import Team
from audit import operations as audit
from audit.models import Event
from tests.fixtures.processes import start_worker, stop

pytestmark = [pytest.mark.tasks, pytest.mark.slow]


def test_a_worker_with_bells_seals_the_trail_without_being_asked(transactional_db, eventually):
    # Given something that was recorded and is not sealed
    desk = Team.objects.create(name="Front desk", zone="Europe/London", kind=Team.Kind.choices[0][0])
    audit.record("team.made", actor=None, subject=desk, team_id=desk.pk, at=timezone.now(), data={"rule": "test"})
    assert Event.objects.sealed().count() == 0
    # When a worker runs, as script/server starts it
    worker = start_worker("-P", "threads", "-c", "2", "--bells")
    # Then the trail is sealed within seconds, and the worker stops cleanly
    try:
        eventually(lambda: Event.objects.sealed().count() == 1)
    finally:
        assert stop(worker) == 0
