"""Writes to an improvement while it is being agreed: proposed, answered by those concerned, changed, decided, withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Membership, Team, User
from accounts.queries import leads_of
from common.errors import Invalid, Refusal, StaleVersion
from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import Service
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from reviews.events import Event
from reviews.improvements import measures, permissions, queries, telling
from reviews.improvements.models import Consent, Improvement, Says, What
from reviews.improvements.states import State, check_next
from reviews.suggestions.models import Suggestion

LONGEST = 300
FARTHEST = timedelta(days=366 * 2)


@dataclass(frozen=True)
class Change:
    """What is proposed. ``concerned``: ids of those who have to agree, beside whoever proposes it and its owner.

    ``target`` is a part of 1 for shares. It is measured on the handovers of a service, of an agreement, or on all that the team gives.
    """

    change: str
    owner_id: int
    due_on: date
    figure: str
    target: float
    concerned: Collection[int] = ()
    why: str = ""
    service_id: int | None = None
    agreement_id: int | None = None


@transaction.atomic
def propose(
    *, team: Team, by: User, at: datetime, change: Change, review: Any = None, suggestion: Suggestion | None = None, adjusts: Improvement | None = None
) -> Improvement:
    """Somebody of the team proposes an improvement; those concerned are asked. It is agreed at once where nobody else is concerned.

    ``review``, ``suggestion``, ``adjusts``: where it comes from, of the same team. Raises ``Invalid`` with the field that is not right.
    """
    permissions.check_propose(by, team.pk, review and review.other_team_id)
    for source in (review, suggestion, adjusts):
        if source is not None and source.team_id != team.pk:
            raise Invalid("This comes from another team.", possible="Propose it in that team.")
    if adjusts is not None and adjusts.state != State.JUDGED:
        raise Refusal("What it adjusts has not been judged yet.", possible="Say first whether that worked.")
    _check(change, team, at, other_team_id := _other_team(change, review))
    made = Improvement.objects.create(
        team=team, other_team_id=other_team_id, review=review, suggestion=suggestion, adjusts=adjusts, created_by=by, created_at=at, **_columns(change)
    )
    _name(made, change, by=by, at=at)
    telling.owe(made, What.ANSWER, at + telling.ANSWER_AFTER)
    telling.owe(made, What.DECIDE, at + telling.DECIDE_AFTER)
    sources = {"review": review and review.pk, "suggestion": suggestion and suggestion.pk, "adjusts": adjusts and adjusts.pk}
    telling.record(Event.IMPROVEMENT_PROPOSED, made, by=by, at=at, figure=made.figure, target=made.target, **{k: v for k, v in sources.items() if v})
    _agree_if_all(made, by=by, at=at)
    return made


@transaction.atomic
def rewrite(*, improvement_id: int, by: User, at: datetime, change: Change, read: int | None = None) -> Improvement:
    """Whoever proposed it, or a lead, changes it while it is being agreed: everybody else is asked anew. Nobody who was named is left out."""
    improvement = lock(improvement_id)
    permissions.check_write(by, improvement)
    _check_open(improvement, read)
    _check(change, improvement.team, at, other_team_id := _other_team(change, improvement.review))
    columns = _columns(change)
    same = all(getattr(improvement, name) == value for name, value in columns.items())
    improvement.other_team_id, improvement.revision = other_team_id, improvement.revision + (not same)
    for name, value in columns.items():
        setattr(improvement, name, value)
    improvement.save(update_fields=["other_team", "revision", *columns])
    if not same:
        improvement.consents.update(says="", words="", answered_at=None, asked_at=at)
        notifications.settle(improvement, kinds=telling.ASKING, at=at)
    _name(improvement, change, by=by, at=at, again=not same)
    telling.record(Event.IMPROVEMENT_CHANGED, improvement, by=by, at=at, revision=improvement.revision)
    _agree_if_all(improvement, by=by, at=at)
    return improvement


@transaction.atomic
def answer(*, improvement_id: int, by: User, at: datetime, says: str, words: str = "", read: int | None = None) -> Improvement:
    """Somebody concerned agrees, or says “not yet, because”. The last agreement makes it agreed.

    ``read`` is the revision that was read. Until it is agreed an answer may be changed; giving the same one twice changes nothing.
    """
    improvement = lock(improvement_id)
    permissions.check_answer(by, improvement)
    mine = improvement.consents.get(colleague=by)
    if says == Says.AGREE == mine.says and improvement.state != State.PROPOSED:
        return improvement
    _check_open(improvement, read)
    words = words.strip()
    if says == Says.NOT_YET and not words:
        raise Invalid("Say why not yet.", possible="One sentence is enough; everybody concerned reads it.", field="words")
    words = words if says == Says.NOT_YET else ""
    if (mine.says, mine.words) == (says, words):
        return improvement
    mine.says, mine.words, mine.answered_at = Says(says), words, at
    mine.save(update_fields=["says", "words", "answered_at"])
    notifications.settle(improvement, kinds=telling.ASKING, recipient_id=by.pk, at=at)
    telling.record(Event.IMPROVEMENT_ANSWERED, improvement, by=by, at=at, says=mine.says)
    if not _agree_if_all(improvement, by=by, at=at):
        said = "Agrees." if says == Says.AGREE else f"Not yet, because: {words}"
        telling.tell(Kind.IMPROVEMENT_HEARD, improvement, to=[improvement.created_by_id, improvement.owner_id], by=by, at=at, words=said)
    return improvement


@transaction.atomic
def decide(*, improvement_id: int, by: User, at: datetime, reason: str) -> Improvement:
    """A lead decides that it is done without those who have not agreed: once everybody has answered, or after seven days. The reason stays."""
    improvement = lock(improvement_id)
    permissions.check_run(by, improvement)
    _check_open(improvement, None)
    reason = reason.strip()
    until = improvement.created_at + telling.DECIDE_AFTER
    if at < until and queries.still_needed(improvement).filter(says="").exists():
        local = improvement.team.local(until)
        raise Refusal("Not everybody has answered yet.", possible=f"Ask them; a lead may decide from {local:%H:%M} on {local.day} {local:%B}.")
    if not reason:
        raise Invalid("Say why you decide without everybody.", field="reason")
    improvement.decided_by, improvement.decided_why = by, reason
    improvement.save(update_fields=["decided_by", "decided_why"])
    make_agreed(improvement, by=by, at=at)
    return improvement


@transaction.atomic
def withdraw(*, improvement_id: int, by: User, at: datetime, reason: str = "") -> Improvement:
    """Whoever proposed it takes it back, or a lead does: with a reason where others have agreed to it, or where it is not one's own."""
    improvement = lock(improvement_id)
    permissions.check_write(by, improvement)
    if improvement.state == State.WITHDRAWN:
        return improvement
    check_next(improvement.state, State.WITHDRAWN)
    reason = reason.strip()
    if not reason and (by.pk != improvement.created_by_id or improvement.state == State.AGREED):
        raise Invalid("Say why it is withdrawn.", possible="Whoever agreed to it reads it.", field="reason")
    improvement.state, improvement.ended_at, improvement.decided_by, improvement.decided_why = State.WITHDRAWN, at, by, reason
    improvement.save(update_fields=["state", "ended_at", "decided_by", "decided_why"])
    telling.stop_asking(improvement, at=at)
    telling.stop(improvement, What.SOON, What.OVERDUE, at=at)
    notifications.settle(improvement, kinds=[Kind.IMPROVEMENT_DUE], at=at)
    telling.record(Event.IMPROVEMENT_WITHDRAWN, improvement, by=by, at=at)
    telling.tell_all(Kind.IMPROVEMENT_OVER, improvement, by=by, at=at, words=f"Withdrawn. {reason}".strip())
    return improvement


def make_agreed(improvement: Improvement, *, by: User | None, at: datetime, rule: str = "") -> None:
    """It is agreed: its owner carries it out by the day. ``rule``: named where nobody pressed anything."""
    check_next(improvement.state, State.AGREED)
    improvement.state, improvement.agreed_at = State.AGREED, at
    improvement.save(update_fields=["state", "agreed_at"])
    telling.stop_asking(improvement, at=at)
    telling.owe_day(improvement, at=at)
    telling.record(Event.IMPROVEMENT_AGREED, improvement, by=by, at=at, **({"rule": rule} if rule else {}))
    telling.tell_all(Kind.IMPROVEMENT_ON, improvement, by=by, at=at, words=improvement.decided_why)


def _agree_if_all(improvement: Improvement, *, by: User, at: datetime) -> bool:
    if queries.still_needed(improvement).exists():
        return False
    make_agreed(improvement, by=by, at=at)
    return True


def lock(improvement_id: int) -> Improvement:
    """The improvement, locked until the end of the transaction."""
    return Improvement.objects.select_for_update(of=("self",)).select_related("team", "review").get(pk=improvement_id)


def _check_open(improvement: Improvement, read: int | None) -> None:
    if improvement.state != State.PROPOSED:
        check_next(improvement.state, State.AGREED)
    if read is not None and read != improvement.revision:
        raise StaleVersion("It was changed since you read it.", possible="Read what it says now, and answer that.", theirs=improvement.revision)


def _other_team(change: Change, review: Any) -> int | None:
    """The receiving team that the agreement in force names, where it is another one; else the one that takes part in the review."""
    in_force = AgreementVersion.objects.in_force().filter(agreement=change.agreement_id, to_team__isnull=False)
    named: int | None = in_force.values_list("to_team_id", flat=True).first() if change.agreement_id else None
    return named or (review.other_team_id if review else None)


def _check(change: Change, team: Team, at: datetime, other_team_id: int | None) -> None:
    if not change.change.strip():
        raise Invalid("Say what you will change.", field="change")
    today = team.local(at).date()
    if not today <= change.due_on <= today + FARTHEST:
        raise Invalid("Choose a day from today on, within two years.", field="due_on")
    measures.check(change.figure, change.target)
    if change.service_id and change.agreement_id:
        raise Invalid("It is measured on a service or on an agreement, not on both.", field="about")
    if change.service_id and not Service.objects.filter(pk=change.service_id, team=team).exists():
        raise Invalid("This service belongs to another team.", field="about")
    if change.agreement_id and not Agreement.objects.filter(pk=change.agreement_id, team=team).exists():
        raise Invalid("This agreement belongs to another team.", field="about")
    check_owner(change.owner_id, team.pk, other_team_id)
    sides = queries.members_of_sides(team.pk, other_team_id)
    if strangers := set(change.concerned) - set(sides.values_list("user_id", flat=True)):
        raise Invalid(f"{len(strangers)} of those named belong to no team concerned.", possible="Choose colleagues of the teams concerned.", field="concerned")


def check_owner(owner_id: int, team_id: int, other_team_id: int | None) -> None:
    if not queries.members_of_sides(team_id, other_team_id).filter(user=owner_id).exists():
        raise Invalid("Its owner has to belong to a team concerned.", possible="Choose a colleague who works there now.", field="owner")


def _columns(change: Change) -> dict[str, Any]:
    kept = {name: getattr(change, name) for name in ("owner_id", "due_on", "figure", "target", "service_id", "agreement_id")}
    return {**kept, "change": change.change.strip()[:LONGEST], "why": change.why.strip()}


def _name(improvement: Improvement, change: Change, *, by: User, at: datetime, again: bool = False) -> None:
    """Ask those concerned: whoever writes it agrees by writing it, and a lead has to be among them. ``again``: also those asked before."""
    known = set(improvement.consents.values_list("colleague_id", flat=True))
    wanted = {*change.concerned, change.owner_id, by.pk} | known
    _check_lead_among(wanted, improvement.team_id, by)
    new = wanted - known
    Consent.objects.bulk_create(Consent(improvement=improvement, colleague_id=pk, asked_at=at) for pk in sorted(new))
    improvement.consents.filter(colleague=by).update(says=Says.AGREE, words="", answered_at=at)
    ask = [pk for pk in sorted(wanted if again else new) if pk != by.pk]
    telling.tell(Kind.IMPROVING, improvement, to=ask, by=by, at=at, words=improvement.why)


def _check_lead_among(people: set[int], team_id: int, by: User) -> None:
    leads = {lead.pk for lead in leads_of(team_id)}
    if not people & leads and not by.is_administrator and Membership.objects.leads().filter(team=team_id).exists():
        raise Invalid("No lead is named.", possible="What a team changes, a lead agrees too: choose one.", field="concerned")
