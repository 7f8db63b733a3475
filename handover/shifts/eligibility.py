"""Who may receive: by job role, membership, rota and absences, with the reason for everyone who may not.

One membership at a time is judged by ``reasons_against``, which knows no database; ``candidates`` judges a whole team for the page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import DateTimeField, Exists, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from accounts.models import Membership, Team, User
from common import moments
from handover.agreements.models import AgreementVersion
from handover.shifts.absence_models import Absence
from handover.shifts.models import Rostering
from handover.shifts.queries import Slot, Timetable


@dataclass(frozen=True)
class Candidate:
    """A colleague of the receiving team, with why not, where not."""

    user: User
    roles: str
    shift: Slot | None
    reasons: tuple[str, ...]
    stand_in_id: int | None = None

    @property
    def is_eligible(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Wanted:
    """What the receiving side of one offer must be: the job roles that the agreement names (none: anyone), the shift, and there ``at``."""

    team_id: int
    role_ids: frozenset[int]
    role_names: str
    slot: Slot | None
    any_shift: bool
    at: datetime


def wanted(*, team_id: int, version: AgreementVersion | None, slot: Slot | None, table: Timetable) -> Wanted:
    """``slot`` is the shift that receives; in a team without a rota nobody is kept out by shifts. Who is away then is kept out anywhere."""
    roles = list(version.receiving_roles.all()) if version else []
    return Wanted(
        team_id=version.to_team_id if version and version.to_team_id else team_id,
        role_ids=frozenset(role.pk for role in roles),
        role_names=", ".join(role.name for role in roles),
        slot=slot,
        any_shift=table.is_empty,
        at=max(table.at, slot.starts_at) if slot else table.at,
    )


class Placed(Protocol):
    """A membership from ``placed``."""

    user: User
    user_id: int
    team: Team
    absence: Any
    judged_at: datetime
    job_roles: Any

    def roles_line(self) -> str: ...


def reasons_against(membership: Placed | None, want: Wanted, *, giver_id: int) -> tuple[str, ...]:
    """Why this colleague may not receive; empty if they may. A missing membership means: not in the receiving team."""
    if membership is None or not membership.user.is_active or not membership.user.is_person:
        return ("Not in the team that receives this.",)
    reasons = []
    if membership.user_id == giver_id:
        reasons.append("You cannot hand over to yourself.")
    if want.role_ids and not want.role_ids.intersection(role.pk for role in membership.job_roles.all()):
        reasons.append(f"The agreement says {want.role_names}.")
    if membership.absence:
        reasons.append(away_words(membership))
    elif not want.any_shift and (want.slot is None or membership.user_id not in want.slot.crew):
        reasons.append(f"Not on {want.slot.name}." if want.slot else "Not on shift.")
    return tuple(reasons)


def away_words(membership: Placed) -> str:
    """“Away until Mon 08:00. Zofia Nowak stands in.”"""
    until, stand_in = membership.absence["until"], membership.absence["stand_in"]
    words = f"Away until {moments.full(datetime.fromisoformat(until), membership.judged_at, membership.team.tz)}." if until else "Away until further notice."
    return f"{words} {stand_in} stands in." if stand_in else words


def placed(memberships: QuerySet[Membership], at: datetime) -> QuerySet[Any]:
    """Memberships as they are judged: with job roles, and with the absence that holds ``at``, if there is one.

    An absence of whole days leaves out whoever is still on the shift that began the evening before.
    """
    running = Rostering.objects.effective(at).filter(shift__starts_at__lte=at, shift__ends_at__gt=at)
    still_on = Q(whole_days=True) & Exists(running.filter(colleague=OuterRef("colleague"), shift__team=OuterRef("team")))
    absences = Absence.objects.at(at).filter(team=OuterRef("team"), colleague=OuterRef("user")).exclude(still_on).order_by("pk")
    one = absences.values(one=JSONObject(until="ends_at", stand_in="stand_in__display_name", stand_in_id="stand_in_id"))[:1]
    known = memberships.annotate(absence=Subquery(one, output_field=JSONField()), judged_at=Value(at, output_field=DateTimeField()))
    return known.select_related("user", "team").prefetch_related("job_roles")


def membership_of(user_id: int, team_id: int, at: datetime) -> Placed | None:
    """A colleague's current place in a team, as it is judged at ``at``."""
    return placed(Membership.objects.current().filter(user_id=user_id, team_id=team_id), at).first()


def candidates(want: Wanted, *, giver_id: int, table: Timetable) -> list[Candidate]:
    """Everybody in the receiving team but the giver: those who may receive first, then by name."""
    memberships = Membership.objects.current().filter(team_id=want.team_id, user__kind="person", user__is_active=True).exclude(user_id=giver_id)
    found = []
    for membership in placed(memberships, want.at):
        slot = want.slot if want.slot and membership.user_id in want.slot.crew else None
        stand_in_id = membership.absence["stand_in_id"] if membership.absence else None
        found.append(Candidate(membership.user, membership.roles_line(), slot, reasons_against(membership, want, giver_id=giver_id), stand_in_id))
    return sorted(found, key=lambda one: (not one.is_eligible, one.user.display_name, one.user.pk))


def eligible_ids(want: Wanted, *, giver_id: int, table: Timetable, without: Collection[int] = ()) -> list[int]:
    """Ids of those who may receive now, but for ``without`` (those who have said no)."""
    return [one.user.pk for one in candidates(want, giver_id=giver_id, table=table) if one.is_eligible and one.user.pk not in without]
