"""Every page about people and teams in a real browser: desktop and phone, light and dark, nothing that axe complains about."""

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import operations
from accounts.models import Integration
from accounts.tests.making import PASSWORD, make_colleague, make_team, make_token, place_of
from tests.fixtures.pages import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    """An administrator who leads a team with a colleague, an invitation and an integration; the path of the invitation."""
    team = make_team()
    boss = make_colleague("Adele Byrne", is_administrator=True, password=PASSWORD)
    operations.add_colleague(team_id=team.pk, email=boss.email, display_name="", level="lead", by=None, at=timezone.now())
    operations.add_job_role(team_id=team.pk, name="porter", by=boss, at=timezone.now())
    make_colleague("Ana Lima", team=team, password=PASSWORD)
    make_token(team, at=timezone.now())
    _, path = operations.invite(team_id=team.pk, email="nia@example.com", display_name="Nia", by=boss, at=timezone.now())
    return team, boss, path


def sign_in(page, live_server, person):
    client = Client()
    client.force_login(person)
    key = client.cookies[configured.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])


def look_at(page, paths):
    """What is wrong with these pages, one line each."""
    wrong = []
    for path in paths:
        page.goto(path)
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            wrong += [f"{path} {colours}: {line}" for line in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{path} scrolls sideways")
    return wrong


@pytest.mark.parametrize("width", ["page", "phone"])
def test_the_pages_before_sign_in_are_sound(request, people, width):
    page = request.getfixturevalue(width)
    paths = ["/sign-in/", "/password/reset/", "/password/reset/done/", "/signed-out/", people[2], "/invitations/gone/"]
    assert look_at(page, paths) == []


@pytest.mark.parametrize("width", ["page", "phone"])
def test_the_pages_behind_sign_in_are_sound(request, live_server, people, width):
    team, boss, _ = people
    page = request.getfixturevalue(width)
    sign_in(page, live_server, boss)
    names = ["settings", "team", "teams", "administrators", "integrations", "devices", "set-up", "switch"]
    paths = [reverse(f"accounts:{name}") for name in names] + ["/settings/sessions/", "/password/change/", "/sign-out/"]
    paths += [reverse("accounts:member", args=[place_of(boss, team).pk]), reverse("accounts:change-team", args=[team.pk])]
    paths += [reverse("accounts:integration", args=[Integration.objects.get().pk])]
    paths += [reverse("accounts:rename-job-role", args=[team.job_roles.get().pk])]
    assert look_at(page, paths) == []


def test_a_colleague_signs_in_and_out_without_javascript(without_javascript, people):
    page = without_javascript
    page.goto("/settings/")
    page.fill("input[type=email]", "ana.lima@example.com")
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.get_by_role("heading", name="My settings")).to_be_visible()
    page.goto("/sign-out/")
    page.click("main button[type=submit]")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_colleagues_switch_on_a_shared_pc(page, live_server, people):
    # Given that the lead enrols the PC at the desk
    sign_in(page, live_server, people[1])
    page.goto("/settings/devices/")
    page.get_by_label("Name of this PC").fill("Front desk")
    page.get_by_role("button", name="Enrol this PC").click()
    page.get_by_text("This PC", exact=True).wait_for()

    # When Ana presses “Not you?”, her tile, and gives her password
    page.get_by_role("link", name="Not you?").click()
    page.get_by_role("link", name="Ana Lima").click()
    expect(page.locator("input[type=email]")).to_have_value("ana.lima@example.com")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    # Then the PC is hers
    page.goto("/settings/")
    expect(page.locator("#id_display_name")).to_have_value("Ana Lima")
