"""When an offer is to be accepted. Arithmetic over instants; no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handover.agreements.models import AgreementVersion
from handover.due.limits import ACCEPT, STAND_IN_SHIFT, Urgency


@dataclass(frozen=True)
class AcceptLimits:
    """``remind``: the incoming side is reminded. ``accept_by``: giver and lead are told. ``lapse``: the offer is over; its giver keeps the action."""

    remind: datetime
    accept_by: datetime
    lapse: datetime


def accept_limits(
    *, offered_at: datetime, urgency: str, version: AgreementVersion | None, receiving_starts: datetime | None, receiving_ends: datetime
) -> AcceptLimits:
    """The three instants of an offer.

    The clock starts with the offer, or with the start of the receiving shift (``receiving_starts``) where that is
    later: nobody accepts before they are on. An agreed limit reminds at its half. An offer lapses at the end of the
    receiving shift, and never sooner than 8 hours after its limit: a limit that has just passed tells, it does not drop.
    """
    start = max(offered_at, receiving_starts) if receiving_starts else offered_at
    agreed = agreed_minutes(version, urgency)
    if agreed is not None:
        remind, accept_by = start + timedelta(minutes=agreed / 2), start + timedelta(minutes=agreed)
    else:
        limit = ACCEPT[Urgency(urgency)]
        accept_by = (
            start + timedelta(minutes=limit.escalate) if limit.escalate is not None else max(receiving_ends, start + timedelta(minutes=2 * limit.remind))
        )
        remind = start + timedelta(minutes=limit.remind)
    return AcceptLimits(remind, accept_by, max(receiving_ends, accept_by + STAND_IN_SHIFT))


def agreed_minutes(version: AgreementVersion | None, urgency: str) -> int | None:
    """The agreement's own limit for this urgency, in minutes; ``None``: the usual one holds."""
    return next((limit.accept_within for limit in version.limits.all() if limit.urgency == urgency), None) if version else None


def read_back_needed(version: AgreementVersion | None, urgency: str) -> bool:
    """Whether the agreement asks for a read-back at this urgency."""
    return any(limit.read_back for limit in version.limits.all() if limit.urgency == urgency) if version else False
