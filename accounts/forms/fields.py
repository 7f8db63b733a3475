"""Fields that several of the forms share."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import JobRole, Level, Team, User
from common.text import CleanTextField
from common.widgets import Cards, Described, TickCards

PASSWORD_HINT = "At least 12 characters. Three or four words in a row are easy to remember; a password manager is welcome."  # noqa: S105

LEVELS = [
    (Level.MEMBER.value, Described("Member", hint="Creates actions, hands over, accepts")),
    (Level.LEAD.value, Described("Lead", hint="As a member; also decides on services, agreements, the rota and who is in the team")),
]


ADDRESS = "Enter an e-mail address, for example ana@example.com."


def text_field(label: str, example: str, *, max_length: int = 120, hint: str = "") -> CleanTextField:
    """One line that must be filled in; the error says with what."""
    missing = f"Enter this, for example “{example}”."
    return CleanTextField(max_length=max_length, label=label, help_text=hint, error_messages={"required": missing})


def name_field(label: str = "Name", hint: str = "") -> CleanTextField:
    return text_field(label, "Ana Lima", hint=hint)


def email_field() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(max_length=254, widget=widget, label="E-mail address", error_messages={"required": ADDRESS, "invalid": ADDRESS})


def password_field(**more: Any) -> forms.CharField:
    """For a new password: may be pasted, is never trimmed, and is checked by ``check_password``."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        max_length=200,
        strip=False,
        widget=widget,
        **{"label": "Password", "help_text": PASSWORD_HINT, "error_messages": {"required": "Enter a password."}, **more},
    )


def check_password(form: forms.Form, *, email: str, display_name: str) -> None:
    """Add what is wrong with the new password to its field."""
    password = form.cleaned_data.get("password")
    if password:
        try:
            validate_password(password, User(email=email, display_name=display_name))
        except forms.ValidationError as error:
            form.add_error("password", error)


def level_field(*, columns: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(choices=LEVELS, widget=Cards(columns=columns), initial=Level.MEMBER, label="Level")


class JobRolesField(forms.ModelMultipleChoiceField):
    """Any of one team's job roles; another team's is no choice."""

    def __init__(self, team: Team, *, columns: str = "") -> None:
        roles = JobRole.objects.filter(team=team).order_by("name")
        super().__init__(roles, required=False, label="Job roles", widget=TickCards(columns=columns))

    def label_from_instance(self, role: JobRole) -> str:
        return role.name


def zone_field() -> forms.ChoiceField:
    """A choice of the zones that people live in: not of offsets, nor of the old one-word names."""
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")))
    hint = "Shifts start and end on this wall clock."
    return forms.ChoiceField(choices=[(name, name.replace("_", " ")) for name in ["UTC", *names]], initial="Europe/London", label="Time zone", help_text=hint)


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(value, label.capitalize()) for value, label in Team.Kind.choices], initial=Team.Kind.OTHER, label="What the team is")
