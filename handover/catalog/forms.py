"""What a lead fills in about a service: its name, and its steps in rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from common.text import CleanTextField
from handover.catalog.models import Service
from handover.catalog.operations import StepWords

BLANK_ROWS = 3
MOST = 30


class ServiceForm(forms.Form):
    """Rows ``step-1-name`` …: the steps there are and three blank ones. A row without a name is left out."""

    name = CleanTextField(label="Service", max_length=120, help_text="For example: Room moves")
    relies_on_teamwork = forms.BooleanField(label="Relies on teamwork: colleagues pass it on", required=False, initial=True)
    description = CleanTextField(label="What it is, and the procedure", max_length=5_000, lines=True, required=False)

    def __init__(self, data: Any = None, *, service: Service | None = None, **kwargs: Any) -> None:
        steps = list(service.steps.prefetch_related("handover_points")) if service else []
        if service is not None:
            kwargs["initial"] = {"name": service.name, "relies_on_teamwork": service.relies_on_teamwork, "description": service.description}
        super().__init__(data, **kwargs)
        self.fields["description"].widget.attrs["rows"] = 3
        self.rows = min(len(steps) + BLANK_ROWS, MOST)
        for number in range(1, self.rows + 1):
            step = steps[number - 1] if number <= len(steps) else None
            self.fields[f"step-{number}-name"] = CleanTextField(label=f"Step {number}", max_length=120, required=False, initial=step.name if step else "")
            self.fields[f"step-{number}-done_by"] = CleanTextField(label="Who does it", max_length=120, required=False, initial=step.done_by if step else "")
            self.fields[f"step-{number}-point"] = forms.BooleanField(
                label="Information changes hands after it", required=False, initial=bool(step and step.handover_points.all())
            )

    def step_rows(self) -> Iterator[list[forms.BoundField]]:
        """The bound fields of each row, for the template."""
        for number in range(1, self.rows + 1):
            yield [self[f"step-{number}-{name}"] for name in ("name", "done_by", "point")]

    def move_arguments(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        words = [
            StepWords(cleaned[f"step-{number}-name"], cleaned[f"step-{number}-done_by"], cleaned[f"step-{number}-point"]) for number in range(1, self.rows + 1)
        ]
        return {
            "name": cleaned["name"],
            "relies_on_teamwork": cleaned["relies_on_teamwork"],
            "description": cleaned["description"],
            "steps": [word for word in words if word.name],
        }
