"""The first administrator, shared PCs, and ways back in from the command line."""

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import operations
from accounts.devices import COOKIE
from accounts.models import EnrolledDevice, FirstRunKey, Team, User
from accounts.tests.making import NINE, PASSWORD, make_administrator, make_colleague, make_lead, make_team, place_of
from common.errors import Refusal

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"
FORM = {
    "display_name": "Ada Calder",
    "email": "Ada@example.com",
    "password": PASSWORD,
    "team_name": "Calder & Sons, Leeds",
    "zone": "Europe/London",
    "kind": "shop",
}


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


def address():
    return operations.first_run_address(at=NINE).removeprefix(HOST)


def test_on_an_empty_database_the_one_time_address_makes_the_first_administrator(client):
    # Given an installation that nobody has set up
    start = address()
    assert start.startswith("/start/?key=")
    assert client.get(start).status_code == 200

    # When somebody with the address fills in the form
    response = client.post(start, FORM)

    # Then they are signed in as administrator and lead, and the steps that are left are shown
    assert response["Location"] == "/settings/set-up/"
    ada = User.objects.get()
    assert (ada.email, ada.is_administrator) == ("ada@example.com", True)
    team = Team.objects.get()
    assert place_of(ada, team).is_lead
    assert "Invite colleagues" in client.get("/settings/set-up/").content.decode()

    # And the address is gone, as is the key
    assert Client().get(start).status_code == 404
    assert not FirstRunKey.objects.exists()
    assert operations.first_run_address(at=NINE) is None


@pytest.mark.parametrize("query", ["", "?key=", "?key=wrong", "?key=%00"])
def test_without_the_key_there_is_no_first_run(client, query):
    address()
    assert client.get(f"/start/{query}").status_code == 404
    assert client.post(f"/start/{query}", FORM).status_code == 404


def test_once_there_is_an_administrator_there_is_no_first_run(client):
    start = address()
    make_administrator()
    assert client.get(start).status_code == 404
    assert client.post(start, FORM).status_code == 404


def test_the_address_made_last_is_the_only_one(client):
    first, second = address(), address()
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_the_address_is_kept_as_a_digest_only():
    key = address().partition("key=")[2]
    assert key not in str(list(FirstRunKey.objects.values()))


def test_the_key_works_once_even_where_two_hold_it():
    key = address().partition("key=")[2]
    fields = {**FORM, "key": key, "at": NINE}
    operations.set_up(**fields)
    with pytest.raises(Refusal):
        operations.set_up(**{**fields, "email": "eve@example.com"})


def test_what_is_wrong_is_said_and_what_was_typed_stays(client):
    answer = client.post(address(), {**FORM, "password": "short", "zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Calder &amp; Sons, Leeds" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"password", "zone"}
    assert not User.objects.exists()


# --- From the command line -----------------------------------------------------------------------------------------------


def follow(path):
    client = Client()
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    return client.get("/settings/").status_code


def test_the_operator_makes_a_way_in_for_anybody_who_may_sign_in(capsys):
    make_administrator()
    call_command("sign_in_link", "ADELE@example.com")
    path = capsys.readouterr().out.strip().removeprefix(HOST)
    assert follow(path) == 200
    with pytest.raises(CommandError):
        call_command("sign_in_link", "nobody@example.com")


def test_the_operator_makes_the_first_administrator_where_the_address_is_lost(capsys):
    call_command("first_administrator", "ada@example.com", "Ada Calder")
    assert follow(capsys.readouterr().out.strip().removeprefix(HOST)) == 200
    assert User.objects.get().is_administrator
    with pytest.raises(CommandError, match="already"):
        call_command("first_administrator", "eve@example.com", "Eve")


# --- Shared PCs ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client):
    """A PC that the lead enrolled, where the lead is signed in; Ana and Ben are in the team."""
    team = make_team()
    lead = make_lead(team=team)
    for name in ("Ana", "Ben"):
        make_colleague(name, team=team, password=PASSWORD)
    client.force_login(lead)
    client.post("/settings/devices/", {"name": "Front desk"})
    client.team = team
    return client


def test_an_enrolled_pc_shows_the_team_and_asks_the_password(desk):
    # Given the desk's PC, where nobody is signed in
    desk.post("/sign-out/")
    page = desk.get("/sign-in/").content.decode()
    assert "Who is at the desk?" in page and "Ben" in page

    # When Ben presses his tile, his address is there and the password is asked
    ben = User.objects.get(display_name="Ben")
    page = desk.get(f"/sign-in/?as={place_of(ben, desk.team).pk}").content.decode()
    assert "ben@example.com" in page
    desk.post("/sign-in/", {"login": "ben@example.com", "password": PASSWORD})
    assert desk.get("/settings/").context["user"] == ben


def test_signing_in_as_another_ends_the_former_session(desk):
    former = desk.session.session_key

    response = desk.post("/switch/", {"login": "ana@example.com", "password": PASSWORD})

    assert response["Location"] == "/" and response["Clear-Site-Data"]
    assert desk.get("/settings/").context["user"].display_name == "Ana"
    assert not desk.session.exists(former)


def test_a_wrong_password_at_the_switch_leaves_everything_as_it_was(desk):
    assert desk.post("/switch/", {"login": "ana@example.com", "password": "wrong wrong wrong"}).status_code == 422
    assert desk.get("/settings/").context["user"].display_name == "Lena"


def test_elsewhere_the_switch_is_the_plain_sign_in(client):
    make_colleague("Ana", team=make_team())
    assert client.get("/switch/")["Location"] == "/sign-in/"
    assert "Who is at the desk?" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("cookie", ["", "made-up", "made-up:sig"])
def test_a_cookie_that_we_did_not_sign_shows_nobody(desk, cookie):
    stranger = Client()
    stranger.cookies[COOKIE] = cookie
    assert "Ben" not in stranger.get("/sign-in/").content.decode()


def test_a_pc_that_was_removed_shows_nobody(desk):
    desk.post(reverse("accounts:revoke-device", args=[EnrolledDevice.objects.get().pk]))
    desk.post("/sign-out/")
    assert "Ben" not in desk.get("/sign-in/").content.decode()


def test_only_a_lead_enrols_a_pc(client):
    client.force_login(make_colleague("Ana", team=make_team()))
    assert client.get("/settings/devices/").status_code == 403
    assert client.post("/settings/devices/", {"name": "Mine"}).status_code == 403
