"""What stands beside a question: the number first, few hidden, and the way to what is behind it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from reviews.reviewing.gathering import worst_time
from reviews.reviewing.models import Review, ReviewQuestion, Step
from reviews.reviewing.showing import Shown
from reviews.reviewing.standard import EVIDENCE, FORMS, PARTS
from reviews.reviewing.timing import following, steps
from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Scope
from reviews.sharing.models import SharingCount
from tests.stories import make_team

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def beside(*names, linked=True, **evidence):
    review = Review(evidence={"query": "since=2026-10-26", **evidence}, opened_at=MONDAY)
    return Shown(review, User(), at=MONDAY, linked=linked).beside(ReviewQuestion(evidence=list(names)))


def figures(**now):
    return {name: {"now": list(pair)} for name, pair in now.items()}


def test_a_share_is_said_with_its_counts_and_leads_to_those_that_were_not_so():
    missing, in_time = beside("missing", "in_time", figures={**figures(missing=(20, 65)), "in_time": {"now": [46, 65], "all": [9, 10], "before": [6, 10]}})
    assert (missing.strong, missing.text) == ("31%", "had a detail missing (20 of 65).")
    assert (missing.url, missing.link) == ("/sharing/handovers/?since=2026-10-26&figure=missing&is=yes", "See the 20 handovers")
    assert in_time.text == "accepted in the agreed time (46 of 65). All that we hand over: 90%. The period before: 60%."
    assert in_time.url.endswith("figure=in_time&is=no")
    assert "What is counted" not in missing.rule
    assert missing.rule


def test_groups_under_five_show_no_number_and_lead_nowhere():
    (few,) = beside("missing", figures=figures(missing=(2, 4)))
    assert (few.strong, few.url, "2" in few.text, "Under 5" in few.text) == ("", "", False, True)
    assert beside("missing", figures=figures(missing=(0, 0))) == []
    (observed,) = beside("observations", observations={"informed": [3, 4], "moment": [4, 6], "understood": [0, 0]})
    assert [one["value"] for one in observed.rows] == ["under 5", "4 of 6"]


def test_there_is_no_link_for_who_works_in_another_team_and_nothing_for_what_is_not_known():
    (missing,) = beside("missing", "no_such_figure", linked=False, figures=figures(missing=(20, 65)))
    assert missing.url == ""


def test_lists_say_how_often():
    details, past, worst = beside(
        "details", "past_why", "worst_time", details=[["Which room?", 14], ["Whose key?", 1]], gone_past=[["rule", 2]], worst_time={"slot": 8, "n": 5, "d": 8}
    )
    assert [(one["label"], one["value"]) for one in details.rows] == [("Which room?", "14 times"), ("Whose key?", "1 time")]
    assert past.rows[0]["label"] == "Past a rule, with a reason"
    assert worst.text == "Most late from 16:00 to 18:00: 62% late (5 of 8)."


@pytest.mark.django_db
def test_the_worst_time_is_named_only_where_it_is_clearly_worse_on_five_or_more():
    team = make_team()
    scope = Scope(team.pk, date(2026, 11, 1), date(2026, 11, 8))

    def late(slot, n, of):
        row = {"team": team, "day": date(2026, 11, 2), "when": "in_shift", "name": "slot"}
        SharingCount.objects.create(**row, a=str(slot), numerator=n, denominator=of)

    assert worst_time(scope) is None
    late(4, 1, 10)
    late(11, 4, 4)
    assert worst_time(scope) is None
    late(8, 5, 8)
    assert worst_time(scope) == {"slot": 8, "n": 5.0, "d": 8.0}


def test_a_review_reminds_halfway_and_a_day_before_its_end_and_a_short_one_once():
    week = steps(MONDAY, MONDAY + 7 * DAY)
    assert [step for step, _ in week] == [Step.HALFWAY, Step.LAST_DAY, Step.OVER, Step.STILL]
    assert [when for _, when in week] == sorted(when for _, when in week)
    assert [step for step, _ in steps(MONDAY, MONDAY + DAY)] == [Step.HALFWAY, Step.OVER, Step.STILL]
    assert following(MONDAY, MONDAY + 7 * DAY, at=MONDAY + 20 * DAY) == ("", None)


def test_every_piece_of_evidence_has_one_name_and_something_that_shows_it():
    assert not set(PARTS) & set(FIGURES)
    assert all(hasattr(Shown, f"_{name}") for name in PARTS)
    assert all(set(one.evidence) <= set(EVIDENCE) for form in FORMS.values() for one in form)
