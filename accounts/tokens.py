"""Looking a token up, which every request of a machine begins with: one statement that was put together once."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.models import Integration, Team, Token, User

PARTS: tuple[tuple[str, type[Model]], ...] = (("token", Token), ("integration", Integration), ("person", User), ("team", Team))


@cache
def _sql() -> str:
    """As ``Token.objects.usable(at)`` with all that is related; the ORM would take longer to write it than PostgreSQL to answer it."""
    columns = ", ".join(f'{name}."{field.column}"' for name, model in PARTS for field in model._meta.concrete_fields)
    return f"""
        SELECT {columns} FROM {Token._meta.db_table} token
        JOIN {Integration._meta.db_table} integration ON integration.id = token.integration_id
        JOIN {User._meta.db_table} person ON person.id = integration.user_id
        JOIN {Team._meta.db_table} team ON team.id = integration.team_id
        WHERE token.digest = %s AND token.revoked_at IS NULL AND token.expires_at > %s AND integration.ended_at IS NULL AND person.is_active
    """  # noqa: S608 - names of our own tables and columns


def usable_token(digest: str, at: datetime) -> Token | None:
    """The token with this digest, with its integration, user and team; ``None`` unless it lets somebody in at ``at``."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [digest, at])
        row = cursor.fetchone()
    if row is None:
        return None
    found: dict[str, Any] = {}
    for name, model in PARTS:
        fields = [field.attname for field in model._meta.concrete_fields]
        found[name], row = model.from_db(connection.alias, fields, row[: len(fields)]), row[len(fields) :]
    token, integration = found["token"], found["integration"]
    token.integration, integration.user, integration.team = integration, found["person"], found["team"]
    return token  # type: ignore[no-any-return]
