"""How sure a difference of two means is. Shares have ``sharing.measuring.two_proportions``."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from reviews.sharing.measuring import Z


@dataclass(frozen=True)
class Mean:
    """``n`` values with their mean and their sample variance."""

    n: int
    mean: float
    variance: float


def two_means(before: Mean, after: Mean) -> tuple[float, float, float]:
    """How much a mean rose, with its 95 % interval (low, high): Welch (1947), with Satterthwaite's degrees of freedom.

    Raises ``ValueError`` where a side has fewer than two values: then nobody knows how much they vary.
    """
    if min(before.n, after.n) < 2:
        raise ValueError("Fewer than two values.")
    one, two = before.variance / before.n, after.variance / after.n
    rose = after.mean - before.mean
    if not one + two:
        return rose, rose, rose
    freedom = (one + two) ** 2 / (one**2 / (before.n - 1) + two**2 / (after.n - 1))
    spread = student(freedom) * sqrt(one + two)
    return rose, rose - spread, rose + spread


def student(freedom: float) -> float:
    """97.5 % of Student's t with this many degrees of freedom (4 or more), within 0.1 %: Cornish and Fisher's expansion about the normal
    (Abramowitz and Stegun, 26.7.5)."""
    z, v = Z, freedom
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v**power for power, term in enumerate(terms, start=1))
