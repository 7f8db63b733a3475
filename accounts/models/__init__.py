"""People, teams and the ways in. Rows only: what may be done with them is in ``operations`` and ``permissions``."""

from accounts.models.devices import EnrolledDevice
from accounts.models.first_run import FirstRunKey
from accounts.models.integrations import Integration, Scope, Token
from accounts.models.invitations import Invitation
from accounts.models.people import Kind, Preference, User
from accounts.models.teams import JobRole, Level, Membership, Team

__all__ = [
    "EnrolledDevice",
    "FirstRunKey",
    "Integration",
    "Invitation",
    "JobRole",
    "Kind",
    "Level",
    "Membership",
    "Preference",
    "Scope",
    "Team",
    "Token",
    "User",
]
