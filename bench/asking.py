"""P1, P2 and P3: requests to a web process, beside the floor's."""

import json
from datetime import timedelta
from statistics import median

from django.test import Client
from django.utils import timezone

from audit import operations as audit
from bench.content import Evening, evening
from bench.place import Ask, Cost, Place
from bench.table import heading, peers, verdict
from handover.actions.models import Action

PAGES = {"My shift": "/", "Receive": "/receive/", "Watch list": "/watch-list/", "Board": "/board/"}
LIST = "/api/v1/actions/?limit=50"


def show(place: Place, name: str, cost: Cost) -> None:
    place.say(f"    {name:<22}{cost}")


def token_of(there: Evening) -> dict[str, str]:
    return {"Authorization": f"Bearer {there.token}", "Accept": "application/json"}


def creating(place: Place) -> bool:
    """P1: with the token, an idempotency key, an external reference, the event and the due rows."""
    there = evening(place.say)
    heading("P1", "create an action by API")
    words = {"title": "Warm room {n}", "promise": "A warm room by eleven", "customer_name": "Mrs Ellis", "customer_reference": "214", "urgency": "urgent"}
    body = json.dumps({**words, "service": there.service.pk, "promised_by": (timezone.now() + timedelta(hours=2)).isoformat(), "external_ref": "B-{n}"})
    plain = json.dumps({**json.loads(body), "team": there.team.pk})
    send = token_of(there) | {"Content-Type": "application/json"}
    asks = [
        Ask("Baton", "/api/v1/actions/", "POST", send | {"Idempotency-Key": "k-{n}"}, body, 201),
        Ask("plain DRF", "/api/actions/", "POST", send, plain, 201, floor=True),
    ]
    costs = place.compare(asks, count=150)
    Action.objects.filter(team=there.team, external_ref__startswith="B-").update(state="not_needed", closed_at=timezone.now())  # no evening has a thousand
    for name, cost in costs.items():
        show(place, name, cost)
    baton, floor = costs["Baton"], costs["plain DRF"]
    others = peers("P1", median(floor.whole))
    return all(
        [
            verdict("CPU against plain DRF", baton.over(floor), 1.6, " ×"),
            verdict("statements", baton.statements, 10, digits=0),
            verdict("CPU against Healthchecks", median(baton.whole) / others["Healthchecks 4"], 1, " ×"),
            verdict("CPU against django-helpdesk", median(baton.whole) / others["django-helpdesk 2.6"], 0.4, " ×"),
        ]
    )


def listing(place: Place) -> bool:
    """P2: fifty actions with everything that the API says of them; then the same asked again with its ETag."""
    there = evening(place.say)
    heading("P2", "list page of 50 actions by API")
    send = token_of(there)
    audit.seal()  # from here on nothing happens in the team
    etag = Client(headers=send, SERVER_NAME="127.0.0.1").get(LIST).headers["ETag"]
    asks = [
        Ask("Baton", LIST, headers=send),
        Ask("Baton, nothing new", LIST, headers=send | {"If-None-Match": etag}, status=304),
        Ask("plain DRF, cursor", "/api/actions/", headers=send, floor=True),
    ]
    costs = place.compare(asks, count=150)
    for name, cost in costs.items():
        show(place, name, cost)
    baton, floor = costs["Baton"], costs["plain DRF, cursor"]
    peers("P2", median(floor.whole))
    return all(
        [
            verdict("CPU against plain DRF", baton.over(floor), 0.5, " ×"),
            verdict("an ETag hit against the full answer", costs["Baton, nothing new"].over(baton), 0.35, " ×"),
        ]
    )


def looking(place: Place) -> bool:
    """P3: the pages of a busy evening, beside a plain table of 50 rows for the same person."""
    there = evening(place.say)
    heading("P3", "pages of a colleague on a busy evening")
    send = {"Cookie": there.cookie, "X-Baton-Poll": "1"}  # a page view does not write; once a minute its moment is, which is not measured
    asks = [Ask(name, address, headers=send) for name, address in PAGES.items()]
    costs = place.compare([*asks, Ask("plain Django, 50 rows", f"/teams/{there.team.pk}/actions/", headers=send, floor=True)], count=60)
    for name, cost in costs.items():
        show(place, name, cost)
    floor = costs["plain Django, 50 rows"]
    peers("P3", median(floor.whole))
    met = [verdict(f"{name}: CPU against the plain page", costs[name].over(floor), 1.5, " ×") for name in PAGES]
    return all(met + [verdict(f"{name}: statements", costs[name].statements, 12, digits=0) for name in PAGES])
