"""The front desk gives to the finance team: seen, chosen, accepted there; the desk follows what it gave, and only that."""

import pytest
from django.utils import timezone

from handover import moves
from handover.agreements.models import AgreementVersion
from handover.checks.models import Check
from handover.handovers.models import Item
from handover.moves import by_rule
from handover.moves.invariants import broken
from handover.shifts.ends import owe_ends
from handover.shifts.models import Shift
from tests.fixtures.clock import put
from tests.stories import brief, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Amara's shift ends in half an hour. Helen of Finance is on then; Ines only tomorrow."""
    now = timezone.now()
    desk, finance = make_team("Front desk"), make_team("Finance")
    people = {
        "amara": make_colleague("Amara Osei", desk, role="host"),
        "tom": make_colleague("Tom Reid", desk),
        "helen": make_colleague("Helen Marsh", finance, role="finance officer"),
        "ines": make_colleague("Ines Duarte", finance, role="finance officer"),
        "dev": make_colleague("Dev Patel", finance, role="driver"),
    }
    make_shift(desk, "Late", now - hours(7), now + minutes(30), people["amara"])
    make_shift(desk, "Night", now + minutes(30), now + hours(9), people["tom"])
    make_shift(finance, "Office", now - hours(2), now + hours(4), people["helen"], people["dev"])
    make_shift(finance, "Office tomorrow", now + hours(20), now + hours(26), people["ines"])
    version = make_agreement(desk, service="Refunds", to_team=finance, must=("Which booking, which amount?",))
    version.receiving_roles.set(people["helen"].memberships.get().job_roles.all())
    return {"now": now, "desk": desk, "finance": finance, "version": version, "service": version.agreement.point.service, **people}


def refund(world, **fields):
    return make_action(world["amara"], at=world["now"], title="Refund £140 to Mr Lowe", service=world["service"], **fields)


def form_for(world, action, receiver):
    asked = world["version"].required.get()
    words = {"situation": "Charged twice.", "promise": "Money by Friday", "done_so_far": "Bank rung", "next_step": "Pay it back", "if_then": "Ring him"}
    sent = {"actions": [action.ref], "receiver": receiver, "when": "end_of_shift", "check_rule": "rule", f"{action.ref}-answer-{asked.pk}": "B-77, £140"}
    return sent | {f"{action.ref}-{name}": text for name, text in words.items()}


def test_the_form_shows_who_in_the_other_team_may_and_why_the_others_may_not(world, client):
    action = refund(world)
    make_action(world["amara"], at=world["now"], title="Tray for 305")
    client.force_login(world["amara"])
    page = client.get("/handovers/new/").content.decode()
    assert "goes to Finance" in page
    assert "By agreement these go to different teams." in page
    assert f"action={action.ref}" in page
    assert "Finance officer, Finance. Can take 1 of 2." in page
    assert "Not on Office." in page
    assert "The agreement says finance officer." in page
    assert "Anyone on Office" in page
    assert "Anyone on Night" in page


def test_only_what_goes_to_one_team_is_picked_and_somebody_of_that_team_proposed(world, client):
    action = refund(world)
    others = [make_action(world["amara"], at=world["now"], title=title) for title in ("Tray", "Taxi")]
    client.force_login(world["amara"])
    form = client.get("/handovers/new/").context["form"]
    assert (form.picked(), form["receiver"].value()) == ([others[0].ref], f"user-{world['tom'].pk}")
    form = client.get(f"/handovers/new/?action={action.ref}").context["form"]
    assert (form.picked(), form["receiver"].value()) == ([action.ref], f"user-{world['helen'].pk}")


def test_it_is_handed_over_accepted_checked_and_taken_back_across_teams(world, client):
    action = refund(world)
    client.force_login(world["amara"])
    refused = client.post("/handovers/new/", form_for(world, action, f"user-{world['tom'].pk}"))
    assert refused.status_code == 422
    assert client.post("/handovers/new/", form_for(world, action, f"user-{world['helen'].pk}")).status_code == 302
    item = Item.objects.get()
    assert (item.from_team, item.to_team, fresh(action).team) == (world["desk"], world["finance"], world["desk"])
    client.force_login(world["helen"])
    assert "By agreement Front desk gives this to Finance" in client.get(f"/receive/{item.ref}/").content.decode()
    assert client.post(f"/receive/{item.ref}/", {"answer": "accept", "read_back": "I pay it back by Friday."}).status_code == 302
    assert (fresh(action).team, fresh(action).responsible) == (world["finance"], world["helen"])
    assert not list(broken())

    check = Check.objects.get()
    assert client.post(f"/checks/{check.ref}/answer/", {"outcome": "unable", "words": "The card is closed"}).status_code == 302
    client.force_login(world["amara"])
    assert "It belongs to Finance now" in client.get(item.get_handover_url()).content.decode()
    assert client.post(f"/checks/{check.ref}/decide/", {"decision": "take_back"}).status_code == 302
    assert (fresh(action).team, fresh(action).responsible) == (world["desk"], world["amara"])
    assert not list(broken())


def test_an_offer_to_their_shift_is_declined_by_the_last_who_may_and_stays_with_the_desk(world, client):
    action = refund(world)
    client.force_login(world["amara"])
    office = client.get("/handovers/new/").context["handing"].sides[1].slot
    assert office.name == "Office"
    assert client.post("/handovers/new/", form_for(world, action, f"shift-{office.id}")).status_code == 302
    item = Item.objects.get()
    moves.decline(item_id=item.pk, by=world["helen"], at=timezone.now(), reason="Not ours")
    assert (fresh(item).state, fresh(action).responsible) == ("declined", world["amara"])
    assert not list(broken())


@pytest.mark.parametrize(("who", "sees"), [("amara", True), ("tom", True), ("helen", True), ("dev", True), ("stranger", False)])
def test_both_teams_see_what_was_given_and_nobody_else(who, sees, world, client):
    at = world["now"]
    entry = {"answers": {world["version"].required.get().pk: "B-77"}}
    item = make_accepted(world["amara"], world["helen"], at=at, action=refund(world), entry=entry, when="end_of_shift")
    own = make_action(world["helen"], at=at, title="Month end")
    kept = make_action(world["tom"], at=at, title="Tray for 305")
    check = item.checks.get()
    client.force_login(world.get(who) or make_colleague("Sam Stranger", make_team("Shop"), lead=True))
    given = (f"/actions/{item.action.ref}/", f"/receive/{item.ref}/", item.get_handover_url(), f"/checks/{check.ref}/")
    api = (f"/api/v1/actions/{item.action.ref}/", f"/api/v1/items/{item.ref}/", f"/api/v1/handovers/{item.handover.ref}/", f"/api/v1/checks/{check.ref}/")
    expected = 200 if sees else 404
    assert {address: client.get(address).status_code for address in (*given, *api)} == dict.fromkeys((*given, *api), expected)
    is_finance, is_desk = who in ("helen", "dev"), who in ("amara", "tom")
    assert client.get(f"/actions/{own.ref}/").status_code == (200 if is_finance else 404), "nothing else of theirs"
    assert client.get(f"/actions/{kept.ref}/").status_code == (200 if is_desk else 404)


def test_the_desk_follows_and_does_not_change_what_is_another_teams_now(world, client):
    entry = {"answers": {world["version"].required.get().pk: "B-77"}}
    item = make_accepted(world["amara"], world["helen"], at=world["now"], action=refund(world), entry=entry, when="end_of_shift")
    client.force_login(world["tom"])
    for verb in ("note", "complete", "claim", "promise"):
        client.post(f"/actions/{item.action.ref}/{verb}/", {"text": "Mine", "promised_by": "2030-01-01T10:00"})
    action = fresh(item.action)
    assert (action.responsible, action.state, action.notes.count()) == (world["helen"], "held", 0)
    client.force_login(world["amara"])
    assert item.action.title in client.get("/watch-list/").content.decode()
    assert client.post(f"/checks/{item.checks.get().ref}/ask/", {"question": "How is it going?"}).status_code == 302


def test_what_is_still_held_after_the_shift_goes_by_rule_to_whoever_is_on_there_then(world):
    action, late = refund(world), Shift.objects.get(name="Late")
    owe_ends([late], at=world["now"] - hours(1))
    at = late.ends_at + minutes(15)
    put(f"SELECT timestamptz '{at.isoformat()}'")
    while by_rule.tell_due() + by_rule.move_due():
        pass
    item = Item.objects.get(action=action)
    assert (item.to_team, item.receiving_shift.name, item.state) == (world["finance"], "Office", "offered")
    assert not list(broken())


def test_it_is_offered_to_another_team_by_the_api(world, client):
    action = refund(world)
    client.force_login(world["amara"])
    asked = world["version"].required.get()
    entry = {name: value for name, value in vars(brief(action)).items() if name in ("situation", "done_so_far", "next_step", "if_then")}
    body = {"to": world["helen"].pk, "entries": [{"action": action.ref, **entry, "answers": [{"required": asked.pk, "text": "B-77"}]}]}
    made = client.post("/api/v1/handovers/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["to_team"]["name"] == "Finance"
    client.force_login(world["helen"])
    accepted = client.post(f"/api/v1/items/{Item.objects.get().ref}/accept/", {}, content_type="application/json")
    assert (accepted.status_code, fresh(action).team) == (200, world["finance"])
    assert AgreementVersion.objects.visible_to(world["helen"]).contains(world["version"])
