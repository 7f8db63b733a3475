"""An action that was carried too far: its page offers each colleague only what they can decide."""

import pytest
from django.utils import timezone

from handover import moves
from tests.stories import fresh, make_action, make_colleague, make_team

pytestmark = pytest.mark.django_db
ALL = ["do_now", "new_time", "escalate", "close", "go_on"]


@pytest.fixture
def carried():
    team = make_team()
    ana, lea = make_colleague("Ana", team), make_colleague("Lea", team, lead=True)
    action = make_action(ana, at=timezone.now())
    type(action).objects.filter(pk=action.pk).update(carried=4)
    return ana, lea, action


def offered(response):
    return [value for value, _ in response.context["forms"]["decide_carried"].fields["decision"].choices]


def seen_by(client, person, action):
    client.force_login(person)
    return offered(client.get(action.get_absolute_url()))


def test_only_a_lead_is_offered_to_carry_it_on_and_only_its_holder_to_close_it(client, carried):
    ana, lea, action = carried
    assert seen_by(client, ana, action) == ["do_now", "new_time", "escalate", "close"]
    assert seen_by(client, lea, action) == ["do_now", "new_time", "escalate", "go_on"]
    moves.reassign(action_id=action.pk, by=lea, to=lea, reason="Mine", at=timezone.now())
    assert seen_by(client, lea, action) == ALL


def test_what_nobody_holds_is_not_done_now(client, carried):
    ana, lea, action = carried
    moves.reassign(action_id=action.pk, by=lea, to=None, reason="Who is free?", at=timezone.now())
    assert seen_by(client, ana, action) == ["new_time", "escalate"]


def test_who_sends_it_all_the_same_is_told_why_not_and_keeps_the_words(client, carried):
    ana, _, action = carried
    client.force_login(ana)
    refused = client.post(f"{action.get_absolute_url()}decide-carried/", {"decision": "go_on", "reason": "The part is late."})
    assert (refused.status_code, offered(refused)) == (422, ["do_now", "new_time", "escalate", "close"])
    page = refused.content.decode()
    assert "Only a lead goes past this rule" in page
    assert "The part is late." in page
    assert fresh(action).must_be_decided


def test_the_lead_carries_it_on(client, carried):
    _, lea, action = carried
    client.force_login(lea)
    assert client.post(f"{action.get_absolute_url()}decide-carried/", {"decision": "go_on", "reason": "The part is late."}).status_code == 302
    assert not fresh(action).must_be_decided
