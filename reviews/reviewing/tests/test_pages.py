"""The pages of a review: evidence beside each question, one's own view first, drafts kept, a conclusion that everybody hears of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from handover.notifications.models import Kind, Notification
from reviews.reviewing import due_operations as due
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.models import Answer, Participant, Review, ReviewCycle, ReviewForm
from reviews.suggestions import operations as suggestions
from reviews.suggestions.models import Suggestion
from tests.api.clients import make_integration, with_token
from tests.stories import hours, make_accepted, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def review(desk, people):
    amara, tom, leila = people
    now = timezone.now()
    for _ in range(6):
        make_accepted(amara, tom, at=now - hours(2))
    suggestion = suggestions.suggest(team=desk, by=amara, at=now - hours(2), words="Ask for the room first")
    suggestions.answer(suggestion_id=suggestion.pk, by=leila, at=now - hours(2), decision="in_review")
    about = opening.About(desk.local(now).date() - 27 * DAY, desk.local(now).date() + DAY)
    return opening.start(team=desk, by=leila, at=now - hours(1), about=about)


def names(review, number=0):
    question = review.questions.all()[number]
    return f"q{question.pk}-choice", f"q{question.pk}-words"


def text_of(client, address) -> str:
    return client.get(address).content.decode()


def test_others_views_are_shown_after_ones_own(review, people, client):
    amara, tom, leila = people
    choice, words = names(review)
    client.force_login(amara)
    client.post(review.get_absolute_url(), {choice: "Sometimes", words: "The second reading gets lost"})

    # Before his own view Tom reads the evidence, and not what Amara said
    client.force_login(tom)
    page = text_of(client, review.get_absolute_url())
    assert "6 handovers" in page
    assert "had a detail missing" in page
    assert "The second reading gets lost" not in page

    # Nor does the lead, while the time runs
    client.force_login(leila)
    assert "The second reading gets lost" not in text_of(client, review.get_absolute_url())

    # Once he has given it, he does; and he may change it
    client.force_login(tom)
    client.post(review.get_absolute_url(), {choice: "Mostly", words: ""})
    page = text_of(client, review.get_absolute_url())
    assert "The second reading gets lost" in page
    assert "2 of 3" in page
    client.post(review.get_absolute_url(), {choice: "Always"})
    assert list(Answer.objects.filter(participant__person=tom).values_list("choice", flat=True)) == ["Always"]
    assert Event.objects.filter(kind="review.answered").count() == 3


def test_what_is_typed_is_kept_and_nobody_else_sees_it(review, people, client):
    amara, tom, _ = people
    choice, words = names(review)
    client.force_login(amara)
    saved = client.post(f"{review.get_absolute_url()}draft/", {choice: "Never", words: "Half a sen", "draft_version": "", "other": "x"})
    assert saved.json()["version"] == 1
    page = text_of(client, review.get_absolute_url())
    assert "Half a sen" in page
    assert "Draft saved" in page

    # Another tab that did not see it is told, and overwrites nothing
    clash = client.post(f"{review.get_absolute_url()}draft/", {words: "Something else", "draft_version": "9"})
    assert (clash.status_code, clash.json()["theirs"]) == (409, {choice: "Never", words: "Half a sen"})

    # It is not given: Tom, who has given his, reads nothing of it
    client.force_login(tom)
    client.post(review.get_absolute_url(), {choice: "Mostly"})
    assert "Half a sen" not in text_of(client, review.get_absolute_url())
    assert not Participant.objects.get(person=amara).given_at


def test_an_empty_view_and_a_made_up_answer_are_refused_with_what_was_typed(review, people, client):
    amara, *_ = people
    choice, words = names(review)
    client.force_login(amara)
    empty = client.post(review.get_absolute_url(), {words: "  "})
    assert (empty.status_code, "Say something about at least one question." in empty.content.decode()) == (422, True)
    wrong = client.post(review.get_absolute_url(), {choice: "Perhaps", words: "Kept all the same"})
    assert (wrong.status_code, "Kept all the same" in wrong.content.decode()) == (422, True)
    assert not Answer.objects.exists()


def test_a_lead_concludes_and_everybody_asked_hears_of_it(review, people, client):
    amara, tom, leila = people
    suggestion = Suggestion.objects.get()
    address = f"{review.get_absolute_url()}conclude/"
    client.force_login(amara)
    assert client.post(address, {"words": "All is well"}).status_code == 403
    client.force_login(leila)

    # Its suggestion needs an answer first; what was typed stays
    refused = client.post(address, {"words": "We ask for the room first"})
    assert refused.status_code == 422
    assert f"Say what becomes of {suggestion.ref}." in refused.content.decode()
    assert "We ask for the room first</textarea>" in refused.content.decode()

    client.post(address, {"words": "We ask for the room first", f"s{suggestion.pk}-decision": "will_do", f"s{suggestion.pk}-words": "From Monday"})
    assert Review.objects.get().conclusion == "We ask for the room first"
    assert Suggestion.objects.get().answer == "From Monday"
    kinds = [Notification.objects.filter(recipient=person, kind=Kind.REVIEW_CLOSED).count() for person in people]
    assert kinds == [1, 1, 0]
    assert not Notification.objects.filter(kind=Kind.REVIEW_OPENED, settled_at=None).exists()

    # Then nobody gives a view any more, and everybody reads it
    client.force_login(tom)
    late = client.post(review.get_absolute_url(), {names(review)[0]: "Never", names(review)[1]: "Too late"})
    assert (late.status_code, "This review is concluded." in late.content.decode()) == (422, True)
    assert "You typed this, and did not give it" in late.content.decode()
    assert "We ask for the room first" in text_of(client, review.get_absolute_url())


def test_a_suggestion_put_off_again_waits_for_the_next_review(review, people):
    _, _, leila = people
    made = Suggestion.objects.get()
    reviewing.conclude(review_id=review.pk, by=leila, at=timezone.now(), words="Next time", answers={made.pk: ("in_review", "No time")})
    assert Suggestion.objects.get().review is None
    assert Review.objects.get().next_at is None


def test_ones_own_figures_stand_first_are_private_and_can_be_answered(review, people, client):
    amara, tom, leila = people
    client.force_login(amara)
    page = text_of(client, review.get_absolute_url())
    assert page.index("Your own figures") < page.index("Questions</h2>")
    assert 'You gave <b class="strong">6</b>' in page
    client.post(f"{review.get_absolute_url()}remark/", {"remark-words": "Two were late because of the lift"})
    assert Notification.objects.filter(recipient=leila, kind=Kind.REVIEW_SAID).count() == 1

    # Tom reads nothing of it; the lead does, and cannot conclude before she has answered
    client.force_login(tom)
    assert "because of the lift" not in text_of(client, review.get_absolute_url())
    client.force_login(leila)
    assert "because of the lift" in text_of(client, review.get_absolute_url())
    made = Suggestion.objects.get()
    sent = {"words": "Fine", f"s{made.pk}-decision": "already"}
    refused = client.post(f"{review.get_absolute_url()}conclude/", sent)
    assert "says something about their own figures" in refused.content.decode()
    said = Participant.objects.get(person=amara)
    client.post(f"{review.get_absolute_url()}remarks/{said.pk}/answer/", {f"remark-{said.pk}-words": "True. We leave these two out."})
    assert Notification.objects.filter(recipient=amara, kind=Kind.REVIEW_SAID).count() == 1
    assert client.post(f"{review.get_absolute_url()}conclude/", sent).status_code == 302


def test_when_everybody_has_given_a_view_the_lead_is_asked_to_conclude(review, people):
    leila = people[2]
    question = review.questions.first()
    for person in people:
        assert not Notification.objects.filter(kind=Kind.REVIEW_TO_CLOSE).exists()
        reviewing.give(review_id=review.pk, by=person, at=timezone.now(), views={question.pk: reviewing.View("Mostly")})
    assert Notification.objects.filter(recipient=leila, kind=Kind.REVIEW_TO_CLOSE).count() == 1
    # Who joins now gives a view too; nobody is asked twice
    review.refresh_from_db()
    assert review.next_step == "still"


def test_somebody_who_joined_since_gives_a_view_and_a_stranger_sees_nothing(review, desk, people, client):
    client.force_login(make_colleague("New Colleague", desk))
    assert client.post(review.get_absolute_url(), {names(review)[0]: "Mostly"}).status_code == 302
    client.force_login(make_colleague("Stranger", make_team("Shop")))
    assert client.get(review.get_absolute_url()).status_code == 404
    assert client.post(f"{review.get_absolute_url()}draft/", {}).status_code == 404
    client.force_login(make_colleague("Adm", is_administrator=True))
    assert client.post(review.get_absolute_url(), {names(review)[0]: "Mostly"}).status_code == 403


def test_a_review_is_started_from_what_was_seen_on_the_dashboard(desk, people, client):
    leila = people[2]
    client.force_login(leila)
    page = text_of(client, "/reviews/start/?since=2026-10-01&until=2026-10-28&when=in_shift")
    assert 'value="2026-10-01"' in page
    assert 'value="2026-10-28"' in page
    assert '<option value="in_shift" selected>' in page
    for odd in ("since=x&until=2026-02-31", "weeks=99999999999", "service=999&when=never", "since=2027-01-01&until=2026-01-01"):
        assert client.get(f"/reviews/start/?{odd}").status_code == 200
    sent = {"title": "Do we hand over too late?", "since": "2026-10-01", "until": "2026-10-28", "when": "in_shift", "days_open": "5"}
    made = client.post("/reviews/start/", sent, follow=True)
    assert "Do we hand over too late?" in made.content.decode()
    found = Review.objects.get()
    assert (found.since.isoformat(), found.until.isoformat(), found.when) == ("2026-10-01", "2026-10-29", "in_shift")
    again = client.post("/reviews/start/", sent)
    assert (again.status_code, "are being reviewed already" in again.content.decode()) == (422, True)


def test_a_lead_says_when_reviews_open_and_what_they_ask(desk, people, client):
    amara, _, leila = people
    client.force_login(leila)
    client.post("/reviews/cycles/")
    cycle = ReviewCycle.objects.get()
    later = (desk.local(timezone.now()).date() + 9 * DAY).isoformat()
    refused = client.post(cycle.get_absolute_url(), {"weeks": "1", "next_on": later, "days_open": "9"})
    assert (refused.status_code, "A review ends before the next one opens." in refused.content.decode()) == (422, True)
    client.post(cycle.get_absolute_url(), {"weeks": "2", "next_on": later, "days_open": "9", "form": cycle.form_id})
    cycle.refresh_from_db()
    assert (cycle.weeks, cycle.days_open, desk.local(cycle.opens_at).date().isoformat()) == (2, 9, later)
    past = client.post(cycle.get_absolute_url(), {"weeks": "2", "next_on": "2026-01-01", "days_open": "9"})
    assert "This morning is over." in past.content.decode()
    twice = client.post("/reviews/cycles/new/", {"weeks": "2", "next_on": later, "days_open": "9"})
    assert "This is reviewed regularly already." in twice.content.decode()


def test_a_lead_changes_the_questions_and_an_open_review_keeps_its_own(review, people, client):
    leila = people[2]
    client.force_login(leila)
    form = ReviewForm.objects.get(name="Five questions")
    before = [one.question for one in review.questions.all()]
    sent = {
        "name": "Ours", "revision": form.revision, "count": "2",
        "n0-question": "Second", "n0-kind": "text", "n0-place": "2", "n0-evidence": ["missing", "details"],
        "n1-question": "First?", "n1-kind": "choice", "n1-options": "Yes\nNo", "n1-place": "1",
    }  # fmt: skip
    assert client.post(form.get_absolute_url(), sent).status_code == 302
    assert [(one.question, one.options) for one in form.questions.all()] == [("First?", ["Yes", "No"]), ("Second", [])]
    assert [one.question for one in review.questions.all()] == before
    # Another lead who read the form before is told, and loses nothing of what was typed
    stale = client.post(form.get_absolute_url(), sent)
    assert (stale.status_code, "Another lead has changed these questions meanwhile." in stale.content.decode()) == (409, True)
    alone = client.post(form.get_absolute_url(), {**sent, "revision": form.revision + 1, "n1-options": "Yes"})
    assert "needs 2 to 6 different answers" in alone.content.decode()
    assert client.post(f"{form.get_absolute_url()}copy/", {"name": "Ours"}).status_code == 422
    assert client.post(f"{form.get_absolute_url()}copy/", {"name": "Ours, shorter"}).status_code == 302


def test_the_list_and_the_page_cost_the_same_for_any_number(desk, people, client, django_assert_max_num_queries):
    amara, _, leila = people
    today = desk.local(timezone.now()).date()
    question = None
    for number in range(8):
        about = opening.About(today - (number + 7) * DAY, today - number * DAY)
        made = opening.start(team=desk, by=leila, at=timezone.now(), about=about)
        question = made.questions.first()
        reviewing.give(review_id=made.pk, by=amara, at=timezone.now(), views={question.pk: reviewing.View("Mostly")})
    client.force_login(amara)
    with django_assert_max_num_queries(12):
        assert made.ref in text_of(client, "/reviews/")
    for person in [make_colleague(f"Colleague {number}", desk) for number in range(5)]:
        reviewing.give(review_id=made.pk, by=person, at=timezone.now(), views={question.pk: reviewing.View("Never", "Too late")})
    with django_assert_max_num_queries(22):
        assert "Colleague 4" in text_of(client, made.get_absolute_url())


def test_the_api_shows_integrations_counts_and_people_views(review, people, desk, client):

    amara, tom, leila = people
    question = review.questions.first()
    reviewing.give(review_id=review.pk, by=amara, at=timezone.now(), views={question.pk: reviewing.View("Mostly", "The lift")})
    robot = with_token(make_integration(desk, "Booking system"))
    assert robot.get("/api/v1/reviews/?concluded=false").json()["results"][0]["ref"] == review.ref
    shown = robot.get(f"/api/v1/reviews/{review.ref}/").json()
    assert (shown["given"], shown["asked"]) == (1, 3)
    assert shown["questions"][0]["chosen"] == shown["questions"][0]["views"] == []
    assert next(one for one in shown["figures"] if one["name"] == "given")["denominator"] == 6
    made = Suggestion.objects.get()
    reviewing.conclude(review_id=review.pk, by=leila, at=timezone.now(), words="Done", answers={made.pk: ("already", "")})
    shown = robot.get(f"/api/v1/reviews/{review.ref}/").json()
    assert {"choice": "Mostly", "count": 1} in shown["questions"][0]["chosen"]
    assert shown["questions"][0]["views"] == []
    client.force_login(tom)
    assert client.get(f"/api/v1/reviews/{review.ref}/").json()["questions"][0]["views"][0]["words"] == "The lift"


def test_the_task_looks_and_does_no_harm_twice(desk, people):
    at = timezone.now()
    assert due.begin_cycles(at=at) == 1
    assert due.begin_cycles(at=at) == 0
    assert opening.open_due(at=at) == 0
    assert due.fire(at=at) == 0
