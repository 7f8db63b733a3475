"""Loading the demo where it may, and may not."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db.models import F

from accounts.models import User
from demo import making
from handover.actions.models import Action
from handover.due.models import Due
from handover.shifts.models import Shift

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_where_people_are_already_it_changes_nothing(db, capsys):
    User.objects.create_user("ana@example.com", "Ana Ruiz")
    call_command("demo")
    assert "There are people here already" in capsys.readouterr().out
    assert not Action.objects.exists()


@pytest.mark.parametrize("moment", [datetime(2026, 3, 29, 5, 10, tzinfo=UTC), datetime(2026, 10, 25, 0, 40, tzinfo=UTC)], ids=["spring", "autumn"])
def test_it_loads_while_the_clocks_change(db, moment):
    making.make(now=moment, bar=lambda total: lambda lines: None)
    assert not Due.objects.live().filter(due_at__lte=moment).exists()
    assert Shift.objects.filter(ends_at__lte=F("starts_at")).count() == 0
