"""The pages of one's own evidence, what an assessor reads, the files, the team's matrix, and the API."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Membership
from audit.models import Event
from reviews.evidence import operations, tasks, team_queries
from reviews.evidence.models import EvidenceChoice, EvidenceLink
from tests.api.clients import ApiClient, make_integration, with_token
from tests.pdf import pages
from tests.stories import make_accepted, make_action, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
SECRET = "Zebedee"


@pytest.fixture
def desk():
    cache.clear()
    return make_team("Front desk")


@pytest.fixture
def amara(desk):
    return make_colleague("Amara Osei", desk, role="host")


@pytest.fixture
def tom(desk):
    return make_colleague("Tom Reid", desk)


@pytest.fixture
def offered(amara, tom):
    """Handed over and accepted a few minutes ago; Amara’s evidence is on."""
    now = timezone.now() - timedelta(minutes=5)
    item = make_accepted(amara, tom, at=now, action=make_action(amara, at=now, title=f"Call {SECRET}", customer_name=SECRET))
    operations.turn_on(by=amara, at=timezone.now(), standard="A", since=now.date() - timedelta(days=7))
    return Event.objects.get(kind="item.offered", subject_id=item.pk)


def a_link(owner, **more):
    return operations.make_link(by=owner, at=timezone.now(), zone=timezone.get_current_timezone(), **{"name": "Ms Ford", "days": 7, **more})


def picked(owner, event, words=""):
    operations.pick(by=owner, at=timezone.now(), criterion="A-P5", event_id=event.pk, words=words)


def test_it_is_turned_on_on_its_page_and_a_wrong_period_is_refused_with_what_was_typed(client, amara):
    client.force_login(amara)
    assert "It is off until you turn it on" in client.get("/evidence/").content.decode()
    refused = client.post("/evidence/", {"standard": "B", "since": "2026-03-02", "until": "2026-03-01"})
    assert refused.status_code == 422
    assert 'value="2026-03-01"' in refused.content.decode()
    client.post("/evidence/", {"standard": "B", "since": "2026-03-02", "until": ""})
    page = client.get("/evidence/").content.decode()
    assert "0 of 17" in re.sub(r"</?b>", "", page)
    assert "B-P5" in page


def test_words_that_name_the_customer_are_refused_and_kept(client, amara, offered):
    client.force_login(amara)
    address = f"/evidence/A-P5/{offered.pk}/pick/"
    refused = client.post(address, {f"e{offered.pk}-words": f"I called {SECRET} first"})
    assert refused.status_code == 422
    assert f"I called {SECRET} first</textarea>" in refused.content.decode()
    assert not EvidenceChoice.objects.exists()
    page = client.post(address, {f"e{offered.pk}-words": "I called the customer first"}, follow=True).content.decode()
    assert "I called the customer first</blockquote>" in page
    client.post(f"/evidence/A-P5/{offered.pk}/drop/")
    assert EvidenceChoice.objects.get().words == "I called the customer first"


def test_nobody_else_sees_it(client, amara, desk, offered):
    picked(amara, offered)
    link, _ = a_link(amara)
    for other in (make_colleague("Leila", desk, lead=True), make_colleague("Admin", is_administrator=True)):
        client.force_login(other)
        assert client.post(f"/evidence/links/{link.pk}/revoke/").status_code == 404
        assert "off until you turn it on" in client.get("/evidence/").content.decode()
        assert client.get("/evidence/evidence.json").status_code == 409
    assert not Event.objects.filter(kind__startswith="evidence.", team_id__isnull=False).exists()  # no team's trail tells of it


def test_the_files_hold_what_was_picked_and_no_customer(client, amara, offered):
    picked(amara, offered, "The customer moves tonight.")
    operations.write(by=amara, at=timezone.now(), criterion="A-K1", words="I know where the procedure stands.")
    client.force_login(amara)
    answer = client.get("/evidence/evidence.json")
    content = json.loads(answer.content)
    assert content["shown"] == 2
    shown = {one["id"]: one for one in content["criteria"]}
    assert shown["A-P5"]["records"][0]["words"] == "The customer moves tonight."
    assert shown["A-K1"]["statement"] == "I know where the procedure stands."
    made = client.get("/evidence/evidence.pdf")
    text = " ".join(" ".join(pages(made.content)).split())
    assert made.headers["Content-Type"] == "application/pdf"
    for words in ("Amara Osei", "A-P5", "Handed over an action", "The customer moves tonight.", "I know where the procedure stands."):
        assert words in text
    assert SECRET not in text
    assert SECRET not in answer.content.decode()
    assert list(Event.objects.filter(kind="evidence.exported").values_list("data__how", flat=True)) == ["json", "pdf"]


def test_an_assessor_reads_what_was_there_when_the_link_was_made_until_it_is_revoked(client, amara, offered):
    picked(amara, offered, "As it was.")
    client.force_login(amara)
    made = client.post("/evidence/links/", {"name": "Ms Ford", "days": "7"})
    path = re.search(r"/evidence/for/[\w-]+/", made.content.decode()).group()
    client.logout()
    operations.drop(by=amara, at=timezone.now(), criterion="A-P5", event_id=offered.pk)

    answer = client.get(path)
    assert "As it was." in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"], answer["Cache-Control"]) == ("no-referrer", "noindex, nofollow", "no-store")
    assert EvidenceLink.objects.get().last_used_at is not None
    assert client.get(f"{path}evidence.pdf").headers["Content-Type"] == "application/pdf"
    assert path.split("/")[3] not in str(EvidenceLink.objects.values().get())  # the secret is not kept

    client.force_login(amara)
    client.post(f"/evidence/links/{EvidenceLink.objects.get().pk}/revoke/")
    client.logout()
    assert client.get(path).status_code == 404
    assert client.get(f"{path}evidence.pdf").status_code == 404


def test_a_link_runs_out_and_what_it_showed_is_forgotten(client, amara, offered):
    picked(amara, offered)
    link, path = a_link(amara)
    EvidenceLink.objects.update(made_at=timezone.now() - timedelta(days=8), expires_at=timezone.now() - timedelta(days=1))
    assert client.get(path).status_code == 404
    assert (tasks.forget(), tasks.forget()) == (1, 0)
    link.refresh_from_db()
    assert (link.content, link.revoked_at) == (None, None)


def test_a_link_of_somebody_who_is_deactivated_shows_nothing(client, amara, offered):
    picked(amara, offered)
    _, path = a_link(amara)
    assert client.get(path).status_code == 200
    type(amara).objects.filter(pk=amara.pk).update(is_active=False)
    assert client.get(path).status_code == 404


def test_guessing_links_is_slowed_down(client):
    answers = {client.get(f"/evidence/for/guess-{number}/").status_code for number in range(25)}
    assert answers == {404, 429}


def test_a_link_shows_something(client, amara, offered):
    client.force_login(amara)
    refused = client.post("/evidence/links/", {"name": "Ms Ford", "days": "7"})
    assert refused.status_code == 422
    assert "There is nothing to show yet." in refused.content.decode()


def test_the_pages_cost_the_same_for_any_number_of_records(client, amara, tom, offered, django_assert_max_num_queries):
    for _ in range(30):
        make_offer(amara, tom, at=timezone.now() - timedelta(minutes=1))
    operations.pick_newest(by=amara, at=timezone.now(), zone=timezone.get_current_timezone())
    client.force_login(amara)
    with django_assert_max_num_queries(13):
        client.get("/evidence/")
    with django_assert_max_num_queries(16):
        page = client.get("/evidence/A-P5/").content.decode()
    cursor = re.search(r"cursor=([\w%-]+)", page).group(1)
    older = client.get(f"/evidence/A-P5/?cursor={cursor}").content.decode()
    first, second = (set(re.findall(r"/evidence/A-P5/(\d+)/pick/\" novalidate>", one)) for one in (page, older))
    assert first and second
    assert client.get("/evidence/A-P5/?cursor=nonsense").status_code == 422


def test_the_team_matrix_counts_work_and_hides_small_counts(client, desk, amara, tom):
    lead = make_colleague("Leila", desk, lead=True)
    at = timezone.now()
    for _ in range(5):
        make_accepted(amara, tom, at=at - timedelta(days=2))
    make_offer(tom, amara, at=at - timedelta(days=40))
    elsewhere = make_team("Shop")
    uwe, nia = make_colleague("Uwe", desk, elsewhere), make_colleague("Nia", elsewhere)  # what he does for the shop is not the desk's
    make_offer(uwe, nia, at=at - timedelta(days=2), action=make_action(uwe, at=at - timedelta(days=2), team=elsewhere))
    rows = {row.criterion.key: row for row in team_queries.matrix(desk, "A", at)}
    assert rows["A-P5"].counts == (5, 1, 0)
    assert rows["A-P5"].cells == ["5", "under 5", "none"]
    assert rows["A-K6"].counts == (5, 0, 0)
    assert rows["A-P11"].is_bare
    client.force_login(lead)
    page = client.get("/evidence/team/?standard=A").content.decode()
    assert "Amara" not in page.split("<main")[1]
    client.force_login(amara)
    assert client.get("/evidence/team/").status_code == 403


def test_the_api_gives_ones_own_and_nothing_to_an_integration(desk, amara, offered):
    picked(amara, offered)
    me = ApiClient()
    me.force_login(amara)
    answer = me.read("/evidence/").json()
    assert (answer["is_on"], answer["standard"], answer["shown"]) == (True, "A", 1)
    assert next(one for one in answer["criteria"] if one["id"] == "A-P5")["records"][0]["line"] == offered.pk
    assert with_token(make_integration(desk, "Booking system")).get("/api/v1/evidence/").status_code == 403
    operations.turn_off(by=amara, at=timezone.now())
    assert me.read("/evidence/").json() == {"is_on": False, "standard": None, "since": None, "until": None, "shown": 0, "criteria": []}


def test_what_was_picked_stays_when_its_owner_leaves_the_team_but_not_the_way_to_it(client, amara, offered):
    picked(amara, offered)
    shop = make_team("Shop")
    amara.memberships.update(ended_at=timezone.now())
    Membership.objects.create(team=shop, user=amara)
    client.force_login(amara)
    page = client.get("/evidence/A-P5/").content.decode()
    assert "Handed over an action" in page
    assert SECRET not in page
    assert json.loads(client.get("/evidence/evidence.json").content)["shown"] == 1
