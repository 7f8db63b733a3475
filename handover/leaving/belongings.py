"""What is somebody's own besides actions: their lines on the rota, swaps, calendar addresses, answers that they owe."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.models import Membership, User
from audit import operations as audit
from handover.agreements.agreeing import ProposalAnswer
from handover.agreements.asking import what
from handover.agreements.states import State as VersionState
from handover.due import operations as due
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts import marks, swap_operations
from handover.shifts.feed_models import Feed
from handover.shifts.models import Away, Rostering, ShiftPattern
from handover.shifts.swap_models import Swap


def take_off_the_rota(place: Membership, *, by: User, at: datetime) -> list[int]:
    """Off every shift to come, off the rest of the one that runs, out of the usual crews; return the ids of the shifts. Callers lock the rota."""
    theirs = Rostering.objects.filter(colleague=place.user_id, shift__team=place.team_id).select_related("shift")
    lines = list(theirs.filter(shift__starts_at__gt=at))
    marks.take_off(lines, at=at)
    for line in theirs.effective(at).filter(shift__starts_at__lte=at, shift__ends_at__gt=at):
        line.away, line.away_from, line.marked_at = Away.ABSENCE, at, at
        line.save(update_fields=["away", "away_from", "marked_at"])
        due.cancel(line.shift, rules=marks.OWED, person_id=place.user_id, at=at)
    for pattern in ShiftPattern.objects.filter(team=place.team_id, crew=place.user_id):
        pattern.crew.remove(place.user_id)
    return sorted(line.shift_id for line in lines)


def withdraw_swaps(place: Membership, *, by: User, at: datetime) -> list[int]:
    """Swaps that they offered, or were offered, and that are not made yet; the other side is told. Return their ids."""
    theirs = Swap.objects.open().filter(Q(offered_by=place.user_id) | Q(offered_to=place.user_id), team=place.team_id).order_by("pk")
    ids = list(theirs.values_list("pk", flat=True))
    for swap_id in ids:
        swap_operations.withdraw_swap(swap_id=swap_id, by=by, at=at)
    return ids


def pass_answers(place: Membership, *, to: User | None, by: User, at: datetime) -> list[int]:
    """Answers to proposals that they owe are owed by ``to``, so that no proposal waits for nobody; return the ids of the versions."""
    owed = ProposalAnswer.objects.filter(colleague=place.user_id, team=place.team_id, answer="", version__state=VersionState.PROPOSED)
    passed = []
    for answer in owed.select_related("version__agreement__point__service").select_for_update(of=("self",)).order_by("pk"):
        if to is None or ProposalAnswer.objects.filter(version=answer.version_id, colleague=to).exists():
            answer.delete()
        else:
            answer.colleague = to
            answer.save(update_fields=["colleague"])
            notifications.tell(Kind.PROPOSED, to=[to.pk], about=answer.version, what=what(answer.version), by=by, team_id=place.team_id, at=at)
        passed.append(answer.version_id)
    return passed


def end_feeds(person: User, *, at: datetime) -> None:
    """Their calendar addresses answer nobody any more."""
    for feed in Feed.objects.standing().filter(owner=person).select_for_update():
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit.record(Event.FEED_REVOKED, actor=None, subject=feed, team_id=feed.team_id, at=at, data={"rule": "account_closed"})
