"""What a story says about a move: it leaves one event, or it is refused with a reason and changes nothing; who heard, what is owed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from audit.models import Event
from common.errors import Invalid, Refusal
from handover.due.models import Due
from handover.notifications.models import Notification


@contextmanager
def leaves(*kinds: str, but: tuple[str, ...] = ()) -> Iterator[None]:
    """Exactly these events, in this order; ``leaves()``: none. ``but``: what the story needs in passing."""
    last = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    yield
    assert list(Event.objects.filter(pk__gt=last).exclude(kind__in=but).order_by("pk").values_list("kind", flat=True)) == list(kinds)


@contextmanager
def refused(kind: type[Refusal], why: str = "") -> Iterator[Any]:
    """A refusal of this kind, whose sentence holds ``why`` and which says what would make it possible (or is that itself). Nothing changed."""
    with leaves(but=("action.created",)), pytest.raises(kind, match=why or None) as raised:
        yield raised
    assert type(raised.value) is kind
    assert raised.value.possible or kind is Invalid, "what would make it possible?"


def told(kind: str) -> set[str]:
    """Names of those who hear of it."""
    return set(Notification.objects.filter(kind=kind).values_list("recipient__display_name", flat=True))


def owed(subject: Any) -> set[tuple[str, int]]:
    """What is owed about it: rule and step."""
    return set(Due.objects.live().about(subject).values_list("rule", "step"))


def due_at(subject: Any, rule: str, step: int = 1) -> Any:
    return Due.objects.live().about(subject).get(rule=rule, step=step).due_at
