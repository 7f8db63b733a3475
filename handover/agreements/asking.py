"""Who is asked about a version, who is told, and what falls due: the reminder to answer, the deadline, the next review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import Level, Membership, Team, User
from accounts.queries import leads_of
from audit import operations as audit
from common.errors import Invalid
from handover.agreements.agreeing import ProposalAnswer, Says
from handover.agreements.announcing import announce
from handover.agreements.models import AgreementVersion
from handover.agreements.states import State, check_next
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind

TIME_TO_ANSWER, LONGEST_TO_ANSWER = timedelta(days=7), timedelta(days=90)
LAST_REMINDER = timedelta(days=1)
REVIEW_AT = time(9)
ASKING = {Kind.PROPOSED, Kind.AGREEMENT_WAITS}


def what(version: AgreementVersion) -> str:
    """“Room moves, A, version 4”: how a notice names it."""
    point = version.agreement.point
    return f"{point.service}, {point.letter}, version {version.number}"


def name(version: AgreementVersion, people: Iterable[int], *, at: datetime) -> list[int]:
    """Let ``people`` (ids) and the writer have to agree, beside whoever was named before: nobody is left out for having said no.

    Return who is asked for the first time. Raises ``Invalid`` for somebody of neither team, where a side has nobody, and where no lead
    of the team is named. Somebody named before who belongs to neither team now is not asked any more.
    """
    known = set(version.answers.values_list("colleague_id", flat=True))
    places = _places(version, {*people, *known, *([version.created_by_id] if version.created_by_id else [])})
    if strangers := set(people) - known - set(places):
        raise Invalid(f"{len(strangers)} of those named belong to neither team.", possible="Choose colleagues of the teams concerned.", field="named")
    _check_sides(version, places)
    version.answers.exclude(colleague__in=places).delete()
    new = [pk for pk in sorted(places) if pk not in known]
    ProposalAnswer.objects.bulk_create(
        ProposalAnswer(version=version, colleague_id=pk, team_id=places[pk][0], asked_at=at, **_own_answer(pk == version.created_by_id, at)) for pk in new
    )
    return [pk for pk in new if pk != version.created_by_id]


def _own_answer(is_writers: bool, at: datetime) -> dict[str, Any]:
    return {"answer": Says.AGREE, "answered_at": at} if is_writers else {}


def _places(version: AgreementVersion, wanted: Collection[int]) -> dict[int, tuple[int, str]]:
    """By colleague: the team on whose side they answer, and their level there. Whoever is in both answers for the giver's."""
    sides = [version.agreement.team_id, version.to_team_id]
    members = Membership.objects.current().filter(team__in=[side for side in sides if side], user__in=wanted, user__is_active=True)
    found = {pk: (team_id, level) for pk, team_id, level in sorted(members.values_list("user_id", "team_id", "level"), key=lambda row: row[1] == sides[0])}
    writer = version.created_by
    if writer is not None and writer.pk not in found:
        found[writer.pk] = (version.agreement.team_id, Level.LEAD if writer.is_administrator else Level.MEMBER)
    return found


def _check_sides(version: AgreementVersion, places: dict[int, tuple[int, str]]) -> None:
    sides = {team_id for team_id, _ in places.values()}
    for team_id in (version.agreement.team_id, version.to_team_id):
        if team_id and team_id not in sides:
            team = Team.objects.get(pk=team_id)
            raise Invalid(f"Nobody of {team} is named.", possible="Both sides have to agree: choose at least one colleague of each.", field="named")
    leads = any(team_id == version.agreement.team_id and level == Level.LEAD for team_id, level in places.values())
    if not leads and Membership.objects.leads().filter(team=version.agreement.team_id).exists():
        raise Invalid("No lead is named.", possible="What a team agrees, a lead agrees too: choose one.", field="named")


def ask(version: AgreementVersion, *, to: Iterable[int], by: User, at: datetime) -> None:
    """Tell those who are asked, and owe the reminder and the deadline."""
    notifications.tell(Kind.PROPOSED, to=to, about=version, what=what(version), words=version.why[:500], by=by, team_id=version.agreement.team_id, at=at)
    if version.answer_by is None:
        return
    remind = max(version.answer_by - LAST_REMINDER, at + (version.answer_by - at) / 2)
    team_id = version.agreement.team_id
    rows = (Owed(Rule.AGREEMENT_ANSWER, version, team_id, remind, 1), Owed(Rule.AGREEMENT_ANSWER, version, team_id, version.answer_by, 2))
    due.replace(*rows, at=at)


def put_in_force(version: AgreementVersion, *, by: User, at: datetime) -> int | None:
    """In force from now on; return the id of the version that it ends. What is on offer or accepted keeps the version that it was made under."""
    check_next(version.state, State.IN_FORCE)
    agreement = version.agreement
    before = AgreementVersion.objects.filter(agreement=agreement).in_force().first()
    if before is not None:
        before.state, before.ended_at = State.ENDED, at
        before.save(update_fields=["state", "ended_at"])
        due.cancel(before, rules={Rule.AGREEMENT_REVIEW}, at=at)
        notifications.settle(before, kinds={Kind.AGREEMENT_REVIEW}, at=at)
    version.state, version.in_force_at = State.IN_FORCE, at
    version.save(update_fields=["state", "in_force_at"])
    stop_asking(version, at=at)
    owe_review(version, at=at)
    notifications.tell(Kind.AGREED, to=concerned(version), about=version, what=what(version), by=by, team_id=agreement.team_id, at=at)
    announce(version, *([before] if before else []), by=by, at=at)
    return before.pk if before else None


def stop_asking(version: AgreementVersion, *, at: datetime) -> None:
    due.cancel(version, rules={Rule.AGREEMENT_ANSWER}, at=at)
    notifications.settle(version, kinds=ASKING, at=at)


def owe_review(version: AgreementVersion, *, at: datetime) -> None:
    """On the morning of the day, on the team's clock."""
    if version.review_on is not None:
        team = version.agreement.team
        morning = datetime.combine(version.review_on, REVIEW_AT, tzinfo=team.tz)
        due.replace(Owed(Rule.AGREEMENT_REVIEW, version, team.pk, morning), at=at)


def concerned(version: AgreementVersion) -> list[int]:
    """Those named, and the leads of the teams concerned."""
    named = ProposalAnswer.objects.filter(version=version).values_list("colleague_id", flat=True)
    teams = [version.agreement.team_id, *([version.to_team_id] if version.to_team_id else [])]
    return [*named, *(lead.pk for team_id in teams for lead in leads_of(team_id))]


def record(kind: Event, version: AgreementVersion, *, by: User, at: datetime, **data: Any) -> None:
    """The receiving team, where it is another one, sees it too."""
    agreement = version.agreement
    words = {"version": version.pk, "number": version.number, **data}
    audit.record(kind, actor=by, subject=agreement, team_id=agreement.team_id, also_team_id=version.to_team_id, at=at, data=words)
