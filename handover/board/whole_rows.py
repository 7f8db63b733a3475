"""How the whole handover of a shift looks in answers of the REST API."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from accounts.rows import PersonRow
from common.rows import Row
from handover.board.whole import Part
from handover.handovers.models import Item


class HeldRow(Row):
    """What somebody still holds."""

    ref = serializers.CharField()
    title = serializers.CharField()
    urgency = serializers.CharField()
    promised_by = serializers.DateTimeField(allow_null=True)
    carried = serializers.IntegerField(help_text="How many shift changes it crossed.")
    put_off_until = serializers.DateTimeField(allow_null=True)


class PrepareRow(HeldRow):
    """What is still to be handed over."""

    missing = serializers.ListField(child=serializers.CharField(), help_text="The required details that its brief does not have yet.")


class GivenRow(Row):
    """What was handed over in the shift."""

    item = serializers.CharField()
    action = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    by_rule = serializers.BooleanField(help_text="Offered by rule, after the shift.")


class PartRow(Row):
    """One colleague's part of a shift's handover."""

    colleague = PersonRow()
    held = PrepareRow(many=True)
    put_off = HeldRow(many=True)
    on_offer = GivenRow(many=True)
    accepted = GivenRow(many=True)
    prepared_at = serializers.DateTimeField(allow_null=True, help_text="When a draft was prepared by rule or saved last.")
    nothing_said_at = serializers.DateTimeField(allow_null=True)
    left_at = serializers.DateTimeField(allow_null=True)
    left_because = serializers.CharField(allow_blank=True, help_text="Why they left with urgent actions that nobody had accepted.")


def shown(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [
        {
            "colleague": PersonRow.of(part.colleague),
            "held": [{**HeldRow.of(action), "missing": action.missing} for action in part.held],
            "put_off": [HeldRow.of(action) for action in part.put_off],
            "on_offer": [_given(item) for item in part.offered],
            "accepted": [_given(item) for item in part.accepted],
            "prepared_at": part.drafted_at,
            "nothing_said_at": part.nothing_at,
            "left_at": part.left.at if part.left else None,
            "left_because": part.left.reason if part.left else "",
        }
        for part in parts
    ]


def _given(item: Item) -> dict[str, Any]:
    return {"item": item.ref, "action": item.action.ref, "title": item.action.title, "state": item.state, "by_rule": bool(item.handover.rule)}
