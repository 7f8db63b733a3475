"""The figures of an imported log are those that others counted in it, cell by cell."""

import csv
import gzip
import json
from collections import Counter, defaultdict
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from reviews.sharing import sources
from reviews.sharing.models import SourceCount, SourceTotals
from tests.oracle import ROBOT, bring_in, figures, log, pairs, run

pytestmark = [pytest.mark.django_db, pytest.mark.data]
RULES = {"adjacent": "pair_counts_adjacent", "skip-nobody": "pair_counts_skip_blank"}
TOTALS = (
    "handover_adjacent",
    "handover_skip_blank",
    "ping_pong",
    "ping_pong_cases",
    "ping_pong_event_level",
    "pairs_total_skip_blank",
    "cases_with_handover",
)


def shared(*options: str) -> Counter[tuple[str, str]]:
    """What ``sharing`` prints as CSV."""
    reader = csv.reader(StringIO(run("sharing", "--source", "LOG", *options)))
    assert next(reader) == ["from", "to", "count"]
    return Counter({(one, other): int(n) for one, other, n in reader})


def totals(*options: str) -> dict[str, int]:
    return json.loads(run("sharing", "--source", "LOG", "--figures", "--format", "json", *options).splitlines()[-1])


def kept(lens: str, rule: str, *, without: bool = False) -> Counter[tuple[str, str]]:
    """What the dashboard reads."""
    rows = SourceCount.objects.filter(source="LOG", lens=lens, rule=rule, without=without)
    return Counter({(a, b): n for a, b, n in rows.values_list("a", "b", "n")})


def expected(name: str, lens: str) -> dict[str, int]:
    return {total: figures(name, lens)[total] for total in TOTALS}


def check_totals(lens: str, name: str, *, without: bool = False) -> None:
    """What the page of the source shows: the totals, the share, and the picture of weekdays and hours, cell by cell."""
    found = SourceTotals.objects.get(lens=lens, without=without).totals
    assert {total: found[total] for total in TOTALS} == expected("week20", name)
    assert round(found["handover_skip_blank"] / found["pairs_total_skip_blank"], 9) == figures("week20", name)["handover_share"]
    assert found["by_weekday_hour"] == figures("week20", name)["handovers_by_weekday_hour_local"]


def test_the_toy_is_as_counted_by_eye():
    bring_in(log("toy"), "LOG")
    for lens in ("owner", "actor", "group"):
        for rule, key in RULES.items():
            assert shared("--lens", lens, "--rule", rule) == pairs("toy", lens, key), (lens, rule)
        assert totals("--lens", lens) == expected("toy", lens)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["servicenow", "neutral"])
def test_week_twenty_equals_the_oracle_on_every_lens_and_both_rules(form):
    bring_in(log(f"week20_{form}"), "LOG", "--automatic", ROBOT, form=form)
    for lens in ("owner", "actor", "group"):
        for rule, key in RULES.items():
            assert shared("--lens", lens, "--rule", rule) == pairs("week20", lens, key), (lens, rule)
        assert totals("--lens", lens) == expected("week20", lens)
    assert sources.recount_changed(at=timezone.now()) == ["LOG"]
    assert sources.recount_changed(at=timezone.now()) == []
    for lens in ("owner", "actor", "group"):
        for rule, key in RULES.items():
            assert kept(lens, rule) == pairs("week20", lens, key), (lens, rule)
        check_totals(lens, lens)
    check_totals("actor", "actor_without_automatic", without=True)
    assert kept("actor", "skip-nobody", without=True) == pairs("week20", "actor_without_automatic", "pair_counts_skip_blank")
    people = shared("--lens", "actor", "--rule", "skip-nobody", "--without-automatic")
    assert people == pairs("week20", "actor_without_automatic", "pair_counts_skip_blank")
    assert totals("--lens", "actor", "--without-automatic") == expected("week20", "actor_without_automatic")


@pytest.mark.slow
def test_week_twenty_equals_a_plain_count_over_the_file():
    # Given a count that shares no line with the product: the file, sorted by its own text, group by group
    cases = defaultdict(list)
    with gzip.open(log("week20_neutral"), "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            cases[row["case_id"]].append((row["timestamp"], int(row["source_row"]), row["group"]))
    plain = Counter()
    for rows in cases.values():
        rows.sort()
        for earlier, later in pairwise(rows):
            if earlier[2] and later[2]:
                plain[earlier[2], later[2]] += 1
    # Then the product's count is the same
    bring_in(log("week20_neutral"), "LOG")
    assert shared("--lens", "group", "--rule", "adjacent") == plain


def test_rows_come_in_one_order_and_the_same_as_csv_and_as_json():
    bring_in(log("toy"), "LOG")
    rows = list(csv.reader(StringIO(run("sharing", "--source", "LOG", "--lens", "owner", "--rule", "adjacent", "--format", "csv"))))[1:]
    assert rows == sorted(rows)
    said = json.loads(run("sharing", "--source", "LOG", "--lens", "owner", "--rule", "adjacent", "--format", "json"))
    assert [[row["from"], row["to"], str(row["count"])] for row in said] == rows
    assert ["Goran", 'O\'Neil, "Zoë"', "1"] in rows


def test_an_unknown_source_is_told_with_those_that_are_there():
    bring_in(log("toy"), "LOG")
    with pytest.raises(CommandError, match=r"Nothing was imported as LOGS\. There is: LOG, baton\."):
        run("sharing", "--source", "LOGS")
