"""“I have read how we hand over”, as it was."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Refusal, StaleVersion
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.procedure import permissions, queries
from handover.procedure.models import ProcedureAcknowledgement


@transaction.atomic
def acknowledge(*, team: Team, by: User, at: datetime, fingerprint: str) -> ProcedureAcknowledgement:
    """``by`` has read the procedure that ``fingerprint`` tells, which has to be the one that holds now. Saying it twice is harmless."""
    permissions.check_acknowledge(by, team.pk)
    now, _ = queries.now_of(team.pk)
    if not now:
        raise Refusal("Nothing is agreed yet, so there is nothing to acknowledge.", possible="Agree first how you hand over, on the service map.")
    if now != fingerprint:
        raise StaleVersion("How we hand over has changed since you opened it.", possible="Read what it says now, then say so again.", theirs=now)
    said, is_new = ProcedureAcknowledgement.objects.get_or_create(team=team, colleague=by, fingerprint=now, defaults={"at": at})
    if is_new:
        notifications.settle(team, kinds=[Kind.PROCEDURE], recipient_id=by.pk, at=at)
        data = {"fingerprint": now, "colleague": by.pk}
        audit.record(Event.PROCEDURE_ACKNOWLEDGED, actor=by, subject=team, team_id=team.pk, at=at, data=data)
    return said
