"""Before and after, over stated days, with an interval; nothing is said of small groups, and no cause is claimed."""

from datetime import timedelta

import pytest

from reviews.improvements import effects, showing
from reviews.improvements.intervals import Mean, student, two_means
from reviews.improvements.models import Improvement
from reviews.improvements.tests.makers import TODAY, count, done, propose
from reviews.sharing.measuring import Measured
from reviews.sharing.models import HandoverFact
from reviews.sharing.rollups import refresh
from tests.stories import FOUR_PM, make_accepted, make_agreement, make_colleague, make_team, minutes

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def amara(desk):
    return make_colleague("Amara Osei", desk)


def weeks_of(team, figure, numbers, *, first, **where):
    """One count in each week, on its third day."""
    for number, (n, d) in enumerate(numbers):
        count(team, first + number * WEEK + 2 * DAY, figure, n, d, **where)


def test_the_mock_is_counted_as_it_says(desk, amara):
    # Given five weeks before the change and four after, as in the drawing of the review page
    made = done(desk, amara, figure="in_time", target=0.9, done_on=TODAY - 4 * WEEK)
    weeks_of(desk, "in_time", [(22, 32), (23, 32), (22, 32), (24, 33), (24, 33)], first=TODAY - 9 * WEEK)
    weeks_of(desk, "in_time", [(29, 33), (29, 33), (30, 33), (30, 34)], first=TODAY - 4 * WEEK)

    # Then the pages says what it would say: 18 points, and between which ends
    effect = effects.measure(made, today=TODAY - DAY)
    assert effect.before == effects.Window(TODAY - 9 * WEEK, TODAY - 4 * WEEK, Measured(115, 162))
    assert effect.after == effects.Window(TODAY - 4 * WEEK, TODAY, Measured(118, 133))
    words = showing.in_words(effect)
    assert (words["before"], words["after"]) == ("71% of 162 handovers, 5 weeks", "89% of 133 handovers, 4 weeks")
    assert words["difference"] == "18 points up, likely between 9 and 26"
    assert (effect.is_better, effect.is_reached) == (True, False)
    assert showing.look(effect).word == "Looks like it worked"
    drawn = showing.drawn(effect)
    assert drawn["values"] == [68.8, 71.9, 68.8, 72.7, 72.7, 87.9, 87.9, 90.9, 88.2]
    assert (drawn["turn"], drawn["low"], drawn["high"], drawn["target"]) == (5, 60, 100, 90)


def test_days_outside_the_stated_windows_do_not_count(desk, amara):
    made = done(desk, amara, done_on=TODAY - 7 * WEEK)
    inside = {TODAY - 12 * WEEK: 1, TODAY - 7 * WEEK - DAY: 2, TODAY - 7 * WEEK: 4, TODAY - 2 * WEEK - DAY: 8}
    outside = (TODAY - 12 * WEEK - DAY, TODAY - 2 * WEEK, TODAY)
    for day, n in [*inside.items(), *((day, 100) for day in outside)]:
        count(desk, day, "missing", n, 100)
    effect = effects.measure(made, today=TODAY)
    assert (effect.before.measured, effect.after.measured) == (Measured(3, 200), Measured(12, 200))
    assert effect.before.days == effect.after.days == 35


def test_a_team_that_is_younger_has_a_shorter_time_before_in_whole_weeks(desk, amara):
    made = done(desk, amara, done_on=TODAY - 3 * DAY)
    count(desk, TODAY - 10 * DAY, "missing", 3, 10)
    count(desk, TODAY, "missing", 0, 10)
    effect = effects.measure(made, today=TODAY)
    assert showing.in_words(effect)["before"] == "30% of 10 handovers, 1 week"
    assert showing.in_words(effect)["after"] == "0% of 10 handovers, 4 days"


def test_groups_under_five_are_hidden_and_give_no_difference(desk, amara):
    made = done(desk, amara, done_on=TODAY)
    count(desk, TODAY - DAY, "missing", 4, 10)
    assert showing.in_words(effects.measure(made, today=TODAY))["after"] == "Nothing yet in 1 day"
    count(desk, TODAY, "missing", 1, 4)
    effect = effects.measure(made, today=TODAY)
    assert effect.difference is None
    words = showing.in_words(effect)
    assert words["after"] == "Hidden: fewer than 5 handovers in 1 day"
    assert words["difference"] == "Not known yet"
    assert showing.look(effect).word == "Too few to say"
    assert showing.drawn(effect)["values"] == [40.0, None]


def test_only_its_own_service_or_agreement_counts(desk, amara):
    version = make_agreement(desk)
    made = done(desk, amara, agreement_id=version.agreement_id, done_on=TODAY)
    count(desk, TODAY - DAY, "missing", 4, 10, agreement=version.agreement)
    count(desk, TODAY - DAY, "missing", 9, 10)
    count(make_team("Elsewhere"), TODAY - DAY, "missing", 9, 10)
    assert effects.measure(made, today=TODAY).before.measured == Measured(4, 10)


@pytest.mark.parametrize(
    ("before", "after", "word", "difference"),
    [
        ((30, 60), (12, 60), "Looks like it worked", "30 points down, likely between 13 and 45"),
        ((12, 60), (30, 60), "Looks worse than before", "30 points up, likely between 13 and 45"),
        ((12, 60), (15, 60), "No clear change yet", "5 points up, likely between 10 down and 20 up"),
        ((12, 60), (12, 60), "No clear change yet", "As before, likely between 14 down and 14 up"),
    ],
)
def test_fewer_missing_details_are_better_and_chance_is_no_success(desk, amara, before, after, word, difference):
    made = done(desk, amara, done_on=TODAY)
    count(desk, TODAY - DAY, "missing", *before)
    count(desk, TODAY, "missing", *after)
    effect = effects.measure(made, today=TODAY)
    assert (showing.look(effect).word, showing.difference(effect)) == (word, difference)


def test_what_is_kept_with_a_verdict_is_what_was_shown(desk, amara):
    made = done(desk, amara, done_on=TODAY)
    count(desk, TODAY - DAY, "missing", 30, 60)
    count(desk, TODAY, "missing", 12, 60)
    effect = effects.measure(made, today=TODAY)
    assert effects.from_data(effects.as_data(effect)) == effect


def test_minutes_have_the_interval_of_welch_from_single_handovers(desk, amara):
    # Given ten handovers, half of them after the change, each accepted after so many minutes
    ben = make_colleague("Ben Cole", desk)
    waits = [(-2, n) for n in (10, 12, 14, 16, 18)] + [(0, n) for n in (2, 3, 4, 5, 6)]
    for days, wait in waits:
        item = make_accepted(amara, ben, at=FOUR_PM + days * DAY)
        item.accepted_at = item.offered_at + minutes(wait)
        item.save()
    refresh(at=FOUR_PM + minutes(60))
    made = done(desk, amara, figure="minutes", target=5, done_on=TODAY)

    # Then the mean fell from 14 to 4, with Welch's interval by hand: 10 ± 2.5706 · √(10/5 + 2.5/5)
    effect = effects.measure(made, today=TODAY)
    assert HandoverFact.objects.count() == 10
    assert effect.difference.rose == pytest.approx(-10)
    freedom = 2.5**2 / (2**2 / 4 + 0.5**2 / 4)
    assert effect.difference.high - effect.difference.rose == pytest.approx(student(freedom) * 2.5**0.5)
    assert (effect.method, effect.is_better, effect.is_reached) == ("means", True, True)
    words = showing.in_words(effect)
    assert words["before"] == "14 min on average, 5 handovers, 1 week"
    assert words["difference"].startswith("10 min down, likely between 6.")


def test_a_figure_that_is_no_share_and_no_mean_of_the_facts_states_no_range(desk, amara, monkeypatch):
    monkeypatch.setattr(effects, "MEANS", set())
    made = done(desk, amara, figure="queries", target=0.2, done_on=TODAY)
    count(desk, TODAY - DAY, "queries", 30, 60)
    count(desk, TODAY, "queries", 12, 60)
    effect = effects.measure(made, today=TODAY)
    assert showing.difference(effect) == "0.3 down"
    assert showing.look(effect).word == "Look at both numbers"
    assert showing.in_words(effect)["method"].startswith("No range is stated")


def test_one_that_is_proposed_shows_where_the_figure_stands(desk, amara):
    make_colleague("Leila Haddad", desk, lead=True)
    made = propose(desk, amara, make_colleague("Priya Kaur", desk, lead=True))
    count(desk, TODAY, "missing", 3, 10)
    effect = effects.measure(Improvement.objects.get(pk=made.pk), today=TODAY)
    assert showing.in_words(effect)["before"] == "30% of 10 handovers, 1 week"
    assert effect.after.days == 0


def test_the_effect_costs_one_statement(desk, amara, django_assert_num_queries):
    made = done(desk, amara, done_on=TODAY)
    for day in range(30):
        count(desk, TODAY - day * DAY, "missing", 1, 9)
    with django_assert_num_queries(1):
        effects.measure(made, today=TODAY)


@pytest.mark.parametrize(("freedom", "quantile"), [(4, 2.7764), (5, 2.5706), (10, 2.2281), (30, 2.0423), (100, 1.9840)])
def test_students_quantile_is_that_of_the_tables(freedom, quantile):
    assert student(freedom) == pytest.approx(quantile, rel=1e-3)


def test_two_means_that_do_not_vary_differ_for_sure():
    assert two_means(Mean(5, 4, 0), Mean(5, 2, 0)) == (-2, -2, -2)
    with pytest.raises(ValueError, match="Fewer than two"):
        two_means(Mean(1, 4, 0), Mean(5, 2, 0))
