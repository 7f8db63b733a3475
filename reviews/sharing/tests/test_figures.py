"""Every figure equals a second count in plain Python, and the counts by day equal the facts, on random histories and on the demo."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from accounts.models import Team
from handover.actions.models import Action
from handover.handovers.brief import Brief
from handover.handovers.models import Item
from handover.moves.tests.random_life import TwoTeams
from reviews.sharing import rollups, sources
from reviews.sharing.figures import CHARTS, FIGURES
from reviews.sharing.list_queries import SHARES, behind
from reviews.sharing.measuring import Measured, Scope, interval, marks, measure, measure_live, two_proportions
from reviews.sharing.models import HandoverFact, SharingCount, SharingDay
from reviews.sharing.tests import plain
from tests.oracle import bring_in, log


def whole(team, at) -> Scope:
    return Scope(team.pk, (at - timedelta(days=400)).date(), (at + timedelta(days=400)).date())


def check_against_plain(at) -> None:
    """Facts, counts by day and the second count agree for every team."""
    for team in Team.objects.all():
        scope = whole(team, at)
        items = Item.objects.filter(from_team=team).select_related("action", "handover", "accepted_by")
        expected = plain.figures(list(items), at)
        for name, expected_marks in plain.marks(list(items), at).items():
            seen = Counter()
            for mark in marks(scope, name):
                seen["" if name == "taken_by_shift" else mark.a] += mark.measured.denominator
            assert seen == expected_marks, f"{name} of {team}"
        live, counted = measure_live(scope), measure(scope)
        for name in FIGURES:
            n, d = expected.get(name, (0, 0))
            assert (live[name].numerator, live[name].denominator) == pytest.approx((n, d)), f"{name} of {team}"
            assert (counted[name].numerator, counted[name].denominator) == pytest.approx((n, d)), f"{name} of {team}, counted by day"
            if name in SHARES:
                listed = [behind(scope, {"figure": name, "is": answer}).count() for answer in ("yes", "no")]
                assert listed == [n, d - n], f"the handovers behind {name} of {team}"


def rows() -> set[tuple]:
    """Every fact and every count, but for what only says when it was made."""
    facts = {tuple(map(str, row)) for row in HandoverFact.objects.values_list()}
    return facts | {tuple(map(str, row[1:])) for model in (SharingDay, SharingCount) for row in model.objects.values_list()}


def items_counted() -> set[tuple]:
    """The facts of Baton's own handovers, by item."""
    return {(fact.pk, fact.offered_at) for fact in HandoverFact.objects.all()}


class Counted(TwoTeams):
    """The random life, with the counts brought up to date now and then."""

    @rule()
    def bring_up_to_date(self) -> None:
        rollups.refresh(at=self.at)

    @rule(which=st.sampled_from(["LOG", "OLD"]))
    def bring_in_a_log(self, which: str) -> None:
        """A late import: history of another system is no handover of Baton's own, however late it comes."""
        rollups.refresh(at=self.at)
        before = items_counted()
        bring_in(log("toy"), which)
        sources.recount_changed(at=timezone.now())
        rollups.refresh(at=self.at)
        assert items_counted() == before

    @rule()
    def redact(self) -> None:
        """What customers said and who they are goes; that something was said stays, and so do the figures."""
        rollups.refresh(at=self.at)
        before = rows()
        Action.objects.filter(closed_at__isnull=False).update(customer_name="", customer_reference="", customer_contact="", promise="", trail_salt="")
        for part in plain.PARTS:
            Brief.objects.exclude(**{part: ""}).filter(item__action__closed_at__isnull=False).update(**{part: "Redacted"})
        rollups.rebuild(at=self.at)
        assert rows() == before

    def teardown(self) -> None:
        rollups.refresh(at=self.at)
        step_by_step = rows()
        check_against_plain(self.at)
        rollups.rebuild(at=self.at)
        assert rows() == step_by_step
        super().teardown()


@pytest.mark.slow
def test_figures_agree_with_a_second_count_on_random_histories(db):
    Counted.settle_down()
    checks = settings(
        max_examples=8, stateful_step_count=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    run_state_machine_as_test(Counted, settings=checks)


@pytest.mark.slow
def test_figures_agree_with_a_second_count_on_the_demo(db):
    call_command("demo", verbosity=0)
    now = timezone.now()
    rollups.refresh(at=now)
    check_against_plain(now)
    assert {name for name in FIGURES if SharingDay.objects.filter(**{f"d_{name}__gt": 0}).exists()} >= {"given", "in_time", "complete_by_check", "missing"}
    assert {name for name in CHARTS if SharingCount.objects.filter(name=name).exists()} >= {"pair_shift", "slot", "outcome", "bucket"}


def test_small_groups_are_hidden():
    assert Measured(1, 4).share is None
    assert Measured(1, 4).hidden
    assert Measured(1, 5).share == 0.2
    assert not Measured(0, 0).hidden


def test_intervals_are_those_of_the_literature():
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, example (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339
    rose, low, high = two_proportions(Measured(48, 80), Measured(56, 70))
    assert rose == pytest.approx(0.2)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    # Wilson's interval of 81/263 (Newcombe 1998, table I, method 3): 0.2553 to 0.3662
    assert tuple(round(end, 4) for end in interval(Measured(81, 263))) == (0.2553, 0.3662)
