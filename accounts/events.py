"""What the trail calls the things that happen to people, teams and integrations. ``data`` holds ids only, never a name."""

from enum import StrEnum


class Event(StrEnum):
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    JOB_ROLE_ADDED = "team.job_role_added"
    JOB_ROLE_RENAMED = "team.job_role_renamed"
    PERSON_ADDED = "person.added"
    PERSON_RENAMED = "person.renamed"
    PREFERENCE_SET = "person.preference_set"
    ADMINISTRATOR_SET = "person.administrator_set"
    RESET_LINK_MADE = "person.reset_link_made"
    PASSWORD_SET = "person.password_set"  # noqa: S105
    SIGNED_IN = "person.signed_in"
    SIGNED_OUT = "person.signed_out"
    MEMBERSHIP_STARTED = "membership.started"
    MEMBERSHIP_CHANGED = "membership.changed"
    MEMBERSHIP_ENDED = "membership.ended"
    PERSON_DEACTIVATED = "person.deactivated"
    PERSON_REACTIVATED = "person.reactivated"
    INVITED = "invitation.made"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_ACCEPTED = "invitation.accepted"
    INTEGRATION_MADE = "integration.made"
    INTEGRATION_ENDED = "integration.ended"
    TOKEN_ISSUED = "token.issued"  # noqa: S105
    TOKEN_REVOKED = "token.revoked"  # noqa: S105
    DEVICE_ENROLLED = "device.enrolled"
    DEVICE_REVOKED = "device.revoked"
