"""Writes to an improvement once it is agreed: another owner or day, carried out, what else changed, and whether it worked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from common.errors import Invalid, Refusal
from handover.agreements.models import AgreementVersion
from handover.agreements.states import State as VersionState
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from reviews.events import Event
from reviews.improvements import effects, permissions, queries, telling
from reviews.improvements.models import Improvement, Judgement, OtherChange, Verdict, What
from reviews.improvements.operations import FARTHEST, check_owner, lock
from reviews.improvements.states import State, check_next

LONGEST_AGO = timedelta(days=366)


@transaction.atomic
def plan(*, improvement_id: int, by: User, at: datetime, owner_id: int, due_on: date, reason: str = "") -> Improvement:
    """Its owner or a lead gives it another owner or another day, and says why. Everybody concerned agreed to the change itself, not again."""
    improvement = lock(improvement_id)
    permissions.check_carry_out(by, improvement)
    if (improvement.owner_id, improvement.due_on) == (owner_id, due_on):
        return improvement
    _check_agreed(improvement)
    check_owner(owner_id, improvement.team_id, improvement.other_team_id)
    today = improvement.team.local(at).date()
    if due_on != improvement.due_on and not today <= due_on <= today + FARTHEST:
        raise Invalid("Choose a day from today on, within two years.", field="due_on")
    if not reason.strip():
        raise Invalid("Say why.", possible="Whoever agreed to it reads it.", field="reason")
    data = {"owner": [improvement.owner_id, owner_id], "due_on": [improvement.due_on.isoformat(), due_on.isoformat()]}
    improvement.owner_id, improvement.due_on = owner_id, due_on
    improvement.save(update_fields=["owner", "due_on"])
    notifications.settle(improvement, kinds=[Kind.IMPROVEMENT_DUE], at=at)
    telling.owe_day(improvement, at=at)
    telling.record(Event.IMPROVEMENT_PLANNED, improvement, by=by, at=at, **data)
    telling.tell_all(Kind.IMPROVEMENT_HEARD, improvement, by=by, at=at, words=f"Another owner or day. {reason.strip()}")
    return improvement


@transaction.atomic
def carry_out(*, improvement_id: int, by: User, at: datetime, done_on: date, words: str = "", version_id: int | None = None) -> Improvement:
    """Its owner or a lead says that it is done. ``done_on`` is the first day on which it held, today or before; ``version_id``: the new version
    of an agreement, in force, where that is the change. Saying it twice changes nothing."""
    improvement = lock(improvement_id)
    permissions.check_carry_out(by, improvement)
    if improvement.state in (State.DONE, State.JUDGED):
        return improvement
    _check_agreed(improvement)
    today = improvement.team.local(at).date()
    if not today - LONGEST_AGO <= done_on <= today:
        raise Invalid("Choose the first day on which it held: today, or a day before.", field="done_on")
    _check_version(version_id, improvement)
    improvement.state, improvement.done_on, improvement.done_at, improvement.done_by = State.DONE, done_on, at, by
    improvement.done_words, improvement.version_id = words.strip(), version_id
    improvement.save(update_fields=["state", "done_on", "done_at", "done_by", "done_words", "version"])
    telling.stop(improvement, What.SOON, What.OVERDUE, at=at)
    notifications.settle(improvement, kinds=[Kind.IMPROVEMENT_DUE], at=at)
    telling.owe(improvement, What.JUDGE, telling.morning(improvement, done_on + telling.JUDGE_AFTER))
    telling.record(Event.IMPROVEMENT_DONE, improvement, by=by, at=at, done_on=done_on.isoformat(), version=version_id)
    telling.tell_all(Kind.IMPROVEMENT_DONE, improvement, by=by, at=at, words=improvement.done_words)
    return improvement


@transaction.atomic
def remark(*, improvement_id: int, by: User, at: datetime, words: str) -> OtherChange:
    """Somebody says what else changed, which may be why the figure moved. Saying the same twice changes nothing."""
    improvement = lock(improvement_id)
    permissions.check_remark(by, improvement)
    words = words.strip()
    if not words:
        raise Invalid("Say what else changed.", field="words")
    if same := improvement.other_changes.filter(by=by, words=words).first():
        return same
    made = OtherChange.objects.create(improvement=improvement, by=by, words=words, at=at)
    telling.record(Event.IMPROVEMENT_REMARKED, improvement, by=by, at=at, remark=made.pk)
    return made


@transaction.atomic
def judge(*, improvement_id: int, by: User, at: datetime, verdict: str, words: str = "") -> Judgement:
    """A lead says whether it worked, with the figures as they stand. *Too early* asks again in four weeks; any other word is the last one."""
    improvement = lock(improvement_id)
    permissions.check_run(by, improvement)
    words = words.strip()
    last = improvement.judgements.last()
    if last is not None and (last.by_id, last.verdict, last.words) == (by.pk, verdict, words) and _is_same_press(last, improvement, at):
        return last
    if improvement.state != State.DONE:
        check_next(improvement.state, State.JUDGED)
        raise Refusal("It is not done yet.", possible="Its owner says when it is.")
    measured = effects.measure(improvement, today=improvement.team.local(at).date())
    made = Judgement.objects.create(improvement=improvement, verdict=Verdict(verdict), words=words, measured=effects.as_data(measured), by=by, at=at)
    telling.stop(improvement, What.JUDGE, at=at)
    notifications.settle(improvement, kinds=[Kind.IMPROVEMENT_JUDGE], at=at)
    if made.verdict == Verdict.TOO_EARLY:
        telling.owe(improvement, What.JUDGE, telling.morning(improvement, improvement.team.local(at).date() + telling.JUDGE_AFTER))
    else:
        improvement.state, improvement.ended_at = State.JUDGED, at
        improvement.save(update_fields=["state", "ended_at"])
    telling.record(Event.IMPROVEMENT_JUDGED, improvement, by=by, at=at, verdict=made.verdict, judgement=made.pk)
    said = f"{str(made.get_verdict_display()).capitalize()}. {words}".strip()
    telling.tell_all(Kind.IMPROVEMENT_OVER, improvement, by=by, at=at, words=said)
    return made


def _is_same_press(last: Judgement, improvement: Improvement, at: datetime) -> bool:
    return improvement.state == State.JUDGED or at - last.at < timedelta(days=1)


def _check_agreed(improvement: Improvement) -> None:
    if improvement.state == State.PROPOSED:
        waiting = queries.still_needed(improvement).count()
        said = f"{waiting} of those concerned {'has' if waiting == 1 else 'have'} not agreed yet."
        raise Refusal(said, possible="It is agreed when they have; after seven days a lead may decide.")
    if improvement.state != State.AGREED:
        check_next(improvement.state, State.DONE)


def _check_version(version_id: int | None, improvement: Improvement) -> None:
    if version_id is None:
        return
    version = AgreementVersion.objects.filter(pk=version_id, agreement__team=improvement.team_id).select_related("agreement").first()
    if version is None or version.state not in (VersionState.IN_FORCE, VersionState.ENDED):
        raise Invalid("This version is not in force.", possible="Choose one that is, or leave it out.", field="version_id")
    if improvement.agreement_id and version.agreement_id != improvement.agreement_id:
        raise Invalid("This version is of another agreement than the one that is measured.", possible="Choose one of that agreement.", field="version_id")
