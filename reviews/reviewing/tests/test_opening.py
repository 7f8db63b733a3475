"""Reviews open by themselves, filled in with their evidence; everybody concerned is asked, and reminded, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Membership
from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover.notifications.models import Kind, Notification
from reviews.reviewing import due_operations as due
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing import timing
from reviews.reviewing.models import Participant, Review, ReviewCycle
from reviews.reviewing.standard import FORMS, USUAL
from reviews.suggestions import operations as suggestions
from reviews.suggestions.models import Suggestion
from tests.stories import FOUR_PM, hours, make_accepted, make_agreement, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def people(desk):
    return make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk, role="night receptionist"), make_colleague("Leila Haddad", desk, lead=True)


@pytest.fixture
def cycle(desk, people):
    due.begin_cycles(at=MONDAY - 28 * DAY)
    return ReviewCycle.objects.get()


def told(person, kind) -> int:
    return Notification.objects.filter(recipient=person, kind=kind).count()


def test_a_p9_a_review_opens_by_itself_every_four_weeks_and_asks_everybody(desk, people, cycle):
    # Given the team's first cycle, which is there without anybody's doing, on a Monday morning
    amara, _, _ = people
    assert cycle.opens_at == MONDAY
    assert opening.open_due(at=MONDAY - hours(1)) == 0

    # When its time has come, however often the bell rings
    assert opening.open_due(at=MONDAY + hours(1)) == 1
    assert opening.open_due(at=MONDAY + hours(1)) == 0

    # Then everybody is asked once, and it looks at the four weeks before
    review = Review.objects.get()
    assert (review.since, review.until, review.closes_at) == (date(2026, 10, 26), date(2026, 11, 23), datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert [one.question for one in review.questions.all()] == [one.question for one in FORMS[USUAL]]
    assert [told(person, Kind.REVIEW_OPENED) for person in people] == [1, 1, 1]
    assert Participant.objects.get(review=review, person=people[1]).role == "night receptionist"
    assert Event.objects.get(kind="review.opened").data["rule"] == "review_cycle"
    cycle.refresh_from_db()
    assert cycle.opens_at == MONDAY + 28 * DAY
    assert amara.display_name not in str(review.evidence)


def test_after_a_long_outage_one_review_opens_and_the_next_is_back_in_step(desk, people, cycle):
    assert opening.open_due(at=MONDAY + 100 * DAY) == 1
    cycle.refresh_from_db()
    assert cycle.opens_at == MONDAY + 112 * DAY
    assert Review.objects.get().until == date(2027, 3, 3)


def test_a_paused_cycle_opens_nothing_and_a_team_gets_its_first_cycle_once(desk, people, cycle):
    ReviewCycle.objects.update(paused=True)
    assert opening.open_due(at=MONDAY + DAY) == 0
    assert due.begin_cycles(at=MONDAY) == 0


def test_the_opening_keeps_to_the_wall_clock_when_the_clocks_change():
    zone = make_team("Night desk").tz
    assert timing.opening(date(2026, 3, 30), zone) == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert timing.next_opening(datetime(2026, 3, 2, 8, tzinfo=UTC), 4, at=datetime(2026, 3, 2, 8, tzinfo=UTC), zone=zone) == datetime(
        2026, 3, 30, 7, tzinfo=UTC
    )


def test_everybody_is_reminded_twice_and_then_the_lead_is_asked_twice(desk, people, cycle):
    amara, tom, leila = people
    opening.open_due(at=MONDAY)
    review = Review.objects.get()
    question = review.questions.first()
    reviewing.give(review_id=review.pk, by=tom, at=MONDAY + DAY, views={question.pk: reviewing.View("Mostly")})
    # Halfway and a day before the end those who have not given a view are reminded; the earlier notice gives way to the later
    for at in (MONDAY + 4 * DAY, MONDAY + 4 * DAY, review.closes_at - DAY):
        due.fire(at=at)
    assert [told(person, Kind.REVIEW_WAITS) for person in people] == [2, 0, 2]
    assert Notification.objects.filter(recipient=amara, kind=Kind.REVIEW_WAITS, settled_at=None).count() == 1
    # Then the leads are asked to conclude, and once more a week later
    for at in (review.closes_at, review.closes_at + 7 * DAY, review.closes_at + 70 * DAY):
        due.fire(at=at)
    assert [told(person, Kind.REVIEW_TO_CLOSE) for person in people] == [0, 0, 2]
    assert not Notification.objects.filter(kind__in=[Kind.REVIEW_OPENED, Kind.REVIEW_WAITS], settled_at=None).exists()
    assert Review.objects.get().next_at is None


def test_after_an_outage_nobody_hears_of_what_is_over(desk, people, cycle):
    amara, _, leila = people
    opening.open_due(at=MONDAY)
    assert due.fire(at=MONDAY + 8 * DAY) == 1
    assert told(amara, Kind.REVIEW_WAITS) == 0
    assert told(leila, Kind.REVIEW_TO_CLOSE) == 1


def test_who_has_left_is_neither_reminded_nor_waited_for(desk, people, cycle):
    amara, tom, leila = people
    opening.open_due(at=MONDAY)
    review = Review.objects.get()
    Membership.objects.filter(user=amara).update(ended_at=MONDAY + DAY)
    leila.__class__.objects.filter(pk=leila.pk).update(is_active=False)
    due.fire(at=MONDAY + 4 * DAY)
    assert [told(person, Kind.REVIEW_WAITS) for person in people] == [0, 1, 0]
    assert [one.person for one in Participant.objects.filter(review=review).waited_for()] == [tom]


def test_the_evidence_is_counted_when_it_opens_and_never_changes(desk, people):
    # Given six handovers, five of them with a detail missing, and an open action
    amara, tom, leila = people
    version = make_agreement(desk, should=("Which room?",))
    service = version.agreement.point.service
    for _ in range(6):
        make_accepted(amara, tom, at=FOUR_PM)
    about = opening.About(FOUR_PM.date() - 27 * DAY, FOUR_PM.date() + DAY)

    # When a lead starts a review, and more is handed over afterwards
    review = opening.start(team=desk, by=leila, at=FOUR_PM + hours(2), about=about)
    before = Review.objects.get().evidence
    make_offer(amara, tom)
    assert before["figures"]["given"]["now"] == [6, 6]
    assert len(before["oldest"]) == 5
    assert set(before["oldest"][0]) == {"ref", "opened_at", "carried"}
    assert Review.objects.get().evidence == before
    assert review.title == "How do we share our work?"

    # And each sees their own figures, nobody else's
    own = {one.person_id: one.own for one in Participant.objects.filter(review=review)}
    assert (own[amara.pk]["given"], own[tom.pk]["taken"], own[leila.pk]["given"]) == (6, 6, 0)

    # A review of a part has the whole beside it
    part = opening.start(team=desk, by=leila, at=FOUR_PM + hours(2), about=opening.About(about.since, about.until, service=service))
    assert part.evidence["figures"]["given"] == {"now": [0, 0], "before": [0, 0], "all": [7, 7]}
    assert part.title.startswith("How do we share ")


def test_the_other_receiving_team_of_an_agreement_is_asked_too(desk, people):
    _, _, leila = people
    night = make_team("Night porters")
    zofia = make_colleague("Zofia Nowak", night)
    version = make_agreement(desk)
    version.to_team = night
    version.save()
    review = opening.start(team=desk, by=leila, at=FOUR_PM, about=opening.About(FOUR_PM.date() - 7 * DAY, FOUR_PM.date(), agreement=version.agreement))
    assert review.other_team == night
    assert told(zofia, Kind.REVIEW_OPENED) == 1
    assert Participant.objects.get(review=review, person=zofia).role == "Night porters"
    assert Review.objects.visible_to(zofia).get() == review
    assert not Review.objects.visible_to(make_colleague("Stranger", make_team("Shop"))).exists()


def test_pressing_twice_opens_one_and_only_a_lead_of_the_team_does(desk, people):
    amara, _, leila = people
    about = opening.About(FOUR_PM.date() - 7 * DAY, FOUR_PM.date())
    with pytest.raises(NotAllowed):
        opening.start(team=desk, by=amara, at=FOUR_PM, about=about)
    first = opening.start(team=desk, by=leila, at=FOUR_PM, about=about)
    with pytest.raises(Refusal, match=first.ref):
        opening.start(team=desk, by=leila, at=FOUR_PM, about=about)
    with pytest.raises(Invalid):
        opening.start(team=desk, by=leila, at=FOUR_PM, about=opening.About(about.until, about.until))
    theirs = make_agreement(make_team("Shop")).agreement
    with pytest.raises(Invalid, match="another team"):
        opening.start(team=desk, by=leila, at=FOUR_PM, about=opening.About(about.since, about.until, agreement=theirs))


def test_b_k7_what_was_promised_to_the_next_review_is_taken_into_it(desk, people, cycle):
    amara, _, leila = people
    made = suggestions.suggest(team=desk, by=amara, at=MONDAY - DAY, words="Ask for the room first")
    suggestions.answer(suggestion_id=made.pk, by=leila, at=MONDAY - DAY, decision="in_review")
    later = suggestions.suggest(team=desk, by=amara, at=MONDAY - DAY, words="Close at nine")
    opening.open_due(at=MONDAY)
    assert Suggestion.objects.get(pk=made.pk).review == Review.objects.get()
    assert Suggestion.objects.get(pk=later.pk).review is None
