"""What stands out: groups of handovers that are worse than the rest, and figures that changed, by a stated rule and not by eye.

A group stands out where a figure is worse there than in all the rest by at least 5 points, on at least 10 handovers, and where chance
alone would hardly give that: Fisher's exact test, one-sided, at 5 % shared among everything that was looked at (Bonferroni; for a
change since the last period: two-sided). So five cases never cry wolf, and looking at many places does not find something in each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, lgamma

from reviews.sharing.figures import FIGURES
from reviews.sharing.measuring import Compared, Measured, Scope, compare, groups, slots

LEVEL = 0.05
SMALLEST = 10
POINTS = 0.05
BY_GROUP = ("in_time", "missing", "complete_by_check", "bounced", "unable")
OVER_TIME = ("in_time", "missing", "complete_by_check", "bounced", "unable", "not_chased")
LOOKED_AT = tuple(dict.fromkeys((*BY_GROUP, *OVER_TIME)))


@dataclass(frozen=True)
class Candidate:
    """A group beside the rest. ``kind``: agreement, service, slot or change; ``key`` names the group for the page that draws it."""

    kind: str
    key: tuple[int, ...]
    figure: str
    group: Measured
    rest: Measured


@dataclass(frozen=True)
class Finding:
    """A candidate that stands out, and how likely chance alone would give as much."""

    candidate: Candidate
    chance: float
    worse: bool = field(default=True)

    @property
    def points(self) -> float:
        """How far it is from the rest, in parts of 1; positive where the share is higher."""
        return share(self.candidate.group) - share(self.candidate.rest)


def stands_out(scope: Scope, *, known: Compared | None = None) -> list[Finding]:
    """Everything that stands out in this scope, the least likely to be chance first.

    ``known``: the figures of ``LOOKED_AT`` now and before, where they were read already. Two statements, and one where they were not.
    """
    figures, groups_of = known or compare(scope, LOOKED_AT, weeks=0), groups(scope, BY_GROUP)
    looked_at = [
        *_groups("agreement", groups_of["agreement_id"], figures.now),
        *_groups("service", groups_of["service_id"], figures.now),
        *_slots(slots(scope)),
        *_changes(figures.now, figures.before),
    ]
    return judge(looked_at)


def judge(candidates: Iterable[Candidate]) -> list[Finding]:
    """Those of the candidates that stand out; every one that is big enough to be looked at counts for the correction."""
    looked_at = [one for one in candidates if min(one.group.denominator, one.rest.denominator) >= SMALLEST]
    found = []
    for one in looked_at:
        rose = share(one.group) - share(one.rest)
        worse = rose < 0 if FIGURES[one.figure].good == "up" else rose > 0
        if abs(rose) < POINTS or (one.kind != "change" and not worse):
            continue
        chance = tail(one.group, one.rest) * (2 if one.kind == "change" else 1)
        if chance <= LEVEL / len(looked_at):
            found.append(Finding(one, chance, worse))
    return sorted(found, key=lambda finding: (finding.chance, finding.candidate.kind, finding.candidate.key, finding.candidate.figure))


def share(measured: Measured) -> float:
    return measured.numerator / measured.denominator


def tail(group: Measured, rest: Measured) -> float:
    """Fisher's exact test: how likely a group of this size has so many (or so few) of all that were found, if it were drawn at random."""
    size, hits = round(group.denominator), round(group.numerator)
    everything, all_hits = size + round(rest.denominator), hits + round(rest.numerator)
    highest, lowest = min(size, all_hits), max(0, size + all_hits - everything)
    higher = share(group) > share(rest)
    counts = range(hits, highest + 1) if higher else range(lowest, hits + 1)
    total = _ways(everything, size)
    return min(1.0, sum(exp(_ways(all_hits, n) + _ways(everything - all_hits, size - n) - total) for n in counts))


def _ways(of: int, chosen: int) -> float:
    """The logarithm of the number of ways."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)


def _groups(kind: str, found: dict[int | None, dict[str, Measured]], whole: dict[str, Measured]) -> Iterable[Candidate]:
    for key, figures in found.items():
        if key is None:
            continue
        for name, group in figures.items():
            yield Candidate(kind, (key,), name, group, without(whole[name], group))


def _slots(found: dict[tuple[int, int], Measured]) -> Iterable[Candidate]:
    """Late by weekday and two hours: as “in time”, so that it reads like the other figures."""
    in_time = {key: Measured(late.denominator - late.numerator, late.denominator) for key, late in found.items()}
    whole = Measured(sum(one.numerator for one in in_time.values()), sum(one.denominator for one in in_time.values()))
    for key, group in in_time.items():
        yield Candidate("slot", key, "in_time", group, without(whole, group))


def _changes(now: dict[str, Measured], before: dict[str, Measured]) -> Iterable[Candidate]:
    for name in OVER_TIME:
        yield Candidate("change", (), name, now[name], before[name])


def without(whole: Measured, group: Measured) -> Measured:
    return Measured(whole.numerator - group.numerator, whole.denominator - group.denominator)
