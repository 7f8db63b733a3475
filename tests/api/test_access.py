"""S1 for the API: every operation of the document × those who must not, with real ids of a foreign team. Nothing is found, nothing changes.

What one may do in one's own team is told by the other tests; here a new operation is asked about by itself.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from config.api_docs import document
from handover import moves
from handover.notes import operations as notes
from handover.notifications.models import Notification
from handover.policies import operations as policies
from handover.shifts import swap_operations
from handover.shifts.models import ShiftPattern
from reviews.improvements import operations as improvements
from reviews.observing.models import Draw, Observation
from reviews.reviewing import opening_operations
from reviews.suggestions import operations as suggestions
from tests.api.clients import ApiClient, signed_in, with_token
from tests.stories import make_accepted, make_agreement, make_colleague, make_shift

MANY = {
    "actions", "handovers", "items", "checks", "follow-ups", "notifications", "teams", "services", "agreements", "shifts", "absences", "swaps",
    "shift-notes", "shift-reports", "shift-patterns", "policies", "procedures", "suggestions", "memberships", "observations", "improvements",
    "reviews",
}  # fmt: skip
ALONE = {"me", "brief", "evidence", "on-duty", "sharing", "starter-sets", "rota"}  # about oneself, of one's own team, or the product's
TABLES = ["handover_action", "handover_item", "handover_handover", "handover_check", "handover_followup", "handover_note", "handover_contact", "audit_event"]


def operations() -> list[tuple[str, str]]:
    return [(method, path) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture
def theirs(desk) -> SimpleNamespace:
    """The front desk's things, one of each kind: foreign to everybody below."""
    now = timezone.now()
    version = make_agreement(desk.team)
    shift = make_shift(desk.team, "Late", now, now + timezone.timedelta(hours=8), desk.ana, desk.ben)
    item = make_accepted(desk.ana, desk.ben, at=now)
    check = item.checks.get()
    moves.answer(check_id=check.pk, by=desk.ben, at=now, outcome="unable", words="The line is dead.")
    ids = {
        "actions": item.action.ref, "items": item.ref, "handovers": item.handover.ref, "checks": check.ref, "follow-ups": item.followups.get().ref,
        "notifications": Notification.objects.filter(recipient=desk.ana).latest("pk").pk, "teams": desk.team.pk,
        "services": version.agreement.point.service_id, "agreements": version.agreement.ref, "shifts": shift.ref,
        "shift-reports": shift.ref, "memberships": desk.ana.memberships.get().pk, **others(desk, shift, version.agreement.point.service, now),
    }  # fmt: skip
    assert set(ids) == MANY
    return SimpleNamespace(desk=desk, ids=ids)


def others(desk, shift, service, now) -> dict[str, object]:
    """What a team agrees, plans and says around its handovers."""
    ada, hour = make_colleague("Ada", is_administrator=True), timezone.timedelta(hours=1)
    about = policies.About(kind="law", title="Least data", kept_by="Ada", services=[service.pk], hints={})
    policy = policies.add(by=ada, at=now, about=about, wording=policies.Wording("A name and a room.", now.date()))
    policies.publish(policy=policy, by=ada, at=now)
    later = make_shift(desk.team, "Later", now + 30 * hour, now + 38 * hour, desk.ana)
    return {
        "absences": moves.tell_absence(team=desk.team, colleague=desk.ben, by=desk.ben, at=now, starts_at=now + 200 * hour).ref,
        "swaps": swap_operations.offer_swap(shift=later, to=desk.ben, by=desk.ana, at=now).ref,
        "shift-notes": notes.leave(team=desk.team, by=desk.ana, at=now, text="Lift 2 is off").ref,
        "shift-patterns": ShiftPattern.objects.create(team=desk.team, name="L", starts="15:00", ends="23:00", weekdays=[1], first_day=now.date()).pk,
        "suggestions": suggestions.suggest(team=desk.team, by=desk.ana, at=now, words="A second phone").ref,
        "policies": policy.ref, "procedures": desk.team.pk, "observations": observed(desk, now),
        "improvements": improved(desk, now), "reviews": reviewed(desk, now),
    }  # fmt: skip


def improved(desk, now) -> str:
    words = {"change": "Ask twice", "due_on": now.date(), "figure": "missing", "target": 0.1}
    change = improvements.Change(owner_id=desk.ana.pk, concerned=[desk.ben.pk, desk.lea.pk], **words)
    return improvements.propose(team=desk.team, by=desk.ana, at=now, change=change).ref


def reviewed(desk, now) -> str:
    today = desk.team.local(now).date()
    about = opening_operations.About(today - timedelta(days=28), today)
    return opening_operations.start(team=desk.team, by=desk.lea, at=now, about=about).ref


def observed(desk, now) -> str:
    """A handover of Ana's, picked to be observed."""
    month = now.date().replace(day=1)
    draw = Draw.objects.create(team=desk.team, since=month, until=month.replace(day=16), drawn_at=now)
    item = make_accepted(desk.ana, desk.ben, at=now)
    return Observation.objects.create(team=desk.team, draw=draw, item=item, colleague=desk.ana, month=month, number=1, drawn_at=now).ref


@pytest.fixture
def strangers(theirs, shop) -> dict[str, tuple[ApiClient, int]]:
    """Who asks, and what the answer is for a thing that they may not see."""
    gone = make_colleague("Gone", theirs.desk.team)
    left = make_colleague("Left", theirs.desk.team)
    clients = {
        "anonymous": (ApiClient(), 401),
        "a deactivated colleague": (signed_in(gone), 401),
        "somebody who left the team": (signed_in(left), 404),
        "a member of another team": (shop.as_sam, 404),
        "a lead of another team": (signed_in(make_colleague("Lou", shop.team, lead=True)), 404),
        "a colleague of two other teams": (signed_in(make_colleague("Two", shop.team, type(shop.team).objects.create(name="Third"))), 404),
        "another team's integration": (with_token(shop.till), 404),
        "an integration without a scope": (with_token(shop.till, ["offer"]), 403),
    }
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    left.memberships.update(ended_at=timezone.now())
    return clients


def rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT coalesce(sum(hashtext(t::text)), 0) FROM {table} t)" for table in TABLES))
        return list(cursor.fetchone())


def test_no_operation_lets_a_stranger_see_or_change_anything(theirs, strangers):
    before, wrong = rows(), []
    for method, path in operations():
        of = path.split("/")[3]
        assert of in MANY | ALONE, f"{path} is not known here: say whose it is"
        if "{" not in path or of in ALONE:
            continue
        address = re.sub("{[a-z]+}", str(theirs.ids[of]), path)
        for who, (client, expected) in strangers.items():
            body = None if method == "get" else {}
            response = client.send(address, body, method=method, **({"If_Match": "*"} if method == "patch" else {}))
            offers = of in ("items", "checks") and path.endswith(("/withdraw/", "/ask/")) and who == "an integration without a scope"
            if response.status_code != (404 if offers else expected):
                wrong.append(f"{method} {address} by {who}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert rows() == before


def test_no_list_shows_a_stranger_anything(theirs, strangers):
    for method, path in operations():
        of = path.split("/")[3]
        if method != "get" or "{" in path or of in ALONE | {"teams"}:
            continue
        for who, (client, expected) in strangers.items():
            response = client.send(path, method="get")
            assert response.status_code == (200 if expected == 404 else expected), (path, who)
            if response.status_code == 200:
                shown = [one["id"] if of == "memberships" else one for one in response.json()["results"]]
                assert (theirs.ids[of] not in shown) if of == "memberships" else shown == [], (path, who)


def test_an_administrator_sees_every_team(theirs):
    boss = signed_in(make_colleague("Boss", is_administrator=True))
    for of, found in theirs.ids.items():
        assert boss.read(f"/{of}/{found}/").status_code == (404 if of == "notifications" else 200), of
