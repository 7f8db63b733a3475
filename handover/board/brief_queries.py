"""The incoming brief: what waits, what is promised, what changed since one was last on, who is on. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Team, User
from audit.models import Event as TrailEvent
from handover.actions.models import Action, Contact, Note
from handover.board import reading, rows
from handover.board.brief_changes import READ, Change, Changed, Happened, grouped
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.notes.models import ShiftNote
from handover.notes.queries import standing
from handover.shifts.models import Rostering
from handover.shifts.queries import Slot, Timetable

AHEAD = timedelta(hours=8)
"""Promises of the next hours, where no shift says until when."""
RECENT, BEFORE_NOW = timedelta(hours=24), timedelta(hours=4)
MOST = 2_000
"""Events that are looked at: the newest. Beyond that, the brief says so."""
SHOWN, ALL = 20, 300
"""Actions under “what changed”: at first, and all."""
LISTED = 50


@dataclass(frozen=True)
class Since:
    """From when on things are new to the reader, and why that is. ``shift`` is the one that they were last on."""

    at: datetime
    shift: str = ""
    was_active: bool = False


@dataclass
class Promise:
    """Something to be done, or asked, at an instant of the next hours."""

    at: datetime
    action: Action
    url: str
    check: bool = False


@dataclass
class ChangedAction:
    """An action with what changed, as far as the reader may see it."""

    action: Action
    group: Changed
    changes: list[dict[str, Any]]

    @property
    def earlier(self) -> int:
        """How many more than the three newest."""
        return max(0, len(self.changes) - 3)


@dataclass
class Brief:
    since: Since
    until: datetime
    waiting: list[dict[str, Any]] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    notes: list[ShiftNote] = field(default_factory=list)
    changed: list[ChangedAction] = field(default_factory=list)
    more: int = 0
    is_cut: bool = False
    on_now: list[tuple[Slot, list[str]]] = field(default_factory=list)
    on_next: tuple[Slot, list[str]] | None = None


def brief(user: User, team: Team, at: datetime, *, table: Timetable, since: datetime | None = None, everything: bool = False) -> Brief:
    """``since`` instead of the end of the reader's last shift, where they ask for it."""
    from_then = Since(since) if since else last_on(user, team, at)
    slot = table.of(user.pk, at) or table.next_of(user.pk, at)
    until = slot.ends_at if slot and slot.starts_at - at < AHEAD else at + AHEAD
    made = Brief(from_then, until)
    made.waiting = [rows.waiting_row(item, at) for item in reading.waiting(user.pk, user.team_ids())]
    made.promises = promises(user, team, at, until)
    made.notes = list(standing(team.pk, at)[:LISTED])
    _read_changes(made, user, team, everything)
    _read_people(made, table, at)
    return made


def last_on(user: User, team: Team, at: datetime) -> Since:
    """The end of the reader's last shift; without one, when they last did something, or a day ago."""
    ended = Rostering.objects.effective().filter(colleague=user, shift__team=team, shift__ends_at__lte=at).order_by("-shift__ends_at")
    last = ended.values_list("shift__ends_at", "shift__name").first()
    if last is not None:
        return Since(last[0], last[1])
    newest = TrailEvent.objects.sealed().filter(team_id=team.pk).order_by("-position").values("pk")[:MOST]
    waiting = TrailEvent.objects.unsealed().filter(team_id=team.pk).values("pk")
    earlier = TrailEvent.objects.filter(Q(pk__in=newest) | Q(pk__in=waiting), actor_id=user.pk, at__lt=at - BEFORE_NOW)
    own = earlier.order_by("-at").values_list("at", flat=True).first()
    return Since(own, was_active=True) if own else Since(at - RECENT)


def promises(user: User, team: Team, at: datetime, until: datetime) -> list[Promise]:
    """The team's open actions that are late or promised by ``until``, and the checks due by then, sorted by time."""
    promised = Action.objects.filter(team=team, promised_by__lte=until).open().select_related("responsible").order_by("sort_at", "pk")
    checks = Check.objects.unanswered().filter(action__team=team, due_at__lte=until).select_related("action__responsible").order_by("due_at", "pk")
    found = [Promise(action.promised_by, action, action.get_absolute_url()) for action in promised[:LISTED] if action.promised_by]
    found += [Promise(check.due_at, check.action, check.get_absolute_url(), check=True) for check in checks[:LISTED]]
    return sorted(found, key=lambda one: (one.at, one.check, one.action.pk))


# --- What changed -------------------------------------------------------------------------------------------------------


def changes_since(user: User, team: Team, since: datetime) -> tuple[list[Changed], bool]:
    """What others did in the team since, by action; and whether there was more than is looked at."""
    events = _events(team.pk, since)
    is_cut = len(events) == MOST
    actions = _actions_of(events)
    known = [(actions[row[4], row[5]], row) for row in events if (row[4], row[5]) in actions]
    happened = [Happened(row[0], row[1], row[2], row[3], action_id, row[6]) for action_id, row in known]
    items = Item.objects.filter(Q(giver=user, watcher__isnull=True) | Q(watcher=user), action__in={one.action_id for one in happened})
    mine = set(items.values_list("action_id", flat=True)) if happened else set()
    return grouped(happened, reader_id=user.pk, mine=mine), is_cut


def _events(team_id: int, since: datetime) -> list[tuple[Any, ...]]:
    """The newest that are changes: sealed ones by the team's index, with those that wait for the sealer. Never the whole history."""
    of_team = Q(team_id=team_id) | Q(also_team_id=team_id)
    sealed = TrailEvent.objects.sealed()
    own = sealed.filter(team_id=team_id).order_by("-position").values("pk")[:MOST]
    second = sealed.filter(also_team_id=team_id).order_by("-position").values("pk")[:MOST]
    waiting = TrailEvent.objects.unsealed().filter(of_team).order_by("-id").values("pk")[:MOST]
    found = TrailEvent.objects.filter(Q(pk__in=own) | Q(pk__in=second) | Q(pk__in=waiting), at__gte=since, kind__in=[str(kind) for kind in READ])
    columns = ("id", "kind", "at", "actor_id", "subject_type", "subject_id", "data")
    return list(found.order_by("-id").values_list(*columns)[:MOST])


def _actions_of(events: Iterable[tuple[Any, ...]]) -> dict[tuple[str, int], int]:
    """Which action each event is about, by type and id of its subject."""
    ids: dict[str, set[int]] = {}
    for row in events:
        ids.setdefault(row[4], set()).add(row[5])
    found = {(Action._meta.label_lower, pk): pk for pk in ids.get(Action._meta.label_lower, ())}
    for model in (Item, Check, FollowUp):
        name = model._meta.label_lower
        pairs = model._default_manager.filter(pk__in=ids.get(name, ())).values_list("pk", "action_id")
        found |= {(name, pk): action_id for pk, action_id in pairs}
    return found


def _read_changes(made: Brief, user: User, team: Team, everything: bool) -> None:
    groups, made.is_cut = changes_since(user, team, made.since.at)
    most = ALL if everything else SHOWN
    visible = _visible(user, [group.action_id for group in groups[:ALL]])
    groups = [group for group in groups if group.action_id in visible]
    made.more = max(0, len(groups) - most)
    shown = groups[:most]
    names = _names(shown)
    words = _words([change for group in shown for change in group.changes])
    made.changed = [
        ChangedAction(visible[group.action_id], group, [{"change": change, **_said(change, user, names, words)} for change in group.changes]) for group in shown
    ]


def _visible(user: User, ids: list[int]) -> dict[int, Action]:
    actions: QuerySet[Action] = Action.objects.visible_to(user).filter(pk__in=ids).select_related("responsible", "team")
    return {action.pk: action for action in actions}


def _names(groups: Iterable[Changed]) -> dict[int, User]:
    ids = {pk for group in groups for change in group.changes for pk in (change.actor_id, change.to_id) if pk}
    found: dict[int, User] = User.objects.in_bulk(ids)
    return found


def _words(changes: Iterable[Change]) -> dict[tuple[str, int], str]:
    """Texts of notes and contacts of actions that the reader may see; from the rows, where they may be erased, never from the trail."""
    ids: dict[str, list[int]] = {"note": [], "contact": []}
    for change in changes:
        if change.words_of:
            ids[change.words_of[0]].append(change.words_of[1])
    found = {("note", pk): text for pk, text in Note.objects.filter(pk__in=ids["note"]).values_list("pk", "text")}
    return found | {("contact", pk): text for pk, text in Contact.objects.filter(pk__in=ids["contact"]).values_list("pk", "text")}


def _said(change: Change, user: User, names: dict[int, User], words: dict[tuple[str, int], str]) -> dict[str, Any]:
    by, to = names.get(change.actor_id or 0), names.get(change.to_id or 0)
    return {
        "by": by,
        "to": "you" if change.to_id == user.pk else to.display_name if to else "",
        "until": datetime.fromisoformat(change.until) if change.until else None,
        "words": words.get(change.words_of, "") if change.words_of else "",
    }


# --- Who is on ----------------------------------------------------------------------------------------------------------


def _read_people(made: Brief, table: Timetable, at: datetime) -> None:
    running = [slot for slot in table.slots if slot.runs(at)]
    outgoing = min(running, key=lambda slot: slot.ends_at, default=None)
    incoming = table.incoming(outgoing, at)
    slots = [*running, *([incoming] if incoming and incoming not in running else [])]
    names = dict(User.objects.filter(pk__in={pk for slot in slots for pk in slot.crew}).values_list("pk", "display_name"))
    made.on_now = [(slot, sorted(names[pk] for pk in slot.crew if pk in names)) for slot in running]
    if incoming and incoming not in running:
        made.on_next = (incoming, sorted(names[pk] for pk in incoming.crew if pk in names))
