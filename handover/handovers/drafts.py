"""What somebody typed and has not sent: saved as they type, and found again after a crash, a sign-out, in another tab."""

from __future__ import annotations

from collections.abc import Mapping
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
    if version != draft.version:
        raise StaleVersion(
            "This draft was changed in another tab or on another PC.", possible="Choose for each field.", theirs=draft.fields, version=draft.version
        )
    draft.fields, draft.version, draft.saved_at = dict(fields), draft.version + 1, at
    draft.save(update_fields=["fields", "version", "saved_at"])
    return draft


def discard(*, writer: User, team_id: int, form: str) -> None:
    """The form was sent: its draft is no longer needed."""
    HandoverDraft.objects.filter(writer=writer, team_id=team_id, form=form).delete()
