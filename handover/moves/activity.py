"""“Accepted and then nothing” is over as soon as the responsible colleague does something."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.models import Rule


def active(action: Action, *, by: User, at: datetime) -> None:
    """The responsible colleague noted, spoke, answered, offered or finished: their acceptance does not lapse any more."""
    if by.pk == action.responsible_id:
        due.cancel(action, rules=[Rule.LAPSE], at=at)
