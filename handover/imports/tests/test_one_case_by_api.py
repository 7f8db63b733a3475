"""``docs/import.md``: one case through the REST API, step by step as it stands there."""

import pytest

from accounts.models import Team
from handover import moves
from handover.actions.models import Action
from handover.handovers.models import Item
from tests.api.clients import make_integration, signed_in, with_token
from tests.oracle import bring_in, log
from tests.stories import FOUR_PM, make_colleague, make_team, minutes

pytestmark = pytest.mark.django_db


def test_a_case_is_posted_followed_and_handed_on():
    desk = make_team()
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    system = with_token(make_integration(desk, "ITSM"))
    case = {"title": "No network", "external_ref": "INC0029559", "promise": "Working again today", "promised_by": "2036-11-23T16:00:00Z", "responsible": ana.pk}

    # The case, posted twice, is there once
    made = system.send("/actions/", case)
    again = system.send("/actions/", case)
    assert (made.status_code, again.status_code) == (201, 200)
    ref = made.json()["ref"]
    assert again.json()["ref"] == ref

    # What happened so far
    system.do(f"/actions/{ref}/notes/", text="16 May 08:00, Group 66: awaiting the caller")
    system.do(f"/actions/{ref}/contacts/", channel="telephone", chased=True)

    # An offer, which a colleague accepts and a machine cannot
    entry = {"action": ref, "situation": "No network", "done_so_far": "Cable changed", "next_step": "Test port 14", "if_then": "Call the provider"}
    offer = system.do("/handovers/", to=ben.pk, when="in_shift", entries=[entry])
    item = Item.objects.get(handover__ref=offer["ref"])
    assert system.send(f"/items/{item.ref}/accept/", {}).status_code == 403
    signed_in(ben).do(f"/items/{item.ref}/accept/")

    # What became of it
    (found,) = system.read("/actions/?external_ref=INC0029559").json()["results"]
    assert (found["ref"], found["state"]) == (ref, "held")
    assert Action.objects.get(ref=ref).responsible == ben


def test_an_imported_case_is_found_by_its_number_and_not_made_twice():
    bring_in(log("toy"), "LOG")
    team = Team.objects.get(name="G1", source="LOG")
    system = with_token(make_integration(team, "ITSM"))
    (found,) = system.read("/actions/?external_ref=T3").json()["results"]
    assert found["imported_from"] == "LOG"
    again = system.send("/actions/", {"title": "The same again", "external_ref": "T3"})
    assert (again.status_code, again.json()["ref"]) == (200, found["ref"])
    assert moves.create(team=team, by=make_colleague("Zoe", team), at=FOUR_PM + minutes(1), title="x", external_ref="T3").ref == found["ref"]


def test_a_client_that_polls_hears_of_what_a_later_import_brings(tmp_path):
    """Neither the ETag of its list nor ``updated_since`` may say that nothing has changed."""
    header = "case_id,timestamp,resource,to_resource,group,service,status,priority,source_row\n"
    first, later = tmp_path / "first.csv", tmp_path / "later.csv"
    first.write_text(header + "C1,2026-01-05T08:00:00Z,Eve,Ana,Desk,Rooms,Active,3,1\nC2,2026-01-05T08:00:00Z,Eve,Ana,Desk,Rooms,Active,3,2\n")
    later.write_text(header + "C1,2026-01-05T09:00:00Z,Ana,Ben,Shop,Rooms,Active,3,3\n")
    bring_in(first, "LOG")
    system = with_token(make_integration(Team.objects.get(name="Desk", source="LOG"), "ITSM"))
    before = system.read("/actions/")
    assert [row["external_ref"] for row in before.json()["results"]] == ["C2", "C1"]

    bring_in(later, "LOG")
    after = system.read("/actions/", If_None_Match=before.headers["ETag"])
    assert after.status_code == 200, "C1 has left for another team"
    assert [row["external_ref"] for row in after.json()["results"]] == ["C2"]
