"""What the frame round every page shows: the team, the shift, and what waits, counted in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Membership, Team, User
from handover.board import reading
from handover.shifts.queries import Timetable, timetable


@dataclass(frozen=True)
class Navigation:
    """See ``templates/base.html`` for where each is shown."""

    team: Team | None
    team_sub: str
    teams: list[Team]
    receive_count: int
    watch_count: int
    notification_count: int
    is_lead: bool
    role: str
    theme: str
    shortcuts_off: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav``, and ``at``, the moment that a page speaks of. Nothing for strangers and error pages."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "team"):
        return {}
    if not hasattr(request, "_navigation"):
        request._navigation = _navigation(request, user)  # type: ignore[attr-defined]
    return {"nav": request._navigation, "at": moment_of(request)}  # type: ignore[attr-defined]


def moment_of(request: HttpRequest) -> Any:
    """The one moment that this page speaks of."""
    if not hasattr(request, "_moment"):
        request._moment = timezone.now()  # type: ignore[attr-defined]
    return request._moment


def timetable_of(request: HttpRequest) -> Timetable | None:
    """The current team's shifts round this moment, read once a request."""
    team = request.team  # type: ignore[attr-defined]
    if team is not None and not hasattr(request, "_timetable"):
        request._timetable = timetable(team.pk, moment_of(request))  # type: ignore[attr-defined]
    return getattr(request, "_timetable", None)


def _navigation(request: Any, user: User) -> Navigation:
    membership = request.membership
    (counts,) = reading.frame(user.pk, user.team_ids(), membership.pk if membership else None, moment_of(request))
    return Navigation(
        team=request.team,
        team_sub=_shift_line(request, user),
        teams=[each.team for each in request.memberships],
        receive_count=counts["receiving"],
        watch_count=counts["watching"],
        notification_count=counts["standing"],
        is_lead=bool(request.team and user.is_lead_of(request.team.pk)),
        role=_role(membership, counts["roles"], user),
        theme=counts["preference__theme"] or "",
        shortcuts_off=counts["preference__shortcuts"] is False,
    )


def _role(membership: Membership | None, roles: str | None, user: User) -> str:
    """The line under the name: job roles, else what the person is in the team."""
    if roles:
        return roles[:1].upper() + roles[1:]
    return membership.level.capitalize() if membership else "Administrator" if user.is_administrator else ""


def _shift_line(request: Any, user: User) -> str:
    table, at = timetable_of(request), moment_of(request)
    if table is None or table.is_empty:
        return ""
    slot = table.of(user.pk, at)
    zone = request.team.tz
    if slot:
        return f"{slot.name}, {slot.starts_at.astimezone(zone):%H:%M} to {slot.ends_at.astimezone(zone):%H:%M}"
    following = table.next_of(user.pk, at)
    return f"Next: {following.name}, {following.starts_at.astimezone(zone):%a %H:%M}" if following else "Not on shift"
