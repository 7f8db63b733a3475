"""What an improvement may be measured by: the sharing figures that are shares or means, which way is better, and targets in words."""

from __future__ import annotations

from common.errors import Invalid
from reviews.sharing.figures import FIGURES, Figure

MEASURES: dict[str, Figure] = {name: figure for name, figure in FIGURES.items() if figure.unit != "count"}
MOST = 100_000
UNITS = {"share": "%", "minutes": " min", "number": ""}


def figure_of(name: str) -> Figure:
    """The figure, also one that is not counted any more: its name then stands for it."""
    return FIGURES.get(name) or Figure(name, name.replace("_", " "), "This figure is not counted any more.", None, None)


def up_is_better(figure: Figure) -> bool:
    """Where the figure itself says nothing, less is better: fewer questions, fewer minutes."""
    return figure.good == "up"


def check(name: str, target: float) -> None:
    """Raise ``Invalid`` for a figure that cannot be moved, or a target that it cannot reach. Shares are parts of 1."""
    if name not in MEASURES:
        raise Invalid("Choose the figure that it should move.", possible="Without one nobody can tell whether it worked.", field="figure")
    most = 1 if MEASURES[name].unit == "share" else MOST
    if not 0 <= target <= most:
        said = "A share is from 0 to 100 per cent." if most == 1 else "This is no number that it can reach."
        raise Invalid(said, possible="Look at where it stands now, and choose what you want it to be.", field="target")


def number(value: float, figure: Figure) -> str:
    """“90%”, “12 min”, “0.4”."""
    shown = value * 100 if figure.unit == "share" else value
    return f"{shown:.1f}".removesuffix(".0") + UNITS.get(figure.unit, "")


def aim(name: str, target: float) -> str:
    """“10% or less”."""
    figure = figure_of(name)
    return f"{number(target, figure)} or {'more' if up_is_better(figure) else 'less'}"


def target_words(name: str, target: float) -> str:
    """“Given with a detail missing: 10% or less”."""
    return f"{figure_of(name).label}: {aim(name, target)}"


def reached(name: str, value: float, target: float) -> bool:
    return value >= target if up_is_better(figure_of(name)) else value <= target
