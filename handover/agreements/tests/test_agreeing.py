"""A lead puts terms in force; running handovers keep theirs; the pages show what is agreed."""

import pytest

from common.errors import Invalid, NotAllowed
from handover.agreements import operations as agreements
from handover.agreements.models import Agreement
from handover.agreements.operations import Asked, Terms
from handover.agreements.queries import in_force_for
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords
from tests.stories import FOUR_PM, fresh, make_action, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
STEPS = [StepWords("Take the request", "Front desk", point=True), StepWords("Move the guest", "Night")]


@pytest.fixture
def lead():
    return make_colleague("Lee Lead", make_team(), lead=True)


@pytest.fixture
def service(lead):
    return catalog.add_service(team=lead.memberships.get().team, by=lead, at=FOUR_PM, name="Room moves", steps=STEPS)


def test_new_terms_are_a_new_version_and_what_is_on_offer_keeps_its_own(lead, service):
    team = service.team
    amara, tom = make_colleague("Amara", team), make_colleague("Tom", team)
    first = agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms(required=[Asked("Who else knows?")]))
    item = make_offer(amara, tom, action=make_action(amara, service=service), entry={"missing_reason": "Nobody yet"})
    second = agreements.propose(agreement=first.agreement, by=lead, at=FOUR_PM, terms=Terms(read_back=["urgent"]), reason="Tried out")
    assert (second.number, fresh(first).state, fresh(item).agreement_version) == (2, "ended", first)
    assert in_force_for(service.pk, "between") == second


def test_terms_for_exactly_this_time_win_over_terms_for_both(lead, service):
    point = service.handover_points.get()
    both = agreements.make(point=point, by=lead, at=FOUR_PM, terms=Terms())
    during = agreements.make(point=point, by=lead, at=FOUR_PM, applies="during", terms=Terms(channel="By phone"))
    assert (in_force_for(service.pk, "during"), in_force_for(service.pk, "between")) == (during, both)


def test_members_read_and_propose_and_leads_decide(lead, service, client):
    member = make_colleague("Amara", service.team)
    version = agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms())
    with pytest.raises(NotAllowed):
        agreements.make(point=service.handover_points.get(), by=member, at=FOUR_PM, applies="during", terms=Terms())
    with pytest.raises(Invalid, match="Nobody else is named"):
        agreements.propose(agreement=version.agreement, by=member, at=FOUR_PM, terms=Terms(), reason="I think so")
    client.force_login(member)
    assert client.get(version.agreement.get_absolute_url()).status_code == 200
    assert client.get(f"{version.agreement.get_absolute_url()}change/").status_code == 200
    client.force_login(make_colleague("Sam", make_team("Elsewhere")))
    assert client.get(version.agreement.get_absolute_url()).status_code == 404


def test_a_handover_point_with_an_agreement_stays(lead, service):
    agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms())
    with pytest.raises(Invalid, match="has an agreement"):
        catalog.change_service(
            service=service, by=lead, at=FOUR_PM, name="Room moves", relies_on_teamwork=True, description="", steps=[StepWords("Take the request")]
        )


def test_two_who_change_it_at_once_do_not_write_over_each_other(lead, service, client):
    version = agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms(channel="By phone"))
    client.force_login(lead)
    address = f"{version.agreement.get_absolute_url()}change/"
    typed = {"channel": "In the back office", "check_rule": "next_shift", "read": "1", "reason": "Tried out"}
    agreements.propose(agreement=version.agreement, by=lead, at=FOUR_PM, terms=Terms(channel="Face to face"), reason="Tried out")
    refused = client.post(address, typed)
    shown = refused.content.decode()
    assert (refused.status_code, "version 2 in force meanwhile" in shown, "In the back office" in shown) == (422, True, True)
    assert 'name="read" value="2"' in shown
    assert client.post(address, {**typed, "read": "2"}).status_code == 302
    assert in_force_for(service.pk, "between").channel == "In the back office"


def test_an_older_version_stays_readable_and_names_the_receiving_team_of_its_time(lead, service, client):
    night = make_team("Night team")
    version = agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms(to_team_id=night.pk, check_rule="after", check_minutes=90))
    agreements.propose(agreement=version.agreement, by=lead, at=FOUR_PM, terms=Terms(), reason="Tried out")
    client.force_login(lead)
    address = version.agreement.get_absolute_url()
    assert "Anybody in the team" in client.get(address).content.decode()
    old = client.get(f"{address}?version=1").content.decode()
    assert "Anybody of Night team" in old
    assert "1 h 30 min after acceptance" in old
    assert client.get(f"{address}?version=3").status_code == client.get(f"{address}?version=x").status_code == 404


def test_a_change_by_form_keeps_the_receiving_team(lead, service, client):
    night = make_team("Night team")
    version = agreements.make(point=service.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms(to_team_id=night.pk))
    client.force_login(lead)
    assert (
        client.post(
            f"{version.agreement.get_absolute_url()}change/", {"channel": "By phone", "check_rule": "promise", "to_team": night.pk, "reason": "Asked them"}
        ).status_code
        == 302
    )
    assert in_force_for(service.pk, "during").to_team == night


def test_the_map_puts_during_and_between_side_by_side_and_marks_what_differs(lead, service, client):
    point = service.handover_points.get()
    agreements.make(point=point, by=lead, at=FOUR_PM, applies="during", terms=Terms(channel="By radio"))
    client.force_login(make_colleague("Amara", service.team))
    half = client.get("/services/").content.decode()
    assert "Nothing is agreed yet" in half
    assert "Agree it for the other time too" not in half  # members read
    agreements.make(point=point, by=lead, at=FOUR_PM, applies="between", terms=Terms(channel="Face to face"))
    shown = client.get(f"/services/?service={service.pk}").content.decode()
    assert shown.count('class="vary"') == 1
    assert "By radio" in shown
    assert "Face to face" in shown


def test_a_lead_sets_up_a_service_and_agrees_on_plain_pages(lead, client):
    client.force_login(lead)
    steps = {"step-1-name": "Take the request", "step-1-point": "on", "step-2-name": "Deliver it"}
    assert client.post("/services/new/", {"name": "Lost property", "relies_on_teamwork": "on", **steps}).status_code == 302
    page = client.get("/services/")
    assert "not agreed" in page.content.decode()
    point = lead.memberships.get().team.services.get().handover_points.get()
    terms = {
        "applies": "both",
        "channel": "On screen",
        "check_rule": "promise",
        "asked-1-question": "Where is it?",
        "asked-1-urgent": "must",
        "within-urgent": "4",
        "read_back-urgent": "on",
        "reason": "A new team",
    }
    assert client.get(f"/agreements/new/{point.pk}/").status_code == 200
    assert client.post(f"/agreements/new/{point.pk}/", terms).status_code == 302
    agreement = Agreement.objects.get()
    shown = client.get(agreement.get_absolute_url()).content.decode()
    assert "Where is it?" in shown
    assert "Accept within 4 min" in shown
    assert client.post(f"/agreements/{agreement.ref}/change/", {**terms, "channel": "By phone"}).status_code == 302
    assert client.get("/services/").status_code == client.get("/rota/").status_code == 200
    pattern = {"name": "Late", "starts": "15:00", "ends": "23:00", "weekdays": ["1", "2"], "crew": [str(lead.pk)]}
    assert client.post("/rota/patterns/new/", pattern).status_code == 302
    assert "Late" in client.get("/rota/").content.decode()
