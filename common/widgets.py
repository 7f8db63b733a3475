"""Form controls as the pages draw them. A form names one of these; templates/components/_field.html does the rest."""

from typing import Any, ClassVar

from django import forms


class Described(str):
    """The label of one choice, with what stands below it and beside it on its card.

    ``Described("Tom Reid", hint="Night receptionist. Can take all 3", person=tom, holds=2)``; ``off`` draws a choice
    that is not open to the chooser, with the reason as its hint, and ``closed`` one that cannot be chosen at all.
    ``data`` becomes ``data-`` attributes of the control: ``{"show": "why", "label": "Decline"}`` opens the panel *why* and
    names the main button (choices.js); ``{"brief-pick": "HV-7"}`` belongs to the brief of HV-7 (briefs.js).
    """

    hint: str
    icon: str
    person: Any
    holds: int | None
    ring: tuple[int, int] | None
    off: bool
    closed: bool
    data: dict[str, str]

    def __new__(
        cls,
        label: str,
        *,
        hint: str = "",
        icon: str = "",
        person: Any = None,
        holds: int | None = None,
        ring: tuple[int, int] | None = None,
        off: bool = False,
        closed: bool = False,
        data: dict[str, str] | None = None,
    ) -> "Described":
        self = super().__new__(cls, label)
        self.hint, self.icon, self.person, self.holds, self.ring = hint, icon, person, holds, ring
        self.off, self.closed, self.data = off or closed, closed, data or {}
        return self

    def attributes(self) -> dict[str, Any]:
        return {f"data-{name}": value for name, value in self.data.items()} | ({"disabled": True} if self.closed else {})


class CardWidget(forms.widgets.ChoiceWidget):
    """Gives each control the attributes that its label carries. ``columns`` is "", "two", "three" or "four"."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, columns: str = "") -> None:
        super().__init__(attrs, choices)
        self.columns = columns

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        if isinstance(label, Described):
            option["attrs"].update(label.attributes())
        return option


class MomentInput(forms.DateTimeInput):
    """A day and a time, to the minute, on the wall clock of the active zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Cards(CardWidget, forms.RadioSelect):
    """One of a few, each a card."""


class TickCards(CardWidget, forms.CheckboxSelectMultiple):
    """Any of a few, each a card."""


class Switch(forms.CheckboxInput):
    """On or off, at the end of a settings row."""

    default_attrs: ClassVar[dict[str, str]] = {"role": "switch"}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**self.default_attrs, **(attrs or {})})
