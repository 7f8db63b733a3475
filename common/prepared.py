"""Statements that are put together once. For a page's larger reads the ORM takes longer to write the SQL than PostgreSQL to answer it.

    @prepared
    def watched(giver_id: int, at: datetime) -> QuerySet[Item]:
        return Item.objects.filter(giver_id=giver_id, accept_by__lt=at).select_related("action")

``watched(7, now)`` is then a list. The function is called with stand-ins, once for each shape of its arguments; later calls only
put their values where the stand-ins were. So it may look at nothing but the shape: how long a list is, or whether something is ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Arguments = ParamSpec("Arguments")
Row = TypeVar("Row")
BEGINNINGS = (8_111_000_000_000_000_000, 8_222_000_000_000_000_000)
MOMENTS = (datetime(1911, 1, 1, tzinfo=UTC), datetime(1922, 1, 1, tzinfo=UTC))
MOST = 500  # shapes of one function


def prepared(build: Callable[Arguments, QuerySet[Any, Row]]) -> Callable[Arguments, list[Row]]:
    """Make ``build``, which takes ids, lists of ids, instants and words, answer with rows from a statement that is kept."""
    kept: dict[Any, Statement] = {}

    @wraps(build)
    def rows(*args: Arguments.args, **kwargs: Arguments.kwargs) -> list[Row]:
        values = [*args, *kwargs.values()]
        shape = (*(shape_of(value) for value in args), *((name, shape_of(value)) for name, value in kwargs.items()))
        if shape not in kept:
            if len(kept) >= MOST:
                kept.clear()
            kept[shape] = Statement(lambda stand_ins: build(*stand_ins[: len(args)], **dict(zip(kwargs, stand_ins[len(args) :], strict=True))), values)
        return kept[shape].rows(values)

    return rows


def shape_of(value: Any) -> Any:
    """What of a value the statement depends on: of words all, of a number or an instant only that it is one."""
    if isinstance(value, list):
        return ("list", *(shape_of(part) for part in value))
    return type(value) if isinstance(value, int | datetime) and not isinstance(value, bool) else (type(value), value)


def flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield from flat(value) if isinstance(value, list) else (value,)


def stand_ins(values: list[Any], which: int) -> list[Any]:
    """The same with numbers and instants that occur nowhere else."""
    count = iter(range(10**6))

    def one(value: Any) -> Any:
        if isinstance(value, list):
            return [one(part) for part in value]
        number = next(count)
        if isinstance(value, datetime):
            return MOMENTS[which] + timedelta(microseconds=number)
        return BEGINNINGS[which] + number if isinstance(value, int) and not isinstance(value, bool) else value

    return [one(value) for value in values]


class Statement:
    """The SQL of one shape, and which of its parameters are which of the values."""

    def __init__(self, build: Callable[[list[Any]], QuerySet[Any]], values: list[Any]) -> None:
        first, second = (stand_ins(values, which) for which in (0, 1))
        self.queryset = build(first)
        self.compiler = self.queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self.sql, self.fixed = self.compiler.as_sql()
        except EmptyResultSet:  # of a list without anything in it, nothing is to be found
            self.sql, self.fixed, self.places = "", (), []
            return
        sql, again = build(second).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        places = {value: number for number, value in enumerate(flat(first)) if is_ours(value)}
        self.places = [(at, places[value]) for at, value in enumerate(self.fixed) if is_ours(value) and value in places]
        ours = {at for at, _ in self.places}
        if sql != self.sql or any(one != other for at, (one, other) in enumerate(zip(self.fixed, again, strict=True)) if at not in ours):
            raise TypeError("A prepared statement may not be computed from the values of its arguments.")

    def rows(self, values: list[Any]) -> list[Any]:
        if not self.sql:
            return []
        plain, parameters = list(flat(values)), list(self.fixed)
        for at, number in self.places:
            parameters[at] = plain[number]
        found = type(self.queryset)(self.queryset.model, Ready(self, tuple(parameters)))  # type: ignore[arg-type]
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
            setattr(found, name, getattr(self.queryset, name))
        return list(found)


def is_ours(value: Any) -> bool:
    return isinstance(value, int | datetime) and not isinstance(value, bool)


class Ready:
    """Stands where a queryset has its query, and hands out a compiler that has done its work."""

    def __init__(self, statement: Statement, parameters: tuple[Any, ...]) -> None:
        self._statement, self._parameters = statement, parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._statement.queryset.query, name)

    def get_compiler(self, using: str | None = None, *args: Any, **kwargs: Any) -> Any:
        compiler = copy(self._statement.compiler)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: (self._statement.sql, self._parameters)
        return compiler
