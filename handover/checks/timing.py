"""When completion is checked. Arithmetic over instants; no database."""

from __future__ import annotations

from datetime import datetime, timedelta

from handover.agreements.models import AgreementVersion, CheckRule
from handover.due.limits import CHECK_AFTER_PROMISE, CHECK_EARLIEST, Urgency


def propose(
    *, accepted_at: datetime, urgency: str, promised_by: datetime | None, givers_next_start: datetime, incoming_ends: datetime, version: AgreementVersion | None
) -> datetime:
    """The time at which “was it completed?” is asked, by rule.

    The promise + 15 min, else the start of the giver's next shift; an agreement may choose between the two, or name
    minutes after acceptance. For *urgent* never later than the end of the incoming shift; never earlier than 15 min after acceptance.
    """
    rule = version.check_rule if version else CheckRule.PROMISE
    if rule == CheckRule.AFTER and version and version.check_minutes:
        at = accepted_at + timedelta(minutes=version.check_minutes)
    elif rule == CheckRule.PROMISE and promised_by is not None:
        at = promised_by + CHECK_AFTER_PROMISE
    else:
        at = givers_next_start
    return within(at, accepted_at=accepted_at, urgency=urgency, incoming_ends=incoming_ends)


def within(at: datetime, *, accepted_at: datetime, urgency: str, incoming_ends: datetime) -> datetime:
    """``at``, moved to where a check may lie (see ``propose``). A time that the giver chose goes through this too."""
    if urgency == Urgency.URGENT:
        at = min(at, incoming_ends)
    return max(at, accepted_at + CHECK_EARLIEST)
