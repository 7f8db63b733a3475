"""Who may do what with policies: administrators write them; everybody whom one concerns reads it and says so."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import check_administrator
from common.errors import NotAllowed
from common.permissions import allowed
from handover.policies.models import Policy


def check_write(user: User) -> None:
    check_administrator(user)


def may_write(user: User) -> bool:
    return allowed(check_write, user)


def check_acknowledge(user: User, policy: Policy) -> None:
    """A colleague of a team that it concerns."""
    if not user.is_person:
        raise NotAllowed("Only a colleague can say that they have read a policy.", possible="Sign in as the colleague who read it.")
    teams = sorted(user.levels())
    if not teams or not Policy.objects.concerning(teams).filter(pk=policy.pk).exists():
        raise NotAllowed("This policy does not concern a team of yours.", possible="An administrator can link it to a service of your team.")


def may_acknowledge(user: User, policy: Policy) -> bool:
    return allowed(check_acknowledge, user, policy)


def check_see_readers(user: User) -> None:
    """Who has not read it: leads of their own teams, administrators of all."""
    if user.is_administrator and user.is_active:
        return
    if "lead" not in user.levels().values():
        raise NotAllowed("Only a lead sees who has not read a policy.", possible="Ask a lead of your team.")


def may_see_readers(user: User) -> bool:
    return allowed(check_see_readers, user)


def teams_led(user: User) -> list[int] | None:
    """Of which teams ``user`` sees who has not read a policy; ``None``: of every one."""
    if user.is_administrator and user.is_active:
        return None
    return sorted(team for team, level in user.levels().items() if level == "lead")
