"""References for people, like HV-3127: made by the database from one sequence each, in the statement that inserts the row."""

from typing import Any

from django.db import models
from django.db.migrations.operations import RunSQL
from django.db.models import Func


def sequence_name(prefix: str) -> str:
    if not (prefix.isascii() and prefix.isalpha() and prefix.isupper()):
        raise ValueError(f"A reference prefix is made of capital letters, not {prefix!r}.")
    return f"ref_{prefix.lower()}"


class NextRef(Func):
    """SQL: the next reference with this prefix."""

    def __init__(self, prefix: str) -> None:
        super().__init__(template=f"('{prefix}-' || nextval('{sequence_name(prefix)}'))", output_field=models.CharField())


class RefField(models.CharField):
    """A unique reference ``PREFIX-n`` that the database gives. Needs ``create_sequence(prefix)`` earlier in the migration."""

    def __init__(self, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(**{"max_length": 24, "unique": True, "editable": False, "db_default": NextRef(prefix), **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        for ours in ("max_length", "unique", "editable", "db_default"):
            kwargs.pop(ours, None)
        return name, path, [self.prefix], kwargs


def create_sequence(prefix: str) -> RunSQL:
    """A migration operation that makes the sequence behind ``RefField(prefix)``; it may be run again."""
    name = sequence_name(prefix)
    return RunSQL(f"CREATE SEQUENCE IF NOT EXISTS {name}", f"DROP SEQUENCE IF EXISTS {name}")
