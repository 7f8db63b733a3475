"""Writes to people, teams and the ways in. Each is one transaction and leaves one event for each thing that it changes."""

from accounts.operations.devices import enrol_device, revoke_device
from accounts.operations.ending import check_a_lead_stays, check_deactivate, deactivate_person, end_membership, lock_membership
from accounts.operations.first_run import first_run_address, is_first_run_key, set_up
from accounts.operations.integrations import end_integration, issue_token, make_integration, note_use, revoke_token
from accounts.operations.invitations import accept_invitation, invite, withdraw_invitation
from accounts.operations.people import (
    add_colleague,
    add_person,
    change_membership,
    make_reset_link,
    rename_person,
    set_administrator,
    set_preference,
)
from accounts.operations.teams import add_job_role, change_team, create_team, rename_job_role

__all__ = [
    "accept_invitation",
    "add_colleague",
    "add_job_role",
    "add_person",
    "change_membership",
    "change_team",
    "check_a_lead_stays",
    "check_deactivate",
    "create_team",
    "deactivate_person",
    "end_integration",
    "end_membership",
    "enrol_device",
    "first_run_address",
    "invite",
    "is_first_run_key",
    "issue_token",
    "lock_membership",
    "make_integration",
    "make_reset_link",
    "note_use",
    "rename_job_role",
    "rename_person",
    "revoke_device",
    "revoke_token",
    "set_administrator",
    "set_preference",
    "set_up",
    "withdraw_invitation",
]
