"""How those who may take an action look in answers of the REST API."""

from typing import Any

from rest_framework import serializers

from accounts.rows import PersonRow
from common.bodies import ChoiceField, Filters
from common.rows import Row
from handover.handovers.models import When
from handover.handovers.takers_queries import Takers
from handover.shifts.rows import ShiftName


class TakersFilters(Filters):
    when = ChoiceField(choices=When.choices, required=False, help_text="Without: at the end of the holder's shift.")


class TakerRow(PersonRow):
    """A colleague of the receiving team: eligible where `reasons` is empty."""

    eligible = serializers.BooleanField()
    job_roles = serializers.ListField(child=serializers.CharField())
    holds = serializers.IntegerField(help_text="How many open actions.")
    knows = serializers.CharField(allow_blank=True, help_text="Why they know it: they are named before the others.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why they may not take it.")


class TakersRow(Row):
    """Who may take one action, and why the others may not."""

    shift = ShiftName(allow_null=True, help_text="The shift that receives; null in a team without a rota.")
    colleagues = TakerRow(many=True)


def shown(takers: Takers) -> dict[str, Any]:
    slot = takers.slot
    return {
        "shift": {"ref": slot.ref, "name": slot.name, "starts_at": slot.starts_at, "ends_at": slot.ends_at} if slot else None,
        "colleagues": [
            {
                "id": one.user.pk,
                "name": one.user.display_name,
                "eligible": not one.reasons,
                "job_roles": list(one.roles),
                "holds": one.holds,
                "knows": one.knows,
                "reasons": list(one.reasons),
            }
            for one in takers.people
        ],
    }
