"""Who is on, absences, swaps, covers and who may take an action, by the REST API."""

import pytest
from django.utils import timezone

from handover import moves
from handover.shifts.models import Rostering
from handover.shifts.swap_models import SwapRule
from tests.api.clients import signed_in
from tests.stories import hours, make_accepted, make_action, make_agreement, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db


class Desk:
    def __init__(self):
        self.now = now = timezone.now()
        self.team = make_team("Desk")
        self.amara = make_colleague("Amara Osei", self.team, role="host")
        self.tom = make_colleague("Tom Reid", self.team, role="porter")
        self.zofia = make_colleague("Zofia Nowak", self.team)
        self.lea = make_colleague("Lea Lead", self.team, lead=True)
        self.late = make_shift(self.team, "Late", now - hours(1), now + hours(7), self.amara)
        self.night = make_shift(self.team, "Night", now + hours(7), now + hours(15), self.tom)
        self.tomorrow = make_shift(self.team, "Late", now + hours(23), now + hours(31), self.amara)

    def on(self, shift):
        return {line.colleague for line in Rostering.objects.effective().filter(shift=shift).select_related("colleague")}


@pytest.fixture
def desk():
    return Desk()


def post(person, address, body):
    return signed_in(person).post(address, body, content_type="application/json")


def test_who_is_on_now_and_next(desk):
    make_action(desk.amara, at=desk.now)
    found = signed_in(desk.zofia).get("/api/v1/on-duty/").json()
    (now,) = found["now"]
    (amara,) = now["colleagues"]
    assert (now["ref"], amara["name"], amara["job_roles"], amara["holds"], amara["how"]) == (desk.late.ref, "Amara Osei", ["host"], 1, "rostered")
    assert (found["next"]["name"], found["has_rota"]) == ("Night", True)
    assert [words[:14] for words in found["gaps"]] == ["No shift from "]
    assert signed_in(desk.zofia).get(f"/api/v1/on-duty/?team={make_team('Elsewhere').pk}").status_code == 404


def test_an_absence_is_told_listed_read_and_ended(desk):
    day = f"{desk.team.local(desk.night.starts_at):%Y-%m-%d}"
    body = {"first_day": day, "last_day": day, "stand_in": desk.zofia.pk, "reason": "A cold"}
    made = post(desk.tom, "/api/v1/absences/", body)
    assert (made.status_code, made.json()["colleague"]["name"], made.json()["whole_days"]) == (201, "Tom Reid", True)
    assert desk.on(desk.night) == {desk.zofia}
    address = f"/api/v1/absences/{made.json()['ref']}/"
    assert [signed_in(one).get(address).json()["reason"] for one in (desk.tom, desk.lea, desk.amara)] == ["A cold", "A cold", None]
    assert [one["ref"] for one in signed_in(desk.amara).get("/api/v1/absences/").json()["results"]] == [made.json()["ref"]]
    on_duty = signed_in(desk.amara).get("/api/v1/on-duty/").json()["next"]["colleagues"]
    assert [(one["name"], one["how"], one["replaces"]["name"]) for one in on_duty] == [("Zofia Nowak", "stand_in", "Tom Reid")]
    assert post(desk.amara, f"{address}end/", {}).status_code == 403
    assert post(desk.tom, f"{address}end/", {}).status_code == 200
    assert desk.on(desk.night) == {desk.tom}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"first_day": "2031-01-05", "starts_at": "2031-01-05T08:00:00Z"},
        {"first_day": "2031-01-05", "last_day": "2031-01-04"},
        {"first_day": "9999-12-31"},
        {"starts_at": "2031-01-05T08:00:00Z", "ends_at": "2031-01-05T07:00:00Z"},
        {"starts_at": "2031-01-05T08:00:00"},
        {"first_day": "2031-01-05", "stand_in": 999_999},
        {"first_day": ["2031-01-05"]},
        {"first_day": "2031-01-05", "reason": "\0"},
    ],
)
def test_what_makes_no_sense_is_refused(desk, body):
    assert post(desk.tom, "/api/v1/absences/", body).status_code in (400, 422)


def test_a_swap_from_offer_to_decision(desk):
    SwapRule.objects.create(team=desk.team, lead_approves=True)
    made = post(desk.amara, "/api/v1/swaps/", {"shift": desk.tomorrow.ref, "to": desk.tom.pk, "return_shift": desk.night.ref})
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    address = f"/api/v1/swaps/{made.json()['ref']}/"
    assert post(desk.amara, f"{address}reply/", {"accept": True}).status_code == 403
    assert post(desk.tom, f"{address}reply/", {"accept": True}).json()["state"] == "agreed"
    assert post(desk.lea, f"{address}decide/", {"approve": False}).status_code == 422
    assert post(desk.lea, f"{address}decide/", {"approve": True}).json()["state"] == "made"
    assert (desk.on(desk.tomorrow), desk.on(desk.night)) == ({desk.tom}, {desk.amara})
    listed = signed_in(desk.zofia).get("/api/v1/swaps/?state=made").json()["results"]
    assert [one["ref"] for one in listed] == [made.json()["ref"]]
    assert post(desk.amara, f"{address}withdraw/", {}).status_code == 409
    stranger = make_colleague("Sam", make_team("Elsewhere"))
    assert post(desk.amara, "/api/v1/swaps/", {"shift": desk.night.ref, "to": stranger.pk}).status_code in (400, 404)


def test_a_lead_covers_a_shift(desk):
    address = f"/api/v1/shifts/{desk.night.ref}/cover/"
    assert post(desk.amara, address, {"colleague": desk.tom.pk, "stand_in": desk.zofia.pk}).status_code == 403
    assert post(desk.lea, address, {"colleague": desk.tom.pk, "stand_in": desk.zofia.pk}).status_code == 200
    assert desk.on(desk.night) == {desk.zofia}
    assert signed_in(desk.amara).get(f"/api/v1/shifts/?colleague={desk.tom.pk}").json()["results"] == []


def test_who_may_take_an_action_and_who_knows_it_first(desk):
    version = make_agreement(desk.team, roles=("porter",))
    dora = make_colleague("Dora", desk.team, role="porter")
    adam = make_colleague("Adam", desk.team, role="porter")
    make_shift(desk.team, "Twilight", desk.now + hours(6.5), desk.now + hours(9), dora, adam, desk.tom, desk.zofia)
    known = make_action(desk.amara, at=desk.now, customer_reference="214")
    make_accepted(desk.amara, dora, action=known, at=desk.now, when="end_of_shift")
    moves.tell_absence(team=desk.team, colleague=desk.tom, by=desk.lea, at=desk.now, starts_at=desk.now, stand_in=desk.zofia)
    action = make_action(desk.amara, at=desk.now, customer_reference="214", service=version.agreement.point.service)
    found = signed_in(desk.amara).get(f"/api/v1/actions/{action.ref}/eligible/").json()
    people = {one["name"]: one for one in found["colleagues"]}
    assert [one["name"] for one in found["colleagues"]][:2] == ["Dora", "Adam"]
    assert (people["Dora"]["knows"], people["Dora"]["holds"], people["Dora"]["eligible"]) == ("Knows this customer", 1, True)
    assert people["Tom Reid"]["reasons"] == ["Away until further notice. Zofia Nowak stands in."]
    assert people["Zofia Nowak"]["reasons"] == ["The agreement says porter."]
    assert found["shift"]["name"] == "Twilight"
    during = signed_in(desk.amara).get(f"/api/v1/actions/{action.ref}/eligible/?when=in_shift").json()
    assert during["shift"]["name"] == "Late" and not any(one["eligible"] for one in during["colleagues"])
