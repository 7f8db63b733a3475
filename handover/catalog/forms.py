"""What a lead fills in about a service: its name, and its steps in rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from common.text import CleanTextField
from handover.catalog.models import Service, Step
from handover.catalog.operations import StepWords

BLANK_ROWS = 3
MOST = 30
ROW = ("place", "name", "done_by", "point", "point_name", "id")


class ServiceForm(forms.Form):
    """Rows ``step-1-name`` …: the steps there are and three blank ones. A row without a name is left out; another place moves the row there."""

    name = CleanTextField(label="Name of the service", max_length=120, help_text="For example: Room moves")
    relies_on_teamwork = forms.BooleanField(label="Relies on teamwork: colleagues pass it on", required=False, initial=True)
    description = CleanTextField(label="What it is, and the procedure", max_length=5_000, lines=True, required=False)

    def __init__(self, data: Any = None, *, service: Service | None = None, **kwargs: Any) -> None:
        steps = list(service.steps.prefetch_related("handover_points")) if service else []
        if service is not None:
            kwargs["initial"] = {"name": service.name, "relies_on_teamwork": service.relies_on_teamwork, "description": service.description}
        super().__init__(data, **kwargs)
        self.fields["description"].widget.attrs["rows"] = 3
        self.rows = min(len(steps) + BLANK_ROWS, max(MOST, len(steps)))
        for number in range(1, self.rows + 1):
            self._add_row(number, steps[number - 1] if number <= len(steps) else None)

    def _add_row(self, number: int, step: Step | None) -> None:
        point = next(iter(step.handover_points.all()), None) if step else None
        row: dict[str, forms.Field] = {
            "place": forms.IntegerField(label="Place", required=False, min_value=1, max_value=MOST, initial=number),
            "name": CleanTextField(label=f"Step {number}", max_length=120, required=False, initial=step.name if step else ""),
            "done_by": CleanTextField(label="Who does it", max_length=120, required=False, initial=step.done_by if step else ""),
            "point": forms.BooleanField(label="Information changes hands after it", required=False, initial=point is not None),
            "point_name": CleanTextField(label="From whom to whom", max_length=120, required=False, initial=point.name if point else ""),
            "id": forms.IntegerField(required=False, widget=forms.HiddenInput, initial=step.pk if step else None),
        }
        self.fields |= {f"step-{number}-{name}": field for name, field in row.items()}

    def step_rows(self) -> Iterator[dict[str, forms.BoundField]]:
        """The bound fields of each row by name, for the template."""
        for number in range(1, self.rows + 1):
            yield {"number": number, **{name: self[f"step-{number}-{name}"] for name in ROW}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, self.rows + 1):
            row = {name: cleaned.get(f"step-{number}-{name}") for name in ROW}
            if not row["name"] and f"step-{number}-name" not in self.errors and (row["done_by"] or row["point"]) and not row["id"]:
                self.add_error(f"step-{number}-name", "Say what is done in this step, or empty the row.")
        return cleaned

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        rows = [{"number": number, **{name: cleaned[f"step-{number}-{name}"] for name in ROW}} for number in range(1, self.rows + 1)]
        steps = [StepWords(row["name"], row["done_by"], row["point"], row["point_name"], row["id"]) for row in sorted(rows, key=place) if row["name"]]
        plain = {name: cleaned[name] for name in ("name", "relies_on_teamwork", "description")}
        return {**plain, "steps": steps}


def place(row: dict[str, Any]) -> tuple[int, int, int]:
    """Where a row goes: at its place; one that was moved up before the one that is there, one that was moved down after it."""
    number, wanted = row["number"], row["place"] or row["number"]
    return wanted, (wanted > number) - (wanted < number), number
