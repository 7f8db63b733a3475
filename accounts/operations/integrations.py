"""Machine clients of the REST API and their tokens."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts import permissions
from accounts.events import Event
from accounts.keys import TOKEN_PREFIX, digest_of, new_key
from accounts.models import Integration, Kind, Scope, Token, User
from accounts.operations.saving import save
from audit import operations as audit
from common.errors import Invalid, Refusal

LONGEST = timedelta(days=366)  # a year, leap years included


@transaction.atomic
def make_integration(*, team_id: int, name: str, by: User | None, at: datetime) -> Integration:
    """A machine client of one team, with the user that it acts as. ``by`` is ``None`` for the demo's own."""
    if by is not None:
        permissions.check_manage_integrations(by)
    user = User(display_name=name, kind=Kind.INTEGRATION, created_at=at)
    user.set_unusable_password()
    save(user)
    integration = Integration(team_id=team_id, user=user, name=name, created_by=by, created_at=at)
    save(integration)
    audit.record(Event.INTEGRATION_MADE, actor=by, subject=integration, team_id=team_id, at=at, data={"user": user.pk})
    return integration


@transaction.atomic
def end_integration(*, integration_id: int, by: User, at: datetime) -> Integration:
    """Nothing it holds a token for works any more; what it created stays. Twice is harmless."""
    permissions.check_manage_integrations(by)
    integration = Integration.objects.select_for_update().get(pk=integration_id)
    if integration.ended_at is None:
        integration.ended_at = at
        integration.save(update_fields=["ended_at"])
        audit.record(Event.INTEGRATION_ENDED, actor=by, subject=integration, team_id=integration.team_id, at=at, data={})
    return integration


@transaction.atomic
def issue_token(*, integration_id: int, scopes: Iterable[str], expires_at: datetime, by: User | None, at: datetime) -> str:
    """The text of a new token. It is returned here and nowhere else: only its digest is kept."""
    if by is not None:
        permissions.check_manage_integrations(by)
    integration = Integration.objects.select_for_update().get(pk=integration_id)
    if integration.ended_at is not None:
        raise Refusal("This integration has ended.", possible="Make a new one.")
    wanted = [scope for scope in Scope.values if scope in set(scopes)]
    if not wanted:
        raise Invalid("Choose at least one scope.", field="scopes")
    if not at < expires_at <= at + LONGEST:
        raise Invalid("A token ends in the future, at most a year from now.", field="expires_at")
    text = new_key(TOKEN_PREFIX)
    token = Token(
        integration=integration,
        digest=digest_of(text),
        hint=text[:8],
        scopes=wanted,
        created_by=by,
        created_at=at,
        expires_at=expires_at,
    )
    save(token)
    data = {"integration": integration.pk, "scopes": wanted, "expires_at": expires_at.isoformat()}
    audit.record(Event.TOKEN_ISSUED, actor=by, subject=token, team_id=integration.team_id, at=at, data=data)
    return text


@transaction.atomic
def revoke_token(*, token_id: int, by: User, at: datetime) -> Token:
    """The next request that shows it is refused. Twice is harmless."""
    permissions.check_manage_integrations(by)
    token = Token.objects.select_for_update(of=("self",)).select_related("integration").get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(Event.TOKEN_REVOKED, actor=by, subject=token, team_id=token.integration.team_id, at=at, data={})
    return token


def note_use(token: Token, *, at: datetime) -> None:
    """Remember that a token was shown, at most once a minute. No event: this is not a change that anybody made."""
    if token.last_used_at is None or at - token.last_used_at >= timedelta(minutes=1):
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
