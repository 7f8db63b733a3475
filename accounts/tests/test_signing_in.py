"""Who is let in, what they are told, and how long it lasts."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import operations
from accounts.adapters import WRONG
from accounts.demo_signins import DEMO_PASSWORD
from accounts.models import Kind, User
from accounts.tests.making import NINE, PASSWORD, make_administrator, make_colleague, make_integration, make_lead, make_team, place_of
from audit.models import Event as Line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **headers):
    return client.post("/sign-in/", {"login": email, "password": password}, **headers)


def is_signed_in(client):
    return client.get("/settings/").status_code == 200


def test_a_colleague_signs_in_whatever_the_case_of_the_address(client):
    # Given Ana with an account
    make_colleague("Ana", team=make_team(), password=PASSWORD)

    # When she signs in with her address in capitals
    response = sign_in(client, "ANA@Example.com")

    # Then she is in, and the trail knows
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert Line.objects.filter(kind="person.signed_in").count() == 1


def test_the_session_gets_a_new_key_at_sign_in(client):
    make_colleague("Ana", password=PASSWORD)
    client.session["before"] = 1
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key

    sign_in(client, "ana@example.com")

    assert client.session.session_key != before


@pytest.mark.parametrize("why", ["wrong password", "nobody", "deactivated", "integration", "imported", "automatic"])
def test_who_may_not_sign_in_is_told_the_same_as_with_a_wrong_password(client, why):
    # Given somebody who may not, though the password may be right
    person = make_colleague("Ana", password=PASSWORD)
    if why == "deactivated":
        User.objects.filter(pk=person.pk).update(is_active=False)
    if why in Kind.values:
        User.objects.filter(pk=person.pk).update(kind=why)

    # When they try
    email = "bob@example.com" if why == "nobody" else "ana@example.com"
    response = sign_in(client, email, "wrong wrong wrong" if why == "wrong password" else PASSWORD)

    # Then the answer is always the same
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [WRONG]
    assert not is_signed_in(client)


def test_whoever_is_deactivated_is_out_at_once(client):
    ana = make_colleague("Ana", team=make_team())
    client.force_login(ana)
    assert is_signed_in(client)

    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_ten_wrong_passwords_slow_down_but_another_person_still_gets_in(client):
    make_colleague("Ana", password=PASSWORD)
    make_colleague("Bob", password=PASSWORD)

    answers = [sign_in(client, "ana@example.com", "wrong wrong wrong") for _ in range(6)]

    assert "too many attempts" in str(answers[-1].context["form"].non_field_errors())
    assert sign_in(client, "bob@example.com").status_code == 302


def test_thirty_minutes_without_use_end_the_session(client):
    # Given that Ana signed in at nine and works
    ana = make_colleague("Ana", team=make_team())
    with time_machine.travel(NINE, tick=False) as clock:
        client.force_login(ana)
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert is_signed_in(client)

        # When she is away for half an hour, while her page still asks by itself
        clock.shift(timedelta(minutes=15))
        client.get("/settings/", headers={"X-Baton-Poll": "1"})
        clock.shift(timedelta(minutes=15))
        response = client.get("/settings/")

        # Then she is sent to sign in, and is told why
        assert response["Location"] == "/sign-in/?next=/settings/"
        assert "after 30 minutes without use" in client.get(response["Location"]).content.decode()


def test_twelve_hours_end_the_session_even_in_use(client):
    ana = make_colleague("Ana", team=make_team())
    with time_machine.travel(NINE, tick=False) as clock:
        client.force_login(ana)
        assert is_signed_in(client)
        for _ in range(48):
            clock.shift(timedelta(minutes=15))
            alive = is_signed_in(client)

        assert not alive


def test_a_page_view_writes_at_most_once_a_minute(client, django_assert_num_queries):
    ana = make_colleague("Ana", team=make_team())
    with time_machine.travel(NINE, tick=False) as clock:
        client.force_login(ana)
        client.get("/settings/sessions/")
        clock.shift(timedelta(seconds=59))
        before = Line.objects.count(), client.session["seen"]
        client.get("/settings/")
        assert client.session["seen"] == before[1]
        clock.shift(timedelta(seconds=1))
        client.get("/settings/")
        assert client.session["seen"] == before[1] + 60


def test_signing_out_clears_what_the_browser_keeps(client):
    make_colleague("Ana", password=PASSWORD)
    sign_in(client, "ana@example.com")

    response = client.post("/sign-out/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Location"] == "/signed-out/"
    assert client.get("/signed-out/").status_code == 200
    assert not UserSession.objects.exists()
    assert not is_signed_in(client)
    assert Line.objects.filter(kind="person.signed_out").count() == 1


def test_signing_out_does_not_lead_to_another_host(client):
    client.force_login(make_colleague("Ana"))
    assert client.post("/sign-out/", {"next": "https://evil.example/"})["Location"] == "/signed-out/"


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_host(client, place):
    make_colleague("Ana", password=PASSWORD)
    response = client.post(f"/sign-in/?next={place}", {"login": "ana@example.com", "password": PASSWORD, "next": place})
    assert response["Location"] == "/"


def test_a_fragment_sends_the_whole_page_to_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/settings/team/"}
    response = client.get("/settings/team/", headers=headers)
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/sign-in/?next=%2Fsettings%2Fteam%2F"


def test_there_is_no_sign_up(client):
    assert client.get("/signup/").status_code == 404
    assert client.get("/sign-up/").status_code == 404


# --- Passwords -----------------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_reset_by_a_link_that_works_once(client):
    # Given that Ana is signed in on the desk's PC and has forgotten her password
    ana = make_colleague("Ana", team=make_team(), password=PASSWORD)
    desk = Client()
    desk.force_login(ana)

    # When she asks for a link and follows it
    assert client.post("/password/reset/", {"email": "ANA@example.com"})["Location"] == "/password/reset/done/"
    [message] = mail.outbox
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    assert link.startswith("http://127.0.0.1:8000/") and message.to == ["ana@example.com"]
    form = client.get(link, follow=True)
    new = {"password1": "four winter words here", "password2": "four winter words here"}
    response = client.post(form.redirect_chain[-1][0], new)

    # Then she is in with the new one, the desk's PC is signed out, and the link is worth nothing
    assert response.status_code == 302 and is_signed_in(client)
    assert not is_signed_in(desk)
    assert Client().get(link, follow=True).context["token_fail"]


def test_asking_for_a_link_never_tells_whether_there_is_such_a_person(client):
    make_colleague("Ana", password=PASSWORD)
    one = client.post("/password/reset/", {"email": "ana@example.com"})
    other = client.post("/password/reset/", {"email": "nobody@example.com"})
    assert (one.status_code, one["Location"]) == (other.status_code, other["Location"])
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_is_nobodys_error(client, settings):
    make_colleague("Ana", password=PASSWORD)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
    assert client.post("/password/reset/", {"email": "ana@example.com"})["Location"] == "/password/reset/done/"


@pytest.mark.parametrize("field", ["is_active", "kind"])
def test_no_link_is_sent_to_whoever_may_not_sign_in(client, field):
    ana = make_colleague("Ana", password=PASSWORD)
    User.objects.filter(pk=ana.pk).update(**{field: False if field == "is_active" else Kind.IMPORTED})
    client.post("/password/reset/", {"email": "ana@example.com"})
    assert mail.outbox == []


@pytest.mark.parametrize("password", ["short", "password1234", "ana@example.com", "123456789123"])
def test_a_weak_new_password_is_refused(client, password):
    client.force_login(make_colleague("Ana", password=PASSWORD))
    body = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/password/change/", body).status_code == 422


def test_changing_the_password_signs_out_everywhere_else(client):
    ana = make_colleague("Ana", team=make_team(), password=PASSWORD)
    other = Client()
    other.force_login(ana)
    sign_in(client, "ana@example.com")
    new = "four winter words here"

    client.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_signed_in(client) and not is_signed_in(other)


def test_other_sessions_can_be_ended_in_one_press(client):
    make_colleague("Ana", team=make_team(), password=PASSWORD)
    other = Client()
    for each in (client, other):
        sign_in(each, "ana@example.com")
    assert UserSession.objects.count() == 2

    client.post("/settings/sessions/")

    assert is_signed_in(client) and not is_signed_in(other)


def test_a_lead_makes_a_link_for_a_colleague_whom_no_e_mail_reaches(client):
    team = make_team()
    ana = make_colleague("Ana", team=team)
    client.force_login(make_lead(team=team))

    shown = client.post(reverse("accounts:reset-link", args=[place_of(ana, team).pk]))
    link = shown.context["secret"].removeprefix("http://127.0.0.1:8000")

    newcomer = Client()
    form = newcomer.get(link, follow=True)
    newcomer.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert is_signed_in(newcomer)


def test_a_link_leads_no_further_than_its_makers_own_rights(client):
    # Given a lead, a colleague who is also in another team, and an administrator in the lead's team
    team, other = make_team(), make_team("Quay House")
    ana = make_colleague("Ana", team=team)
    operations.add_colleague(team_id=other.pk, email=ana.email, display_name="Ana", by=None, at=NINE)
    boss = make_administrator()
    operations.add_colleague(team_id=team.pk, email=boss.email, display_name="Adele", by=None, at=NINE)
    client.force_login(make_lead(team=team))

    # Then the lead can make a link for neither
    for person in (ana, boss):
        assert client.post(reverse("accounts:reset-link", args=[place_of(person, team).pk])).status_code == 403


# --- The demo ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(settings):
    settings.BATON_DEMO, settings.BATON_BIND, settings.BATON_URL = True, "127.0.0.1", "http://127.0.0.1:8000"
    person = operations.add_person(email="amara@example.org", display_name="Amara Osei", password=DEMO_PASSWORD, by=None, at=NINE)
    make_team("Harbour View, front desk")
    return person


def test_the_demo_sign_ins_are_shown_and_work_on_this_machine(client, demo):
    page = client.get("/sign-in/").content.decode()
    assert "amara@example.org" in page and "baton-demo" in page
    assert client.get("/sign-in/?try=1").context["form"]["login"].value() == "amara@example.org"
    assert sign_in(client, "amara@example.org", DEMO_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("name", "value"),
    [("BATON_DEMO", False), ("BATON_BIND", "192.168.1.5"), ("BATON_URL", "https://baton.example.org"), ("BATON_URL", "http://10.0.0.5:8000")],
)
def test_the_demo_sign_ins_are_closed_wherever_somebody_else_could_come(client, demo, settings, name, value):
    setattr(settings, name, value)
    assert "baton-demo" not in client.get("/sign-in/").content.decode()
    assert sign_in(client, "amara@example.org", DEMO_PASSWORD).status_code == 422


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP"])
def test_the_demo_sign_ins_are_closed_behind_a_proxy(client, demo, header):
    assert "baton-demo" not in client.get("/sign-in/", headers={header: "203.0.113.9"}).content.decode()
    assert sign_in(client, "amara@example.org", DEMO_PASSWORD, headers={header: "127.0.0.1"}).status_code == 422


def test_an_integration_has_no_way_to_sign_in(client):
    user = make_integration(make_team()).user
    assert user.email is None and not user.has_usable_password()
    client.force_login(user)
    assert not is_signed_in(client)
