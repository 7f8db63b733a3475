"""What a colleague chooses for a calendar address."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Team
from common.widgets import Cards, Described

MINE, TEAM = "mine", "team"


class FeedForm(forms.Form):
    what = forms.ChoiceField(label="What should it show?", initial=MINE, widget=Cards(columns="two"))
    with_checks = forms.BooleanField(
        label="Also when my completion checks fall due", required=False, help_text="Only with my own shifts. Without a word about customers."
    )

    def __init__(self, *args: Any, team: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        choices = [(MINE, Described("My shifts", hint="In all my teams"))]
        if team is not None:
            choices.append((TEAM, Described(f"All shifts of {team.name}", hint="With the names of who is on")))
        self.fields["what"].choices = choices

    def move_arguments(self) -> dict[str, Any]:
        whole = self.cleaned_data["what"] == TEAM
        return {"team": self.team if whole else None, "with_checks": self.cleaned_data["with_checks"] and not whole}
