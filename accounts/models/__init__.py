"""People, teams and the ways in. Rows only: what may be done with them is in ``operations`` and ``permissions``."""

from accounts.models.devices import EnrolledDevice
from accounts.models.integrations import Integration, Token
from accounts.models.invitations import Invitation
from accounts.models.people import Preference, User
from accounts.models.teams import JobRole, Membership, Team

__all__ = ["EnrolledDevice", "Integration", "Invitation", "JobRole", "Membership", "Preference", "Team", "Token", "User"]
