"""What the REST API takes: bodies and filters that say no to what they do not know, and ids that lead nowhere but to what one may see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from common.errors import Invalid
from common.prepared import prepared
from common.text import clean_text

BIGGEST = 2**63 - 1
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
NOT_FOUND = "Not found."
UNKNOWN = "There is no such field here."


class Body(serializers.Serializer):
    """A body. A field that it does not know is refused, so that a misspelt one is noticed and nothing can be slipped in."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := [str(key) for key in data if key not in self.fields]):
            raise serializers.ValidationError({key[:60]: [UNKNOWN] for key in sorted(unknown)[:20]})
        return super().to_internal_value(data)


class Filters(Body):
    """The parameters of a list. ``cursor`` and ``limit`` belong to its pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "data" in kwargs and hasattr(kwargs["data"], "items"):
            kwargs["data"] = {name: value for name, value in kwargs["data"].items() if name not in ("cursor", "limit")}
        super().__init__(*args, **kwargs)


class IdField(serializers.IntegerField):
    """The id of something: a whole number, not a text that looks like one (but in a filter everything is text)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": BIGGEST, **kwargs})

    def to_internal_value(self, data: Any) -> int:
        text = isinstance(data, str) and isinstance(self.parent, Filters) and data.isascii() and data.isdigit() and len(data) < 20
        if not text and type(data) is not int:
            self.fail("invalid")
        return int(data)


class YesNoField(serializers.BooleanField):
    """``true`` or ``false`` and nothing that resembles them."""

    WORDS = {"true": True, "false": False}

    def to_internal_value(self, data: Any) -> bool:
        if isinstance(data, bool):
            return data
        if isinstance(self.parent, Filters) and isinstance(data, str) and data in self.WORDS:
            return self.WORDS[data]
        self.fail("invalid", input=str(data)[:60])
        raise AssertionError("unreachable")


class ChoiceField(serializers.ChoiceField):
    """One of some words."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:60])
        return super().to_internal_value(data)


class InstantField(serializers.Field):
    """An instant as RFC 3339 writes it, with its offset from UTC, from 2000 to 2100."""

    default_error_messages = {
        "invalid": "Write an instant with its offset, such as 2026-03-02T16:00:00Z.",
        "far": "This must lie between the years 2000 and 2100.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        try:
            moment = parse_datetime(data) if isinstance(data, str) and len(data) < 60 and "T" in data.upper() else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            self.fail("invalid")
        if not EARLIEST <= moment < LATEST:
            self.fail("far")
        return moment

    def to_representation(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Seer:
    """Whoever sees these teams, as far as ``visible_to`` wants to know."""

    ids: list[int] | None
    pk: int = 0

    def team_ids(self) -> list[int] | None:
        return self.ids


@cache
def by_id(rows: Callable[[Any], QuerySet[Any]]) -> Callable[[list[int] | None, int, int], list[Any]]:
    """Of ``rows(user)`` the one with an id; its statement is kept."""

    @prepared
    def found(team_ids: list[int] | None, user_id: int, pk: int) -> QuerySet[Any]:
        return rows(Seer(team_ids, user_id)).filter(pk=pk)

    return found


class VisibleField(serializers.Field):
    """Something by its id or reference, found only among what the asker may see; unknown and foreign get the same answer.

    ``rows(user)`` gives the queryset; ``by`` is *pk* or *ref*.
    """

    default_error_messages = {"missing": NOT_FOUND, "invalid": "Write {what}."}

    def __init__(self, rows: Callable[[Any], QuerySet[Any]], *, by: str = "pk", **kwargs: Any) -> None:
        self.rows, self.by = rows, by
        super().__init__(**kwargs)

    def find(self, user: Any, key: Any) -> Model | None:
        if self.by == "ref":
            return self.rows(user).filter(ref=key).first()
        return next(iter(by_id(self.rows)(user.team_ids(), user.pk, key)), None)

    def to_internal_value(self, data: Any) -> Model:
        if self.by == "ref":
            key: Any = ref_or_none(data)
        else:
            key = data if type(data) is int and 0 < data <= BIGGEST else None
        if key is None:
            self.fail("invalid", what="a reference such as HV-12" if self.by == "ref" else "an id, a whole number")
        found = self.find(self.context["request"].user, key)
        if found is None:
            self.fail("missing")
        return found

    def to_representation(self, value: Any) -> Any:
        return getattr(value, self.by)


def ref_or_none(data: Any) -> str | None:
    """A reference as people write it, in capitals; ``None`` if it is none."""
    text = data.strip().upper() if isinstance(data, str) and len(data) < 30 else ""
    letters, dash, digits = text.partition("-")
    return text if dash and len(letters) == 2 and letters.isascii() and letters.isalpha() and digits.isascii() and digits.isdigit() else None


class RefField(serializers.CharField):
    """A reference such as HV-12, as written; whoever takes it looks it up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 24, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        ref = ref_or_none(data)
        if ref is None:
            raise serializers.ValidationError("Write a reference such as HV-12.")
        return ref


def once(values: Iterable[Any], sentence: str) -> None:
    """Refuse what comes twice."""
    seen = list(values)
    if len(set(seen)) < len(seen):
        raise serializers.ValidationError(sentence)


class WordField(serializers.CharField):
    """A text in a filter: what could never have been stored matches nothing and is refused."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return clean_text(data, max_length=self.max_length or 200)
        except Invalid as refusal:
            raise serializers.ValidationError(str(refusal)) from None
