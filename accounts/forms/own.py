"""What people say about themselves: their choices, an invitation accepted, the first run."""

from typing import Any

from django import forms

from accounts.forms.fields import check_password, email_field, kind_field, name_field, password_field, text_field, zone_field
from accounts.models import Invitation, Preference
from common.widgets import Cards, Described, Switch

THEMES = [
    ("system", Described("As the device", hint="Light or dark, as the system says")),
    ("light", Described("Light")),
    ("dark", Described("Dark", hint="For night shifts")),
]


class NameForm(forms.Form):
    display_name = name_field("Your name", hint="As colleagues see it.")


class ChoicesForm(forms.Form):
    email_notices = forms.BooleanField(required=False, widget=Switch, label="Also send me e-mail")
    shortcuts = forms.BooleanField(required=False, widget=Switch, label="Single-key shortcuts", help_text="Press ? on any page for the list.")
    theme = forms.ChoiceField(choices=THEMES, widget=Cards(columns="three"), label="Colours")

    def __init__(self, *args: Any, preference: Preference, email: str, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(preference, name) for name in ("email_notices", "shortcuts", "theme")}
        super().__init__(*args, **kwargs)
        self.fields["email_notices"].help_text = f"To {email}. On screen you hear of everything anyway."


class JoinForm(forms.Form):
    """Accepting an invitation without an account."""

    display_name = name_field("Your name", hint="As colleagues see it.")
    password = password_field()

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs["initial"] = {"display_name": invitation.display_name}
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def clean(self) -> None:
        super().clean()
        check_password(self, email=self.invitation.email, display_name=self.cleaned_data.get("display_name", ""))


class JoinAsMyselfForm(forms.Form):
    """Accepting an invitation while signed in asks for nothing more."""


class StartForm(forms.Form):
    display_name = name_field("Your name")
    email = email_field()
    password = password_field()
    team_name = text_field("Your team", "Harbour View, front desk", hint="As colleagues say it, for example “Harbour View, front desk”.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
        self.fields["zone"] = zone_field()
        self.fields["kind"] = kind_field()

    def clean(self) -> None:
        super().clean()
        check_password(self, email=self.cleaned_data.get("email", ""), display_name=self.cleaned_data.get("display_name", ""))
