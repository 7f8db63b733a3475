"""The world of the access matrix: one thing of every kind in the Desk team, eleven who ask, and every route of the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts import operations as accounts
from accounts.models import EnrolledDevice, Invitation, JobRole, Token
from handover import moves
from handover.actions.views import VERBS as ACTION_VERBS
from handover.agreements import operations as agreements
from handover.agreements.operations import Terms
from handover.board.wall_operations import make_link as make_wall_link
from handover.catalog.models import HandoverPoint
from handover.handovers.page_forms import VERBS as ITEM_VERBS
from handover.notes import operations as notes
from handover.notifications.models import Notification
from handover.shifts.models import ShiftPattern
from tests.access_things import THINGS
from tests.api.clients import make_integration, with_token
from tests.stories import hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team

SECRET = "Mrs-Secret-of-the-Desk"
WHO = ["anonymous", "member", "lead", "other member", "other lead", "both", "administrator", "deactivated", "bot", "bot without scope", "other bot"]
NOT_THE_DOMAINS = ("django_session", "usersessions_usersession", "accounts_token", "common_idempotencykey")
CHANGED = f"""
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables WHERE relname NOT IN {NOT_THE_DOMAINS}
"""


@dataclass(frozen=True)
class Route:
    """One address and what may be sent to it. ``name`` is how the table of expected answers calls it."""

    method: str
    name: str

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def routes() -> Iterator[Route]:
    """Every route of the resolver. An API route says which methods it has; a page is asked both."""
    for path, pattern in _walk(get_resolver().url_patterns):
        known = getattr(pattern.callback, "actions", None) or ("get", "post")
        methods = [name.upper() for name in known if name != "head"]  # DRF adds HEAD beside GET once a view was asked
        for method in methods:
            for one in _with_verbs(path):
                yield Route(method, one)


def _walk(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield _readable(path), pattern
        else:
            yield from _walk(pattern.url_patterns, path)


def _readable(path: str) -> str:
    """``/api/v1/actions/<ref>/`` of ``api/v1/^actions/(?P<ref>[A-Z]{2}-[0-9]{1,18})/$``."""
    path = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", path)
    return "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", path.replace("^", "").replace("$", "").replace("\\Z", ""))


def _with_verbs(path: str) -> list[str]:
    verbs = {"/actions/<ref>/<verb>/": ACTION_VERBS, "/items/<ref>/<verb>/": ITEM_VERBS}.get(path)
    return [path.replace("<verb>", verb) for verb in verbs] if verbs else [path]


class World:
    def __init__(self) -> None:
        now = timezone.now()
        self.desk, self.shop = make_team("Desk"), make_team("Shop")
        ana, ben = make_colleague("Ana", self.desk), make_colleague("Ben", self.desk)
        self.people = {
            "member": make_colleague("Mo", self.desk),
            "lead": make_colleague("Lea", self.desk, lead=True),
            "other member": make_colleague("Nia", self.shop),
            "other lead": make_colleague("Max", self.shop, lead=True),
            "both": make_colleague("Uwe", self.desk, self.shop),
            "administrator": make_colleague("Adm", is_administrator=True),
            "deactivated": make_colleague("Gone", self.desk),
        }
        self.clients = {name: Client() for name in ("anonymous", *self.people)}
        for name, person in self.people.items():
            self.clients[name].force_login(person)
        type(ana).objects.filter(display_name="Gone").update(is_active=False)
        robot = make_integration(self.desk, "Booking system")
        self.clients["bot without scope"] = with_token(robot)
        Token.objects.update(scopes=[])
        self.clients |= {"bot": with_token(robot), "other bot": with_token(make_integration(self.shop, "Till"))}
        self.ids = self._ids(ana, ben, now, robot)
        for thing in THINGS:
            self.ids |= thing(self, now, SECRET)

    def _ids(self, ana: Any, ben: Any, now: Any, robot: Any) -> dict[str, Any]:
        version = make_agreement(self.desk)
        service = version.agreement.point.service
        lead = self.people["lead"]
        shift = make_shift(self.desk, f"{SECRET} shift", now, now + hours(8), ana, ben)
        words = {"customer_name": SECRET, "promised_by": now + hours(7)}
        offered = make_offer(ana, ben, action=make_action(ana, at=now, **words), at=now, when="in_shift")
        unable = make_accepted(ana, ben, action=make_action(ana, at=now, **words), at=now)
        check = unable.checks.get()
        moves.answer(check_id=check.pk, by=ben, outcome="unable", words=SECRET, at=now)
        pattern = ShiftPattern.objects.create(team=self.desk, name=SECRET, starts="15:00", ends="23:00", weekdays=[1], first_day=now.date())
        accounts.invite(team_id=self.desk.pk, email="new@example.org", display_name=SECRET, level="member", job_role_ids=[], by=lead, at=now)
        accounts.enrol_device(team_id=self.desk.pk, name=SECRET, by=lead, at=now)
        notice = Notification.objects.create(
            recipient=self.people["member"], kind="offered", subject_type="item", subject_id=offered.pk, title=SECRET, path="/", at=now
        )
        note = notes.leave(team=self.desk, by=ana, at=now, text=SECRET)
        proposed = agreements.propose(agreement=version.agreement, by=lead, at=now, terms=Terms(trigger=SECRET), named=[self.people["member"].pk], why=SECRET)
        other_point = HandoverPoint.objects.create(service=service, letter="B", name=SECRET)
        return {
            "actions": {"ref": offered.action.ref}, "items": {"ref": offered.ref}, "receive": {"ref": offered.ref}, "handovers": {"ref": offered.handover.ref},
            "checks": {"ref": check.ref}, "follow-ups": {"ref": unable.followups.get().ref}, "notifications": {"pk": notice.pk}, "teams": {"pk": self.desk.pk},
            "services": {"pk": service.pk}, "starter-sets": {"key": "shop"},
            "agreements": {"ref": proposed.agreement.ref, "point": other_point.pk, "number": proposed.number},
            "notes": {"ref": note.ref}, "shift-notes": {"ref": note.ref}, "shift-reports": {"ref": shift.ref},
            "shifts": {"ref": shift.ref, "pk": ana.pk}, "rota/shifts": {"ref": shift.ref}, "rota/patterns": {"pk": pattern.pk},
            "settings/team/members": {"pk": ana.memberships.get().pk}, "settings/team/invitations": {"pk": Invitation.objects.get().pk},
            "settings/team/job-roles": {"pk": JobRole.objects.create(team=self.desk, name=SECRET).pk}, "settings/teams": {"pk": self.desk.pk},
            "leaving": {"pk": ana.memberships.get().pk}, "leaving/people": {"pk": ana.pk},
            "settings/administrators": {"pk": self.people["administrator"].pk}, "settings/integrations": {"pk": robot.pk},
            "settings/tokens": {"pk": Token.objects.filter(integration=robot).first().pk}, "settings/devices": {"pk": EnrolledDevice.objects.get().pk},
            "wall": {"secret": "wrong-secret"}, "settings/walls": {"pk": self._wall(lead, now)},
            "invitations": {"key": "wrong-key"}, "password/reset/key": {"uidb36": "1", "key": "wrong-key"},
        }  # fmt: skip

    def _wall(self, lead: Any, now: Any) -> int:
        link, _ = make_wall_link(team=self.desk, name=SECRET, by=lead, at=now)
        return int(link.pk)

    def address(self, name: str) -> str:
        """The route with the ids of what lies in the Desk team."""
        path = name.removeprefix("/api/v1").lstrip("/")
        known = next((ids for place, ids in sorted(self.ids.items(), key=lambda one: -len(one[0])) if path.startswith(f"{place}/")), {})
        found = re.sub(r"<(\w+)>", lambda match: str(known.get(match[1], match[0])), name)
        assert "<" not in found, f"{name} has a kind of id that this world does not know: add one to World._ids"
        return found

    def ask(self, who: str, route: Route) -> tuple[str, HttpResponse, int]:
        """Ask, and roll back: the answer as one character, the response, and how many rows of the domain it had changed."""
        client, address = self.clients[who], self.address(route.name)
        cookies = client.cookies.copy()  # whoever signs out, or is signed in by a page, is who they were for the next question
        with transaction.atomic():
            before = changed()
            if route.name.startswith("/api/"):
                more = {"headers": {"If-Match": "*"}} if route.method == "PATCH" else {}
                response = client.generic(route.method, address, "" if route.method == "GET" else "{}", content_type="application/json", **more)
            else:
                response = client.get(address) if route.method == "GET" else client.post(address, {"q": SECRET[:10]})
            written = changed() - before
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer(response), response, written


def changed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        return int(cursor.fetchone()[0])


def answer(response: HttpResponse) -> str:
    """``+`` let in (also to hear that what was sent is wrong, or not possible now); ``i`` asked to sign in; else 401, 403, 404, 405 by their last digit."""
    status = response.status_code
    if status in (301, 302, 303, 307):
        return "i" if response.headers["Location"].startswith("/sign-in/") else "+"
    if status in (401, 403, 404, 405):
        return str(status)[2]
    return "+" if status < 500 else "!"
