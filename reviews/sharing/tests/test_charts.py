"""What the charts are drawn from, and the list behind each mark."""

import csv
from io import StringIO

import pytest

from handover import moves
from reviews.sharing import chart_queries as parts
from reviews.sharing import rollups, shift_queries
from reviews.sharing.ageing import LABELS
from reviews.sharing.dashboard_queries import open_now, own
from reviews.sharing.list_queries import behind
from reviews.sharing.measuring import Scope, measure
from reviews.sharing.models import HandoverFact, SharingCount
from tests.stories import FOUR_PM, brief, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
LATER = FOUR_PM + hours(30)


@pytest.fixture
def desk():
    return make_team("Desk")


@pytest.fixture
def scope(desk):
    return Scope(desk.pk, FOUR_PM.date().replace(day=1), FOUR_PM.date().replace(day=28))


def marked(chart: str) -> dict[str, float]:
    return dict(SharingCount.objects.filter(name=chart).values_list("a", "denominator"))


def test_a_handover_is_counted_in_the_two_hours_of_its_offer(desk):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    for at in (FOUR_PM - minutes(1), FOUR_PM, FOUR_PM + minutes(119)):
        make_accepted(ana, ben, at=at)
    rollups.refresh(at=LATER)
    assert marked("slot") == {"7": 1, "8": 2}  # 15:59 | 16:00 and 17:59


def test_an_offer_that_was_declined_before_its_action_was_closed_is_counted(desk):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    item = make_offer(ana, ben)
    moves.decline(item_id=item.pk, by=ben, at=FOUR_PM + minutes(2), reason="I leave in five minutes.")
    moves.complete(action_id=item.action_id, by=ana, at=FOUR_PM + minutes(20))
    rollups.refresh(at=LATER)
    fact = HandoverFact.objects.get()
    assert (fact.accepted, fact.in_time, fact.unsettled) == (False, True, False)


@pytest.mark.parametrize(("when", "is_passed_on"), [("in_shift", True), ("end_of_shift", False)])
def test_what_is_given_to_a_third_during_a_shift_was_passed_on(desk, scope, when, is_passed_on):
    # Given that Ben took an action over from Ana
    ana, ben, cem = (make_colleague(name, desk) for name in ("Ana", "Ben", "Cem"))
    first = make_accepted(ana, ben)
    # When he gives it to Cem, who accepts
    make_accepted(ben, cem, at=FOUR_PM + hours(2), action=first.action, when=when)
    rollups.refresh(at=LATER)
    # Then Ana's handover was passed on if a shift was running, and did not come back
    facts = HandoverFact.objects.in_bulk()
    assert (facts[first.pk].passed_on, facts[first.pk].bounced) == (is_passed_on, False)
    assert measure(scope)["passed_on"].numerator == is_passed_on


def test_what_comes_back_to_its_giver_was_not_passed_on(desk):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    first = make_accepted(ana, ben)
    make_accepted(ben, ana, at=FOUR_PM + hours(2), action=first.action)
    rollups.refresh(at=LATER)
    fact = HandoverFact.objects.get(pk=first.pk)
    assert (fact.passed_on, fact.bounced) == (False, True)


def test_what_was_accepted_a_day_ago_and_kept_is_decided_and_not_before(desk):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    make_accepted(ana, ben)
    rollups.refresh(at=FOUR_PM + hours(24))
    assert HandoverFact.objects.get().passed_on is None
    rollups.refresh(at=FOUR_PM + hours(24) + minutes(1))
    assert HandoverFact.objects.get().passed_on is False


def test_ten_offered_in_one_minute_are_a_bulk_moment_and_nine_are_not(desk, scope):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    for minute, many in ((0, 10), (1, 9)):
        entries = [brief(make_action(ana)) for _ in range(many)]
        moves.offer(entries=entries, by=ana, to=ben, at=FOUR_PM + minutes(minute), when="in_shift")
    rollups.refresh(at=LATER)
    assert marked("bulk") == {"8": 10}
    ((day, ((slot, late, bulk),)), *_) = parts.heat(parts.parts(scope, ["slot", "bulk"]))
    assert (day, slot, late.denominator, bulk) == ("Mon", 8, 19, 10)


def test_a_strip_has_a_dot_for_each_handover_and_none_for_fewer_than_five(desk, scope):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    for name, many in (("Moves", 5), ("Refunds", 4)):
        service = make_agreement(desk, service=name).agreement.point.service
        for number in range(many):
            item = make_offer(ana, ben, action=make_action(ana, service=service))
            moves.accept(item_id=item.pk, by=ben, at=FOUR_PM + minutes(number + 1), read_back="I will do it by ten, else call the lead.")
    rollups.refresh(at=LATER)
    agreements = {fact.agreement_id: fact.service.name for fact in HandoverFact.objects.select_related("service")}
    assert set(agreements.values()) == {"Moves", "Refunds"}
    (strip,) = parts.strips(scope, agreements)
    assert (strip.name, sorted(strip.dots), strip.middle, strip.late) == ("Moves", [(1, False), (2, False), (3, False), (4, False), (5, False)], 3, 0)


def test_the_load_of_a_shift_is_what_it_took_over_for_each_who_was_on(desk, scope):
    ana, ben, cem = (make_colleague(name, desk) for name in ("Ana", "Ben", "Cem"))
    make_shift(desk, "Late", FOUR_PM - hours(8), FOUR_PM + hours(1), ana)
    make_shift(desk, "Night", FOUR_PM - minutes(5), FOUR_PM + hours(8), ben, cem)
    for _ in range(6):
        make_accepted(ana, ben)
    rollups.refresh(at=LATER)
    loads = {load.shift: load for load in shift_queries.loads(desk, scope, at=LATER)}
    assert {name: (load.shifts, load.people, load.taken, load.each.numerator) for name, load in loads.items()} == {"Night": (1, 2, 6, 6), "Late": (1, 1, 0, 0)}
    assert shift_queries.load(loads.values()).numerator == 6


def test_what_was_gone_past_leads_to_the_reasons(desk, scope, client):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    make_agreement(desk, should=("Who else knows?",))
    service = desk.services.get()
    for _ in range(5):
        make_offer(ana, ben, action=make_action(ana, service=service), entry={"missing_reason": "The guest was gone."})
    rollups.refresh(at=LATER)
    client.force_login(ana)
    page = client.get("/sharing/charts/?weeks=own&since=2026-03-01&until=2026-03-04").content.decode()
    assert "gone_past=detail" in page
    listed = client.get("/sharing/handovers/?since=2026-03-01&until=2026-03-04&gone_past=detail").content.decode()
    assert listed.count("Why it is missing: The guest was gone.") == 5
    rows = list(csv.reader(StringIO(client.get("/sharing/tables/gone-past.csv?since=2026-03-01&until=2026-03-04").content.decode())))
    assert rows == [["gone past", "handovers"], ["A required detail", "5"]]


def test_the_bars_of_what_is_open_are_the_lists_behind_them(desk, client):
    ana = make_colleague("Ana", desk)
    for age in (1, 3, 30, 80):
        make_action(ana, at=FOUR_PM - hours(age), title=f"Open for {age} h")
    found = open_now(desk, FOUR_PM)
    assert dict(found.bars) == dict.fromkeys(LABELS, 0) | {"under 4 h": 2, "1 to 2 d": 1, "over 3 d": 1}
    assert found.oldest == FOUR_PM - hours(80)
    client.force_login(ana)
    assert client.get("/sharing/open/?age=nonsense").content.decode().count("data-action") >= 1
    assert client.get("/sharing/open/?age=99").status_code == 200


def test_pairs_of_teams_lead_to_their_list_too(desk, scope):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    item = make_accepted(ana, ben)
    rollups.refresh(at=LATER)
    assert [one.pk for one in behind(scope, {"from_team": "Desk", "to_team": "Desk"})] == [item.pk]
    assert not behind(scope, {"from_team": "Desk", "to_team": "Shop"})
    assert [one.pk for one in behind(scope, {"from_shift": "-"})] == [item.pk]
    assert (own(ben, scope).taken, own(ben, scope).given) == (1, 0)


def test_a_lead_starts_a_review_from_what_is_shown_and_a_member_does_not(desk, client):
    client.force_login(make_colleague("Lea", desk, lead=True))
    assert "/reviews/start/?weeks=12" in client.get("/sharing/?weeks=12").content.decode()
    client.force_login(make_colleague("Ana", desk))
    assert "/reviews/start/" not in client.get("/sharing/?weeks=12").content.decode()
