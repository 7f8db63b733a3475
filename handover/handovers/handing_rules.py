"""What policies say beside the fields of the briefs on “Hand over”."""

from __future__ import annotations

from django import forms

from handover.handovers.completeness import answer_name, required_of
from handover.handovers.handing_queries import Handing
from handover.handovers.queries import field_name
from handover.policies.hinting import OF_BRIEF, beside_brief
from handover.policies.models import Place
from handover.policies.queries import hints


def show_rules(form: forms.Form, screen: Handing) -> None:
    """Two statements or three, however many briefs there are."""
    if not screen.prepared:
        return
    found = hints(one.action.service_id for one in screen.prepared if one.action.service_id)
    for one in screen.prepared:
        places = {field_name(one.action, name): place for name, place in OF_BRIEF.items()}
        first = next(iter(required_of(one.version, one.action.urgency)), None)
        if first is not None:
            places[field_name(one.action, answer_name(first.pk))] = Place.REQUIRED
        beside_brief(form.fields, found, places, one.action.service_id)
