"""Killed in the middle by ``kill -9`` and given again: the same as one run."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.models import Membership, Team, User
from audit.models import Event
from handover.actions.models import Action
from handover.handovers.models import Handover, Item
from handover.imports.models import ImportedCase, ImportRun, LogEvent
from tests.fixtures.processes import environment
from tests.oracle import ROBOT, bring_in, log
from tests.source import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.slow]


def start(source: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "import_history", str(log("week20_servicenow")), "--format", "servicenow"]
    options = ["--timezone", "Europe/London", "--source", source, "--automatic", ROBOT]
    return subprocess.Popen([*command, *options], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def kill_when(source: str, far_enough: Callable[[], bool]) -> None:
    process = start(source)
    until = time.monotonic() + 60
    while not far_enough():
        assert process.poll() is None and time.monotonic() < until, process.communicate()[0].decode()
    process.send_signal(signal.SIGKILL)
    process.communicate()


def picture(source: str) -> dict[str, list[tuple]]:
    """Everything that an import makes, without keys and references, which differ from one source to another."""
    mine = {"source": source}
    actions = Action.objects.filter(imported_from=source)
    items = Item.objects.filter(imported_from=source)
    return {
        "events": list(
            LogEvent.objects.filter(**mine)
            .order_by("case", "source_row")
            .values_list("case", "source_row", "at", "local_offset", "actor", "owner", "group", "status")
        ),
        "actions": list(
            actions.order_by("external_ref").values_list("external_ref", "title", "team__name", "state", "responsible__display_name", "held_since", "closed_at")
        ),
        "items": list(
            items.order_by("action__external_ref", "accepted_at", "pk").values_list(
                "action__external_ref", "giver__display_name", "receiver__display_name", "state", "ended_at"
            )
        ),
        "envelopes": list(
            Handover.objects.filter(imported_from=source).order_by("offered_at", "giver__display_name").values_list("offered_at", "team__name", "to_team__name")
        ),
        "people": list(User.objects.filter(**mine).order_by("display_name").values_list("display_name", "kind")),
        "teams": list(Team.objects.filter(**mine).order_by("name").values_list("name")),
        "members": list(
            Membership.objects.filter(team__source=source)
            .order_by("team__name", "user__display_name")
            .values_list("team__name", "user__display_name", "started_at")
        ),
        "cases": list(ImportedCase.objects.filter(**mine).order_by("case").values_list("case", "rows_seen", "events_used", "last_at", "action__external_ref")),
    }


def test_killed_while_reading_and_while_making_actions_it_ends_as_one_run_does():
    # Given an import that is killed while it reads, and killed again while it makes actions
    kill_when("KILLED", lambda: LogEvent.objects.filter(source="KILLED").exists())
    run = ImportRun.objects.get(source="KILLED")
    assert 0 < run.rows_done < 9_084
    kill_when("KILLED", lambda: ImportedCase.objects.filter(source="KILLED", events_used__gt=0).exists())
    made = Action.objects.filter(imported_from="KILLED").count()
    assert 0 < made < 1_779

    # When it is given once more
    said = bring_in(Path(log("week20_servicenow")), "KILLED", "--automatic", ROBOT, form="servicenow")

    # Then it went on from there, and all is as after one run
    assert "Going on with the import that was broken off after 9,084 rows." in said
    bring_in(log("week20_servicenow"), "WHOLE", "--automatic", ROBOT, form="servicenow")
    killed, whole = picture("KILLED"), picture("WHOLE")
    assert killed == whole
    assert len(killed["actions"]) == 1_779
    run.refresh_from_db()
    assert run.finished_at and run.rows_new == 9_084
    batches = [event.data["actions"] for event in Event.objects.filter(kind="imported", subject_id=run.pk)]
    assert sum(len(batch) for batch in batches) == 1_779


def test_a_process_that_comes_back_from_the_dead_writes_nothing_more():
    # Given a process that stands still in the middle of its import
    process = start("TWICE")
    while not LogEvent.objects.filter(source="TWICE").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGSTOP)
    # When somebody else gives the same file, and it wakes up after that
    bring_in(log("week20_servicenow"), "TWICE", "--automatic", ROBOT, form="servicenow")
    process.send_signal(signal.SIGCONT)
    said = process.communicate(timeout=60)[0].decode()
    # Then it stops with one sentence, and nothing is doubled
    assert process.returncode == 1 and "Another process imports TWICE now; this one stops." in said
    assert LogEvent.objects.filter(source="TWICE").count() == 9_084
    assert Item.objects.filter(imported_from="TWICE").count() == 197
