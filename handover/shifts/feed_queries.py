"""What stands in a feed: a colleague's own shifts, or all those of a team. Names of colleagues and shifts, never of customers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, QuerySet

from accounts.models import Membership
from audit.models import Event
from handover.shifts.feed_calendar import EPOCH, Entry
from handover.shifts.feed_models import Feed
from handover.shifts.models import How, Rostering, Shift

BEHIND, AHEAD = timedelta(days=30), timedelta(days=120)
MOST = 1_000
CAME = {How.COVER: "Covers for", How.SWAP: "Swapped with", How.STAND_IN: "Stands in for"}


def usable(digest: str) -> Feed | None:
    """The feed with this digest, if its owner may still read what it shows."""
    feed = Feed.objects.standing().filter(digest=digest, owner__is_active=True).select_related("owner", "team").first()
    if feed is None or (feed.team_id is not None and not feed.owner.belongs_to(feed.team_id)):
        return None
    return feed


def name_of(feed: Feed) -> str:
    return f"{feed.team.name}: shifts" if feed.team else f"{feed.owner.display_name}: shifts"


def entries(feed: Feed, at: datetime) -> list[Entry]:
    shifts = _shifts(feed, at)
    changed = changes(shifts)
    lines: dict[int, list[Rostering]] = {}
    on = Rostering.objects.effective().filter(shift__in=shifts).select_related("colleague", "replaces").order_by("colleague__display_name", "pk")
    for line in on:
        lines.setdefault(line.shift_id, []).append(line)
    return [_entry(feed, shift, lines.get(shift.pk, []), changed[shift.pk]) for shift in shifts]


def _shifts(feed: Feed, at: datetime) -> list[Shift]:
    around = Shift.objects.filter(ends_at__gt=at - BEHIND, starts_at__lt=at + AHEAD).select_related("team").order_by("starts_at", "pk")
    if feed.team_id is not None:
        return list(around.filter(team=feed.team_id)[:MOST])
    mine: QuerySet[Membership] = Membership.objects.current().filter(user=feed.owner)
    return list(around.of(feed.owner).filter(team__in=mine.values("team"))[:MOST])


def changes(shifts: Iterable[Shift]) -> dict[int, datetime]:
    """When each shift, or who is on it, last became something else: by the trail, and by the marks on the rota."""
    found = {shift.pk: EPOCH for shift in shifts}
    patterns = {shift.pattern_id for shift in shifts if shift.pattern_id}
    of_patterns = newest("handover.shiftpattern", patterns)
    of_shifts = newest("handover.shift", set(found))
    marked = dict(Rostering.objects.filter(shift__in=found).values_list("shift").annotate(newest=Max("marked_at")).order_by())
    for shift in shifts:
        moments = [of_shifts.get(shift.pk), of_patterns.get(shift.pattern_id or 0), marked.get(shift.pk)]
        found[shift.pk] = max([EPOCH, *(one for one in moments if one)])
    return found


def newest(subject_type: str, ids: set[int]) -> dict[int, datetime]:
    """When something last happened to each of these, by the trail."""
    return dict(Event.objects.about(subject_type, sorted(ids)).values_list("subject_id").annotate(newest=Max("at")).order_by())


def _entry(feed: Feed, shift: Shift, lines: list[Rostering], changed_at: datetime) -> Entry:
    names = [line.colleague.display_name for line in lines]
    own = next((line for line in lines if line.colleague_id == feed.owner_id), None)
    if feed.team_id is not None:
        title, words = f"{shift.name}: {', '.join(names) or 'nobody yet'}", "\n".join(filter(None, map(came, lines)))
    else:
        title = f"{shift.name}, {shift.team.name}"
        words = "\n".join(filter(None, [came(own) if own else "", f"On with you: {', '.join(name for name in names if name != feed.owner.display_name)}"]))
        words = words.removesuffix("On with you: ").strip()
    return Entry(uid(shift.ref), title, words, address(f"/rota/shifts/{shift.ref}/"), shift.starts_at, shift.ends_at, changed_at, shift.team.tz)


def came(line: Rostering) -> str:
    """“Zofia Nowak: stands in for Tom Reid.”"""
    how = How(line.how)
    return f"{line.colleague.display_name}: {CAME[how].lower()} {line.replaces.display_name}." if how in CAME and line.replaces else ""


def uid(ref: str) -> str:
    return f"{ref}@{urlsplit(settings.BATON_URL).hostname or 'baton'}"


def address(path: str) -> str:
    return f"{settings.BATON_URL}{path}"
