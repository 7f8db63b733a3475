"""Actions and their handovers, made of what a log says. By the rule *imported*: no brief, read-back, check or due row is invented."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from handover.actions.models import Action
from handover.actions.states import State
from handover.events import Event
from handover.handovers.models import Handover, Item, When
from handover.handovers.states import State as ItemState
from handover.imports import operations, people, queries, words
from handover.imports.life import Life, Passing
from handover.imports.models import ImportedCase, ImportRun

CASES = 500
RULE = "imported"
CHANGED = ["team", "title", "urgency", "state", "responsible", "held_since", "created_by", "created_at", "changed_at", "closed_at", "sort_at"]


@dataclass
class Made:
    """What a batch made: counts for the trail and for the report."""

    cases: int = 0
    last: int = 0
    actions: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    handovers: int = 0
    claims: int = 0
    to_pool: int = 0
    team_changes: int = 0

    def add(self, other: Made) -> None:
        for name, value in vars(other).items():
            setattr(self, name, value if name == "last" else getattr(self, name) + value)

    def facts(self) -> dict[str, int | list[int]]:
        return {name: value for name, value in vars(self).items() if name != "last"}


@dataclass(frozen=True)
class World:
    """Who and which team a name of the log stands for."""

    users: dict[str, User]
    teams: dict[str, Team]


def make_actions(run: ImportRun, *, automatic: Collection[str], at: datetime) -> Iterator[Made]:
    """Make, batch by batch, the actions of every case of the run's source that has rows which no action shows yet.

    Each batch is one transaction with one event in the trail for itself and one for each action that it made or changed,
    so a run that was killed goes on with the next batch, and whoever asks what changed since finds the actions.
    """
    after = 0
    while made := make_batch(run, after=after, automatic=automatic, at=at):
        after = made.last
        yield made


@transaction.atomic
def make_batch(run: ImportRun, *, after: int = 0, automatic: Collection[str], at: datetime) -> Made | None:
    """The next batch of cases behind the key ``after``; ``None`` if nothing is left to make."""
    operations.lock(run)
    cases = {case.case: case for case in queries.to_make(run.source, after=after)[:CASES]}
    if not cases:
        return None
    lives = {life.case: life for life in queries.lives(run.source, list(cases))}
    world = _world(run, lives, automatic=automatic, at=at)
    left = queries.touched(list(cases.values()))
    made = Made(cases=len(cases), last=max(case.pk for case in cases.values()), left=sorted(left))
    free = {name: life for name, life in lives.items() if cases[name].action_id not in left}
    before = {case.action.pk: case.action.team_id for case in cases.values() if case.action}
    _put_actions(run, cases, free, world, made)
    _put_handovers(run, cases, free, world, made)
    people.join({(world.teams[group].pk, world.users[owner].pk): since for group, owner, since in _holders(lives)})
    for name, life in lives.items():
        cases[name].events_used = life.events
        cases[name].last_at = life.last_at if name in free else cases[name].last_at
    kept = ["events_used", "last_at", "action"]
    ImportedCase.objects.bulk_create(cases.values(), update_conflicts=True, unique_fields=["pk"], update_fields=kept)  # all are there
    audit.record(Event.IMPORTED, actor=None, subject=run, team_id=None, at=at, data={"rule": RULE, "source": run.source, **made.facts()})
    _record_actions([cases[name].action for name in free], before, run=run, at=at)
    return made


def _record_actions(actions: list[Action], before: dict[int, int], *, run: ImportRun, at: datetime) -> None:
    """One event for each action, in its team's trail, and in that of the team which it was in before this batch."""
    data = {"rule": RULE, "source": run.source, "run": run.pk}
    audit.bulk_record(
        audit.draft(Event.BROUGHT_IN, actor=None, subject=action, team_id=action.team_id, also_team_id=before.get(action.pk), at=at, data=data)
        for action in actions
    )


def _world(run: ImportRun, lives: dict[str, Life], *, automatic: Collection[str], at: datetime) -> World:
    names, groups = set(), set()
    for life in lives.values():
        names |= life.actors | {owner for _, owner in life.holders}
        groups |= life.groups
    return World(
        users=people.people(run.source, names, automatic=automatic, at=at),
        teams=people.teams(run.source, groups, zone=run.zone, at=at),
    )


def _holders(lives: dict[str, Life]) -> Iterator[tuple[str, str, datetime]]:
    """Who held something in which group, since the first time in these cases."""
    first: dict[tuple[str, str], datetime] = {}
    for life in lives.values():
        for place, since in life.holders.items():
            first[place] = min(since, first.get(place, since))
    for (group, owner), since in first.items():
        yield group, owner, since


def _put_actions(run: ImportRun, cases: dict[str, ImportedCase], lives: dict[str, Life], world: World, made: Made) -> None:
    """New actions for new cases; an action that was imported before and not touched since follows its new rows."""
    taken = _taken(cases, lives, world)
    new = []
    for name, life in lives.items():
        action = cases[name].action or Action(imported_from=run.source, trail_salt=secrets.token_hex(8))
        _say(action, life, world)
        if action.pk:
            made.changed.append(action.pk)
        else:
            new.append(action)
            cases[name].action = action
            action.external_ref = _free_reference(action.team_id, name, run.source, taken)
        made.claims += life.claims
        made.to_pool += life.to_pool
        made.team_changes += life.team_changes
    Action.objects.bulk_create(new)
    Action.objects.bulk_update([action for action in (cases[name].action for name in lives) if action and action.pk in made.changed], CHANGED)
    made.actions = [action.pk for action in new]
    for case in cases.values():
        case.action = case.action  # now that it has its key


def _say(action: Action, life: Life, world: World) -> None:
    action.team = world.teams[life.group]
    action.title = f"{life.service} ({life.case})" if life.service else life.case
    action.urgency = words.urgency_for(life.priority)
    action.state = life.state
    action.responsible = world.users[life.owner] if life.owner else None
    action.held_since = life.held_since
    action.created_by = world.users.get(life.opened_by)
    action.created_at = action.sort_at = life.opened_at
    action.changed_at = life.last_at
    action.closed_at = life.closed_at


def _taken(cases: dict[str, ImportedCase], lives: dict[str, Life], world: World) -> set[tuple[int, str]]:
    """The external references in these teams that belong to other actions already."""
    teams = {world.teams[life.group].pk for life in lives.values()}
    own = [case.action_id for case in cases.values() if case.action_id]
    there = Action.objects.filter(team_id__in=teams, external_ref__in=list(lives)).exclude(pk__in=own)
    return {(team, ref) for team, ref in there.values_list("team_id", "external_ref") if ref}


def _free_reference(team_id: int, case: str, source: str, taken: set[tuple[int, str]]) -> str:
    """The case's own number, unless an action in the team has it; then with the source's name before it."""
    return f"{source}:{case}"[-120:] if (team_id, case) in taken else case


def _put_handovers(run: ImportRun, cases: dict[str, ImportedCase], lives: dict[str, Life], world: World, made: Made) -> None:
    """An envelope and an item for each passing that is not there yet. What new rows tell otherwise is told by them alone."""
    old = {
        (item.action_id, item.giver_id, item.receiver_id, item.accepted_at): item
        for item in Item.objects.filter(action_id__in=made.changed, imported_from=run.source)
    }
    actions = {name: case.action for name, case in cases.items() if case.action}
    new: list[tuple[Handover, Item]] = []
    for name, life in lives.items():
        action = actions[name]
        for passing in life.passings:
            envelope, item = _passing(run, action, passing, world)
            known = old.pop((action.pk, item.giver_id, item.receiver_id, item.accepted_at), None)
            if known:
                known.state, known.ended_at = item.state, item.ended_at
                known.save(update_fields=["state", "ended_at"])
            else:
                new.append((envelope, item))
    _withdraw(list(old.values()))
    Handover.objects.bulk_create([envelope for envelope, _ in new])
    for envelope, item in new:
        item.handover = envelope
    Item.objects.bulk_create([item for _, item in new])
    made.handovers = len(new)


def _passing(run: ImportRun, action: Action, passing: Passing, world: World) -> tuple[Handover, Item]:
    giver, receiver, by = world.users[passing.giver], world.users[passing.receiver], world.users.get(passing.by)
    teams = world.teams[passing.from_group], world.teams[passing.to_group]
    envelope = Handover(
        team=teams[0],
        to_team=teams[1],
        giver=giver,
        when=When.IN_SHIFT,
        offered_at=passing.at,
        rule=RULE,
        imported_from=run.source,
    )
    held_still = passing.until is None and action.state == State.HELD
    item = Item(
        action=action,
        from_team=teams[0],
        to_team=teams[1],
        giver=giver,
        offered_by=by,
        receiver=receiver,
        state=ItemState.ACCEPTED if held_still else ItemState.ENDED,
        offered_at=passing.at,
        accepted_at=passing.at,
        accepted_by=receiver,
        ended_at=passing.until,
        imported_from=run.source,
    )
    return envelope, item


def _withdraw(items: list[Item]) -> None:
    """Rows that came later, between two older ones, can show that a passing was really two: the old one never happened."""
    envelopes = [item.handover_id for item in items]
    Item.objects.filter(pk__in=[item.pk for item in items]).delete()
    Handover.objects.filter(pk__in=envelopes).delete()
