"""Log an action: something promised to a customer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.actions import operations as actions
from handover.actions import permissions
from handover.actions.models import Action
from handover.catalog.models import Service
from handover.due import operations as due
from handover.due.limits import Urgency
from handover.events import Event
from handover.moves import owed
from handover.moves.locks import id_of
from handover.notifications import operations as notifications
from handover.notifications.models import Kind


def create(
    *,
    team: Team,
    by: User,
    at: datetime,
    title: str,
    responsible: User | None = None,
    service: Service | None = None,
    promised_by: datetime | None = None,
    urgency: str = Urgency.ROUTINE,
    external_ref: str | None = None,
    **words: str,
) -> Action:
    """Log a new action in ``team``, held by ``responsible`` or, without one, in the team's pool.

    ``words`` are the promise and the customer's name, reference and contact. With an ``external_ref`` that the team has
    already, nothing is made and the action that has it is returned: a system may post the same thing twice. Raises
    ``NotAllowed`` for strangers, ``Invalid`` where the responsible colleague or the service is not of this team.
    """
    permissions.check_create(by, team.pk)
    if known := _known(team, external_ref):
        return known
    if responsible is not None and not (responsible.is_person and responsible.belongs_to_as_member(team.pk)):
        raise Invalid(
            f"{responsible.display_name} is not in this team.", possible="Choose a colleague of the team, or leave it in the pool.", field="responsible"
        )
    if service is not None and service.team_id != team.pk:
        raise Invalid("This service belongs to another team.", possible="Choose one of this team's services.", field="service")
    facts = {"title": title, "service": service, "promised_by": promised_by, "urgency": urgency, "external_ref": external_ref or None, **words}
    try:
        return _log(team, by, responsible, at, facts)
    except IntegrityError:
        if known := _known(team, external_ref):  # the same was posted twice at once
            return known
        raise


def _known(team: Team, external_ref: str | None) -> Action | None:
    """Hardly ever is there one, so only its id is asked for first."""
    if not external_ref:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM handover_action WHERE team_id = %s AND external_ref = %s", [team.pk, external_ref])
        found = cursor.fetchone()
    return Action.objects.get(pk=found[0]) if found else None


@transaction.atomic
def _log(team: Team, by: User, responsible: User | None, at: datetime, facts: dict[str, Any]) -> Action:
    action = actions.create(team=team, by=by, responsible=responsible, at=at, **facts)
    if rows := owed.promise(action, at) + owed.pool(action, at):
        due.owe(*rows, at=at)
    if responsible is not None and responsible.pk != by.pk:
        notifications.tell(Kind.REASSIGNED, to=[responsible.pk], about=action, action=action, by=by, at=at)
        due.ring()
    data = {"holder": id_of(responsible), "service": action.service_id, "urgency": facts["urgency"]}
    audit.record(Event.CREATED, actor=by, subject=action, team_id=team.pk, at=at, data=data)
    return action
