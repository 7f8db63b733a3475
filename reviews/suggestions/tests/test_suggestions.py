"""Anybody suggests, at any time; a lead sees and answers; everybody concerned hears of it."""

import pytest
from django.utils import timezone

from audit.models import Event
from common.errors import Invalid, NotAllowed
from handover.notifications.models import Kind, Notification
from reviews.suggestions import operations as suggestions
from reviews.suggestions.models import Suggestion
from reviews.suggestions.places import in_words, page_of_ours
from tests.api.clients import make_integration, with_token

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_a_suggestion_is_seen_discussed_and_answered(desk, people, client):
    # Given that Amara suggests something while she looks at the board
    amara, tom, leila = people
    client.force_login(amara)
    page = client.get("/board/")
    assert "/suggestions/new/?about=/board/" in page.content.decode()
    made = client.post("/suggestions/new/", {"words": "Ask for the room number first", "about_path": "/board/"}, follow=True)
    suggestion = Suggestion.objects.get()
    assert "Team board" in made.content.decode()
    assert told(leila) == [Kind.SUGGESTED]

    # When Tom opens it, nobody has seen it; when Leila does, Amara can see that
    client.force_login(tom)
    client.get(suggestion.get_absolute_url())
    assert Suggestion.objects.get().seen_at is None
    client.post(f"{suggestion.get_absolute_url()}discuss/", {"discuss-words": "Yes, and the surname"})
    client.force_login(leila)
    client.get(suggestion.get_absolute_url())
    assert Suggestion.objects.get().seen_by == leila

    # And when she answers, both hear of it, and her own notice is settled
    client.post(f"{suggestion.get_absolute_url()}answer/", {"answer-decision": "will_do", "answer-words": "From Monday"})
    assert told(amara) == [Kind.SUGGESTION_DISCUSSED, Kind.SUGGESTION_ANSWERED]
    assert told(tom) == [Kind.SUGGESTION_ANSWERED]
    assert not Notification.objects.filter(kind=Kind.SUGGESTED, settled_at=None).exists()
    assert list(Event.objects.filter(subject_ref=suggestion.ref).order_by("pk").values_list("kind", flat=True)) == [
        "suggestion.made",
        "suggestion.discussed",
        "suggestion.seen",
        "suggestion.answered",
    ]


def test_not_now_says_why_and_only_a_lead_answers(desk, people, client):
    amara, _, leila = people
    now = timezone.now()
    made = suggestions.suggest(team=desk, by=amara, at=now, words="Close at nine")
    with pytest.raises(NotAllowed):
        suggestions.answer(suggestion_id=made.pk, by=amara, at=now, decision="will_do")
    with pytest.raises(Invalid) as refused:
        suggestions.answer(suggestion_id=made.pk, by=leila, at=now, decision="not_now", words=" ")
    assert refused.value.field == "words"

    # On the page, what she typed stays
    client.force_login(leila)
    page = client.post(f"{made.get_absolute_url()}answer/", {"answer-decision": "not_now", "answer-words": ""})
    assert page.status_code == 422
    assert "Say why not now." in page.content.decode()


def test_an_integration_suggests_and_reads_but_does_not_answer(desk, people):
    robot = with_token(make_integration(desk, "Booking system"))
    made = robot.post("/api/v1/suggestions/", {"words": "Send the arrival time", "about_path": "/actions/"}, content_type="application/json")
    assert made.status_code == 201
    assert made.json()["about_path"] == "/actions/"
    ref = made.json()["ref"]
    said = robot.post(f"/api/v1/suggestions/{ref}/discuss/", {"words": "By 16:00"}, content_type="application/json")
    assert said.status_code == 201
    assert robot.get(f"/api/v1/suggestions/{ref}/").json()["discussion"][0]["words"] == "By 16:00"
    refused = robot.post(f"/api/v1/suggestions/{ref}/answer/", {"decision": "will_do"}, content_type="application/json")
    assert refused.status_code == 403
    assert robot.get("/api/v1/suggestions/?answered=false").json()["results"][0]["ref"] == ref


def test_the_list_costs_the_same_for_any_number(desk, people, client, django_assert_max_num_queries):
    amara, *_ = people
    for number in range(40):
        suggestions.suggest(team=desk, by=amara, at=timezone.now(), words=f"Idea {number}")
    client.force_login(amara)
    with django_assert_max_num_queries(10):
        page = client.get("/suggestions/?show=waiting").content.decode()
    assert "Idea 39" in page
    assert "Idea 9" not in page
    assert "cursor=" in page


@pytest.mark.parametrize(
    ("path", "kept", "words"),
    [
        ("/actions/HV-12/?next=x#top", "/actions/HV-12/", "Actions, HV-12"),
        ("/", "/", "My shift"),
        ("/gallery/", "/gallery/", "/gallery/"),
        ("//evil.example/", "", ""),
        ("https://evil.example/", "", ""),
        ("/\\evil.example", "", ""),
        ("/a\nb", "", ""),
        ("/" + "x" * 300, "", ""),
    ],
)
def test_a_suggestion_is_tied_to_pages_of_ours_only(path, kept, words):
    assert page_of_ours(path) == kept
    assert in_words(kept) == words
