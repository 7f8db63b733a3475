"""Is everything there that the next colleague needs? Arithmetic over a brief; no database.

Two sources of what is needed: the brief's own parts, the same everywhere, and the required information of the
agreement in force. Each is a *must* or a *should* for the action's urgency.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handover.agreements.models import AgreementVersion, Need
from handover.due.limits import Urgency

PARTS = (
    ("situation", "Situation", Need.MUST),
    ("promise", "Promise", Need.SHOULD),
    ("promised_by", "Promised by", Need.SHOULD),
    ("done_so_far", "Done so far", Need.SHOULD),
    ("next_step", "Next step", Need.MUST),
    ("if_then", "Plan if it goes wrong", Need.SHOULD),
)
"""The parts of every brief with their need; the plan for when it goes wrong is a *must* for urgent actions."""

QUESTIONS = {
    "situation": "Situation",
    "promise": "What was the customer promised?",
    "done_so_far": "What is done so far?",
    "next_step": "Next step",
    "if_then": "If it goes wrong, do what?",
}
"""How a form asks for the parts that are texts."""


@dataclass(frozen=True)
class Detail:
    """One thing that is needed. ``name``: the field of the form; ``question``: the full question, as the agreement asks it."""

    name: str
    label: str
    need: str
    given: bool
    question: str = ""
    hint: str = ""
    text: str = ""


@dataclass(frozen=True)
class Completeness:
    details: tuple[Detail, ...]

    @property
    def total(self) -> int:
        return len(self.details)

    @property
    def given(self) -> int:
        return sum(detail.given for detail in self.details)

    @property
    def missing(self) -> list[Detail]:
        return [detail for detail in self.details if not detail.given]

    @property
    def missing_musts(self) -> list[Detail]:
        return [detail for detail in self.missing if detail.need == Need.MUST]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def need_of(part: str, need: Need, urgency: str) -> Need:
    return Need.MUST if part == "if_then" and urgency == Urgency.URGENT else need


def answer_name(required_id: int) -> str:
    """The name of the form field that answers one question of the required information."""
    return f"answer-{required_id}"


def measure(parts: Mapping[str, str | datetime | None], answers: Mapping[int, str], *, version: AgreementVersion | None, urgency: str) -> Completeness:
    """What is given and what is missing.

    ``parts`` by the names of ``PARTS``; ``answers`` by the id of the required information. A text of white space only counts as missing.
    """
    details = [Detail(name, label, need_of(name, need, urgency), _given(parts.get(name))) for name, label, need in PARTS]
    for asked in required_of(version, urgency):
        text = answers.get(asked.pk, "")
        details.append(Detail(answer_name(asked.pk), asked.question.rstrip("?"), asked.need(urgency), _given(text), asked.question, asked.hint, text))
    return Completeness(tuple(details))


def required_of(version: AgreementVersion | None, urgency: str) -> Iterable[Any]:
    """The required information that an action of this urgency has to bring."""
    return [asked for asked in version.required.all() if asked.need(urgency) != Need.NO] if version else []


def _given(value: str | datetime | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
