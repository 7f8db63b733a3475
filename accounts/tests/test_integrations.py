"""Machine clients: how they show who they are, and what their tokens let them do."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.viewsets import ViewSet

from accounts import operations
from accounts.authentication import HasScope, TokenAuthentication
from accounts.models import Integration, Team, Token, User
from accounts.tests.making import NINE, make_administrator, make_integration, make_lead, make_team, make_token
from audit.models import Event as Line
from common.errors import Invalid, NotAllowed, Refusal

pytestmark = pytest.mark.django_db


class Probe(ViewSet):
    """An operation of each kind, as the API has them."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [HasScope]
    throttle_classes = []
    required_scope = None

    def list(self, request):
        return Response({"user": request.user.pk, "team": request.team.pk, "teams": request.user.team_ids()})

    def create(self, request):
        return Response(status=201)

    @action(detail=False, methods=["post"], required_scope="offer")
    def offer(self, request):
        return Response(status=201)


def ask(text, method="get", to="list", **headers):
    shown = {"authorization": f"Bearer {text}"} if text is not None else {}
    request = getattr(APIRequestFactory(), method)("/api/v1/probe/", headers={**shown, **headers})
    more = {"required_scope": "offer"} if to == "offer" else {}
    return Probe.as_view({method: to}, **more)(request)


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NINE, tick=False) as clock:
        yield clock


def test_a_token_is_looked_up_with_one_query_and_sees_its_team_alone(django_assert_num_queries):
    # Given an integration of one of two teams, which has just shown its token
    team = make_team()
    make_team("Quay House")
    text = make_token(team)
    ask(text)

    # When it asks again, then one query is enough, its teams included
    with django_assert_num_queries(1):
        response = ask(text)
    integration = Integration.objects.get()
    assert response.data == {"user": integration.user_id, "team": team.pk, "teams": [team.pk]}
    assert list(Team.objects.visible_to(integration.user)) == [team]


def test_only_a_digest_of_a_token_is_kept():
    text = make_token(make_team())
    assert text.startswith("hdv_") and len(text) >= 47
    token = Token.objects.get()
    assert text not in str(Token.objects.values()) and text not in str(list(Line.objects.values("data")))
    assert token.hint == text[:8]


@pytest.mark.parametrize("text", ["", "hdv_", "hdv_wrong", "wrong", "hdv_a b", "hdv_\xff"])
def test_what_is_no_token_is_refused(text):
    response = ask(text)
    assert response.status_code == 401 and response["WWW-Authenticate"] == 'Bearer realm="Baton API"'


def test_without_a_token_there_is_nothing():
    assert ask(None).status_code == 401


def test_a_token_in_the_address_is_not_taken():
    text = make_token(make_team())
    request = RequestFactory().get(f"/api/v1/probe/?token={text}&access_token={text}")
    assert Probe.as_view({"get": "list"})(request).status_code == 401


def test_a_token_runs_out_at_its_instant(at_nine):
    text = make_token(make_team(), lasts=timedelta(days=30))
    at_nine.shift(timedelta(days=30) - timedelta(seconds=1))
    assert ask(text).status_code == 200
    at_nine.shift(timedelta(seconds=1))
    assert ask(text).status_code == 401


def test_a_revoked_token_is_refused_and_the_other_one_still_works():
    team, boss = make_team(), make_administrator()
    one = make_token(team)
    other = operations.issue_token(integration_id=Integration.objects.get().pk, scopes=["read"], expires_at=NINE + timedelta(days=1), by=boss, at=NINE)

    operations.revoke_token(token_id=Token.objects.order_by("pk")[0].pk, by=boss, at=NINE)

    assert (ask(one).status_code, ask(other).status_code) == (401, 200)


@pytest.mark.parametrize("what", ["ended", "deactivated"])
def test_an_integration_that_has_ended_is_refused(what):
    text = make_token(make_team())
    if what == "ended":
        operations.end_integration(integration_id=Integration.objects.get().pk, by=make_administrator(), at=NINE)
    else:
        User.objects.filter(kind="integration").update(is_active=False)
    assert ask(text).status_code == 401


@pytest.mark.parametrize(
    ("scopes", "answers"),
    [
        (["read"], [200, 403, 403]),
        (["write"], [403, 201, 403]),
        (["offer"], [403, 403, 201]),
        (["read", "write", "offer"], [200, 201, 201]),
    ],
)
def test_each_operation_needs_its_scope(scopes, answers):
    text = make_token(make_team(), scopes=scopes)
    assert [ask(text).status_code, ask(text, "post", "create").status_code, ask(text, "post", "offer").status_code] == answers


def test_the_refusal_names_the_scope_that_is_missing():
    text = make_token(make_team(), scopes=["read"])
    assert "“write”" in str(ask(text, "post", "create").data)


def test_the_last_use_is_written_at_most_once_a_minute(at_nine):
    text = make_token(make_team())
    ask(text)
    at_nine.shift(timedelta(seconds=59))
    ask(text)
    assert Token.objects.get().last_used_at == NINE
    at_nine.shift(timedelta(seconds=1))
    ask(text)
    assert Token.objects.get().last_used_at == NINE + timedelta(minutes=1)


@pytest.mark.parametrize("days", [0, -1, 367, 4000])
def test_a_token_lasts_a_year_at_most(days):
    integration = make_integration(make_team())
    with pytest.raises(Invalid):
        operations.issue_token(integration_id=integration.pk, scopes=["read"], expires_at=NINE + timedelta(days=days), by=None, at=NINE)


@pytest.mark.parametrize("scopes", [[], ["admin"]])
def test_a_token_needs_a_scope_that_exists(scopes):
    integration = make_integration(make_team())
    with pytest.raises(Invalid):
        operations.issue_token(integration_id=integration.pk, scopes=scopes, expires_at=NINE + timedelta(days=1), by=None, at=NINE)


def test_only_an_administrator_makes_integrations_and_tokens():
    team = make_team()
    lead, integration = make_lead(team=team), make_integration(team)
    with pytest.raises(NotAllowed):
        operations.make_integration(team_id=team.pk, name="Mine", by=lead, at=NINE)
    with pytest.raises(NotAllowed):
        operations.issue_token(integration_id=integration.pk, scopes=["read"], expires_at=NINE + timedelta(days=1), by=lead, at=NINE)


def test_an_administrator_makes_one_issues_a_token_and_revokes_it(client):
    # Given an administrator on the page of integrations
    team = make_team()
    client.force_login(make_administrator())
    made = client.post("/settings/integrations/", {"name": "Booking system", "team": team.pk})

    # When a token is issued, it is shown once
    shown = client.post(made["Location"], {"scopes": ["read", "write"], "days": "30"})
    text = shown.context["secret"]
    assert shown.status_code == 200 and text in shown.content.decode() and shown["Cache-Control"] == "no-store"
    assert ask(text).status_code == 200
    assert text not in client.get(made["Location"]).content.decode()

    # And when it is revoked, it is worth nothing
    client.post(reverse("accounts:revoke-token", args=[Token.objects.get().pk]))
    assert ask(text).status_code == 401
    client.post(reverse("accounts:end-integration", args=[Integration.objects.get().pk]))
    assert client.post(made["Location"], {"scopes": ["read"], "days": "30"}).status_code == 422
    with pytest.raises(Refusal):
        operations.issue_token(integration_id=Integration.objects.get().pk, scopes=["read"], expires_at=NINE + timedelta(days=1), by=None, at=NINE)


def test_the_demos_token_is_the_last_line_and_works(settings, capsys):
    settings.BATON_DEMO = True
    team = make_team()
    operations.add_colleague(team_id=team.pk, email="amara@example.org", display_name="Amara Osei", by=None, at=NINE)

    for _ in range(2):
        call_command("demo_token")
        text = capsys.readouterr().out.splitlines()[-1]
        assert ask(text, "post", "offer").status_code == 201

    assert Integration.objects.count() == 1


def test_without_the_demo_there_is_no_such_token():
    with pytest.raises(CommandError, match="demo is off"):
        call_command("demo_token")
