"""Moves the demo to now when nobody has touched it for long: every instant in its rows by one offset, the rota by its own.

The trail stays as it was recorded; one event says that times were moved, and by how much.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Max

from accounts.models import Team
from audit.models import Event as TrailEvent
from demo import rota
from demo.making import MOVED, mark, marker
from handover.actions.models import Action, Contact, Note
from handover.agreements.agreeing import ProposalAnswer, ProposalComment, ProposalDraft
from handover.agreements.models import AgreementVersion
from handover.board.models import WallLink
from handover.checks.models import Check
from handover.due.models import Due, Rule
from handover.followups.models import FollowUp
from handover.handovers.brief import Brief, Decline, HandoverDraft, NothingToHandOver, Query, Seen, ShiftLeft
from handover.handovers.models import Handover, Item
from handover.notes.models import ShiftNote, ShiftNoteSeen, ShiftNoteVersion
from handover.notifications.models import Notification
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyAsked, PolicyVersion
from handover.practice.models import Practice
from handover.procedure.models import ProcedureAcknowledgement
from handover.reports.models import ReportAddendum, ReportSignature, ShiftReport
from handover.shifts.absence_models import Absence
from handover.shifts.ends import OF_AN_END
from handover.shifts.feed_models import Feed
from handover.shifts.models import Rostering, Shift, ShiftPattern
from handover.shifts.swap_models import Swap
from reviews.evidence.models import EvidenceLink
from reviews.improvements.models import Consent, Improvement, Judgement, OtherChange, Prompt
from reviews.observing.models import Draw, Observation
from reviews.reviewing.models import Participant, Review, ReviewCycle, ReviewForm
from reviews.suggestions.models import Suggestion

OLD = timedelta(hours=12)
OF_A_SHIFT = [Rule.NOTHING_OFFERED, *OF_AN_END]
TEAM_OF: dict[type[models.Model], str] = {
    Action: "team",
    Note: "action__team",
    Contact: "action__team",
    Handover: "team",
    Item: "from_team",
    Brief: "item__from_team",
    Seen: "item__from_team",
    Query: "item__from_team",
    Decline: "item__from_team",
    HandoverDraft: "team",
    NothingToHandOver: "shift__team",
    ShiftLeft: "shift__team",
    Check: "team",
    FollowUp: "team",
    Due: "team",
    Notification: "team",
    WallLink: "team",
    Practice: "team",
    Absence: "team",
    Swap: "team",
    Rostering: "shift__team",
    Feed: "owner__memberships__team",
    AgreementVersion: "agreement__team",
    ProposalAnswer: "version__agreement__team",
    ProposalComment: "version__agreement__team",
    ProposalDraft: "point__service__team",
    ShiftNote: "team",
    ShiftNoteVersion: "note__team",
    ShiftNoteSeen: "note__team",
    ShiftReport: "team",
    ReportSignature: "report__team",
    ReportAddendum: "report__team",
    Policy: "versions__asked__team",
    PolicyVersion: "asked__team",
    PolicyAsked: "team",
    PolicyAcknowledgement: "version__asked__team",
    ProcedureAcknowledgement: "team",
    EvidenceLink: "owner__memberships__team",
    Draw: "team",
    Observation: "team",
    Suggestion: "team",
    ReviewForm: "team",
    ReviewCycle: "team",
    Review: "team",
    Participant: "review__team",
    Improvement: "team",
    Consent: "improvement__team",
    OtherChange: "improvement__team",
    Judgement: "improvement__team",
    Prompt: "improvement__team",
}
"""Whose instants move, and how a row names its team. What was sent keeps its date."""
FAR = timedelta(days=100_000)


@transaction.atomic
def move_if_old(*, now: datetime) -> timedelta | None:
    """Move the demo to ``now`` if its newest event is older than 12 hours; return by how much, or ``None``."""
    last = marker()
    if last is None:
        return None
    team_ids = last.data["teams"]
    newest = TrailEvent.objects.filter(team_id__in=team_ids).aggregate(newest=Max("at"))["newest"]
    if now - newest <= OLD:
        return None
    by = now - newest
    move_rows(team_ids, by=by)
    for team in Team.objects.filter(pk__in=team_ids, name__in=rota.ANCHORS):
        move_rota(team, then=datetime.fromisoformat(last.data["now"]), now=now)
    mark(MOVED, Team.objects.get(pk=last.subject_id), team_ids, now=now, by_seconds=by.total_seconds())
    return by


def instants(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]


def unknown_tables() -> set[str]:
    """Names of the domain's tables that have instants and that ``TEAM_OF`` says nothing about."""
    return {model.__name__ for model in apps.get_app_config("handover").get_models() if instants(model) and model not in TEAM_OF}


def move_rows(team_ids: Collection[int], *, by: timedelta) -> None:
    for model, team in TEAM_OF.items():
        rows = model._default_manager.filter(**{f"{team}__in": team_ids})
        if model is Due:
            rows = rows.exclude(rule__in=OF_A_SHIFT)  # they move with their shift
        rows.update(**{name: F(name) + by for name in instants(model)})
    whole_days = timedelta(days=round(by / timedelta(days=1)))
    Improvement.objects.filter(team__in=team_ids).update(due_on=F("due_on") + whole_days, done_on=F("done_on") + whole_days)


def move_rota(team: Team, *, then: datetime, now: datetime) -> None:
    """The shift that ran then runs now, and so on; patterns go by the new wall clock. Offers to a shift keep their shift."""
    if team.name not in rota.ANCHORS:
        return  # it has no rota
    ended, ends = rota.anchor(team.name, then), rota.anchor(team.name, now)
    by = ends - ended
    Shift.objects.filter(team=team).update(starts_at=F("starts_at") + by, ends_at=F("ends_at") + by)
    Due.objects.live().filter(team=team, rule__in=OF_A_SHIFT).update(due_at=F("due_at") + by)
    for shift in Shift.objects.filter(team=team, pattern=None):
        Shift.objects.filter(pk=shift.pk).update(local_date=team.local(shift.starts_at).date())
    for pattern in ShiftPattern.objects.filter(team=team, shifts__isnull=False).distinct():
        move_pattern(pattern, team, near=now, by=by)


def move_pattern(pattern: ShiftPattern, team: Team, *, near: datetime, by: timedelta) -> None:
    shift = Shift.objects.filter(pattern=pattern, ends_at__gt=near).order_by("starts_at").first()
    if shift is None:
        return
    starts, ends = team.local(shift.starts_at), team.local(shift.ends_at)
    days = starts.date() - shift.local_date
    of_pattern = Shift.objects.filter(pattern=pattern)
    for step in (FAR, days - FAR):  # far away first: on the way no two shifts of a pattern may share a day
        of_pattern.update(local_date=F("local_date") + step)
    pattern.starts, pattern.ends, pattern.first_day = starts.time(), ends.time(), pattern.first_day + days
    pattern.generated_until = pattern.generated_until + days if pattern.generated_until else None
    pattern.cycle_from = pattern.cycle_from + days if pattern.cycle_from else None
    pattern.save(update_fields=["starts", "ends", "first_day", "generated_until", "cycle_from"])
    pattern.exceptions.update(first_day=F("first_day") + days, last_day=F("last_day") + days)
