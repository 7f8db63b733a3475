"""Which of a colleague's own lines of the trail show which criterion. A rule is a few kinds of event; its words say what was done. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from accounts.events import Event as AccountEvent
from handover.events import Event as Handover
from reviews.events import Event as Looking


@dataclass(frozen=True)
class Rule:
    """``kinds``: what the colleague did, as the trail calls it; ``having``: what the data of the event holds besides.

    ``words`` say it in a list, ``criteria`` are the lines of both standards that it shows.
    """

    key: str
    words: str
    kinds: tuple[str, ...]
    criteria: tuple[str, ...]
    having: dict[str, Any] = field(default_factory=dict)


RULES: tuple[Rule, ...] = (
    # What passes between colleagues
    Rule(
        "handed_over",
        "Handed over an action",
        (Handover.OFFERED,),
        ("A-P2", "B-P2", "A-P5", "B-P6", "A-K3", "B-K4", "A-K4", "B-K5", "A-K5", "B-K2"),
    ),
    Rule("took_over", "Took over an action", (Handover.ACCEPTED,), ("B-K2", "B-K3")),
    Rule("read_back", "Read back what I would do, before taking over", (Handover.ACCEPTED,), ("A-K6", "A-K4", "B-K5"), {"read_back": True}),
    Rule("checked_read_back", "Answered a colleague’s read-back", (Handover.READ_BACK_ANSWERED,), ("A-K6", "A-P5", "A-K4", "B-K5")),
    Rule("asked_first", "Asked a question before taking over", (Handover.QUERIED,), ("A-K4", "B-K5", "A-K6")),
    Rule("answered_question", "Answered a question about what I handed over", (Handover.QUERY_ANSWERED,), ("A-P5", "A-K4", "B-K5")),
    Rule("nothing", "Said that there is nothing to hand over", (Handover.NOTHING,), ("B-K2",)),
    Rule("reassigned", "Chose who sees an action through", (Handover.REASSIGNED,), ("A-K3", "B-K4")),
    # Seeing it through
    Rule("reminder", "Set a reminder about what I handed over", (Handover.REMINDER_SET,), ("B-P5",)),
    Rule("chose_reminders", "Chose what reminds me, and how", (AccountEvent.PREFERENCE_SET,), ("B-P5",), {"set": ["reminders"]}),
    Rule("asked", "Asked a colleague whether it was completed", (Handover.ASKED,), ("A-P7", "B-P8", "A-P6", "B-P7", "B-P6", "A-K7", "B-K6")),
    Rule("saw_outcome", "Looked at the outcome of what I handed over", (Handover.OUTCOME_SEEN,), ("A-P6", "B-P7", "A-K7", "B-K6")),
    Rule("answered_check", "Answered whether an action was completed", (Handover.ANSWERED,), ("A-K7", "B-K6")),
    Rule("unable", "Said that an action could not be completed, and why", (Handover.ANSWERED,), ("A-K8",), {"outcome": "unable"}),
    Rule("decided", "Decided what happens next where it could not be completed", (Handover.DECIDED,), ("A-P8", "B-P9", "A-K8")),
    Rule("took_back", "Took back what I had handed over", (Handover.TAKEN_BACK,), ("A-P8", "B-P9", "A-K8")),
    Rule("reopened", "Reopened what was closed too early", (Handover.REOPENED,), ("A-P8", "B-P9", "A-K8")),
    Rule("carried", "Decided about an action that had been carried forward", (Handover.CARRIED_DECIDED, Handover.PUT_OFF), ("A-K8", "A-P8", "B-P9")),
    Rule("new_promise", "Agreed a new time with the customer", (Handover.PROMISED,), ("B-P6", "A-K8")),
    Rule("contact", "Noted that the customer got in touch", (Handover.CONTACTED,), ("A-K5", "A-P6", "B-P7")),
    # What is agreed, and known
    Rule("took_on", "Took on an action of a service", (Handover.CREATED,), ("A-P1", "B-P1", "A-K1", "B-K1")),
    Rule(
        "mapped",
        "Described a service and its steps",
        (Handover.SERVICE_ADDED, Handover.SERVICE_CHANGED, Handover.STARTER_ADOPTED),
        ("A-P1", "B-P1", "A-P2", "B-P2", "A-K1", "B-K1"),
    ),
    Rule(
        "proposed",
        "Proposed how we hand over",
        (Handover.PROPOSED, Handover.PROPOSAL_CHANGED, Handover.AGREEMENT_MADE, Handover.AGREEMENT_CHANGED),
        ("A-P3", "B-P3", "A-P4", "B-P4", "A-P2", "B-P2", "A-K10"),
    ),
    Rule(
        "answered_proposal",
        "Answered a proposal on how we hand over",
        (Handover.PROPOSAL_ANSWERED, Handover.PROPOSAL_DECIDED),
        ("A-P3", "B-P3", "A-P4", "B-P4", "A-K2", "A-K10"),
    ),
    Rule("discussed_proposal", "Discussed a proposal on how we hand over", (Handover.PROPOSAL_COMMENTED,), ("A-P3", "B-P3", "A-P4", "B-P4", "A-K10")),
    Rule("reviewed_agreement", "Reviewed an agreement", (Handover.AGREEMENT_REVIEWED,), ("A-P9", "B-P10", "A-K9", "A-P4", "B-P4")),
    Rule(
        "read_procedure",
        "Read how the team hands over, and my part",
        (Handover.PROCEDURE_ACKNOWLEDGED,),
        ("A-P2", "B-P2", "A-K1", "B-K1", "A-K2", "B-K2", "B-K3", "A-K3", "B-K4", "A-K5"),
    ),
    Rule("practised", "Went through a practice handover", (Handover.PRACTISED,), ("A-K2", "B-K1", "B-K3", "A-K4", "B-K5")),
    Rule("read_policy", "Read a policy", (Handover.POLICY_ACKNOWLEDGED,), ("A-P11", "A-K11")),
    Rule("wrote_policy", "Wrote or published a policy", (Handover.POLICY_DRAFTED, Handover.POLICY_PUBLISHED), ("A-P11", "A-K11")),
    # What a shift leaves to the next
    Rule("left_note", "Left a shift note for the next shift", (Handover.SHIFT_NOTE_LEFT, Handover.SHIFT_NOTE_CHANGED), ("A-K5", "A-K4", "B-K5")),
    Rule("signed", "Signed a shift report", (Handover.REPORT_GIVEN, Handover.REPORT_RECEIVED), ("A-K4", "B-K5", "A-K5", "B-K2")),
    # Looking back
    Rule(
        "suggested",
        "Suggested something better",
        (Looking.SUGGESTED, Looking.SUGGESTION_DISCUSSED),
        ("B-K7", "A-P9", "B-P10", "A-K9", "A-K10"),
    ),
    Rule("answered_suggestion", "Answered a colleague’s suggestion", (Looking.SUGGESTION_ANSWERED,), ("A-P9", "B-P10", "A-K10")),
    Rule("reviewed", "Gave my view in a review of how we share work", (Looking.REVIEW_ANSWERED,), ("A-P9", "B-P10", "A-K9", "B-K7")),
    Rule("remarked", "Commented on my own figures in a review", (Looking.REVIEW_REMARKED,), ("A-P9", "B-P10", "A-K9")),
    Rule("concluded", "Opened or concluded a review", (Looking.REVIEW_OPENED, Looking.REVIEW_CONCLUDED), ("A-P9", "B-P10", "A-K9")),
    Rule("observed", "Observed a handover, and said what I saw", (Looking.OBSERVED,), ("A-P9", "B-P10", "A-K9")),
    Rule("was_observed", "Commented on what a lead observed of my handover", (Looking.OBSERVATION_COMMENTED,), ("A-P5", "A-K9", "A-K6", "B-K5")),
    Rule("proposed_improvement", "Proposed an improvement", (Looking.IMPROVEMENT_PROPOSED, Looking.IMPROVEMENT_CHANGED), ("A-P10", "A-K10", "B-P10")),
    Rule("agreed_improvement", "Answered a proposed improvement", (Looking.IMPROVEMENT_ANSWERED,), ("A-P10", "A-K10", "B-P10")),
    Rule("improved", "Carried out an improvement, or judged what it did", (Looking.IMPROVEMENT_DONE, Looking.IMPROVEMENT_JUDGED), ("A-P10", "A-K10")),
)


@cache
def of_criterion(key: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if key in rule.criteria)


MARKS = ("read_back", "outcome", "set")
"""What rules look at in the data of an event, besides its kind."""


def shows(rule: Rule, kind: str, data: Mapping[str, Any]) -> bool:
    """Whether an event of this kind, with this data, is one of the rule's; a list holds what the rule asks for."""
    return kind in rule.kinds and all(_holds(data.get(name), wanted) for name, wanted in rule.having.items())


def _holds(value: Any, wanted: Any) -> bool:
    return set(wanted) <= set(value or ()) if isinstance(wanted, list) else bool(value == wanted)


def rule_of(criterion: str, kind: str, data: Mapping[str, Any]) -> Rule | None:
    """The rule by which an event shows a criterion; of two the one that asks for more."""
    found = [rule for rule in of_criterion(criterion) if shows(rule, kind, data)]
    return max(found, key=lambda rule: len(rule.having), default=None)


def kinds_of(rules: tuple[Rule, ...]) -> list[str]:
    return sorted({str(kind) for rule in rules for kind in rule.kinds})
