"""What stands out is found by a stated rule: no cry of wolf on five cases, nor on many places looked at."""

import random

import pytest

from reviews.sharing.measuring import Measured
from reviews.sharing.standing_out import Candidate, judge, tail


def candidate(group, rest, figure="missing", kind="agreement", key=1) -> Candidate:
    return Candidate(kind, (key,), figure, Measured(*group), Measured(*rest))


def test_the_chance_is_fishers():
    # The lady tasting tea: all four right of eight, 1 in 70; three or more right, 17 in 70
    assert tail(Measured(4, 4), Measured(0, 4)) == pytest.approx(1 / 70)
    assert tail(Measured(3, 4), Measured(1, 4)) == pytest.approx(17 / 70)
    assert tail(Measured(1, 4), Measured(3, 4)) == pytest.approx(17 / 70)


def test_five_cases_never_stand_out_and_fifty_do():
    assert judge([candidate((5, 5), (0, 100))]) == []
    assert len(judge([candidate((31, 65), (60, 570))])) == 1


def test_what_is_better_than_the_rest_does_not_stand_out_and_a_change_for_the_better_does():
    assert judge([candidate((1, 65), (60, 270))]) == []
    (finding,) = judge([candidate((1, 65), (60, 270), kind="change")])
    assert not finding.worse
    assert finding.points < 0


def test_a_small_difference_is_not_worth_a_line_however_sure():
    assert judge([candidate((12_000, 100_000), (100_000, 1_000_000))]) == []


def test_chance_alone_hardly_ever_stands_out():
    # Given 200 teams with 40 groups each and no difference at all
    dice = random.Random(7)
    alarms = 0
    for _ in range(200):
        groups = [Measured(sum(dice.random() < 0.1 for _ in range(60)), 60) for _ in range(40)]
        hits, all_of = sum(one.numerator for one in groups), sum(one.denominator for one in groups)
        looked_at = [candidate((one.numerator, 60), (hits - one.numerator, all_of - 60), key=number) for number, one in enumerate(groups)]
        alarms += bool(judge(looked_at))
    # Then at most about 1 in 20 of them sees an alarm
    assert alarms <= 16
