"""Machine clients and their tokens."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.forms.fields import text_field
from accounts.models import Scope, Team, User
from accounts.queries import teams_to_choose
from common.widgets import Described, TickCards

LASTS = [("30", "30 days"), ("90", "90 days"), ("180", "half a year"), ("365", "a year")]


class TeamChoice(forms.ModelChoiceField):
    def label_from_instance(self, team: Team) -> str:
        return team.name


class IntegrationForm(forms.Form):
    name = text_field("Name", "Booking system", max_length=80, hint="What it is, for example “Booking system”.")

    def __init__(self, *args: Any, by: User, team: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoice(teams_to_choose(by), initial=team, label="Team", help_text="It sees and changes what belongs to this team only.")

    def move_arguments(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "team_id": self.cleaned_data["team"].pk}


class TokenForm(forms.Form):
    scopes = forms.MultipleChoiceField(
        choices=[(value, Described(value.capitalize(), hint=label.capitalize())) for value, label in Scope.choices],
        widget=TickCards,
        initial=[Scope.READ.value],
        label="What it may do",
    )
    days = forms.ChoiceField(choices=LASTS, initial="90", label="It works for")

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at or timezone.now()

    def move_arguments(self) -> dict[str, Any]:
        return {"scopes": self.cleaned_data["scopes"], "expires_at": self.at + timedelta(days=int(self.cleaned_data["days"]))}
