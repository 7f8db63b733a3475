"""What a lead sends when a rota is imported."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core import signing

from accounts.models import Team, User
from common.errors import Invalid
from handover.imports.rota_matching import Entry, Preview
from handover.imports.rota_reading import MOST_BYTES

SALT = "rota-import"
AGREED_WITHIN = 30 * 60
"""Seconds in which what was looked at can be agreed to."""


class RotaFileForm(forms.Form):
    file = forms.FileField(label="The file", help_text="CSV or iCal, at most 1 MB.", max_length=200)

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file has {file.size // 1024:,} kB; at most {MOST_BYTES // 1024:,} kB can be read. Split it by month.")
        return bytes(file.read())

    def move_arguments(self) -> dict[str, Any]:
        return {"raw": self.cleaned_data["file"]}


def sealed(preview: Preview, *, team: Team, by: User) -> str:
    """What was looked at, to be sent back when it is agreed to: ids and instants, signed. So nothing of the file is kept on the server."""
    rows = [
        [one.row, one.name, one.day.isoformat(), int(one.starts_at.timestamp()), int(one.ends_at.timestamp()), sorted(one.people)] for one in preview.entries()
    ]
    return signing.dumps({"team": team.pk, "by": by.pk, "digest": preview.digest(), "rows": rows}, salt=SALT, compress=True)


def unsealed(text: str, *, team: Team, by: User) -> dict[str, Any]:
    """The entries and the digest for ``bring_in``. Raises ``Invalid`` where it is too old, or was looked at by another or for another team."""
    try:
        sent = signing.loads(text, salt=SALT, max_age=AGREED_WITHIN)
    except signing.BadSignature:
        sent = {}
    if (sent.get("team"), sent.get("by")) != (team.pk, by.pk):
        raise Invalid("What you looked at is older than 30 minutes, or was for another team.", possible="Choose the file again.")
    entries = [
        Entry(row, name, date.fromisoformat(day), datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(ends, UTC), frozenset(people))
        for row, name, day, starts, ends, people in sent["rows"]
    ]
    return {"entries": entries, "digest": sent["digest"]}
