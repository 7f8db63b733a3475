"""What somebody types for the next shift."""

from __future__ import annotations

from typing import Any

from django import forms

from common.text import CleanTextField
from common.widgets import Cards, Described, MomentInput
from handover.notes.models import For, ShiftNote
from handover.notes.operations import NEXT_SHIFT, UNTIL, UNTIL_RESOLVED

LONGEST = 2_000
NAMED = "named:"
HOW_LONG = [
    (UNTIL_RESOLVED, Described("Until it is resolved", hint="It reappears for every shift until somebody resolves it", icon="rotate-clockwise")),
    (NEXT_SHIFT, Described("Until the next shift ends", icon="clock")),
    (UNTIL, Described("Until a time", icon="calendar-time", data={"show": "until"})),
]


def a_shift(name: str) -> str:
    """“Night shift”, whether the team calls it so or “Night”."""
    return name if "shift" in name.casefold() else f"{name} shift"


class NoteForm(forms.Form):
    """One line is enough; the rest has a sensible answer already."""

    text = CleanTextField(
        label="What should the next shift know?",
        max_length=LONGEST,
        lines=True,
        error_messages={"required": "Say what the next shift should know, for example: lift 2 is off until Monday."},
        help_text="Something that must be done is an action, not a note. Leave out card numbers and health details.",
    )
    topic = CleanTextField(label="Topic", max_length=60, required=False)
    audience = forms.ChoiceField(label="For", initial=For.FOLLOWING)
    lasts = forms.ChoiceField(label="How long does it stand?", choices=HOW_LONG, widget=Cards(columns="three"), initial=UNTIL_RESOLVED)
    expires_at = forms.DateTimeField(label="Until", required=False, widget=MomentInput)
    pinned = forms.BooleanField(label="A standing instruction: it comes first", required=False)

    def __init__(self, *args: Any, topics: list[str], shifts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = topics
        named = [(f"{NAMED}{name}", f"Every {a_shift(name)}") for name in shifts]
        self.fields["audience"].choices = [(For.FOLLOWING, "Every shift from now on"), (For.NEXT, "The next shift only"), *named]
        self.fields["text"].widget.attrs["rows"] = 3
        self.fields["topic"].widget.attrs |= {"list": "topics", "autocomplete": "off"}

    def move_arguments(self) -> dict[str, Any]:
        audience = self.cleaned_data["audience"]
        named = audience.startswith(NAMED)
        return {**self.cleaned_data, "audience": For.NAMED if named else audience, "shift_name": audience.removeprefix(NAMED) if named else ""}


class NewNoteForm(NoteForm):
    tell_now = forms.BooleanField(label="Tell the next shift now, with a notice", required=False)


class ChangeNoteForm(NoteForm):
    """``version`` is the one that the page was read with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)


def initial_of(note: ShiftNote) -> dict[str, Any]:
    return {
        "text": note.text,
        "topic": note.topic,
        "audience": f"{NAMED}{note.shift_name}" if note.shift_name else note.audience,
        "lasts": UNTIL if note.expires_at else UNTIL_RESOLVED,
        "expires_at": note.expires_at,
        "pinned": note.pinned,
        "version": note.version,
    }


class ResolveForm(forms.Form):
    reason = CleanTextField(label="Why, if it helps", max_length=300, required=False)
