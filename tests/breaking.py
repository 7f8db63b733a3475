"""Ways to break a rule of the database behind every move's back."""

from collections.abc import Callable
from typing import Any

from django.db import models


def change(rows: Any, **fields: Any) -> Callable[[], object]:
    """Change rows."""
    return lambda: rows.update(**fields)


def twin(model: type[models.Model], **different: Any) -> Callable[[], object]:
    """The same row once more, but for these fields. (A reference is given anew.)"""

    def copy() -> None:
        row = model._default_manager.first()
        assert row is not None, f"the story makes no {model.__name__}"
        row.pk, row._state.adding = None, True
        if hasattr(row, "ref"):
            row.ref = "XX-1"
        for name, value in different.items():
            setattr(row, name, value)
        row.save(force_insert=True)

    return copy
