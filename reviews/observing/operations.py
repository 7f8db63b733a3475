"""Drawing handovers by lot, observing them, commenting on what was seen, and setting aside what nobody can observe."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import Membership, Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from reviews.events import Event
from reviews.observing import permissions, queries
from reviews.observing.halves import Half, by_lot, due_halves
from reviews.observing.models import MOST_A_MONTH, Draw, Observation, Saw
from reviews.observing.points import NAMES


def draw_due(*, at: datetime) -> int:
    """Draw for every team whose half of a month is over; return how many handovers were drawn. Running it again draws nothing twice."""
    teams = list(Team.objects.filter(source="").order_by("pk"))
    done = set(Draw.objects.filter(until__gte=at.date().replace(day=1) - queries.WITHIN).values_list("team_id", "until"))
    over = {team.pk: due_halves(at, team.tz) for team in teams}
    return sum(draw(team_id=pk, halves=halves, at=at) for pk, halves in over.items() if any((pk, half.until) not in done for half in halves))


@transaction.atomic
def draw(*, team_id: int, halves: Iterable[Half], at: datetime) -> int:
    """Draw a team's handovers for those of the halves for which nobody has yet; return how many. Only one worker is at a team at a time."""
    team = Team.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=team_id).first()
    if team is None:
        return 0
    drawn = 0
    for half in halves:
        made, is_new = Draw.objects.get_or_create(team=team, until=half.until, defaults={"since": half.month, "drawn_at": at})
        drawn += _draw(made, team, half, at) if is_new else 0
    if drawn:
        _ask(team, at)
    else:
        _settle(team.pk, at)
    return drawn


@transaction.atomic
def observe(*, observation_id: int, by: User, at: datetime, saw: Mapping[str, str], words: str = "") -> Observation:
    """A lead says what they saw at each point; whoever gave the handover is told. Said again, it takes the place of what was said; the trail keeps both."""
    observation = _lock(observation_id)
    permissions.check_observe(by, observation)
    _check_open(observation)
    for name in NAMES:
        if saw.get(name) not in Saw.values:
            raise Invalid("Answer each of the four points.", possible="“Cannot tell” is an answer, too.", field=name)
    if Saw.NO in saw.values() and not words.strip():
        raise Invalid("Say what was missing, so that it helps.", possible="One sentence about the work is enough; the colleague reads it.", field="words")
    for name in NAMES:
        setattr(observation, name, saw[name])
    observation.words, observation.observer, observation.observed_at = words, by, at
    observation.save(update_fields=[*NAMES, "words", "observer", "observed_at"])
    _settle(observation.team_id, at)
    notifications.tell(
        Kind.OBSERVED, to=[observation.colleague_id], about=observation, at=at, by=by, what=observation.item.action.title, team_id=observation.team_id
    )
    due.ring()
    audit.record(Event.OBSERVED, actor=by, subject=observation, team_id=observation.team_id, at=at, data={name: saw[name] for name in NAMES})
    return observation


@transaction.atomic
def comment(*, observation_id: int, by: User, at: datetime, comment: str) -> Observation:
    """Whoever gave the handover says what they think of what was seen; who observed it is told."""
    observation = _lock(observation_id)
    permissions.check_comment(by, observation)
    if observation.observed_at is None:
        raise Refusal("Nobody has observed this handover yet.", possible="You are told when somebody has.")
    if not comment.strip():
        raise Invalid("Write what you think of it.", field="comment")
    observation.comment, observation.commented_at = comment, at
    observation.save(update_fields=["comment", "commented_at"])
    _tell(Kind.OBSERVATION_HEARD, observation, to=observation.observer_id, by=by, at=at)
    audit.record(Event.OBSERVATION_COMMENTED, actor=by, subject=observation, team_id=observation.team_id, at=at)
    return observation


@transaction.atomic
def set_aside(*, observation_id: int, by: User, at: datetime, why: str) -> Observation:
    """A lead says why nobody can observe this handover: nobody is asked about it any more, and no other is drawn in its place."""
    observation = _lock(observation_id)
    permissions.check_observe(by, observation)
    if observation.observed_at:
        raise Refusal("This handover has been observed already.", possible="What was seen can be said again.")
    _check_open(observation)
    if not why.strip():
        raise Invalid("Say why nobody can observe it.", field="why")
    observation.set_aside_at, observation.set_aside_by, observation.set_aside_why = at, by, why
    observation.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    _settle(observation.team_id, at)
    audit.record(Event.OBSERVATION_SET_ASIDE, actor=by, subject=observation, team_id=observation.team_id, at=at)
    return observation


# --- What the above is made of ------------------------------------------------------------------------------------------


def _draw(draw: Draw, team: Team, half: Half, at: datetime) -> int:
    """Two handovers of each colleague and month at most, such that one lead at least neither gave nor took them over; return how many."""
    leads = set(Membership.objects.leads().filter(team=team).values_list("user_id", flat=True))
    people = {item: (giver, taker) for item, giver, taker in queries.candidates(team, half) if leads - {giver, taker}}
    had, made = Counter(queries.drawn_this_month(team, half.month)), []
    for item in by_lot(people, team_id=team.pk, month=half.month):
        giver, _ = people[item]
        if had[giver] < MOST_A_MONTH:
            had[giver] += 1
            made.append(Observation(team=team, draw=draw, item_id=item, colleague_id=giver, month=half.month, number=had[giver], drawn_at=at))
    Observation.objects.bulk_create(made)
    if made:
        data = {"items": [one.item_id for one in made], "until": half.until.isoformat()}
        audit.record(Event.OBSERVATIONS_DRAWN, actor=None, subject=draw, team_id=team.pk, at=at, data=data)
    return len(made)


def _ask(team: Team, at: datetime) -> None:
    """One notice to each lead, about all that waits for them; it takes the place of an earlier one."""
    draws = Draw.objects.filter(team=team).order_by("-pk")[:4]
    notifications.settle(*draws, kinds=[Kind.OBSERVE], at=at)
    for count, leads in _leads_by_waiting(team.pk, at).items():
        what = f"{count} of your colleagues’, picked by chance"
        if count:
            notifications.tell(Kind.OBSERVE, to=leads, about=draws[0], at=at, what=what, team_id=team.pk)
    due.ring()


def _leads_by_waiting(team_id: int, at: datetime) -> dict[int, list[int]]:
    """How many handovers wait for whom to observe them: none for those whose own they all are."""
    rows = queries.waiting(Observation.objects.filter(team_id=team_id), at).values_list("colleague_id", "item__accepted_by_id")
    open_, found = list(rows), defaultdict(list)
    for lead in Membership.objects.leads().filter(team_id=team_id).values_list("user_id", flat=True):
        found[sum(lead not in people for people in open_)].append(lead)
    return found


def _lock(observation_id: int) -> Observation:
    return Observation.objects.select_for_update(of=("self",)).select_related("item__action", "draw").get(pk=observation_id)


def _tell(kind: Kind, observation: Observation, *, to: int | None, by: User, at: datetime) -> None:
    notifications.tell(kind, to=[to], about=observation, at=at, by=by, what=observation.item.action.title, team_id=observation.team_id)
    due.ring()


def _check_open(observation: Observation) -> None:
    if observation.set_aside_at:
        raise Refusal("This handover was set aside: nobody observes it.", possible="Others wait for you under Observations.")


def _settle(team_id: int, at: datetime) -> None:
    """Those for whom nothing waits any more, also because it is too long ago, are not asked any more."""
    draws = Draw.objects.filter(team=team_id).order_by("-pk")[:4]
    for lead in _leads_by_waiting(team_id, at).get(0, []):
        notifications.settle(*draws, kinds=[Kind.OBSERVE], recipient_id=lead, at=at)
