"""What any program would have to do to let somebody accept one thing: lock it, mark it, and write what follows."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Membership, User
from audit.models import Event
from handover.actions.models import Action
from handover.due.models import Due
from handover.handovers.models import Item
from handover.notifications.models import Notification


@transaction.atomic
def accept(*, item_id: int, by: User, at: datetime) -> Item:
    item = Item.objects.select_for_update(of=("self",)).select_related("action").get(pk=item_id)
    action = Action.objects.select_for_update().get(pk=item.action_id)
    Membership.objects.get(team_id=item.to_team_id, user=by, ended_at__isnull=True)
    item.state, item.accepted_by, item.accepted_at, item.read_back = "accepted", by, at, "I will do it."
    item.save()
    action.responsible, action.held_since, action.changed_at = by, at, at
    action.save()
    Due.objects.filter(subject_type="item", subject_id=item.pk, fired_at=None, cancelled_at=None).update(cancelled_at=at)
    Notification.objects.filter(subject_type="item", subject_id=item.pk, settled_at=None).update(settled_at=at)
    check = item.checks.create(action=action, team_id=item.from_team_id, giver_id=item.giver_id, due_at=at + timedelta(hours=2), set_at=at)
    Due.objects.create(rule="check", subject_type="check", subject_id=check.pk, team_id=item.to_team_id, due_at=check.due_at, created_at=at)
    told = {"kind": "accepted", "subject_type": "item", "subject_id": item.pk, "title": "Accepted", "path": "/", "at": at}
    Notification.objects.create(recipient_id=item.giver_id, team_id=item.to_team_id, action_id=action.pk, **told)
    said = {"actor_id": by.pk, "actor_kind": "person", "subject_type": "handover.item", "subject_id": item.pk, "team_id": item.to_team_id}
    Event.objects.create(kind="item.accepted", at=at, **said, data={"check": check.pk})
    return item
