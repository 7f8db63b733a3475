"""What is practised: one promise that the colleague gives, one that they receive. Nothing of it is a row of the real tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from handover.actions.models import Action
from handover.agreements.models import AgreementVersion, Need, RequiredInformation
from handover.due.limits import Urgency

MUSTS = {"routine": Need.SHOULD, "soon": Need.MUST, "urgent": Need.MUST}
BUILT_IN = (
    RequiredInformation(pk=1, position=1, question="How do we reach the customer?", hint="07700 900 123, not after nine", **MUSTS),
    RequiredInformation(pk=2, position=2, question="Who else knows?", hint="For example: the night porter", routine=Need.SHOULD, soon=Need.SHOULD),
)


@dataclass(frozen=True)
class Story:
    """What is given: an action that is nowhere stored, and what is asked of its brief. ``service``: the team's own, or empty for the built-in example."""

    action: Action
    version: Any
    service: str

    @property
    def asked(self) -> list[RequiredInformation]:
        return [asked for asked in self.version.required.all() if asked.need(self.action.urgency) != Need.NO]


def to_give(version: AgreementVersion | None, at: datetime) -> Story:
    """The required information of the team's own agreement where it asks for some, else the built-in example."""
    service = version.agreement.point.service.name if version else ""
    title = f"Practice: something for Mrs Ellis, {service.lower()}" if service else "Practice: a warm room for Mrs Ellis"
    action = Action(
        ref="PRACTICE",
        title=title,
        customer_name="Mrs Ellis",
        customer_reference="214",
        promise="That it is put right tonight, and that she hears from us",
        promised_by=(at + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0),
        urgency=Urgency.SOON,
    )
    return Story(action, version or SimpleNamespace(required=SimpleNamespace(all=lambda: list(BUILT_IN))), service)


GIVER = "Sam Example"
RECEIVED: Mapping[str, str] = {
    "title": "Practice: ring Mr Lowe about his suitcase",
    "promise": "We ring him by six, whether it is found or not",
    "situation": "His brown suitcase did not come up from the coach with the others.",
    "done_so_far": "The driver has been rung; she looks at half past five.",
    "next_step": "Ring the driver at 17:45, then Mr Lowe.",
    "if_then": "If it is not on the coach, offer a taxi to the depot.",
    "reach": "07700 900 123",
}
ANSWER = "The driver is Ana. Her number is on the board beside the printer."
TROUBLE = "It is a quarter past six. The driver did not answer, and Mr Lowe’s line is dead. Nobody could tell him anything."
