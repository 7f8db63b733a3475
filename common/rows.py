"""What the REST API answers with: a declared row type is the list of columns, the shape of the answer and its schema at once.

A page of a list is read with ``.values()`` and shaped by plain dictionaries, which costs a fraction of model instances.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from rest_framework import serializers

Plan = tuple[tuple[str, str, "Plan | None"], ...]


class Row(serializers.Serializer):
    """Fields name columns: ``source`` is a path such as ``team__name``. A field that is itself a row is one related thing, or null.

    What needs a further query is a ``many`` field: it is left out of the columns, and added by the view.
    """

    @classmethod
    def columns(cls) -> list[str]:
        return list(dict.fromkeys(_keys(_plan(cls))))

    @classmethod
    def shaped(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """One row of ``.values(*columns())`` as it is answered."""
        return _shape(_plan(cls), values)

    @classmethod
    def page_of(cls, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        plan = _plan(cls)
        return [_shape(plan, row) for row in rows]

    @classmethod
    def all_of(cls, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        """Every row, in the order of the queryset, in one statement."""
        return cls.page_of(queryset.values(*cls.columns()))

    @classmethod
    def one_of(cls, queryset: QuerySet[Any], **which: Any) -> dict[str, Any]:
        """The one row, in one statement."""
        return cls.shaped(queryset.values(*cls.columns()).get(**which))

    @classmethod
    def of(cls, thing: Any) -> dict[str, Any]:
        """A thing that was just written, from what is loaded of it already."""
        return _shape(_plan(cls), {key: _read(thing, key) for key in _keys(_plan(cls))})


@cache
def _plan(row: type[Row]) -> Plan:
    return _plan_of(row(), "")


def _plan_of(row: serializers.BaseSerializer, prefix: str) -> Plan:
    """(name in the answer, column, plan of a related row): the first column of a related row tells whether there is one."""
    found = []
    for name, field in row.fields.items():  # type: ignore[attr-defined]
        if isinstance(field, serializers.ListSerializer):
            continue
        column = prefix + (field.source or name)
        if isinstance(field, Row):
            inner = _plan_of(field, f"{column}__")
            found.append((name, inner[0][1], inner))
        else:
            found.append((name, column, None))
    return tuple(found)


def _keys(plan: Plan) -> Iterable[str]:
    for _, key, inner in plan:
        if inner is None:
            yield key
        else:
            yield from _keys(inner)


def _shape(plan: Plan, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[key] if inner is None else None if values[key] is None else _shape(inner, values) for name, key, inner in plan}


def _read(thing: Any, key: str) -> Any:
    try:
        return attrgetter(key.replace("__", "."))(thing)
    except (AttributeError, ObjectDoesNotExist):
        if "__" in key:  # nothing is related there
            return None
        raise
