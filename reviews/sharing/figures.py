"""The figures on how work is shared: each is defined here once, by what it counts of the facts. Pages show the rule beside the number.

Handovers counted: actions that were offered by Baton's own moves, but for those that their giver withdrew before anybody
answered. A day is the day of the offer, on the giving team's wall clock. Shares of groups under 5 are hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FloatField, Q, Sum
from django.db.models.functions import Cast, Coalesce

SMALLEST_GROUP = 5
BULK = 10
"""So many handovers offered by a team in one minute are a bulk moment: somebody's whole list, or a rule's, and no picture of when work is passed on."""


@dataclass(frozen=True)
class Figure:
    """``numerator`` of ``denominator``, each the handovers that are so (``Q``) or a sum over them.

    ``unit``: share, minutes or number (both means), or count (of the denominator).
    ``good``: which way is better, or nothing.
    """

    name: str
    label: str
    rule: str
    numerator: Any
    denominator: Any
    unit: str = "share"
    good: str = ""


def counted(what: Any) -> Any:
    """The aggregate over facts: how many are so, or the sum itself."""
    return Count("pk", filter=what or None) if isinstance(what, Q) else what


def total(name: str, where: Q | None = None) -> Any:
    """The sum of a column; nothing counts as 0."""
    return Coalesce(Sum(Cast(F(name), FloatField()), filter=where), 0.0)


EVERY = Q()
_ALL = (
    Figure("given", "Handovers", "Actions offered, each time they are. One withdrawn before anybody answered does not count.", EVERY, EVERY, "count"),
    Figure(
        "in_time",
        "Accepted in the agreed time",
        "Accepted or declined at or before the agreed limit, of those with a limit that were answered or are late. Still open and not late: left out.",
        Q(in_time=True),
        Q(in_time__isnull=False),
        good="up",
    ),
    Figure(
        "minutes",
        "Minutes to accept, on average",
        "From the offer to its acceptance. One still waiting, or given up, counts with the minutes it waited, so that never accepting does not look fast.",
        total("minutes"),
        Q(minutes__isnull=False),
        "minutes",
        "down",
    ),
    Figure(
        "missing",
        "Given with a detail missing",
        "Offered with at least one part of the brief or of the agreement's required information empty, of all.",
        Q(is_missing=True),
        EVERY,
        good="down",
    ),
    Figure(
        "read_back_right",
        "Read back right the first time",
        "The giver's first answer to the read-back was “right”, of those that were answered.",
        Q(read_back_right=True),
        Q(read_back_right__isnull=False),
        good="up",
    ),
    Figure(
        "complete_by_check",
        "Completed by the check",
        "Completed at most 30 minutes after its first check was due, of accepted handovers whose check has been due that long or that ended sooner.",
        Q(complete_by_check=True),
        Q(complete_by_check__isnull=False),
        good="up",
    ),
    Figure(
        "asked_in_time",
        "Checks asked on time",
        "Put at most one minute after they were due, of the checks that fell due without an answer before.",
        total("checks_asked_in_time"),
        total("checks_due"),
        good="up",
    ),
    Figure(
        "answered_in_time",
        "Checks answered on time",
        "Answered at most 30 minutes after they were put, of the checks that were put and answered, or put longer ago than that.",
        total("checks_answered_in_time"),
        total("checks_asked"),
        good="up",
    ),
    Figure(
        "followed_up",
        "Next step decided within the shift",
        "Of answers “unable to complete”: decided before the end of the giving team's shift in which it was owed (8 hours where there was none).",
        total("followed_up_in_shift"),
        total("unable"),
        good="up",
    ),
    Figure(
        "unable",
        "Needed a next step",
        "Answered “unable to complete” at least once, of accepted handovers.",
        Q(unable__gt=0),
        Q(accepted=True),
        good="down",
    ),
    Figure(
        "not_chased",
        "Finished without the customer chasing",
        "Completed, and the customer never had to ask after the offer; of those completed.",
        Q(chased=False),
        Q(chased__isnull=False),
        good="up",
    ),
    Figure("carried_far", "Carried over more than 3 shifts", "The action crossed more than 3 shift changes, of all.", Q(carried_far=True), EVERY, good="down"),
    Figure(
        "bounced",
        "Came straight back",
        "Responsibility went from A to B and back to A within 24 hours (handed back or taken back), of accepted handovers that are 24 hours old or came back.",
        Q(bounced=True),
        Q(bounced__isnull=False),
        good="down",
    ),
    Figure(
        "passed_on",
        "Passed on to a third colleague",
        "Whoever took it over gave it, during a shift, to somebody other than the giver, who accepted within 24 hours; "
        "of accepted handovers that are 24 hours old or were passed on. Handing it on when a shift ends does not count.",
        Q(passed_on=True),
        Q(passed_on__isnull=False),
        good="down",
    ),
    Figure("queries", "Questions per handover", "Questions asked before an answer, per handover.", total("queries"), EVERY, "number"),
    Figure(
        "reading",
        "Minutes per handover",
        "What taking one over costs: from when the one who accepted first opened it to the acceptance, on average. Accepted without opening: left out.",
        total("reading"),
        Q(reading__isnull=False),
        "minutes",
    ),
    Figure(
        "gone_past",
        "A rule was gone past",
        "Offered past a rule or with a detail missing, with a reason, of all.",
        ~Q(gone_past=""),
        EVERY,
        good="down",
    ),
    Figure("by_rule", "Offered by rule", "Nobody had handed it over 15 minutes after the shift's end, of all.", Q(by_rule=True), EVERY, good="down"),
)
FIGURES: dict[str, Figure] = {figure.name: figure for figure in _ALL}
"""By name, in the order in which pages show them."""


@dataclass(frozen=True)
class Chart:
    """Marks of a chart: ``numerator`` of ``denominator`` for each value of ``a`` (and ``b``), which are columns of the facts."""

    name: str
    a: str
    b: str = ""
    numerator: Any = EVERY
    denominator: Any = EVERY
    where: Q | None = None


LATE, DECIDED = Q(in_time=False), Q(in_time__isnull=False)
CHARTS: dict[str, Chart] = {
    chart.name: chart
    for chart in (
        Chart("pair_shift", "from_shift", "to_shift", Q(in_time=True)),
        Chart("pair_role", "from_role", "to_role", Q(in_time=True)),
        Chart("pair_team", "team__name", "to_team__name", Q(in_time=True)),
        Chart("slot", "slot", "", LATE, DECIDED),
        Chart("outcome", "outcome", where=Q(accepted=True)),
        Chart("bucket", "bucket", where=Q(bucket__isnull=False)),
        Chart("missing_what", "what", where=Q(is_missing=True)),
        Chart("gone_past_why", "gone_past", where=~Q(gone_past="")),
        Chart("taken_by_shift", "to_shift", where=Q(accepted=True, to_team=F("team"))),
        Chart("bulk", "slot"),
    )
}
