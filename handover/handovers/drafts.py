"""What somebody typed and has not sent: saved as they type, and found again after a crash, a sign-out, in another tab."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.errors import StaleVersion
from handover.handovers.brief import HandoverDraft

HAND_OVER = "hand-over"


@transaction.atomic
def save(*, writer: User, team_id: int, form: str, fields: Mapping[str, str], version: int | None, at: datetime) -> HandoverDraft:
    """Keep the fields of a form. ``version`` is the one that the page was read with, ``None`` where there was none yet.

    Raises ``StaleVersion`` with the other text if another tab or device saved meanwhile: nothing is overwritten. Without
    a draft to compare with (it was sent, or is new) a new one begins.
    """
    draft = HandoverDraft.objects.select_for_update().filter(writer=writer, team_id=team_id, form=form).first()
    if draft is None:
        return HandoverDraft.objects.create(writer=writer, team_id=team_id, form=form, fields=dict(fields), saved_at=at)
    if version != draft.version and not draft.is_untouched:
        raise StaleVersion(
            "This draft was changed in another tab or on another PC.", possible="Choose for each field.", theirs=draft.fields, version=draft.version
        )
    draft.fields, draft.version, draft.saved_at = dict(fields), draft.version + 1, at
    draft.save(update_fields=["fields", "version", "saved_at"])
    return draft


def prepare(*, writer_ids: Collection[int], team_id: int, shift_id: int, at: datetime) -> None:
    """By rule, in one statement: each of these colleagues finds a handover prepared. What somebody typed stays as it is.

    A prepared draft holds no words of its own: what nobody has typed is filled in with what is known when it is looked at.
    """
    HandoverDraft.objects.bulk_create(
        [
            HandoverDraft(writer_id=pk, team_id=team_id, form=HAND_OVER, version=0, saved_at=at, prepared_for_id=shift_id, prepared_at=at)
            for pk in sorted(writer_ids)
        ],
        update_conflicts=True,
        unique_fields=["writer", "team", "form"],
        update_fields=["prepared_for", "prepared_at"],
    )


def discard(*, writer: User, team_id: int, form: str) -> None:
    """The form was sent: its draft is no longer needed."""
    HandoverDraft.objects.filter(writer=writer, team_id=team_id, form=form).delete()
