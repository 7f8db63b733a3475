"""What whoever watches from outside is told about the engine."""

import pytest

from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.moves import by_rule
from handover.notifications.tasks import send
from tests.stories import FOUR_PM, make_action, make_colleague, make_team, minutes

pytestmark = pytest.mark.django_db


def test_late_is_visible_without_signing_in(client, database_clock):
    # Given nothing to do
    database_clock(FOUR_PM)
    assert client.get("/healthz/engine").json()["status"] == "fine"

    # When a reminder is six minutes late
    ana = make_colleague("Ana", make_team())
    action = make_action(ana, at=FOUR_PM)
    Due.objects.all().delete()
    due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, FOUR_PM - minutes(6), person_id=ana.pk), at=FOUR_PM)

    # Then it says so
    late = client.get("/healthz/engine")
    assert late.status_code == 503
    assert late.json()["firing"] == {"late": 1, "oldest_s": 360, "troubled": 0}

    # And is fine again when it has been fired and sent
    by_rule.tell_due()
    assert client.get("/healthz/engine").json()["sending"]["unprepared"] == 1
    send()
    assert client.get("/healthz/engine").status_code == 200
