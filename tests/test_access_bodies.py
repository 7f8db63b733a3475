"""Ids inside bodies: a thing of another team is no more to be had by naming it in a form or in JSON than by its address."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import JobRole
from handover import moves
from handover.catalog.models import HandoverPoint, Step
from handover.shifts.models import ShiftPattern
from tests.access_world import changed
from tests.api.clients import make_integration, signed_in, with_token
from tests.stories import hours, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    """The Desk, whose lead Lea asks."""
    cache.clear()
    now = timezone.now()
    team = make_team("Desk")
    lea, ben = make_colleague("Lea", team, lead=True), make_colleague("Ben", team, role="host")
    version = make_agreement(team)
    point = HandoverPoint.objects.create(service=version.agreement.point.service, letter="B", name="Other", after_step=Step.objects.first())
    pattern = ShiftPattern.objects.create(team=team, name="Late", starts="15:00", ends="23:00", weekdays=[1], first_day=now.date())
    return SimpleNamespace(
        team=team, lea=lea, action=make_action(lea, at=now, promised_by=now + hours(7)), service=version.agreement.point.service,
        agreement=version.agreement, point=point, pattern=pattern, shift=make_shift(team, "Late", now, now + hours(8), lea), now=now, ben=ben,
    )  # fmt: skip


@pytest.fixture
def theirs(ours):
    """The Shop, of which Lea sees nothing."""
    team = make_team("Shop")
    nia, max_ = make_colleague("Nia", team, role="seller"), make_colleague("Max", team, lead=True)
    version = make_agreement(team, service="Returns", must=("Which till?",))
    action = make_action(nia, at=ours.now, promised_by=ours.now + hours(7))
    return SimpleNamespace(
        team=team, nia=nia, action=action, service=version.agreement.point.service, question=version.required.get(), role=JobRole.objects.get(name="seller"),
        item=make_offer(nia, max_, action=make_action(nia, at=ours.now, promised_by=ours.now + hours(7)), at=ours.now),
        shift=make_shift(team, "Shop", ours.now, ours.now + hours(8), nia),
    )  # fmt: skip


@pytest.fixture
def our_own(ours):
    """The same kinds of things in the Desk: with them each of these works, so that it is the team that is refused above."""
    version = make_agreement(ours.team, service="Returns", must=("Which till?",))
    action = make_action(ours.lea, at=ours.now, promised_by=ours.now + hours(7))
    night = make_shift(ours.team, "Night", ours.now + hours(8), ours.now + hours(16), ours.ben)
    return SimpleNamespace(
        team=ours.team, nia=ours.ben, action=action, service=version.agreement.point.service, question=version.required.get(),
        role=JobRole.objects.get(name="host"), item=make_offer(ours.lea, ours.ben, action=ours.action, at=ours.now, when="end_of_shift"), shift=night,
    )  # fmt: skip


def refused(response, before: int) -> None:
    assert response.status_code in (400, 403, 404, 422), response.status_code
    assert changed() == before, "it was refused and changed something"
    assert "Nia" not in response.content.decode()


def words(**more):
    return {"title": "Call back", "urgency": "routine", **more}


def brief(ref, **more):
    return {"action": ref, "situation": "Cold.", "next_step": "Call.", "missing_reason": "In a hurry", **more}


API = {
    "team of a new action": lambda o, t: ("/actions/", words(team=t.team.pk)),
    "responsible of a new action": lambda o, t: ("/actions/", words(team=o.team.pk, responsible=t.nia.pk)),
    "service of a new action": lambda o, t: ("/actions/", words(team=o.team.pk, service=t.service.pk)),
    "service of a changed one": lambda o, t: (f"/actions/{o.action.ref}/", {"service": t.service.pk}),
    "to whom it is reassigned": lambda o, t: (f"/actions/{o.action.ref}/reassign/", {"to": t.nia.pk, "reason": "She can"}),
    "brief that a note is added to": lambda o, t: (f"/actions/{o.action.ref}/notes/", {"text": "Hello", "item": t.item.ref}),
    "action that is offered": lambda o, t: ("/handovers/", {"entries": [brief(t.action.ref)], "to": o.ben.pk}),
    "question that is answered": lambda o, t: (
        "/handovers/", {"entries": [brief(o.action.ref, answers=[{"required": t.question.pk, "text": "Two"}])], "to": o.ben.pk}),
    "colleague whom it is offered to": lambda o, t: ("/handovers/", {"entries": [brief(o.action.ref)], "to": t.nia.pk}),
    "shift that it is offered to": lambda o, t: ("/handovers/", {"entries": [brief(o.action.ref)], "to_shift": t.shift.ref}),
    "team of a new shift note": lambda o, t: ("/shift-notes/", {"team": t.team.pk, "text": "Lift 2 is off"}),
    "crew of a shift": lambda o, t: (f"/shifts/{o.shift.ref}/crew/", {"colleagues": [t.nia.pk]}),
    "team of a rota": lambda o, t: ("/rota/", {"team": t.team.pk, "file": "date,shift,starts,ends"}),
}  # fmt: skip


def send(client, path, body):
    if "/HV-" in path and path.count("/") == 3:
        return client.send(f"/api/v1{path}", body, method="patch", If_Match="*")
    return client.send(f"/api/v1{path}", body)


@pytest.mark.parametrize("what", API)
def test_the_api_does_not_know_another_teams(ours, theirs, what):
    for client in (signed_in(ours.lea), with_token(make_integration(ours.team))):
        before = changed()
        refused(send(client, *API[what](ours, theirs)), before)


@pytest.mark.parametrize("what", API)
def test_the_api_takes_ones_own(ours, our_own, what):
    if "offered" in what or "question" in what:
        moves.withdraw(item_id=our_own.item.pk, by=ours.lea, at=ours.now)
    response = send(signed_in(ours.lea), *API[what](ours, our_own))
    assert response.status_code in (200, 201), response.content


def form(ref, receiver):
    return {"actions": ref, "receiver": receiver, f"{ref}-situation": "Cold.", f"{ref}-next_step": "Call.", "missing_reason": "In a hurry"}


TERMS = {"channel": "x", "check_rule": "promise", "reason": "Tried out"}
IMPROVED = {"change": "Ask twice", "figure": "missing", "target": "10", "due_on": f"{timezone.localdate() + timedelta(days=9)}"}
REVIEWED = {"since": "2026-10-01", "until": "2026-10-28", "days_open": "7"}
REGULARLY = {"weeks": "4", "days_open": "7", "next_on": f"{timezone.localdate() + timedelta(days=9)}"}
PATTERN = {"name": "Late", "starts": "15:00", "ends": "23:00", "weekdays": ["1"]}
PAGES = {
    "service of a new action": lambda o, t: ("/actions/new/", words(holder="me", service=t.service.pk)),
    "service of a changed one": lambda o, t: (f"/actions/{o.action.ref}/edit/", words(version=1, service=t.service.pk)),
    "to whom it is reassigned": lambda o, t: (f"/actions/{o.action.ref}/reassign/", {"to": t.nia.pk, "reason": "She can"}),
    "action that is offered": lambda o, t: ("/handovers/new/", form(t.action.ref, f"user-{o.ben.pk}")),
    "colleague whom it is offered to": lambda o, t: ("/handovers/new/", form(o.action.ref, f"user-{t.nia.pk}")),
    "shift that it is offered to": lambda o, t: ("/handovers/new/", form(o.action.ref, f"shift-{t.shift.pk}")),
    "crew of a new pattern": lambda o, t: ("/rota/patterns/new/", {**PATTERN, "crew": t.nia.pk}),
    "crew of a pattern": lambda o, t: (f"/rota/patterns/{o.pattern.pk}/", {**PATTERN, "crew": t.nia.pk}),
    "crew of a shift": lambda o, t: (f"/rota/shifts/{o.shift.ref}/", {"colleagues": t.nia.pk}),
    "crew of a week of a rotation": lambda o, t: ("/rota/patterns/new/", {**PATTERN, "cycle": 2, "days_1": 1, "crew_1": t.nia.pk}),
    "colleague of the week": lambda o, t: ("/rota/week/", {"was": "", "on": f"{o.shift.pk}-{t.nia.pk}"}),
    "shift of the week": lambda o, t: ("/rota/week/", {"was": "", "on": f"{t.shift.pk}-{o.ben.pk}"}),
    "crew of a shift planned by hand": lambda o, t: (
        "/rota/shifts/new/", {"name": "Fair", "day": o.now.date() + timedelta(days=2), "starts": "09:00", "ends": "17:00", "crew": t.nia.pk}),
    "job role of an agreement": lambda o, t: (f"/agreements/{o.agreement.ref}/change/", {**TERMS, "receiving_roles": t.role.pk}),
    "who has to agree": lambda o, t: (f"/agreements/{o.agreement.ref}/change/", {**TERMS, "way": "ask", "named": t.nia.pk}),
    "job role of a new agreement": lambda o, t: (
        f"/agreements/new/{o.point.pk}/", {**TERMS, "applies": "both", "receiving_roles": t.role.pk}),
    "owner of an improvement": lambda o, t: ("/improvements/new/", {**IMPROVED, "owner": t.nia.pk}),
    "who has to agree to an improvement": lambda o, t: ("/improvements/new/", {**IMPROVED, "owner": o.lea.pk, "concerned": t.nia.pk}),
    "service that an improvement is measured on": lambda o, t: (
        "/improvements/new/", {**IMPROVED, "owner": o.lea.pk, "about": f"service-{t.service.pk}"}),
    "service of a review": lambda o, t: ("/reviews/start/", {**REVIEWED, "service": t.service.pk}),
    "agreement of a review": lambda o, t: ("/reviews/start/", {**REVIEWED, "agreement": t.question.version.agreement_id}),
    "handover point of a review": lambda o, t: ("/reviews/start/", {**REVIEWED, "point": t.question.version.agreement.point_id}),
    "service that is reviewed regularly": lambda o, t: ("/reviews/cycles/new/", {**REGULARLY, "service": t.service.pk}),
    "agreement that is reviewed regularly": lambda o, t: ("/reviews/cycles/new/", {**REGULARLY, "agreement": t.question.version.agreement_id}),
    "team that is switched to": lambda o, t: ("/teams/switch/", {"team": t.team.pk}),
}  # fmt: skip


@pytest.fixture
def pages(ours):
    client = Client()
    client.force_login(ours.lea)
    client.get("/")
    return client


@pytest.mark.parametrize("what", PAGES)
def test_pages_do_not_know_another_teams(ours, theirs, pages, what):
    path, body = PAGES[what](ours, theirs)
    before = changed()
    refused(pages.post(path, body), before)


@pytest.mark.parametrize("what", PAGES)
def test_pages_take_ones_own(ours, our_own, pages, what):
    if "offered" in what:
        moves.withdraw(item_id=our_own.item.pk, by=ours.lea, at=ours.now)
    path, body = PAGES[what](ours, our_own)
    response = pages.post(path, body)
    assert response.status_code in (200, 302, 303), re.findall("<li>.*?</li>", response.content.decode())
