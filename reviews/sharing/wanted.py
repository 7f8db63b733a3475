"""Which handovers a link on the dashboard leads to: what stands in its address, cleaned, and in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms

from common.text import CleanTextField
from reviews.sharing.chart_queries import OUTCOMES
from reviews.sharing.facts import EDGES
from reviews.sharing.figures import FIGURES
from reviews.sharing.list_queries import OWN, SHARES
from reviews.sharing.wording import FULL_DAYS, GONE_PAST, NONE, slot

SENTENCES = {f"{way}_{what}": way + " {}" for way in ("from", "to") for what in ("shift", "role", "team")} | {"detail": "missing: {}"}


def waited(bucket: int) -> str:
    """“5 to 10 min”."""
    if bucket == 0:
        return f"under {EDGES[0]} min"
    return f"{EDGES[bucket - 1]} to {EDGES[bucket]} min" if bucket < len(EDGES) else f"over {EDGES[-1]} min"


class WantedForm(forms.Form):
    """What is not understood is left out: the list then shows more, never something else."""

    figure = forms.ChoiceField(choices=[(name, name) for name in SHARES], required=False)
    weekday = forms.IntegerField(min_value=1, max_value=7, required=False)
    slot = forms.IntegerField(min_value=0, max_value=11, required=False)
    bucket = forms.IntegerField(min_value=0, max_value=11, required=False)
    outcome = forms.ChoiceField(choices=list(OUTCOMES.items()), required=False)
    from_shift = CleanTextField(max_length=60, required=False)
    to_shift = CleanTextField(max_length=60, required=False)
    from_role = CleanTextField(max_length=80, required=False)
    to_role = CleanTextField(max_length=80, required=False)
    from_team = CleanTextField(max_length=120, required=False)
    to_team = CleanTextField(max_length=120, required=False)
    own = forms.ChoiceField(choices=[(name, name) for name in OWN], required=False)
    detail = CleanTextField(max_length=200, required=False)
    gone_past = forms.ChoiceField(choices=list(GONE_PAST.items()), required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return found | {"is": "no" if self.data.get("is") == "no" else "yes"} if "figure" in found else found

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def in_words(self) -> str:
        """“Accepted in the agreed time: no, Fridays, from 22:00”."""
        chosen, words = self.chosen, []
        if "figure" in chosen:
            words.append(f"{FIGURES[chosen['figure']].label}: {chosen['is']}")
        if "weekday" in chosen:
            words.append(FULL_DAYS[chosen["weekday"] - 1])
        if "slot" in chosen:
            words.append(f"from {slot(chosen['slot'])}")
        if "outcome" in chosen:
            words.append(OUTCOMES[chosen["outcome"]])
        if "bucket" in chosen:
            words.append(f"accepted after {waited(chosen['bucket'])}")
        if "gone_past" in chosen:
            words.append(f"gone past: {GONE_PAST[chosen['gone_past']].lower()}")
        if "own" in chosen:
            words.append({"given": "given by you", "taken": "taken over by you"}[chosen["own"]])
        for name, sentence in SENTENCES.items():
            if name in chosen:
                words.append(sentence.format("none" if chosen[name] == NONE else chosen[name]))
        return ", ".join(words)
