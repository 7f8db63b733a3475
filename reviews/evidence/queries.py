"""A colleague's own lines of the trail, by criterion: what the rules suggest, what was picked, what was dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.keys import digest_of
from accounts.models import Kind, User
from audit.models import Event
from common.keyset import keyset_page
from reviews.evidence.facts import Facts, facts_of
from reviews.evidence.models import Evidence, EvidenceChoice, EvidenceLink, EvidenceStatement
from reviews.evidence.rules import MARKS, RULES, Rule, kinds_of, of_criterion, rule_of, shows
from reviews.evidence.standards import CRITERIA, Criterion, of_standard

SHOWN, DROPPED_SHOWN, MOST_PICKED = 10, 20, 20
LATELY = timedelta(weeks=12)


@dataclass(frozen=True)
class Period:
    """``since`` counts, ``until`` does not any more."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Record:
    """One line of the trail as evidence for one criterion. ``picked``: ``None`` where its owner has not said."""

    event: int
    at: datetime
    rule: Rule
    facts: Facts
    picked: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One criterion on the overview. ``suggested``: how many records of the period are neither picked nor dropped."""

    criterion: Criterion
    picked: int
    suggested: int
    has_statement: bool


@dataclass(frozen=True)
class Found:
    """All that there is for one criterion."""

    picked: list[Record]
    suggested: list[Record]
    dropped: list[Record]
    next_cursor: str
    statement: str


def evidence_of(user: User) -> Evidence | None:
    return Evidence.objects.visible_to(user).first()


def period_of(evidence: Evidence, zone: tzinfo, at: datetime) -> Period:
    """From the beginning of its first day to the end of its last one on the wall clock; without a last day up to ``at`` (included)."""
    since = datetime.combine(evidence.since, time.min, zone)
    if evidence.until is None:
        return Period(since, at + timedelta(microseconds=1))
    return Period(since, datetime.combine(evidence.until + timedelta(days=1), time.min, zone))


def first_day(zone: tzinfo, at: datetime) -> date:
    """Where a period begins unless its owner says otherwise."""
    return (at - LATELY).astimezone(zone).date()


def own(user: User) -> QuerySet[Event]:
    """What the colleague did, in the teams that they belong to now or in none."""
    teams = list(user.levels())
    theirs = Q(team_id__in=teams) | Q(also_team_id__in=teams) | Q(team_id__isnull=True)
    return Event.objects.filter(theirs, actor_kind=Kind.PERSON.value, actor_id=user.pk)


def within(events: QuerySet[Event], period: Period) -> QuerySet[Event]:
    return events.filter(at__gte=period.since, at__lt=period.until)


def shown_by(criterion: str) -> Q:
    """The condition of the events that show a criterion."""
    condition = Q(pk__in=[])
    for rule in of_criterion(criterion):
        condition |= Q(kind__in=kinds_of((rule,))) & (Q(data__contains=rule.having) if rule.having else Q())
    return condition


def overview(user: User, evidence: Evidence, period: Period) -> list[Line]:
    """Every criterion of the standard, in three questions to the database."""
    events = within(own(user), period).filter(kind__in=kinds_of(RULES))
    groups = list(events.values("kind", *(f"data__{name}" for name in MARKS)).annotate(n=Count("pk")).order_by())
    chosen = _counts(user, period)
    written = set(EvidenceStatement.objects.filter(owner=user).values_list("criterion", flat=True))
    lines = []
    for criterion in of_standard(evidence.standard):
        picked, dropped = chosen[criterion.key, True], chosen[criterion.key, False]
        total = sum(group["n"] for group in groups if in_criterion(criterion.key, group))
        lines.append(Line(criterion, picked, max(0, total - picked - dropped), criterion.key in written))
    return lines


def in_criterion(key: str, group: dict[str, Any]) -> bool:
    """Whether events of a group (kind and marks) show the criterion."""
    data = {name: group[f"data__{name}"] for name in MARKS}
    return any(shows(rule, group["kind"], data) for rule in of_criterion(key))


def _counts(user: User, period: Period) -> Counter[tuple[str, bool]]:
    rows = EvidenceChoice.objects.filter(owner=user, happened_at__gte=period.since, happened_at__lt=period.until)
    return Counter({(key, picked): n for key, picked, n in rows.values_list("criterion", "picked").annotate(n=Count("pk")).order_by()})


def found_for(user: User, key: str, period: Period, *, cursor: str | None = None) -> Found:
    """What was picked, the newest suggestions after ``cursor``, and the last that were dropped."""
    mine = EvidenceChoice.objects.filter(owner=user, criterion=key)
    during = mine.filter(happened_at__gte=period.since, happened_at__lt=period.until)
    picked = list(during.filter(picked=True).order_by("-happened_at", "-event")[:MOST_PICKED])
    dropped = list(during.filter(picked=False).order_by("-chosen_at", "-pk")[:DROPPED_SHOWN])
    events = within(own(user), period).filter(shown_by(key)).filter(~Exists(mine.filter(event=OuterRef("pk"))))
    page = keyset_page(events, sort="at", cursor=cursor, size=SHOWN)
    statement = EvidenceStatement.objects.filter(owner=user, criterion=key).values_list("words", flat=True).first()
    chosen = [*picked, *dropped]
    records = _records(key, page.rows, chosen, _chosen(user, Event.objects.in_bulk([one.event for one in chosen])))
    return Found(
        [one for one in records if one.picked],
        [one for one in records if one.picked is None],
        [one for one in records if one.picked is False],
        page.next_cursor,
        statement or "",
    )


@dataclass(frozen=True)
class _Chosen:
    """Events that somebody chose; ``theirs``: those in a team that they still belong to."""

    events: dict[int, Event]
    theirs: set[int]


def _chosen(user: User, events: dict[int, Event]) -> _Chosen:
    return _Chosen(events, set(own(user).filter(pk__in=events).values_list("pk", flat=True)))


def _records(key: str, events: Iterable[Event], choices: Iterable[EvidenceChoice], chosen: _Chosen) -> list[Record]:
    entries = [(event, None) for event in events] + [(chosen.events[one.event], one) for one in choices if one.event in chosen.events]
    facts = facts_of(event for event, _ in entries)
    made = []
    for event, one in entries:
        known = facts.get(event.pk, Facts())
        shown = known if one is None or event.pk in chosen.theirs else Facts(known.said, known.ref)  # no way to what another team does
        if record := _record(key, event, one, shown):
            made.append(record)
    return made


def _record(key: str, event: Event, one: EvidenceChoice | None, facts: Facts) -> Record | None:
    rule = rule_of(key, event.kind, event.data)
    if rule is None:
        return None
    return Record(event.pk, event.at, rule, facts, one.picked if one else None, one.words if one else "")


def picked_of(user: User, standard: str, period: Period) -> dict[str, list[Record]]:
    """Every picked record of the period by criterion, the newest first."""
    chosen = EvidenceChoice.objects.filter(owner=user, picked=True, criterion__startswith=standard, happened_at__gte=period.since, happened_at__lt=period.until)
    rows = list(chosen.order_by("-happened_at", "-event"))
    events = Event.objects.in_bulk({one.event for one in rows})
    facts = facts_of(events.values())
    found: dict[str, list[Record]] = {}
    for one in rows:
        event = events.get(one.event)
        made = event and one.criterion in CRITERIA and _record(one.criterion, event, one, facts.get(one.event, Facts()))
        if made:
            found.setdefault(one.criterion, []).append(made)
    return found


def statements_of(user: User, standard: str) -> dict[str, str]:
    return dict(EvidenceStatement.objects.filter(owner=user, criterion__startswith=standard).values_list("criterion", "words"))


def usable_link(secret: str, at: datetime) -> EvidenceLink | None:
    """The link with this secret, if it still works: its owner is still somebody here."""
    return EvidenceLink.objects.usable(at).filter(digest=digest_of(secret), owner__is_active=True).first()
