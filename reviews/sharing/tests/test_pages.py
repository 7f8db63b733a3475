"""The dashboard shows what the counts say, hides small groups, and leads to the list behind each number."""

import csv
from io import StringIO

import pytest

from reviews.sharing import rollups, sources
from tests.api.clients import make_integration, with_token
from tests.oracle import bring_in, log
from tests.stories import FOUR_PM, hours, make_accepted, make_agreement, make_colleague, make_offer, make_shift, minutes

pytestmark = pytest.mark.django_db
AFTER = FOUR_PM + hours(30)
PERIOD = "weeks=own&since=2026-03-01&until=2026-03-04"


@pytest.fixture
def life(desk):
    """Seven handovers from late to night at 16:00: five accepted at once, one of them missing a detail; one late; one declined."""
    ana, ben, lea = make_colleague("Ana", desk, role="host"), make_colleague("Ben", desk, role="night host"), make_colleague("Lea", desk, lead=True)
    make_shift(desk, "Late", FOUR_PM - hours(8), FOUR_PM + hours(1), ana)
    make_shift(desk, "Night", FOUR_PM - minutes(5), FOUR_PM + hours(8), ben)
    make_agreement(desk, should=("Who else knows?",))
    for _ in range(5):
        make_accepted(ana, ben, at=FOUR_PM)
    make_offer(ana, ben, at=FOUR_PM)
    make_offer(ana, ben, at=FOUR_PM + minutes(1))
    rollups.refresh(at=AFTER)
    return ana, ben, lea


def test_the_page_shows_the_figures_and_leads_to_what_is_behind_them(life, client, django_assert_max_num_queries):
    ana, ben, lea = life
    client.force_login(lea)
    with django_assert_max_num_queries(16):
        page = client.get(f"/sharing/?{PERIOD}").content.decode()
    assert "7 handovers" in page
    assert "5 of 7" in page  # in time: two were never accepted
    assert "Only you see this line" in page
    behind = client.get(f"/sharing/handovers/?{PERIOD}&figure=in_time&is=no").content.decode()
    assert behind.count("data-item") == 2
    assert "Accepted in the agreed time: no" in behind
    assert "Ana" in behind

    # And its charts, which it fetches by itself, or shows on one page without script
    with django_assert_max_num_queries(20):
        charts = client.get(f"/sharing/charts/?{PERIOD}").content.decode()
    assert "Late" in charts
    assert "Night" in charts
    assert "Late" in client.get(f"/sharing/?{PERIOD}&all=1").content.decode()


def test_everybody_sees_their_own_first_and_no_ranking(life, client):
    ana, ben, _ = life
    client.force_login(ana)
    page = client.get(f"/sharing/?{PERIOD}&all=1").content.decode()
    assert "you gave <a" in page
    assert 'own=given">7</a>' in page
    assert "Ben" not in page
    behind = client.get(f"/sharing/handovers/?{PERIOD}&own=given").content.decode()
    assert behind.count("data-item") == 7
    assert "given by you" in behind
    client.force_login(ben)
    assert 'own=taken">5</a>' in client.get(f"/sharing/?{PERIOD}").content.decode()
    assert client.get(f"/sharing/handovers/?{PERIOD}&own=given").content.decode().count("data-item") == 0


def test_groups_under_five_are_hidden_everywhere(desk, client):
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    make_shift(desk, "Late", FOUR_PM - hours(8), FOUR_PM + hours(1), ana)
    make_shift(desk, "Night", FOUR_PM - minutes(5), FOUR_PM + hours(8), ben)
    for _ in range(4):
        make_accepted(ana, ben, at=FOUR_PM)
    rollups.refresh(at=AFTER)
    client.force_login(ana)
    page = client.get(f"/sharing/?{PERIOD}&all=1").content.decode()
    assert "under 5" in page
    assert "Pairs with fewer than 5 are hidden" in page
    rows = list(csv.DictReader(StringIO(client.get(f"/sharing/tables/figures.csv?{PERIOD}").content.decode())))
    assert {row["numerator"] for row in rows if row["figure"] == "Accepted in the agreed time"} == {""}
    assert list(csv.reader(StringIO(client.get(f"/sharing/tables/pairs-shift.csv?{PERIOD}").content.decode()))) == [["from", "to", "handovers", "in time"]]


def test_what_is_not_understood_is_said_and_nothing_breaks(life, client):
    client.force_login(life[0])
    page = client.get("/sharing/?weeks=own&since=2026-13-40&service=x&when=never")
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    late = client.get("/sharing/?weeks=own&since=2026-03-04&until=2026-03-01")
    assert "Choose a later one" in late.content.decode()
    assert client.get("/sharing/handovers/?weekday=9&slot=x&bucket=-1").status_code == 200
    assert client.get("/sharing/tables/secrets.csv").status_code == 404


def test_the_figures_by_the_api(life, desk):
    robot = with_token(make_integration(desk, "Report"))
    found = robot.get("/api/v1/sharing/?since=2026-03-01&until=2026-03-04").json()
    in_time = next(one for one in found["figures"] if one["name"] == "in_time")
    assert (in_time["numerator"], in_time["denominator"], in_time["unit"]) == (5, 7, "share")
    assert found["pairs"] == [{"from_shift": "Late", "to_shift": "Night", "handovers": 7, "in_time": pytest.approx(5 / 7)}]
    assert robot.get("/api/v1/sharing/?since=2026-03-04&until=2026-03-01").status_code == 400


def test_imported_sources_are_for_administrators_and_equal_the_file(client):
    bring_in(log("toy"), "LOG")
    sources.recount_changed(at=FOUR_PM)
    boss = make_colleague("Boss", is_administrator=True)
    client.force_login(boss)
    assert "LOG" in client.get("/sharing/sources/").content.decode()
    page = client.get("/sharing/sources/LOG/?lens=owner&rule=skip-nobody&name=zo").content.decode()
    assert "Zoë" in page
    rows = list(csv.reader(StringIO(client.get("/sharing/sources/LOG/pairs.csv?lens=owner").content.decode())))
    assert rows[0] == ["from", "to", "count"]
    assert all(a != b for a, b, _ in rows[1:])
    assert client.get("/sharing/sources/LOGS/").status_code == 404
