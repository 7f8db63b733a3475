"""The pages about who is on: who sees what, what is kept, and that they never cost more for more rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handover import moves
from handover.shifts import operations, swap_operations
from handover.shifts.absence_models import Absence
from handover.shifts.swap_models import Swap, SwapRule
from tests.stories import hours, make_action, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def team():
    return make_team("Desk")


@pytest.fixture
def people(team):
    return (
        make_colleague("Amara Osei", team, role="host"),
        make_colleague("Tom Reid", team, role="porter"),
        make_colleague("Zofia Nowak", team),
        make_colleague("Lea Lead", team, lead=True),
    )


@pytest.fixture
def rota(team, people, now):
    late = make_shift(team, "Late", now - hours(1), now + hours(7), people[0])
    night = make_shift(team, "Night", now + hours(7), now + hours(15), people[1])
    return late, night


def page(client, person, address, status=200):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_now_names_who_is_on_with_job_role_and_load_and_who_is_next(client, people, rota, now):
    make_action(people[0], at=now)
    text = page(client, people[2], "/rota/now/")
    for words in ("Amara Osei", "Host", "Holding 1 action", "mailto:amara.osei@example.org", "Night", "Tom Reid"):
        assert words in text


def test_now_says_who_replaces_whom_and_why_somebody_is_not_on(client, team, people, rota, now):
    amara, tom, zofia, lea = people
    moves.tell_absence(team=team, colleague=tom, by=lea, at=now, starts_at=now, stand_in=zofia, reason="Secret knee")
    text = page(client, amara, "/rota/now/")
    assert "Stands in for Tom Reid" in text
    assert "Away" in text
    assert "Secret knee" not in text


def test_now_points_out_where_nobody_is_on(client, team, people, rota, now):
    operations.set_crew(shift=rota[1], by=people[3], at=now, colleagues=[])
    assert "Nobody is on Night" in page(client, people[0], "/rota/now/")


def test_the_number_of_statements_does_not_depend_on_how_many_are_on(client, team, people, rota, now):
    client.force_login(people[0])

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(address)
        return len(found)

    before = {address: asked(address) for address in ("/rota/now/", "/rota/mine/", "/rota/absences/", "/rota/swaps/")}
    for number in range(5):
        make_shift(team, "Late", now + number * DAY, now + number * DAY + hours(8), people[0])
        someone = make_colleague(f"Person {number}", team, role="host")
        rota[0].rosterings.create(colleague=someone)
        Absence.objects.create(team=team, colleague=someone, starts_at=now, told_by=someone, told_at=now)
        Swap.objects.create(team=team, offered_by=someone, offered_to=people[2], shift=rota[0], offered_at=now, ends_at=now)
    assert {address: asked(address) for address in before} == before


def test_an_absence_is_told_on_the_page_in_days_or_by_time(client, team, people, rota, now):
    amara = people[0]
    client.force_login(amara)
    today = f"{team.local(now):%Y-%m-%d}"
    response = client.post("/rota/absences/new/", {"told": "days", "first": today, "last": today, "reason": "A cold", "stand_in": people[2].pk})
    made = Absence.objects.get()
    assert response.headers["Location"] == f"/rota/absences/{made.ref}/"
    assert (made.colleague, made.told_by, made.stand_in, made.reason) == (amara, amara, people[2], "A cold")
    assert team.local(made.ends_at) - team.local(made.starts_at) == DAY
    assert "A cold" in page(client, amara, f"/rota/absences/{made.ref}/")
    assert "A cold" in page(client, people[3], f"/rota/absences/{made.ref}/")
    assert "A cold" not in page(client, people[1], f"/rota/absences/{made.ref}/")
    client.force_login(people[1])
    assert client.post(f"/rota/absences/{made.ref}/end/").status_code == 403
    client.force_login(amara)
    assert client.post(f"/rota/absences/{made.ref}/end/").status_code == 302
    assert not Absence.objects.at(timezone.now()).exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"told": "days"}, {"told": "days", "first": "2026-13-40"}, {"told": "times"}, {"told": "times", "starts": "x", "ends": "y"},
     {"told": "days", "first": "2031-01-05", "last": "2031-01-04"},
     {"told": "days", "first": "9999-12-31", "last": "9999-12-31"}, {"told": "days", "first": "0001-01-01"}],
)  # fmt: skip
def test_what_is_missing_or_impossible_is_said_and_what_was_typed_stays(client, people, sent):
    client.force_login(people[0])
    response = client.post("/rota/absences/new/", {**sent, "reason": "Typed with care"})
    assert response.status_code == 422
    assert "Typed with care" in response.content.decode()


def test_a_member_tells_no_absence_of_another(client, people):
    client.force_login(people[0])
    assert 'name="colleague"' not in client.get("/rota/absences/new/").content.decode()
    client.post("/rota/absences/new/", {"told": "days", "first": "2031-01-05", "colleague": people[1].pk})
    assert Absence.objects.get().colleague == people[0]


def test_a_swap_by_the_page_from_offer_to_approval(client, team, people, rota, now):
    amara, tom, _, lea = people
    early = make_shift(team, "Early", now + DAY, now + DAY + hours(8), amara)
    client.force_login(lea)
    assert client.post("/rota/swaps/rule/", {"lead_approves": "on"}).status_code == 302
    client.force_login(amara)
    assert client.post("/rota/swaps/rule/", {}).status_code == 403
    response = client.post("/rota/swaps/new/", {"shift": early.pk, "to": tom.pk, "return_shift": f"{tom.pk}-{rota[1].pk}", "words": "Please"})
    swap = Swap.objects.get()
    assert response.headers["Location"] == f"/rota/swaps/{swap.ref}/"
    assert "Waits for you" in page(client, tom, "/rota/swaps/")
    assert "is host any more" in page(client, tom, f"/rota/swaps/{swap.ref}/")
    assert client.post(f"/rota/swaps/{swap.ref}/answer/", {}).status_code == 422
    assert client.post(f"/rota/swaps/{swap.ref}/answer/", {"accept": "yes"}).status_code == 302
    client.force_login(lea)
    assert client.post(f"/rota/swaps/{swap.ref}/decide/", {"approve": "no"}).status_code == 422
    assert client.post(f"/rota/swaps/{swap.ref}/decide/", {"approve": "yes"}).status_code == 302
    swap.refresh_from_db()
    assert (swap.state, SwapRule.objects.get().lead_approves) == ("made", True)
    assert "Swapped with Amara Osei" in page(client, tom, "/rota/mine/")


def test_only_shifts_to_come_of_mine_and_of_whom_i_choose_can_be_swapped(client, people, rota):
    amara, tom, zofia, _ = people
    client.force_login(amara)
    for sent in (
        {"shift": rota[0].pk, "to": tom.pk},
        {"shift": rota[1].pk, "to": tom.pk},
        {"shift": "x", "to": "y"},
        {"shift": 99999999999999999999, "to": tom.pk},
    ):
        assert client.post("/rota/swaps/new/", sent).status_code == 422
    client.force_login(tom)
    assert client.post("/rota/swaps/new/", {"shift": rota[1].pk, "to": zofia.pk, "return_shift": f"{amara.pk}-{rota[0].pk}"}).status_code == 422


def test_a_lead_covers_by_the_page_and_hears_which_job_role_is_missing(client, people, rota):
    amara, tom, zofia, lea = people
    client.force_login(lea)
    response = client.post(f"/rota/shifts/{rota[1].ref}/cover/", {"colleague": tom.pk, "stand_in": zofia.pk}, follow=True)
    assert "is porter any more" in response.content.decode()
    assert "Covers for Tom Reid" in page(client, amara, "/rota/now/")
    client.force_login(lea)
    assert client.post(f"/rota/shifts/{rota[1].ref}/cover/", {"colleague": zofia.pk, "stand_in": zofia.pk}).status_code == 422


def test_what_waits_for_the_one_who_is_away_stands_on_the_page_of_the_absence(client, team, people, rota, now):
    amara, tom, _, lea = people
    action = make_action(amara, at=now, title="Call Mrs Ellis")
    moves.offer(
        entries=[moves.Entry(action_id=action.pk, situation="s", next_step="n", done_so_far="d", if_then="i")], by=amara, to=tom, at=now, when="end_of_shift"
    )
    absence = moves.tell_absence(team=team, colleague=tom, by=lea, at=now, starts_at=now)
    assert "Call Mrs Ellis" in page(client, amara, f"/rota/absences/{absence.ref}/")


def test_a_swap_is_withdrawn_on_its_page(client, people, rota, now):
    swap = swap_operations.offer_swap(shift=rota[1], to=people[2], by=people[1], at=now)
    client.force_login(people[2])
    assert client.post(f"/rota/swaps/{swap.ref}/withdraw/").status_code == 403
    client.force_login(people[1])
    assert client.post(f"/rota/swaps/{swap.ref}/withdraw/").status_code == 302
    assert "Withdrawn" in page(client, people[1], f"/rota/swaps/{swap.ref}/")
