"""A new team begins with a set for its kind: adopted in one press, doubled by nothing, changed afterwards."""

import pytest

from accounts.models import JobRole
from audit.models import Event as TrailEvent
from common.errors import Invalid, NotAllowed
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for
from handover.catalog import operations as catalog
from handover.catalog.models import HandoverPoint, Service
from handover.events import Event
from handover.starters import operations
from handover.starters.sets import SETS
from tests.stories import FOUR_PM, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_colleague("Lee Lead", make_team(), lead=True)


def adopt(lead, starter="front-desk", services=None):
    return operations.adopt(team=lead.memberships.get().team, by=lead, at=FOUR_PM, starter=starter, services=services)


@pytest.mark.parametrize("starter", SETS)
def test_every_set_is_adopted_whole_and_agreed_at_every_point(starter, lead):
    made = adopt(lead, starter).made
    assert [service.name for service in made] == [one.name for one in SETS[starter].services]
    assert not HandoverPoint.objects.filter(agreements__isnull=True).exists()
    assert all(version.required.exists() for version in AgreementVersion.objects.in_force())
    for service in made:
        if service.relies_on_teamwork:
            assert in_force_for(service.pk, "during") or in_force_for(service.pk, "between")


def test_every_key_names_one_part_for_good():
    for one in SETS.values():
        assert len({service.key for service in one.services}) == len(one.services)
        assert all(len(f"{one.key}/{service.key}") <= 60 for service in one.services)
        assert {part.name for service in one.services for part in service.parts if part.point and not part.deals} == set()


def test_adopting_twice_doubles_nothing_even_where_a_service_was_renamed_or_made_by_hand(lead):
    catalog.add_service(team=lead.memberships.get().team, by=lead, at=FOUR_PM, name="complaints")
    first = adopt(lead)
    assert first.had == ("Complaints",)
    Service.objects.filter(name="Room moves").update(name="Changing rooms")
    again = adopt(lead)
    assert (len(first.made), again.made, len(again.had)) == (4, (), 5)
    assert (Service.objects.count(), JobRole.objects.filter(name="receptionist").count()) == (5, 1)
    assert TrailEvent.objects.filter(kind=Event.STARTER_ADOPTED).count() == 1


def test_only_the_parts_that_are_chosen_come_with_their_job_roles_and_words(lead):
    (service,) = adopt(lead, "shop", ["click-and-collect"]).made
    assert next(step.name for step in service.steps.all()) == "Customer says the order is not here"
    assert set(JobRole.objects.values_list("name", flat=True)) == {"service desk colleague", "stockroom colleague", "customer care colleague"}
    during, between = in_force_for(service.pk, "during"), in_force_for(service.pk, "between")
    assert during.trigger != between.trigger
    assert {limit.urgency: limit.accept_within for limit in during.limits.all()} == {"routine": 15, "soon": 5, "urgent": 5}
    assert [asked.urgent for asked in between.required.all()] == ["must", "must", "should"]


def test_what_is_adopted_is_changed_like_anything_else(lead):
    (service,) = adopt(lead, "shop", ["gift-cards"]).made
    changed = catalog.change_service(service=service, by=lead, at=FOUR_PM, name="Vouchers", relies_on_teamwork=False, description="", steps=[])
    assert (changed.name, changed.starter) == ("Vouchers", "shop/gift-cards")


def test_nonsense_and_strangers_are_refused(lead):
    with pytest.raises(Invalid, match="no such starter set"):
        adopt(lead, "bakery")
    with pytest.raises(Invalid, match="at least one part"):
        adopt(lead, "shop", [])
    with pytest.raises(Invalid, match="at least one part"):
        adopt(lead, "shop", ["returns", "room-moves"])
    member = make_colleague("Amara", lead.memberships.get().team)
    with pytest.raises(NotAllowed):
        adopt(member)
    assert not Service.objects.exists()


def test_the_pages_show_all_of_it_to_members_and_let_a_lead_adopt(lead, client):
    team = lead.memberships.get().team
    client.force_login(make_colleague("Amara", team))
    assert "Which room is ready" in client.get("/starter-sets/front-desk/").content.decode()
    assert client.post("/starter-sets/front-desk/", {"services": ["room-moves"]}).status_code == 403
    assert client.get("/starter-sets/bakery/").status_code == 404
    client.force_login(lead)
    assert "Begin with a starter set" in client.get("/services/").content.decode()
    empty = client.post("/starter-sets/front-desk/", {})
    assert empty.status_code == 422
    assert "Choose at least one part" in empty.content.decode()
    assert client.post("/starter-sets/front-desk/", {"services": ["room-moves", "lost-property"]}).status_code == 302
    assert set(Service.objects.values_list("name", flat=True)) == {"Room moves", "Lost property"}
    assert "You have it already" in client.get("/starter-sets/front-desk/").content.decode()
