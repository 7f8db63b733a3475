"""The pages of shift notes: recorded statements, and what they do with what is not right."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handover.notes import operations
from handover.notes.models import ShiftNote
from tests.stories import make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    team = make_team()
    team.ana, team.ben = make_colleague("Ana", team), make_colleague("Ben", team)
    client.force_login(team.ana)
    return team


def leave(desk, text, **words):
    return operations.leave(team=desk, by=desk.ben, at=timezone.now() - timedelta(minutes=1), text=text, **words)


def test_the_number_of_statements_does_not_grow_with_the_notes(desk, client, django_assert_max_num_queries):
    for number in range(2):
        operations.resolve(note_id=leave(desk, f"Gone {number}").pk, by=desk.ana, at=timezone.now())
        leave(desk, f"Stands {number}")
    with django_assert_max_num_queries(12) as first:
        client.get("/notes/")
    for number in range(30):
        operations.resolve(note_id=leave(desk, f"Gone again {number}").pk, by=desk.ana, at=timezone.now())
        leave(desk, f"Stands again {number}")
    with django_assert_max_num_queries(len(first)):
        page = client.get("/notes/").content.decode()
    assert page.count("Stands again") == 30 and "cursor=" in page
    following = page.split('rel="next" href="')[1].split('"')[0]
    older = client.get(f"/notes/{following}").content.decode()
    assert "Gone 0" in older and "Stands 0" not in older


def test_a_change_against_an_older_version_shows_both_texts_and_loses_neither(desk, client):
    note = leave(desk, "Lift 2 is off")
    operations.change(note_id=note.pk, by=desk.ben, at=timezone.now(), version=1, text="Lift 2 is off until Monday")
    sent = {"text": "Lift 2 is slow", "audience": "following", "lasts": "resolved", "version": "1"}
    page = client.post(f"/notes/{note.ref}/change/", sent)
    assert page.status_code == 409
    words = page.content.decode()
    assert "Lift 2 is off until Monday" in words and "Lift 2 is slow" in words
    assert client.post(f"/notes/{note.ref}/change/", {**sent, "version": "2"}).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "x" * 2_001, "audience": "following", "lasts": "resolved"},
        {"text": "Lift", "audience": "named:Dawn", "lasts": "resolved"},
        {"text": "Lift", "audience": "following", "lasts": "until", "expires_at": "yesterday"},
        {"text": "Lift", "audience": "following", "lasts": "until", "expires_at": "2020-01-01T10:00"},
        {"text": "Li\0ft", "audience": "following", "lasts": "resolved"},
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_kept_of_it(desk, client, sent):
    assert client.post("/notes/new/", sent).status_code == 422
    assert not ShiftNote.objects.exists()


def test_a_note_for_a_shift_by_its_name_is_offered_and_kept(desk, client):
    now = timezone.now()
    shift = make_shift(desk, "Night", now, now + timedelta(hours=8), desk.ben)
    shift.pattern = desk.shift_patterns.create(name="Night", starts="22:00", ends="06:00", weekdays=[1], first_day=now.date())
    assert client.post("/notes/new/", {"text": "Read the boiler", "audience": "named:Night", "lasts": "resolved"}).status_code == 302
    assert ShiftNote.objects.get().shift_name == "Night"
    assert "For every Night shift" in client.get("/notes/").content.decode()


def test_a_note_becomes_an_action_of_its_own_team_only(desk, client):
    note = leave(desk, "Ring the lift engineer")
    assert "Ring the lift engineer" in client.get(f"/actions/new/?note={note.ref}").content.decode()
    shop = make_team("Shop")
    other = operations.leave(team=shop, by=make_colleague("Nia", shop), at=timezone.now(), text="Secret of the shop")
    assert "Secret of the shop" not in client.get(f"/actions/new/?note={other.ref}").content.decode()
    assert client.get("/actions/new/?note=SN-999999%00").status_code == 200
