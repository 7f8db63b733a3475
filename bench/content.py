"""What is measured on: the demo, ten thousand older actions, and a busy evening for Amara of the hotel's late shift."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import operations as accounts
from accounts.models import Team, User
from handover import moves
from handover.actions.models import Action
from handover.actions.states import State
from handover.agreements.queries import in_force_for_many
from handover.catalog.models import Service
from handover.handovers.models import Item, When

OLDER = 10_000
HELD, RECEIVED, WATCHED = 6, 8, 9  # beside the demo's own
MINUTE = timedelta(minutes=1)


@dataclass
class Evening:
    """Who is there. ``token`` and ``cookie`` show who asks."""

    team: Team
    amara: User
    tom: User
    service: Service
    token: str
    cookie: str


def make_evening(at: datetime) -> Evening:
    amara, tom = (User.objects.get(email=f"{name}@example.org") for name in ("amara", "tom"))
    team = amara.memberships.get().team
    service = next(service for service in Service.objects.filter(team=team).order_by("pk") if service.pk not in in_force_for_many([service.pk], "during"))
    make_older(team, amara, service, at)
    for number in range(HELD):
        log(team, amara, at, f"Call room {310 + number} about the late check-out", service)
    for number in range(RECEIVED):
        offer(tom, amara, at - 20 * MINUTE, f"Bring a cot to room {220 + number}", When.IN_SHIFT)
    for number in range(WATCHED):
        item = offer(amara, tom, at - 30 * MINUTE, f"Refund the minibar of room {410 + number}", When.END_OF_SHIFT)
        if number % 3:
            moves.accept(item_id=item.pk, by=tom, at=at - 10 * MINUTE, read_back="I will refund it by ten.")
    return Evening(team, amara, tom, service, token_for(team, at), cookie_of(amara))


def make_older(team: Team, amara: User, service: Service, at: datetime) -> None:
    words = {
        "title": "Move Mrs Ellis from 214",
        "customer_name": "Mrs Ellis",
        "customer_reference": "214",
        "promise": "A warm room by eleven",
        "urgency": "soon",
    }
    fixed = {"team": team, "service": service, "state": State.COMPLETED, "responsible": amara, "created_by": amara, **words}
    moments = (at - timedelta(minutes=7 * number + 600) for number in range(OLDER))
    Action.objects.bulk_create(
        (Action(**fixed, held_since=when, created_at=when, changed_at=when, closed_at=when, promised_by=when, sort_at=when) for when in moments),
        batch_size=1_000,
    )


def log(team: Team, by: User, at: datetime, title: str, service: Service | None = None) -> Action:
    facts = {"promise": "Within the hour", "customer_name": "Mr Okafor", "customer_reference": "310", "promised_by": at + timedelta(hours=2)}
    return moves.create(team=team, by=by, at=at, responsible=by, title=title, service=service, **facts)


def offer(giver: User, receiver: User, at: datetime, title: str, when: str) -> Item:
    action = log(giver.memberships.get().team, giver, at, title)
    entry = moves.Entry(action_id=action.pk, situation="The guest asked twice.", done_so_far="Nothing yet.", next_step="Do it.", if_then="Else call the lead.")
    made = moves.offer(entries=[entry], by=giver, to=receiver, at=at, when=when)
    return made.items.get()


def token_for(team: Team, at: datetime) -> str:
    integration = accounts.make_integration(team_id=team.pk, name="Benchmark", by=None, at=at)
    return accounts.issue_token(integration_id=integration.pk, scopes=("read", "write"), expires_at=at + timedelta(days=1), by=None, at=at)


def cookie_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


_made: list[Evening] = []


def evening(say: Callable[[str], None]) -> Evening:
    """Made once a run."""
    if not _made:
        say(f"A busy evening beside {OLDER:,} older actions …")
        _made.append(make_evening(timezone.now()))
    return _made[0]
