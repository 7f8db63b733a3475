"""An imported action goes on in Baton with the first move that a colleague makes on it."""

from datetime import timedelta

import pytest

from accounts.models import Team, User
from common.errors import Refusal
from handover import moves
from handover.actions.models import Action
from handover.actions.states import State
from handover.checks.models import Check
from handover.handovers.models import Item
from handover.moves import invariants
from handover.notifications.models import Notification
from tests.oracle import bring_in, log
from tests.stories import FOUR_PM, brief, fresh, make_colleague, minutes

pytestmark = pytest.mark.django_db
LOG = "number,sys_updated_at,sys_updated_by,assigned_to,assignment_group,incident_state\n"
HELD = LOG + "C1,2/3/2026 08:00,Eve,Old Ann,Desk,New\nC1,2/3/2026 09:00,Eve,Old Ben,Desk,Active\n"


@pytest.fixture
def held(tmp_path) -> Action:
    """An open action that a name from the log holds."""
    (tmp_path / "log.csv").write_text(HELD)
    bring_in(tmp_path / "log.csv", "LOG", form="servicenow")
    return Action.objects.get()


def test_a_lead_gives_it_to_a_colleague_who_hands_it_over_and_it_is_seen_through(held):
    # Given a lead and two colleagues who joined the imported team
    lead, zoe, max_ = (make_colleague(name, held.team, lead=name == "Lea") for name in ("Lea", "Zoe", "Max"))
    # When the lead gives it to one of them, who hands it over to the other
    moves.reassign(action_id=held.pk, by=lead, to=zoe, reason="Ben is only a name.", at=FOUR_PM)
    entry = brief(held, promise="Heating by tonight.", promised_by=FOUR_PM + timedelta(hours=3))
    envelope = moves.offer(entries=[entry], by=zoe, to=max_, at=FOUR_PM + minutes(5), when="in_shift")
    item = envelope.items.get()
    moves.accept(item_id=item.pk, by=max_, at=FOUR_PM + minutes(10), read_back="I will.")
    # Then Baton's own rules hold from there: a check is set, and what was imported stays as it was
    assert fresh(held).responsible == max_
    assert Check.objects.filter(action=held).count() == 1
    old = Item.objects.exclude(imported_from="").get()
    assert (old.giver.display_name, old.receiver.display_name, old.checks.count()) == ("Old Ann", "Old Ben", 0)
    assert invariants.broken() == []
    moves.complete(action_id=held.pk, by=max_, at=FOUR_PM + timedelta(hours=1))
    assert fresh(held).state == State.COMPLETED
    assert invariants.broken() == []
    assert not Notification.objects.filter(recipient__kind="imported", needs_you=True).exists()


def test_the_invariants_hold_with_open_imported_actions_before_and_after_a_note(held):
    assert invariants.broken() == []
    moves.note(action_id=held.pk, by=make_colleague("Zoe", held.team), at=FOUR_PM, text="I know this one.")
    assert invariants.broken() == []


def test_nobody_hands_over_to_a_name_from_a_log(held):
    zoe = make_colleague("Zoe", held.team, lead=True)
    moves.reassign(action_id=held.pk, by=zoe, to=zoe, reason="Ben is only a name.", at=FOUR_PM)
    with pytest.raises(Refusal):
        moves.offer(entries=[brief(held)], by=zoe, to=User.objects.get(display_name="Old Ben"), at=FOUR_PM + minutes(5), when="in_shift")
    with pytest.raises(Refusal):
        moves.reassign(action_id=held.pk, by=zoe, to=User.objects.get(display_name="Old Ben"), reason="He was it.", at=FOUR_PM + minutes(6))


def test_what_was_imported_is_seen_by_its_team_alone():
    bring_in(log("toy"), "LOG")
    member, stranger = make_colleague("Zoe", Team.objects.get(name="G1", source="LOG")), make_colleague("Max")
    for model in (Action, Item):
        assert model.objects.visible_to(member).exists()
        assert not model.objects.visible_to(stranger).exists()
