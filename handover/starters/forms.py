"""Which parts of a starter set are adopted: a tick for each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from common.widgets import Described, TickCards
from handover.starters.words import StarterService, StarterSet


class AdoptForm(forms.Form):
    services = forms.MultipleChoiceField(
        label="What do you take?", widget=TickCards(columns="two"), error_messages={"required": "Choose at least one part of the set."}
    )

    def __init__(self, data: Any = None, *, starter: StarterSet, had: Collection[str], **kwargs: Any) -> None:
        left = [one.key for one in starter.services if one.key not in had]
        super().__init__(data, initial={"services": left}, **kwargs)
        self.left = len(left)
        self.fields["services"].choices = [(one.key, _card(one, one.key in had)) for one in starter.services]


def _card(one: StarterService, has: bool) -> Described:
    points = sum(bool(part.point) for part in one.parts)
    counted = f"{len(one.parts)} step{'' if len(one.parts) == 1 else 's'}, {points} handover point{'' if points == 1 else 's'}"
    return Described(one.name, hint="You have it already" if has else f"{one.description} {counted}.", closed=has)
