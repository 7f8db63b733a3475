"""A real week of a real service desk: all its rows, its actions, and what was odd in it."""

import csv
import gzip
from collections import Counter

import pytest
from django.db.models import F

from accounts.models import Team, User
from handover.actions.models import Action
from handover.due.models import Due
from handover.handovers.models import Item
from handover.imports.models import ImportRun, LogEvent
from tests.oracle import ROBOT, bring_in, log

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.slow]


def test_week_twenty_comes_in_row_by_row():
    said = bring_in(log("week20_servicenow"), "UCI", "--automatic", ROBOT, form="servicenow")
    with gzip.open(log("week20_servicenow"), "rt", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    kept = LogEvent.objects.order_by("case", "source_row")

    # Every row is kept, in the order of the file, blanks as blanks
    wanted = [[row[name].replace("?", "") for name in ("number", "sys_updated_by", "assigned_to", "assignment_group", "incident_state")] for row in rows]
    assert [list(row) for row in kept.values_list("case", "actor", "owner", "group", "status")] == sorted(wanted, key=lambda row: row[0])

    # Every case is an action, every change from owner to owner a handover, and nothing is owed
    assert Action.objects.count() == len({row["number"] for row in rows}) == 1_779
    assert Item.objects.count() == 197
    assert set(Team.objects.values_list("name", flat=True)) == {row["assignment_group"] for row in rows}
    assert User.objects.count() == len({row["assigned_to"] for row in rows} | {row["sys_updated_by"] for row in rows}) - 1
    assert not Due.objects.exists()
    by_state = Counter(Action.objects.values_list("state", flat=True))
    assert by_state == {"completed": 1_779}

    # What was odd is said with its numbers, and remembered
    for line in (
        "   1  rows without an owner (in the team pool): 1,799; cases that never have one: 0",
        "   2  cells with a mark for a missing value, read as blanks: 58,031",
        "  10  versions that repeat or go down: 0; gaps between versions: 786",
        "  14  rows after closing: 2; cases reopened: 10",
        "  15  unknown status words, kept as they are: “-100” 3",
        "  16  rows of automatic users, left out of people's figures on request: 2,800 of 9,084",
        "  28  cases whose own count of reassignments is not that of their rows, which counts: 5",
        "  30  cells with double spaces inside, kept: 9,211",
    ):
        assert line in said
    assert ImportRun.objects.get().oddities["28"]["count"] == 5
    assert "9,084 rows in " in said


def test_the_awkward_cases_come_in_and_say_why_they_are_awkward():
    said = bring_in(log("awkward_servicenow"), "UCI", "--automatic", ROBOT, form="servicenow")
    assert LogEvent.objects.count() == 609
    assert Action.objects.count() == 42
    assert Team.objects.filter(name="No group (UCI)").exists()
    for line in (
        "cases that never have one: 8",
        "cases that never have a group: 3",
        "   9  rows earlier than the row before them in the file, sorted: 1",
        "versions that repeat or go down: 5",
        "  11  cases that lack their first version: 5",
        "  13  cases that say they were opened after their first row; the row counts: 5",
        "the longest: 58 rows, most changes of actor: 36",
    ):
        assert line in said


def test_a_case_that_ran_backwards_lasts_no_negative_time():
    bring_in(log("awkward_neutral"), "UCI")
    assert not Action.objects.filter(closed_at__lt=F("created_at")).exists()
    assert LogEvent.objects.filter(case="INC0000137").count() == 4
