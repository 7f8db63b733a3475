"""How a colleague joins."""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import operations
from accounts.models import Invitation, Membership, User
from accounts.tests.making import NINE, PASSWORD, make_administrator, make_colleague, make_lead, make_team
from audit.models import Event as Line
from common.errors import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"


def invite(team, lead, email="new@example.com", name="Nia New", **fields):
    """The path of the invitation's page."""
    return operations.invite(team_id=team.pk, email=email, display_name=name, by=lead, at=NINE, **fields)[1]


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


def test_a_lead_invites_by_e_mail_and_the_colleague_is_in_with_one_form(client):
    # Given a lead who invites a night porter
    team = make_team()
    lead = make_lead(team=team)
    role = operations.add_job_role(team_id=team.pk, name="porter", by=lead, at=NINE)
    client.force_login(lead)
    body = {"invite-display_name": "Nia New", "invite-email": "Nia@Example.com", "invite-level": "member", "invite-job_roles": [role.pk]}
    assert client.post(reverse("accounts:invite"), {**body, "invite-way": "email"}).status_code == 302

    # When Nia follows the link in her e-mail
    [message] = mail.outbox
    link = next(word for word in message.body.split() if word.startswith(HOST)).removeprefix(HOST)
    newcomer = Client()
    assert "Lena" in newcomer.get(link).content.decode()
    response = newcomer.post(link, {"display_name": "Nia New", "password": PASSWORD})

    # Then she is signed in, in the team, with her job role, and the link is used up
    assert response.status_code == 302
    assert newcomer.get("/settings/team/").context["team"] == team
    place = Membership.objects.get(user__email="nia@example.com")
    assert (place.level, place.roles_line()) == ("member", "porter")
    assert Client().get(link).status_code == 404


def test_a_link_can_be_shown_instead_and_is_shown_once(client):
    team = make_team()
    client.force_login(make_lead(team=team))
    body = {"invite-display_name": "Nia", "invite-email": "nia@example.com", "invite-level": "member", "invite-way": "link"}

    shown = client.post(reverse("accounts:invite"), body)

    link = shown.context["secret"].removeprefix(HOST)
    assert mail.outbox == [] and shown["Cache-Control"] == "no-store"
    assert Client().get(link).status_code == 200
    assert link not in client.get("/settings/team/").content.decode()


def test_where_the_mail_server_is_away_the_link_is_shown(client, settings):
    team = make_team()
    client.force_login(make_lead(team=team))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
    body = {"invite-display_name": "Nia", "invite-email": "nia@example.com", "invite-level": "member", "invite-way": "email"}

    shown = client.post(reverse("accounts:invite"), body)

    assert "could not be sent" in shown.content.decode()
    assert Client().get(shown.context["secret"].removeprefix(HOST)).status_code == 200


def test_only_the_digest_of_an_invitation_is_kept():
    team = make_team()
    path = invite(team, make_lead(team=team))
    key = path.strip("/").split("/")[-1]
    assert len(key) >= 43
    assert key not in str(list(Invitation.objects.values())) and key not in str(list(Line.objects.values("data")))


@pytest.mark.parametrize("how", ["withdrawn", "over", "invited again", "made up"])
def test_a_link_that_does_not_work_says_so_and_no_more(client, at_nine, how):
    team = make_team()
    lead = make_lead(team=team)
    path = invite(team, lead)
    if how == "withdrawn":
        client.force_login(lead)
        client.post(reverse("accounts:withdraw-invitation", args=[Invitation.objects.get().pk]))
    elif how == "over":
        at_nine.shift(timedelta(days=14))
    elif how == "invited again":
        invite(team, lead)
    else:
        path = "/invitations/made-up/"

    for answer in (Client().get(path), Client().post(path, {"display_name": "X", "password": PASSWORD})):
        assert answer.status_code == 404
        assert "This invitation does not work" in answer.content.decode()
    assert not User.objects.filter(email="new@example.com").exists()


def test_whoever_has_an_account_signs_in_first_and_then_joins(client):
    # Given Ana of another team, invited with her address
    team = make_team()
    ana = make_colleague("Ana", team=make_team("Quay House"), password=PASSWORD)
    path = invite(team, make_lead(team=team), email="ANA@example.com")

    # Then the page asks her to sign in, and nobody else can take her place
    assert f"/sign-in/?next={path}" in client.get(path).content.decode()
    assert client.post(path, {"display_name": "Not Ana", "password": PASSWORD}).status_code == 422
    boris = Client()
    boris.force_login(make_colleague("Boris"))
    assert boris.post(path).status_code == 422

    # When she has signed in, one press is enough
    response = client.post("/sign-in/", {"login": "ana@example.com", "password": PASSWORD, "next": path})
    assert response["Location"] == path
    assert client.post(path).status_code == 302
    assert Membership.objects.current().filter(user=ana, team=team).exists()
    assert client.get("/settings/team/").context["team"] == team


def test_a_weak_password_is_refused_and_what_was_typed_stays(client):
    team = make_team()
    path = invite(team, make_lead(team=team))
    answer = client.post(path, {"display_name": "Nia Newton", "password": "nia newton"})
    assert answer.status_code == 422 and "Nia Newton" in answer.content.decode()


def test_a_colleague_who_is_in_the_team_is_not_invited(client):
    team = make_team()
    lead = make_lead(team=team)
    make_colleague("Ana", team=team)
    client.force_login(lead)
    body = {"invite-display_name": "Ana", "invite-email": "ana@example.com", "invite-level": "member", "invite-way": "link"}
    answer = client.post(reverse("accounts:invite"), body)
    assert answer.status_code == 422 and "in the team already" in answer.content.decode()


def test_a_member_invites_nobody():
    team = make_team()
    with pytest.raises(NotAllowed):
        invite(team, make_colleague("Ana", team=team))


def test_a_lead_of_another_team_invites_nobody_but_an_administrator_may():
    team = make_team()
    with pytest.raises(NotAllowed):
        invite(team, make_lead(team=make_team("Quay House")))
    assert invite(team, make_administrator())


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_same_link_at_once_become_one_colleague():
    # Given one invitation and eight presses at the same moment
    team = make_team()
    key = invite(team, make_lead(team=team)).strip("/").split("/")[-1]
    outcomes: list[str] = []

    def join():
        try:
            operations.accept_invitation(key=key, by=None, display_name="Nia", password=PASSWORD, at=NINE)
            outcomes.append("in")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    # When all run
    threads = [Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Then one is in
    assert sorted(outcomes) == ["in", *["refused"] * 7]
    assert Membership.objects.filter(user__email="new@example.com").count() == 1
