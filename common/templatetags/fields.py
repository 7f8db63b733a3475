"""What a template needs to draw a form field."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "cards"),
    (forms.RadioSelect, "cards"),
    (forms.CheckboxInput, "tick"),
    (forms.Textarea, "text"),
    (forms.Select, "select"),
    (forms.ClearableFileInput, "file"),
]


@register.filter
def kind(field: BoundField) -> str:
    """How a field is drawn: hidden, cards, tick, switch, text, select, file or input."""
    widget = field.field.widget
    if widget.attrs.get("role") == "switch":
        return "switch"
    return next((name for cls, name in KINDS if isinstance(widget, cls)), "input")


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link to this field jumps to: for a group of choices that of the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def needed(field: BoundField) -> str:
    """ "must" or "should" where the form says that an answer must travel with the action, else ""."""
    return getattr(field.field, "needed", "") or ""


@register.filter
def given(field: BoundField) -> bool:
    """Whether the field holds an answer now: three characters at least, as the live meter counts."""
    value = field.value()
    return len(value.strip()) > 2 if isinstance(value, str) else bool(value)


@register.simple_tag
def widget(field: BoundField, **more: Any) -> SafeString:
    """The control itself, tied to its hint and error; ``more`` adds attributes (``data_show`` becomes ``data-show``)."""
    attrs: dict[str, Any] = {name.replace("_", "-"): value for name, value in more.items()}
    own = field.field.widget.attrs
    if kind(field) in {"text", "select", "file", "input"}:
        attrs["class"] = f"inp {own.get('class', '')} {attrs.get('class', '')}".strip()
    if kind(field) == "switch":
        attrs["class"] = "switch"
    described = [f"{field.auto_id}_hint"] if field.help_text else []
    if field.errors:
        described.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if described and kind(field) != "cards":
        attrs["aria-describedby"] = " ".join(described)
    if needed(field):
        attrs["data-need"] = needed(field)
    return field.as_widget(attrs=attrs)
