"""What a lead fills in about a service: what it is, who is involved, the systems used, and its steps in rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from accounts.models import JobRole, Team
from common.text import CleanTextField
from common.widgets import TickCards
from handover.catalog.models import Service, Step
from handover.catalog.queries import roles_offered, teams_offered
from handover.catalog.words import StepWords, SystemWords

BLANK_ROWS = 3
MOST = 30
MOST_SYSTEMS = 12
ROW = ("place", "name", "done_by", "team", "roles", "point", "point_name", "information", "id")
PLAIN = ("name", "relies_on_teamwork", "description", "procedure")


class ServiceForm(forms.Form):
    """Rows ``step-1-name`` …: the steps there are and three blank ones. A row without a name is left out; another place moves the row there."""

    name = CleanTextField(label="Name of the service", max_length=120, help_text="For example: Room moves")
    relies_on_teamwork = forms.BooleanField(label="Relies on teamwork: colleagues pass it on", required=False, initial=True)
    description = CleanTextField(label="What it is", max_length=5_000, lines=True, required=False)
    procedure = CleanTextField(label="The procedure: how it is delivered", max_length=10_000, lines=True, required=False)
    job_roles = forms.ModelMultipleChoiceField(label="Job roles involved", queryset=None, required=False, widget=TickCards(columns="three"))
    teams = forms.ModelMultipleChoiceField(
        label="Other teams involved", queryset=None, required=False, widget=TickCards(columns="three"), help_text="Save, and their job roles can be chosen too."
    )

    def __init__(self, data: Any = None, *, team: Team, service: Service | None = None, **kwargs: Any) -> None:
        steps = list(service.steps.prefetch_related("handover_points", "job_roles")) if service else []
        systems = list(service.systems.all()) if service else []
        if service is not None:
            kwargs["initial"] = {name: getattr(service, name) for name in PLAIN} | {
                "job_roles": list(service.job_roles.all()), "teams": list(service.teams.all()),
            }  # fmt: skip
        super().__init__(data, **kwargs)
        self.fields["description"].widget.attrs["rows"] = 2
        self.fields["procedure"].widget.attrs["rows"] = 6
        self.team, self.others = team, list(teams_offered(team))
        self.roles = list(roles_offered(team, service))
        self._offer()
        self.rows = min(len(steps) + BLANK_ROWS, max(MOST, len(steps)))
        for number in range(1, self.rows + 1):
            self._add_row(number, steps[number - 1] if number <= len(steps) else None)
        self.system_count = min(len(systems) + 2, max(MOST_SYSTEMS, len(systems)))
        for number in range(1, self.system_count + 1):
            self._add_system(number, systems[number - 1] if number <= len(systems) else None)

    def _offer(self) -> None:
        """The teams and job roles to choose from; a field without a choice is left out."""
        self.fields["job_roles"].queryset = JobRole.objects.filter(pk__in=[role.pk for role in self.roles]).select_related("team")
        self.fields["job_roles"].choices = self._role_choices()
        self.fields["teams"].queryset = Team.objects.filter(pk__in=[team.pk for team in self.others])
        for name, there in (("job_roles", self.roles), ("teams", self.others)):
            if not there:
                del self.fields[name]

    def _role_choices(self) -> list[tuple[int, str]]:
        return [(role.pk, role.name if role.team_id == self.team.pk else f"{role.name}, {role.team}") for role in self.roles]

    def _add_row(self, number: int, step: Step | None) -> None:
        point = next(iter(step.handover_points.all()), None) if step else None
        own = {"team": step.team_id or "", "roles": [role.pk for role in step.job_roles.all()]} if step else {"team": "", "roles": []}
        teams = [("", "This team"), *((str(team.pk), team.name) for team in self.others)]
        row: dict[str, forms.Field] = {
            "place": forms.IntegerField(label="Place", required=False, min_value=1, max_value=MOST, initial=number),
            "name": CleanTextField(label=f"Step {number}", max_length=120, required=False, initial=step.name if step else ""),
            "done_by": CleanTextField(label="Who does it, in your words", max_length=120, required=False, initial=step.done_by if step else ""),
            "team": forms.ChoiceField(label="Which team does it", required=False, choices=teams, initial=str(own["team"])),
            "roles": forms.TypedMultipleChoiceField(
                label="Job roles that do it", required=False, coerce=int, choices=self._role_choices(), initial=own["roles"], widget=TickCards(columns="three")
            ),
            "point": forms.BooleanField(label="Information changes hands after it", required=False, initial=point is not None),
            "point_name": CleanTextField(label="From whom to whom", max_length=120, required=False, initial=point.name if point else ""),
            "information": CleanTextField(label="What changes hands", max_length=300, required=False, initial=point.information if point else ""),
            "id": forms.IntegerField(required=False, widget=forms.HiddenInput, initial=step.pk if step else None),
        }
        self.fields |= {f"step-{number}-{name}": field for name, field in row.items()}

    def _add_system(self, number: int, system: Any) -> None:
        name = CleanTextField(label=f"System {number}", max_length=120, required=False, initial=system.name if system else "")
        address = forms.URLField(label="Link", max_length=500, required=False, assume_scheme="https", initial=system.address if system else "")
        self.fields |= {f"system-{number}-name": name, f"system-{number}-address": address}

    def step_rows(self) -> Iterator[dict[str, Any]]:
        """The bound fields of each row by name, for the template."""
        for number in range(1, self.rows + 1):
            yield {"number": number, **{name: self[f"step-{number}-{name}"] for name in ROW}}

    def system_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for number in range(1, self.system_count + 1):
            yield self[f"system-{number}-name"], self[f"system-{number}-address"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, self.rows + 1):
            row = {name: cleaned.get(f"step-{number}-{name}") for name in ROW}
            if not row["name"] and f"step-{number}-name" not in self.errors and (row["done_by"] or row["point"]) and not row["id"]:
                self.add_error(f"step-{number}-name", "Say what is done in this step, or empty the row.")
        for number in range(1, self.system_count + 1):
            if cleaned.get(f"system-{number}-address") and not cleaned.get(f"system-{number}-name"):
                self.add_error(f"system-{number}-name", "Say what this system is called, or empty the row.")
            if not (cleaned.get(f"system-{number}-address") or "https://").startswith(("http://", "https://")):
                self.add_error(f"system-{number}-address", "A link begins with https:// or http://.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        rows = [{"number": number, **{name: cleaned[f"step-{number}-{name}"] for name in ROW}} for number in range(1, self.rows + 1)]
        names = [(cleaned[f"system-{number}-name"], cleaned[f"system-{number}-address"]) for number in range(1, self.system_count + 1)]
        return {
            **{name: cleaned[name] for name in PLAIN},
            "steps": [words(row) for row in sorted(rows, key=place) if row["name"]],
            "systems": [SystemWords(name, address) for name, address in names if name],
            "team_ids": [team.pk for team in cleaned.get("teams", ())],
            "role_ids": [role.pk for role in cleaned.get("job_roles", ())],
        }


def words(row: dict[str, Any]) -> StepWords:
    team_id = int(row["team"]) if row["team"] else None
    return StepWords(row["name"], row["done_by"], row["point"], row["point_name"], row["id"], row["information"], team_id, row["roles"])


def place(row: dict[str, Any]) -> tuple[int, int, int]:
    """Where a row goes: at its place; one that was moved up before the one that is there, one that was moved down after it."""
    number, wanted = row["number"], row["place"] or row["number"]
    return wanted, (wanted > number) - (wanted < number), number
