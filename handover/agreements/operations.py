"""Writes to agreements: a version is proposed, its text changed while it is, and the agreement in force reviewed. Answers: ``answering``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from common.errors import Invalid, StaleVersion
from handover.agreements import asking, permissions
from handover.agreements import terms as writing
from handover.agreements.agreeing import ProposalAnswer, ProposalComment
from handover.agreements.announcing import announce
from handover.agreements.models import Agreement, AgreementVersion, Applies
from handover.agreements.queries import complete, locked
from handover.agreements.states import State
from handover.agreements.terms import Asked, Terms
from handover.catalog.models import HandoverPoint
from handover.events import Event
from handover.notifications import operations as notifications

__all__ = ["Asked", "Terms", "make", "propose", "propose_first", "review", "revise"]

CHANGED = "I have changed the proposal. Please answer to the new text."


@transaction.atomic
def make(*, point: HandoverPoint, by: User, at: datetime, applies: str = Applies.BOTH, terms: Terms) -> AgreementVersion:
    """The first version for a handover point, in force at once because a lead sets the team up."""
    permissions.check_decide(by, point.service.team_id)
    version = _first(point, applies, terms, by=by, at=at, state=State.IN_FORCE, in_force_at=at)
    if version.review_on is not None:
        asking.owe_review(version, at=at)
    announce(version, by=by, at=at)
    asking.record(Event.AGREEMENT_MADE, version, by=by, at=at)
    return version


@transaction.atomic
def propose_first(
    *,
    point: HandoverPoint,
    by: User,
    at: datetime,
    terms: Terms,
    applies: str = Applies.BOTH,
    named: Collection[int] = (),
    why: str = "",
    answer_by: datetime | None = None,
    reason: str = "",
) -> AgreementVersion:
    """Propose the first version for a handover point. ``named`` (ids): who has to agree beside ``by``, as for ``propose``.

    A lead who names nobody else puts it in force at once; where another team receives, that needs a ``reason``.
    """
    permissions.check_propose(by, point.service.team_id)
    version = _first(point, applies, terms, by=by, at=at, why=why)
    _open(version, named, answer_by=answer_by, reason=reason, reason_needed=terms.to_team_id is not None, by=by, at=at)
    return version


@transaction.atomic
def propose(
    *,
    agreement: Agreement,
    by: User,
    at: datetime,
    terms: Terms,
    named: Collection[int] = (),
    why: str = "",
    answer_by: datetime | None = None,
    reason: str = "",
    read: int | None = None,
) -> AgreementVersion:
    """Propose the next version. It is in force when ``by`` and all of ``named`` (ids) agree; ``answer_by``: by then, else in a week.

    A lead who names nobody else decides alone: in force at once, with a ``reason`` that everybody sees. ``read`` is the number of the
    version that ``by`` had before them; raises ``StaleVersion`` if another one is in force by now.
    """
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    now = AgreementVersion.objects.filter(agreement=agreement).in_force().first()
    permissions.check_propose(by, agreement.team_id, now.to_team_id if now else None)
    _check_read(now, read)
    _check_no_other(agreement)
    newest = AgreementVersion.objects.filter(agreement=agreement).aggregate(number=Max("number"))["number"] or 0
    version = _write(agreement, newest + 1, terms, by=by, at=at, why=why)
    _open(version, named, answer_by=answer_by, reason=reason, reason_needed=now is not None, by=by, at=at)
    return version


@transaction.atomic
def revise(
    *, version_id: int, by: User, at: datetime, terms: Terms, named: Collection[int], why: str = "", answer_by: datetime | None = None, read: int | None = None
) -> AgreementVersion:
    """Change the text of a proposal, or whom it asks. Answers to an older text are asked anew; ``read``: the revision that ``by`` changed."""
    version = locked(version_id)
    permissions.check_write(by, version)
    check_open(version, read)
    agreement = version.agreement
    writing.check(terms, team_id=agreement.team_id, today=agreement.team.local(at).date())
    is_new_text = not writing.same(writing.terms_of(complete(AgreementVersion.objects.filter(pk=version.pk)).get()), terms)
    version.why, version.answer_by = why, _deadline(answer_by or version.answer_by, at)
    if is_new_text:
        version.revision += 1
    writing.put(version, terms)
    new = asking.name(version, named, at=at)
    again: list[int] = []
    if is_new_text:
        given = version.answers.exclude(colleague=by)
        again = list(given.values_list("colleague_id", flat=True))
        given.update(answer="", line="", words="", answered_at=None, asked_at=at)
        ProposalComment.objects.create(version=version, author=by, revision=version.revision, words=CHANGED, at=at)
        notifications.settle(version, kinds=asking.ASKING, at=at)
    asking.ask(version, to=[*new, *again], by=by, at=at)
    asking.record(Event.PROPOSAL_CHANGED, version, by=by, at=at, revision=version.revision, asked=sorted({*new, *again}))
    return version


@transaction.atomic
def review(*, agreement: Agreement, by: User, at: datetime, review_on: date) -> AgreementVersion:
    """A lead has looked at what is in force: it still holds. It comes up again on ``review_on``."""
    permissions.check_decide(by, agreement.team_id)
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    version = AgreementVersion.objects.filter(agreement=agreement).in_force().select_related("agreement__team", "agreement__point__service").first()
    if version is None:
        raise Invalid("Nothing is in force here.", possible="Agree something first.")
    writing.check_review(review_on, today=agreement.team.local(at).date())
    version.review_on = review_on
    version.save(update_fields=["review_on"])
    asking.owe_review(version, at=at)
    notifications.settle(version, at=at)
    asking.record(Event.AGREEMENT_REVIEWED, version, by=by, at=at, review_on=review_on.isoformat())
    return version


# --- What they are made of ------------------------------------------------------------------------------------------------


def _first(point: HandoverPoint, applies: str, terms: Terms, *, by: User, at: datetime, **fields: Any) -> AgreementVersion:
    HandoverPoint.objects.select_for_update().get(pk=point.pk)  # so that two who agree at once do not both
    agreement = Agreement.objects.filter(point=point, applies=applies).first()
    number = 1
    if agreement is None:
        agreement = Agreement.objects.create(team=point.service.team, point=point, applies=applies, created_at=at)
    else:
        states = dict(AgreementVersion.objects.filter(agreement=agreement).values_list("number", "state"))
        if {State.IN_FORCE, State.PROPOSED} & set(states.values()):
            raise Invalid("There is an agreement for this point and time already.", possible="Propose a change to that one.", field="applies")
        number = max(states, default=0) + 1
    return _write(agreement, number, terms, by=by, at=at, **fields)


def _write(agreement: Agreement, number: int, terms: Terms, *, by: User, at: datetime, state: State = State.PROPOSED, **fields: Any) -> AgreementVersion:
    writing.check(terms, team_id=agreement.team_id, today=agreement.team.local(at).date())
    version = AgreementVersion(agreement=agreement, number=number, state=state, created_by=by, created_at=at, **fields)
    writing.put(version, terms)
    return version


def _open(version: AgreementVersion, named: Collection[int], *, answer_by: datetime | None, reason: str, reason_needed: bool, by: User, at: datetime) -> None:
    """Ask those named; where there is nobody else, it is for a lead to decide alone."""
    others = set(named) - {by.pk}
    if others:
        version.answer_by = _deadline(answer_by, at)
        version.save(update_fields=["answer_by"])
        asked = asking.name(version, others, at=at)
        asking.ask(version, to=asked, by=by, at=at)
        asking.record(Event.PROPOSED, version, by=by, at=at, asked=asked)
        return
    if not permissions.may_decide(by, version.agreement.team_id):
        raise Invalid("Nobody else is named.", possible="Choose who has to agree: a lead at least.", field="named")
    if reason_needed and not reason:
        raise Invalid("Nobody else is asked.", possible="Name who has to agree, or say why you decide it alone.", field="reason")
    version.decided_by, version.decided_why = (by, reason) if reason else (None, "")
    version.save(update_fields=["decided_by", "decided_why"])
    ProposalAnswer.objects.create(version=version, colleague=by, team_id=version.agreement.team_id, answer="agree", asked_at=at, answered_at=at)
    ended = asking.put_in_force(version, by=by, at=at)
    asking.record(Event.AGREEMENT_CHANGED if ended else Event.AGREEMENT_MADE, version, by=by, at=at, ended=ended)


def _deadline(answer_by: datetime | None, at: datetime) -> datetime:
    if answer_by is None:
        return at + asking.TIME_TO_ANSWER
    if not at < answer_by <= at + asking.LONGEST_TO_ANSWER:
        raise Invalid("Answers are due within 90 days, and not before now.", possible="Choose a time to come.", field="answer_by")
    return answer_by


def check_open(version: AgreementVersion, read: int | None) -> None:
    """Raise unless this is still a proposal, and its text the one that was read."""
    if version.state != State.PROPOSED:
        raise Invalid(f"This version is {version.get_state_display()}.", possible="Open the agreement to see what is in force.")
    if read is not None and read != version.revision:
        possible = "Read what it says now; what you typed is still here."
        raise StaleVersion("The proposal was changed since you opened it.", possible=possible, theirs=version.revision)


def _check_read(now: AgreementVersion | None, read: int | None) -> None:
    number = now.number if now else None
    if read is not None and read != number:
        possible = f"Look at version {number}; what you typed is still here. Send it again to propose it after that one."
        raise StaleVersion(f"Somebody put version {number} in force meanwhile.", possible=possible, theirs=number)


def _check_no_other(agreement: Agreement) -> None:
    other = AgreementVersion.objects.filter(agreement=agreement).proposed().select_related("created_by").first()
    if other is not None:
        who = other.created_by.display_name if other.created_by else "somebody"
        raise Invalid(f"Version {other.number} is proposed already, by {who}.", possible="Answer that one: you can ask for a change first.")
