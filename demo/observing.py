"""Handovers of the fortnight that chance picked: most were observed by the lead, one was commented on, some wait."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from demo.teams import PEOPLE, Cast
from handover.handovers.models import Item
from reviews.observing import operations as observing
from reviews.observing.halves import Half
from reviews.observing.models import Observation, Saw
from reviews.observing.record import missing_of

LEFT_WAITING = 1
SETTLED = timedelta(days=2)


def make(cast: Cast, *, now: datetime) -> None:
    for name in PEOPLE:
        team, lead = cast.teams[name], cast.lead_of(name)
        last = (team.local(now) - SETTLED).date()
        halves = [Half(month_before(last), last.replace(day=1)), Half(last.replace(day=1), last)]
        observing.draw(team_id=team.pk, halves=[half for half in halves if half.month < half.until], at=now - timedelta(hours=30))
        drawn = Observation.objects.filter(team=team).exclude(colleague=lead).exclude(item__accepted_by=lead).order_by("pk")
        for hours, observation in enumerate(list(drawn)[:-LEFT_WAITING]):
            item = Item.objects.select_related("brief").prefetch_related("brief__answers", "checks", "queries").get(pk=observation.item_id)
            saw, words = seen(item)
            observing.observe(observation_id=observation.pk, by=lead, at=now - timedelta(hours=28 - hours), saw=saw, words=words)
        comment(team.pk, now=now)


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def seen(item: Item) -> tuple[dict[str, str], str]:
    """What a lead sees who reads the record."""
    missing = missing_of(item)
    checks = [check for check in item.checks.all() if check.state != "cancelled"]
    saw = {
        "informed": Saw.NO if missing else Saw.YES,
        "moment": Saw.YES if item.accept_by is None or (item.accepted_at and item.accepted_at <= item.accept_by) else Saw.NO,
        "understood": Saw.YES if item.read_back or item.queries.all() else Saw.CANNOT_TELL,
        "completion": Saw.YES if any(check.answered_at for check in checks) else Saw.NO if checks else Saw.CANNOT_TELL,
    }
    said = [f"The next colleague had to look up: {missing[0]}."] if missing else []
    said += ["It waited longer than we agreed; the incoming shift was still at the briefing."] if saw["moment"] == Saw.NO else []
    said += ["Nobody answered the check."] if saw["completion"] == Saw.NO else []
    return {name: str(value) for name, value in saw.items()}, " ".join(said)


def comment(team_id: int, *, now: datetime) -> None:
    """The first colleague who was told “no” says how it was."""
    found = Observation.objects.filter(team=team_id, observed_at__isnull=False).exclude(words="").select_related("colleague").order_by("pk").first()
    if found is not None:
        words = "True. I rang twice, and nobody could come until the briefing was over."
        observing.comment(observation_id=found.pk, by=found.colleague, at=now - timedelta(hours=1), comment=words)
