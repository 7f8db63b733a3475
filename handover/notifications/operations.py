"""Telling people: notices in the product, and what becomes of them. Other channels follow by ``sending``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from common.errors import Invalid, Refusal
from handover.due.models import Due, about_any, type_of
from handover.notifications import wording
from handover.notifications.models import Kind, Notification

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User


class ActionLike(Protocol):
    """An action, as far as a notice needs it."""

    pk: Any
    title: Any
    team_id: Any


def tell(
    kind: Kind,
    *,
    to: Iterable[int | None],
    about: Model,
    at: datetime,
    action: ActionLike | None = None,
    by: User | None = None,
    words: str = "",
    what: str = "",
    due: Due | None = None,
    team_id: int | None = None,
    path: str = "",
    to_giver: bool = False,
    past: bool = False,
) -> None:
    """Write one notice to each of ``to`` (ids of users), in one statement and without asking the database anything.

    Nobody is told twice, and who did it (``by``) is not told at all, unless a due row says so. For a notice to the giver of an
    item, ``about.handover`` should be loaded: its page is where the notice leads. ``path``: another page than that of ``about``.
    """
    people = dict.fromkeys(person for person in to if person is not None and (due is not None or by is None or person != by.pk))
    sentence = wording.title(kind, by=by.display_name if by else "", what=what or (action.title if action else ""), to_giver=to_giver, past=past)
    write(
        Notification(
            recipient_id=person,
            team_id=team_id if team_id is not None else action.team_id if action else None,
            kind=kind,
            due=due,
            subject_type=type_of(about),
            subject_id=about.pk,
            action_id=action.pk if action else None,
            title=sentence,
            words=words,
            path=path or path_of(kind, about),
            needs_you=kind in wording.NEEDS_YOU,
            at=at,
        )
        for person in people
    )


def write(notices: Iterable[Notification]) -> None:
    """Store notices in one statement. One occurrence reaches one person once: the database refuses a second."""
    Notification.objects.bulk_create(notices)


def path_of(kind: Kind, about: Any) -> str:
    """The page that a notice leads to: an item's is its handover, except for who is asked to accept it."""
    if about._meta.model_name == "item" and kind not in wording.TO_RECEIVE:
        return str(about.get_handover_url())
    return str(about.get_absolute_url()) if hasattr(about, "get_absolute_url") else "/"


def settle(*subjects: Model, kinds: Collection[Kind] | None = None, recipient_id: int | None = None, at: datetime) -> int:
    """What the standing notices about ``subjects`` asked for was done, or is not needed any more; return how many, in one statement.

    What was not sent yet by other channels is looked at again when its turn comes, and is then not sent.
    """
    if not subjects:
        return 0
    standing = Notification.objects.filter(about_any(subjects), settled_at__isnull=True)
    if kinds is not None:
        standing = standing.filter(kind__in=kinds)
    if recipient_id is not None:
        standing = standing.filter(recipient_id=recipient_id)
    return standing.update(settled_at=at)


def settle_for(person: User, *, team_id: int, at: datetime) -> int:
    """``person`` has left the team: nothing of it stands on their bell any more. Return how many that were."""
    return Notification.objects.filter(recipient=person, team_id=team_id, settled_at__isnull=True).update(settled_at=at)


@transaction.atomic
def read(*, by: User, at: datetime, notice_id: int | None = None) -> int:
    """``by`` has read a notice; without one: all that are good to know. Reading twice changes nothing. Return how many were marked."""
    unread = Notification.objects.visible_to(by).filter(read_at__isnull=True)
    if notice_id is not None:
        return unread.filter(pk=notice_id).update(read_at=at)
    return unread.filter(pk__in=_locked(unread.filter(needs_you=False))).update(read_at=at)


def _locked(notices: QuerySet[Notification]) -> list[int]:
    """Those that nobody else is writing to just now, so that many can be marked without anybody waiting for anybody."""
    return list(notices.select_for_update(skip_locked=True).values_list("pk", flat=True))


def snooze(*, notice_id: int, by: User, until: datetime, at: datetime) -> None:
    """Put a notice off: it comes back at ``until``. Raises ``Refusal`` for one that was read or settled, or an instant that is over."""
    if until <= at:
        raise Invalid("Put it off until a time to come.", field="until")
    standing = Notification.objects.visible_to(by).filter(pk=notice_id, read_at__isnull=True, settled_at__isnull=True)
    if not standing.update(snoozed_until=until):
        raise Refusal("This notice does not wait any more.", possible="Open what it is about.")
