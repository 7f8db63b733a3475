"""What the sharing figures mean, as functions of plain sequences. No database.

A *sequence* is what one lens sees of one action (or of one case of another system's log): who held it, who acted on
it, or which team had it, row after row in order of time. ``""`` is nobody. Names are compared character by character.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby, pairwise

NOBODY = ""
Pair = tuple[str, str]


class Rule(StrEnum):
    """What “nobody” in between does: it breaks the chain, or it is not looked at."""

    ADJACENT = "adjacent"
    SKIP_NOBODY = "skip-nobody"


@dataclass(frozen=True)
class Figures:
    """Totals over all sequences of a lens; each field is defined by the function of its name."""

    handover_adjacent: int = 0
    handover_skip_blank: int = 0
    ping_pong: int = 0
    ping_pong_cases: int = 0
    ping_pong_event_level: int = 0
    pairs_total_skip_blank: int = 0
    cases_with_handover: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def filled(sequence: Sequence[str]) -> list[str]:
    """The sequence without “nobody”."""
    return [name for name in sequence if name != NOBODY]


def runs(sequence: Sequence[str]) -> list[str]:
    """Without “nobody”, and with equal neighbours collapsed into one."""
    return [name for name, _ in groupby(filled(sequence))]


def pairs(sequence: Sequence[str], rule: Rule) -> Iterator[Pair]:
    """Neighbours (from, to), both filled; from == to is included, so that it can stand in a divisor.

    *adjacent*: only true neighbours; A, nobody, B gives none. *skip-nobody*: “nobody” is taken out first; it gives A → B.
    A sequence of fewer than two gives none.
    """
    if rule is Rule.SKIP_NOBODY:
        yield from pairwise(filled(sequence))
    else:
        yield from ((one, other) for one, other in pairwise(sequence) if one != NOBODY and other != NOBODY)


def pair_counts(sequences: Iterable[Sequence[str]], rule: Rule) -> Counter[Pair]:
    """How often each (from, to) occurs over all sequences, from == to included. Pairs that never occur are absent."""
    return Counter(pair for sequence in sequences for pair in pairs(sequence, rule))


def handovers(counts: Counter[Pair]) -> int:
    """Numerator of the handover share: the sum of the counts over from ≠ to."""
    return sum(n for (one, other), n in counts.items() if one != other)


def ping_pongs(sequence: Sequence[str]) -> Iterator[Pair]:
    """A → B → A, each as (A, B): the work came straight back, however many rows B took.

    Counted on the runs: A A B B A is one; A B A B is two, (A, B) and (B, A); “nobody” in between does not matter.
    No limit of time.
    """
    run = runs(sequence)
    yield from ((one, other) for one, other, back in zip(run, run[1:], run[2:], strict=False) if one == back)


def ping_pongs_by_event(sequence: Sequence[str]) -> Iterator[Pair]:
    """A → B → A in three rows one after another (“nobody” left out): A B A is one, A B B A is none. Also called subcontracting."""
    kept = filled(sequence)
    yield from ((one, other) for one, other, back in zip(kept, kept[1:], kept[2:], strict=False) if one == back and one != other)


def figures(sequences: Iterable[Sequence[str]]) -> Figures:
    """All totals in one pass: the sequences may be streamed.

    ``ping_pong_cases`` counts sequences with at least one ping-pong, ``cases_with_handover`` those with at least one handover,
    ``pairs_total_skip_blank`` is the divisor of the handover share: all pairs, also of one with itself. No sequences: zeros.
    """
    adjacent = skipping = back = cases = by_event = all_pairs = passed_on = 0
    for sequence in sequences:
        adjacent += sum(one != other for one, other in pairs(sequence, Rule.ADJACENT))
        skipped = list(pairs(sequence, Rule.SKIP_NOBODY))
        found = sum(one != other for one, other in skipped)
        all_pairs, skipping, passed_on = all_pairs + len(skipped), skipping + found, passed_on + (found > 0)
        came_back = sum(1 for _ in ping_pongs(sequence))
        back += came_back
        cases += came_back > 0
        by_event += sum(1 for _ in ping_pongs_by_event(sequence))
    return Figures(adjacent, skipping, back, cases, by_event, all_pairs, passed_on)
