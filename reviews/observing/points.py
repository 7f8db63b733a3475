"""The four points that an observer looks at, and their words. No database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """``name`` is the field of the observation; ``question`` what the observer answers; ``short`` how a list names it."""

    name: str
    question: str
    short: str
    look_at: str


POINTS = (
    Point(
        "informed",
        "Was all the required information there?",
        "Required information there",
        "The brief as it was offered, and what was asked before it was accepted.",
    ),
    Point(
        "moment",
        "Was it handed over at the right moment?",
        "Right moment",
        "When it was offered, what the agreement says, and what the customer was promised.",
    ),
    Point(
        "understood",
        "Was it checked that it was understood?",
        "Checked that it was understood",
        "The read-back and its answer, or a question asked and answered.",
    ),
    Point(
        "completion",
        "Was completion asked about, and answered?",
        "Completion asked and answered",
        "The completion checks: when they were due, put and answered.",
    ),
)
NAMES = tuple(point.name for point in POINTS)
