"""How we hand over is made of what is in force; whoever has read it is asked again when it changes; my part goes by job role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import JobRole
from common.errors import NotAllowed, Refusal, StaleVersion
from handover.agreements import operations as agreements
from handover.agreements.models import Applies
from handover.agreements.operations import Terms
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords, SystemWords
from handover.notifications.models import Kind, Notification
from handover.procedure import operations, queries
from tests.stories import FOUR_PM, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk():
    return make_team()


@pytest.fixture
def lead(desk):
    return make_colleague("Leila", desk, lead=True, role="duty manager")


@pytest.fixture
def people(desk):
    return make_colleague("Ana", desk, role="host"), make_colleague("Ben", desk, role="porter")


@pytest.fixture
def service(desk, lead, people):
    """The host finds a room; the porter moves the guest. Two points, of which the first is agreed, another way between shifts."""
    host, porter = (JobRole.objects.get(team=desk, name=name) for name in ("host", "porter"))
    steps = [
        StepWords("Find a room", "Front desk", point=True, point_name="desk to porter", role_ids=[host.pk]),
        StepWords("Move the guest", "Porter", point=True, point_name="porter to housekeeping", role_ids=[porter.pk]),
        StepWords("Clean the old room"),
    ]
    made = catalog.add_service(
        team=desk,
        by=lead,
        at=FOUR_PM,
        name="Room moves",
        procedure="Look at the new room first.",
        systems=[SystemWords("Room system", "https://rooms.example.org/")],
        steps=steps,
    )
    point = made.handover_points.get(letter="A")
    agreements.make(point=point, by=lead, at=FOUR_PM, applies=Applies.DURING, terms=Terms(trigger="Now", channel="By radio", receiving_roles=[porter]))
    agreements.make(point=point, by=lead, at=FOUR_PM, applies=Applies.BETWEEN, terms=Terms(trigger="Shift ends", channel="Face to face"))
    return made


def read(team, by, at=FOUR_PM):
    fingerprint, _ = queries.now_of(team.pk)
    return operations.acknowledge(team=team, by=by, at=at, fingerprint=fingerprint)


def change(service, lead, at):
    version = service.handover_points.get(letter="A").agreements.get(applies=Applies.DURING)
    return agreements.propose(agreement=version, by=lead, at=at, terms=Terms(trigger="At once", channel="By radio"), reason="It took too long.")


def asked():
    standing = Notification.objects.filter(kind=Kind.PROCEDURE, settled_at__isnull=True)
    return sorted(standing.values_list("recipient__display_name", flat=True))


def test_it_says_each_point_during_and_between_shifts_side_by_side_and_where_nothing_is_agreed(desk, service):
    found = queries.procedure_of(desk)
    (part,) = found.services
    first, second = part.points
    lines = {line.label: (line.during, line.between, line.differs) for line in first.lines}
    assert lines["How"] == (("By radio",), ("Face to face",), True)
    assert lines["Who can take it"] == (("Porter",), ("Anybody in the team",), True)
    assert lines["Check completion"][2] is False
    assert second.lines == []
    assert [point.point.letter for _, point in found.not_agreed] == ["B"]
    assert [(step.name, [point.point.letter for point in points]) for step, points in part.flow][:2] == [("Find a room", ["A"]), ("Move the guest", ["B"])]


def test_what_it_says_takes_a_fixed_number_of_statements(desk, lead, service, django_assert_num_queries, django_assert_max_num_queries):
    def look():
        found = queries.procedure_of(desk)
        return [line for part in found.services for point in part.points for line in point.lines]

    with django_assert_max_num_queries(14) as few:
        assert look()
    for name in ("Late arrivals", "Lost property"):
        other = catalog.add_service(team=desk, by=lead, at=FOUR_PM, name=name, steps=[StepWords("Take it", point=True)])
        agreements.make(point=other.handover_points.get(), by=lead, at=FOUR_PM, terms=Terms())
    with django_assert_num_queries(len(few.captured_queries)):
        assert look()


def test_everybody_is_asked_once_to_read_it_however_much_changes_and_the_notice_goes_when_they_have(desk, lead, people, service):
    assert asked() == ["Ana", "Ben"], "two agreements, one notice each; who made them is not told"
    read(desk, people[0])
    assert asked() == ["Ben"]
    notice = Notification.objects.get(kind=Kind.PROCEDURE, settled_at__isnull=True)
    assert notice.path == "/how-we-hand-over/"
    change(service, lead, FOUR_PM + DAY)
    assert asked() == ["Ana", "Ben"]


def test_not_read_since_it_changed_is_told_from_never_read(desk, lead, people, service):
    ana, ben = people
    read(desk, ana)
    change(service, lead, FOUR_PM + DAY)
    fingerprint, since = queries.now_of(desk.pk)
    assert since == FOUR_PM + DAY
    assert queries.standing_of(ana, desk.pk, fingerprint) == queries.Standing(None, FOUR_PM)
    assert {one.user: one.last_at for one in queries.not_read_by(desk.pk, fingerprint).rows} == {ana: FOUR_PM, ben: None, lead: None}
    read(desk, ana, at=FOUR_PM + 2 * DAY)
    assert queries.standing_of(ana, desk.pk, fingerprint).read_at == FOUR_PM + 2 * DAY
    assert ana not in {one.user for one in queries.not_read_by(desk.pk, fingerprint).rows}


def test_a_new_colleague_has_not_read_it(desk, service):
    new = make_colleague("Noor", desk)
    fingerprint, _ = queries.now_of(desk.pk)
    assert new in {one.user for one in queries.not_read_by(desk.pk, fingerprint).rows}


def test_what_changed_while_it_was_read_is_not_acknowledged(desk, lead, people, service):
    fingerprint, _ = queries.now_of(desk.pk)
    change(service, lead, FOUR_PM + DAY)
    with pytest.raises(StaleVersion, match="has changed"):
        operations.acknowledge(team=desk, by=people[0], at=FOUR_PM, fingerprint=fingerprint)


def test_saying_it_twice_is_harmless_and_only_who_belongs_says_it(desk, people, service):
    assert read(desk, people[0]).pk == read(desk, people[0], at=FOUR_PM + DAY).pk
    admin, zoe = make_colleague("Ada", is_administrator=True), make_colleague("Zoe", make_team("Shop"))
    for stranger in (admin, zoe):
        with pytest.raises(NotAllowed):
            read(desk, stranger)
    with pytest.raises(Refusal, match="Nothing is agreed"):
        read(zoe.memberships.get().team, zoe)


def test_my_part_goes_by_my_job_roles(desk, lead, people, service):
    ana, ben = people
    host, porter = queries.my_part(ana, desk), queries.my_part(ben, desk)
    assert [(one.part.point.letter, one.roles) for one in host.gives] == [("A", ("host",))]
    assert [(one.part.point.letter, one.roles) for one in porter.gives] == [("B", ("porter",))]
    assert [(one.version.agreement.applies, one.roles) for one in host.receives] == [("between", ())]
    assert [(one.version.agreement.applies, one.roles) for one in porter.receives] == [("during", ("porter",)), ("between", ())]


def test_what_another_team_passes_to_us_is_in_our_procedure_and_in_nobody_elses_part(desk, lead, service):
    finance = make_team("Finance")
    fay = make_colleague("Fay", finance, role="finance officer")
    point = service.handover_points.get(letter="B")
    officer = JobRole.objects.get(team=finance)
    agreements.make(point=point, by=lead, at=FOUR_PM, terms=Terms(to_team_id=finance.pk, receiving_roles=[officer]))
    assert [one.agreement.point for one in queries.procedure_of(finance).received] == [point]
    assert [(one.version.agreement.point, one.roles) for one in queries.my_part(fay, finance).receives] == [(point, ("finance officer",))]
    assert point not in {one.version.agreement.point for one in queries.my_part(lead, desk).receives}
    assert "Fay" in asked(), "the receiving side reads its own procedure again"


def test_the_page_prints_says_systems_and_rules_and_a_lead_sees_who_has_not_read_it(desk, lead, people, service, client):
    client.force_login(lead)
    text = client.get("/how-we-hand-over/").content.decode()
    said = ("Look at the new room first.", "Room system", "By radio", "Face to face", "Nothing is agreed here", "Who has not read it", "Has never read it")
    for words in said:
        assert words in text
    client.force_login(people[0])
    text = client.get("/how-we-hand-over/").content.decode()
    assert "Who has not read it" not in text
    wrong = client.post("/how-we-hand-over/acknowledge/", {"fingerprint": "0" * 64})
    assert wrong.status_code == 422 and "has changed since you opened it" in wrong.content.decode()
    assert client.post("/how-we-hand-over/acknowledge/", {"fingerprint": "nonsense"}).status_code == 422


def test_by_api_it_is_the_same(desk, people, service, client):
    client.force_login(people[0])
    found = client.get(f"/api/v1/procedures/{desk.pk}/").json()
    assert found["not_agreed"] == ["Room moves, B"]
    assert found["services"][0]["systems"] == [{"name": "Room system", "address": "https://rooms.example.org/"}]
    part = client.get(f"/api/v1/procedures/{desk.pk}/my-part/").json()
    assert (part["job_roles"], [one["handover_point"] for one in part["gives"]], part["procedure_read"]) == (["host"], ["A"], False)
    before = timezone.now()
    said = client.post(f"/api/v1/procedures/{desk.pk}/acknowledge/", {"read": found["fingerprint"]}, content_type="application/json")
    assert said.status_code == 200 and said.json()["at"] >= before.isoformat()[:16]
    assert client.get(f"/api/v1/procedures/{desk.pk}/my-part/").json()["procedure_read"] is True
