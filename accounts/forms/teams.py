"""Teams, their colleagues, job roles and devices."""

from typing import Any

from django import forms

from accounts.forms.fields import JobRolesField, email_field, kind_field, level_field, name_field, text_field, zone_field
from accounts.models import Membership, Team, User
from common.widgets import Cards, Described

BY_EMAIL = "email"
BY_LINK = "link"
WAYS = [
    (BY_EMAIL, Described("Send an e-mail", hint="With a link that works once, for 14 days")),
    (BY_LINK, Described("Show me the link", hint="To pass on yourself; it is shown once")),
]


class TeamForm(forms.Form):
    name = text_field("Team", "Harbour View, front desk", hint="As colleagues say it.")

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        if team is not None:
            kwargs["initial"] = {"name": team.name, "zone": team.zone, "kind": team.kind}
        super().__init__(*args, **kwargs)
        self.fields["zone"] = zone_field()
        self.fields["kind"] = kind_field()
        if team is not None and team.zone not in dict(self.fields["zone"].choices):
            self.fields["zone"].choices = [(team.zone, team.zone), *self.fields["zone"].choices]


class JobRoleForm(forms.Form):
    name = text_field("Job role", "night receptionist", max_length=80, hint="For example “night receptionist”.")


class RolesMixin(forms.Form):
    """A level, and the team's job roles where it has any."""

    def add_place(self, team: Team, *, columns: str = "") -> None:
        self.fields["level"] = level_field(columns=columns)
        self.fields["job_roles"] = JobRolesField(team, columns=columns)
        if not self.fields["job_roles"].queryset.exists():
            del self.fields["job_roles"]

    def place(self) -> dict[str, Any]:
        roles = self.cleaned_data.get("job_roles", [])
        return {"level": self.cleaned_data["level"], "job_role_ids": [role.pk for role in roles]}


class InviteForm(RolesMixin):
    display_name = name_field()
    email = email_field()

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = self.fields["display_name"].widget.attrs["autocomplete"] = "off"
        self.add_place(team)
        self.fields["way"] = forms.ChoiceField(choices=WAYS, widget=Cards, initial=BY_EMAIL, label="How they hear of it")

    def move_arguments(self) -> dict[str, Any]:
        return {"display_name": self.cleaned_data["display_name"], "email": self.cleaned_data["email"], **self.place()}


class MembershipForm(RolesMixin):
    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"level": membership.level, "job_roles": membership.job_roles.all()}
        super().__init__(*args, **kwargs)
        self.add_place(membership.team, columns="two")

    def move_arguments(self) -> dict[str, Any]:
        return self.place()


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person.display_name}, {person.email}"


class AdministratorForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.persons().filter(is_administrator=False).order_by("display_name", "pk")
        missing = {"required": "Choose a colleague."}
        self.fields["person"] = PersonChoice(others, label="Colleague", empty_label="Choose a colleague", error_messages=missing)

    def move_arguments(self) -> dict[str, Any]:
        return {"user_id": self.cleaned_data["person"].pk, "is_administrator": True}


class DeviceForm(forms.Form):
    name = text_field("Name of this PC", "Front desk, left", max_length=80, hint="For example “Front desk, left”.")
