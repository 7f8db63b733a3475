"""What becomes of a proposal: those named answer, everybody concerned comments; all agree, or a lead decides after the deadline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.errors import Invalid, Refusal
from handover.agreements import asking, permissions
from handover.agreements.agreeing import ProposalAnswer, ProposalComment, Says
from handover.agreements.models import AgreementVersion
from handover.agreements.operations import check_open
from handover.agreements.queries import locked, still_needed
from handover.agreements.states import State, check_next
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


@transaction.atomic
def answer(*, version_id: int, by: User, at: datetime, answer: str, words: str = "", line: str = "", read: int | None = None) -> AgreementVersion:
    """A named colleague agrees, wants a change first, or keeps what there is: “not yet, because”. The last agreement puts it in force.

    ``words`` say what instead, or why; beside *agree* they are a comment. ``read`` is the revision that was read. Until it is decided an
    answer may be changed; giving the same one twice changes nothing.
    """
    version = locked(version_id)
    permissions.check_answer(by, version)
    mine = version.answers.get(colleague=by)
    if version.state == State.IN_FORCE and mine.answer == answer == Says.AGREE:
        return version
    check_open(version, read)
    if answer != Says.AGREE and not words:
        why = "Say what you want instead." if answer == Says.CHANGE else "Say why."
        raise Invalid(why, field="instead" if answer == Says.CHANGE else "because")
    line = line if answer == Says.CHANGE else ""
    if (mine.answer, mine.words, mine.line) == (answer, words, line):
        return version
    mine.answer, mine.words, mine.line, mine.answered_at = answer, words, line, at
    mine.save(update_fields=["answer", "words", "line", "answered_at"])
    if words:
        ProposalComment.objects.create(version=version, author=by, revision=version.revision, answer=answer, line=line, words=words, at=at)
    notifications.settle(version, kinds=asking.ASKING, recipient_id=by.pk, at=at)
    is_agreed = not still_needed(version)
    ended = asking.put_in_force(version, by=by, at=at) if is_agreed else None
    if not is_agreed:
        _tell_writer(version, mine, by=by, at=at)
    asking.record(Event.PROPOSAL_ANSWERED, version, by=by, at=at, answer=answer, in_force=is_agreed, ended=ended)
    return version


def _tell_writer(version: AgreementVersion, mine: ProposalAnswer, *, by: User, at: datetime) -> None:
    said = {Says.AGREE: "Agrees.", Says.CHANGE: "Wants a change first.", Says.KEEP: "Would keep what there is."}[Says(mine.answer)]
    words = f"{said} {mine.words}".strip()[:500]
    team_id = version.agreement.team_id
    notifications.tell(Kind.PROPOSAL_ANSWERED, to=[version.created_by_id], about=version, what=asking.what(version), words=words, by=by, team_id=team_id, at=at)


@transaction.atomic
def comment(*, version_id: int, by: User, at: datetime, words: str) -> ProposalComment:
    """Anybody of the teams concerned says something about a proposal; whoever proposed it is told."""
    version = locked(version_id)
    permissions.check_comment(by, version)
    check_open(version, None)
    if not words:
        raise Invalid("Write your comment.", field="comment")
    last = version.comments.order_by("-at", "-pk").first()
    if last is not None and (last.author_id, last.words) == (by.pk, words):
        return last
    made = ProposalComment.objects.create(version=version, author=by, revision=version.revision, words=words, at=at)
    waiting = [pk for pk in still_needed(version) if by.pk == version.created_by_id]
    to = [version.created_by_id, *waiting]
    team_id = version.agreement.team_id
    notifications.tell(Kind.PROPOSAL_ANSWERED, to=to, about=version, what=asking.what(version), words=words[:500], by=by, team_id=team_id, at=at)
    asking.record(Event.PROPOSAL_COMMENTED, version, by=by, at=at, comment=made.pk)
    return made


@transaction.atomic
def withdraw(*, version_id: int, by: User, at: datetime, reason: str = "") -> AgreementVersion:
    """Whoever proposed it takes it back; a lead may too, with a reason."""
    version = locked(version_id)
    permissions.check_withdraw(by, version)
    if version.state == State.WITHDRAWN:
        return version
    if by.pk != version.created_by_id and not reason:
        raise Invalid("Say why you end a colleague’s proposal.", field="reason")
    return _end(version, State.WITHDRAWN, Event.PROPOSAL_WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def decide(*, version_id: int, by: User, at: datetime, in_force: bool, reason: str) -> AgreementVersion:
    """After the deadline a lead decides without those who have not agreed: in force, or not. The reason stays with the version."""
    version = locked(version_id)
    permissions.check_decide_on(by, version)
    check_open(version, None)
    if version.answer_by is not None and at < version.answer_by:
        until = version.agreement.team.local(version.answer_by)
        raise Refusal("Those named still have time to answer.", possible=f"A lead may decide from {until:%H:%M} on {until.day} {until:%B}.")
    if not reason:
        raise Invalid("Say why you decide without everybody’s agreement.", field="reason")
    if not in_force:
        return _end(version, State.REFUSED, Event.PROPOSAL_DECIDED, by=by, at=at, reason=reason)
    version.decided_by, version.decided_why = by, reason
    version.save(update_fields=["decided_by", "decided_why"])
    ended = asking.put_in_force(version, by=by, at=at)
    asking.record(Event.PROPOSAL_DECIDED, version, by=by, at=at, in_force=True, ended=ended)
    return version


def _end(version: AgreementVersion, state: State, kind: Event, *, by: User, at: datetime, reason: str) -> AgreementVersion:
    check_next(version.state, state)
    version.state, version.ended_at, version.decided_by, version.decided_why = state, at, by, reason
    version.save(update_fields=["state", "ended_at", "decided_by", "decided_why"])
    asking.stop_asking(version, at=at)
    to, team_id = asking.concerned(version), version.agreement.team_id
    notifications.tell(Kind.PROPOSAL_ENDED, to=to, about=version, what=asking.what(version), words=reason[:500], by=by, team_id=team_id, at=at)
    asking.record(kind, version, by=by, at=at, in_force=False)
    return version
