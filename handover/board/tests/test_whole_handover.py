"""The whole handover of a shift on one page, and the promise clock on My shift."""

import pytest
from django.utils import timezone

from handover import moves
from handover.handovers import drafts
from tests.stories import hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
SHOWN = 16
"""Statements of the page, the session and the frame included."""


@pytest.fixture
def desk():
    """Ana and Zoe are at the end of their shift; Ben comes; Lea leads."""
    now = timezone.now()
    team = make_team()
    people = {name: make_colleague(name, team, lead=name == "Lea") for name in ("Ana", "Ben", "Zoe", "Lea")}
    late = make_shift(team, "Late", now - hours(7), now + minutes(30), people["Ana"], people["Zoe"])
    make_shift(team, "Night", now, now + hours(9), people["Ben"])
    return people, late, now


def give(people, now, count=1):
    for number in range(count):
        make_action(people["Ana"], at=now, title=f"Held {number}")
        make_offer(people["Ana"], people["Ben"], at=now, when="end_of_shift")
        make_accepted(people["Zoe"], people["Ben"], at=now, when="end_of_shift")


def test_the_number_of_statements_does_not_depend_on_the_rows(desk, client, django_assert_num_queries, django_assert_max_num_queries):
    people, late, now = desk
    client.force_login(people["Lea"])
    give(people, now)
    client.get(f"/shifts/{late.ref}/handover/")
    with django_assert_max_num_queries(SHOWN) as few:
        assert client.get(f"/shifts/{late.ref}/handover/").status_code == 200
    give(people, now, 4)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(f"/shifts/{late.ref}/handover/")


def test_it_says_of_everybody_what_they_hold_prepared_offered_and_said(desk, client):
    people, late, now = desk
    give(people, now)
    drafts.prepare(writer_ids=[people["Ana"].pk], team_id=late.team_id, shift_id=late.pk, at=now)
    moves.nothing_to_hand_over(shift_id=late.pk, by=people["Zoe"], at=now)
    client.force_login(people["Lea"])
    page = client.get(f"/shifts/{late.ref}/handover/").content.decode()
    assert page.index("Ana") < page.index("Zoe")
    for words in ("Prepared", "Missing: done so far, next step", "Nothing to hand over", "Remind Ana", "Held 0"):
        assert words in page, words


def test_a_stranger_has_no_such_page(desk, client):
    client.force_login(make_colleague("Max", make_team("Shop"), lead=True))
    assert client.get(f"/shifts/{desk[1].ref}/handover/").status_code == 404


def test_my_shift_marks_what_falls_due_after_it_and_nothing_that_is_offered_put_off_or_promised_before(desk, client):
    people, late, now = desk
    ana = people["Ana"]
    make_action(ana, at=now, title="Later", promised_by=now + hours(3))
    make_action(ana, at=now, title="Before the end", promised_by=now + minutes(10))
    off = make_action(ana, at=now, title="Put off", promised_by=None)
    moves.put_off(action_id=off.pk, by=ana, until=now + hours(30), reason="Later.", at=now)
    make_offer(ana, people["Ben"], at=now, when="end_of_shift")
    client.force_login(ana)
    page = client.get("/").content.decode()
    assert page.count("Falls due after your shift") == 1
    assert "Your handover is prepared: <b>2 actions</b>" in page
    assert "Put off until" in page


def test_leaving_shows_what_is_not_accepted_and_keeps_what_was_typed(desk, client):
    people, late, now = desk
    make_action(people["Ana"], at=now, title="Boiler", urgency="urgent")
    client.force_login(people["Ana"])
    answer = client.post(f"/shifts/{late.ref}/leave/", {"reason": ""})
    assert answer.status_code == 422
    assert "Boiler" in answer.content.decode()
    assert client.post(f"/shifts/{late.ref}/leave/", {"reason": "My train."}).status_code == 302
    assert "You have left this shift." in client.get(f"/shifts/{late.ref}/leave/").content.decode()
