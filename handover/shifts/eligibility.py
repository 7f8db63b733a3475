"""Who may receive: by job role, membership and rota, with the reason for everyone who may not.

One membership at a time is judged by ``reasons_against``, which knows no database; ``candidates`` judges a whole team for the page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Membership, User
from handover.agreements.models import AgreementVersion
from handover.shifts.queries import Slot, Timetable


@dataclass(frozen=True)
class Candidate:
    """A colleague of the receiving team, with why not, where not."""

    user: User
    roles: str
    shift: Slot | None
    reasons: tuple[str, ...]

    @property
    def is_eligible(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Wanted:
    """What the receiving side of one offer must be: the job roles that the agreement names (none: anyone) and the shift."""

    team_id: int
    role_ids: frozenset[int]
    role_names: str
    slot: Slot | None
    any_shift: bool


def wanted(*, team_id: int, version: AgreementVersion | None, slot: Slot | None, table: Timetable) -> Wanted:
    """``slot`` is the shift that receives; in a team without a rota nobody is kept out by shifts."""
    roles = list(version.receiving_roles.all()) if version else []
    return Wanted(
        team_id=version.to_team_id if version and version.to_team_id else team_id,
        role_ids=frozenset(role.pk for role in roles),
        role_names=", ".join(role.name for role in roles),
        slot=slot,
        any_shift=table.is_empty,
    )


def reasons_against(membership: Membership | None, want: Wanted, *, giver_id: int) -> tuple[str, ...]:
    """Why this colleague may not receive; empty if they may. A missing membership means: not in the receiving team."""
    if membership is None or not membership.user.is_active or not membership.user.is_person:
        return ("Not in the team that receives this.",)
    reasons = []
    if membership.user_id == giver_id:
        reasons.append("You cannot hand over to yourself.")
    if want.role_ids and not want.role_ids.intersection(role.pk for role in membership.job_roles.all()):
        reasons.append(f"The agreement says {want.role_names}.")
    if not want.any_shift and (want.slot is None or membership.user_id not in want.slot.crew):
        reasons.append(f"Not on {want.slot.name}." if want.slot else "Not on shift.")
    return tuple(reasons)


def membership_of(user_id: int, team_id: int) -> Membership | None:
    """A colleague's current place in a team, with job roles."""
    return Membership.objects.current().filter(user_id=user_id, team_id=team_id).select_related("user").prefetch_related("job_roles").first()


def candidates(want: Wanted, *, giver_id: int, table: Timetable) -> list[Candidate]:
    """Everybody in the receiving team but the giver: those who may receive first, then by name."""
    memberships = Membership.objects.current().filter(team_id=want.team_id, user__kind="person", user__is_active=True).exclude(user_id=giver_id)
    found = []
    for membership in memberships.select_related("user").prefetch_related("job_roles"):
        slot = want.slot if want.slot and membership.user_id in want.slot.crew else None
        found.append(Candidate(membership.user, membership.roles_line(), slot, reasons_against(membership, want, giver_id=giver_id)))
    return sorted(found, key=lambda one: (not one.is_eligible, one.user.display_name, one.user.pk))


def eligible_ids(want: Wanted, *, giver_id: int, table: Timetable, without: Collection[int] = ()) -> list[int]:
    """Ids of those who may receive now, but for ``without`` (those who have said no)."""
    return [one.user.pk for one in candidates(want, giver_id=giver_id, table=table) if one.is_eligible and one.user.pk not in without]
