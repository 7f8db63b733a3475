"""A proposal that is being written: saved as it is typed, and found again after a crash, a sign-out, in another tab."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from common.errors import StaleVersion
from handover.agreements.agreeing import ProposalDraft
from handover.agreements.models import Agreement
from handover.catalog.models import HandoverPoint


def find(*, writer: User, point: HandoverPoint, agreement: Agreement | None = None) -> ProposalDraft | None:
    return ProposalDraft.objects.filter(writer=writer, point=point, agreement=agreement).first()


@transaction.atomic
def save(*, writer: User, point: HandoverPoint, agreement: Agreement | None, fields: Mapping[str, Any], version: int | None, at: datetime) -> ProposalDraft:
    """Keep the fields of the form. ``version`` is the one that the page was read with, ``None`` where there was none yet.

    Raises ``StaleVersion`` with the other text if another tab or device saved meanwhile: nothing is overwritten.
    """
    draft = ProposalDraft.objects.select_for_update().filter(writer=writer, point=point, agreement=agreement).first()
    if draft is None:
        return ProposalDraft.objects.create(writer=writer, point=point, agreement=agreement, fields=dict(fields), saved_at=at)
    if version != draft.version:
        theirs = {name: value for name, value in draft.fields.items() if isinstance(value, str)}
        raise StaleVersion("This draft was changed in another tab or on another PC.", possible="Choose for each field.", theirs=theirs, version=draft.version)
    draft.fields, draft.version, draft.saved_at = dict(fields), draft.version + 1, at
    draft.save(update_fields=["fields", "version", "saved_at"])
    return draft


def discard(*, writer: User, point: HandoverPoint, agreement: Agreement | None = None) -> None:
    """It was sent, or is not wanted any more."""
    ProposalDraft.objects.filter(writer=writer, point=point, agreement=agreement).delete()
