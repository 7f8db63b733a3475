"""Puts what policies say beside the fields of a form; templates/components/_hint.html draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from handover.policies.models import Place
from handover.policies.queries import Hint

Hints = Mapping[str, Sequence[Hint]]
OF_ACTION = {"customer_name": Place.CUSTOMER, "customer_contact": Place.CONTACT, "promise": Place.PROMISE}
OF_BRIEF = {
    "situation": Place.SITUATION,
    "promise": Place.PROMISE,
    "done_so_far": Place.DONE_SO_FAR,
    "next_step": Place.NEXT_STEP,
    "if_then": Place.IF_THEN,
}


def beside(form: forms.BaseForm, hints: Hints, places: Mapping[str, Place]) -> None:
    """Where the service is chosen in the same form: every sentence, with the names of the services that it is for."""
    for name, place in places.items():
        if name in form.fields:
            _put(form.fields[name], list(hints.get(place, ())))


def beside_brief(fields: Mapping[str, forms.Field], hints: Hints, places: Mapping[str, Place], service_id: int | None) -> None:
    """Where the service is known: only what is for it, without naming it."""
    for name, place in places.items():
        if name in fields:
            _put(fields[name], [replace(hint, services=()) for hint in hints.get(place, ()) if hint.is_for(service_id)])


def _put(field: Any, hints: list[Hint]) -> None:
    if hints:
        field.rules = hints
