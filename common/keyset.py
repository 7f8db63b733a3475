"""Pages of a list by position, not by number: as fast on page 1,000 as on page 1, and nothing is shown twice or skipped."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Field, IntegerField, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from common.errors import Invalid
from common.text import clean_text

BIGGEST = 2**63 - 1
LONGEST_CURSOR = 1_000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursor of the next ones: empty if these are the last."""

    rows: list[Any]
    next_cursor: str


def keyset_page(queryset: QuerySet[Any], *, sort: str = "sort_at", cursor: str | None = None, size: int = 50, descending: bool = True) -> Page:
    """Return the ``size`` rows that follow ``cursor`` (the first ones without it), ordered by (``sort``, id).

    ``sort`` is a stored column that is never null: an instant, a whole number or a text. It may also be the id itself.
    A ``.values()`` queryset has to name it and the id. Raises ``Invalid`` for a cursor that we did not make.
    """
    field = queryset.model._meta.get_field(sort if sort != "pk" else "id")
    keys = ["id"] if field.name == "id" else [field.name, "id"]
    if cursor:
        after = _read_cursor(cursor, [queryset.model._meta.get_field(key) for key in keys])
        beyond = TupleLessThan if descending else TupleGreaterThan
        if len(keys) == 1:
            queryset = queryset.filter(**{"id__lt" if descending else "id__gt": after[0]})
        else:
            queryset = queryset.filter(beyond(Tuple(*map(F, keys)), after))
    return page_from(list(queryset.order_by(*(f"-{key}" if descending else key for key in keys))[: size + 1]), keys, size=size)


def page_from(rows: list[Any], keys: list[str], *, size: int) -> Page:
    """The page of rows that were read in the order of ``keys``, one more than fit if there are more."""
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, _make_cursor(rows[-1], keys) if more else "")


def _make_cursor(row: Any, keys: list[str]) -> str:
    values = [row[key] if isinstance(row, dict) else getattr(row, key) for key in keys]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).rstrip(b"=").decode()


def _read_cursor(cursor: str, fields: list[Field[Any, Any]]) -> list[Any]:
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        plain = json.loads(base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(plain, list) or len(plain) != len(fields):
            raise ValueError
        return [_read_value(value, field) for value, field in zip(plain, fields, strict=True)]
    except (ValueError, RecursionError, OverflowError, binascii.Error, Invalid):
        raise Invalid("This cursor is not one of ours.", possible="Start again from the first page.", field="cursor") from None


def _read_value(value: Any, field: Field[Any, Any]) -> Any:
    if isinstance(field, IntegerField):
        if type(value) is not int or abs(value) > BIGGEST:
            raise ValueError
        return value
    if type(value) is not str:
        raise ValueError
    if isinstance(field, DateTimeField):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    return clean_text(value, max_length=LONGEST_CURSOR, lines=True)
