"""The frozen evidence of a review in words, as it stands beside its questions. What it refers to is read through what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from handover.actions.models import Action
from handover.handovers.models import Item
from reviews.observing.points import POINTS
from reviews.reviewing.models import Review, ReviewQuestion
from reviews.reviewing.standard import EVIDENCE
from reviews.sharing.figures import FIGURES
from reviews.sharing.list_queries import SHARES
from reviews.sharing.measuring import Measured
from reviews.sharing.wording import count, percent, slot, value

SAID = {
    "given": "handovers",
    "in_time": "accepted in the agreed time",
    "minutes": "until it was accepted, on average",
    "missing": "had a detail missing",
    "read_back_right": "read back right the first time",
    "complete_by_check": "completed by the check",
    "asked_in_time": "of the checks were asked on time",
    "answered_in_time": "of the checks were answered on time",
    "followed_up": "had their next step decided within the shift",
    "unable": "could not be completed and needed a next step",
    "not_chased": "finished without the customer chasing",
    "carried_far": "carried over more than 3 shifts",
    "bounced": "came straight back",
    "queries": "questions for each handover",
    "reading": "from opening to accepting, on average",
    "gone_past": "went past a rule, or with a detail missing",
    "by_rule": "offered by rule",
}
"""How a sentence goes on after the number; else the figure's own label."""
PAST = {"rule": "Past a rule, with a reason", "detail": "With a detail missing, with a reason"}


@dataclass
class Block:
    """One piece of evidence: a sentence that begins with its number, or a list of pairs, or both; ``url`` leads to what is behind it."""

    strong: str = ""
    text: str = ""
    title: str = ""
    label: str = ""
    rule: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    link: str = ""


class Shown:
    """The evidence of one review for one reader; what it refers to is read once, when it is first needed.

    ``linked``: the reader works in the team of the review now, so that links to its dashboard show the same handovers.
    """

    def __init__(self, review: Review, user: User, *, at: datetime, linked: bool) -> None:
        self.review, self.user, self.at, self.linked = review, user, at, linked
        self.evidence: dict[str, Any] = review.evidence

    def measured(self, name: str, when: str = "now") -> Measured:
        return Measured(*self.evidence.get("figures", {}).get(name, {}).get(when, (0, 0)))

    @property
    def given(self) -> int:
        return int(self.measured("given").denominator)

    def beside(self, question: ReviewQuestion) -> list[Block]:
        blocks = [self.block(name) for name in question.evidence if name in EVIDENCE]
        return [block for block in blocks if block is not None]

    def block(self, name: str) -> Block | None:
        return self.figure(name) if name in FIGURES else getattr(self, f"_{name}")()

    def figure(self, name: str) -> Block | None:
        figure, now = FIGURES[name], self.measured(name)
        said = SAID.get(name) or figure.label[:1].lower() + figure.label[1:]
        if not now.denominator:
            return None
        if now.hidden:
            return Block(text=f"Under 5 handovers, so no number is shown: {said}.", label=figure.label, rule=figure.rule)
        behind = f" ({count(now)})" if figure.unit == "share" else ""
        others = [(words, self.measured(name, when)) for when, words in (("all", "All that we hand over"), ("before", "The period before"))]
        beside = "".join(f" {words}: {value(one, figure.unit)}." for words, one in others if one.denominator)
        block = Block(strong=value(now, figure.unit), text=f"{said}{behind}.{beside}", label=figure.label, rule=figure.rule)
        worse = now.denominator - now.numerator if figure.good == "up" else now.numerator
        if self.linked and name in SHARES and worse:
            block.url = f"/sharing/handovers/?{self.evidence['query']}&figure={name}&is={'no' if figure.good == 'up' else 'yes'}"
            those = "the one handover" if worse == 1 else f"the {worse:.0f} handovers"
            block.link = f"See {those} of which this is not so" if figure.good == "up" else f"See {those}"
        return block

    def _details(self) -> Block | None:
        rows = [{"label": name, "value": times(n)} for name, n in self.evidence.get("details", [])]
        return Block(rows=rows) if rows else None

    def _past_why(self) -> Block | None:
        rows = [{"label": PAST.get(name, name), "value": times(n)} for name, n in self.evidence.get("gone_past", [])]
        return Block(title="Rules gone past", rows=rows) if rows else None

    def _worst_time(self) -> Block | None:
        worst = self.evidence.get("worst_time")
        if not worst:
            return None
        measured = Measured(worst["n"], worst["d"])
        return Block(text=f"Most late from {slot(worst['slot'])} to {slot(worst['slot'] + 1)}: {percent(worst['n'] / worst['d'])} late ({count(measured)}).")

    def _read_backs(self) -> Block | None:
        known = self.evidence.get("read_backs", {})
        refs = known.get("refs", [])
        items = Item.objects.visible_to(self.user).filter(ref__in=refs).select_related("handover", "action").order_by("-offered_at")
        rows = [{"label": one.action.title, "value": one.handover.ref, "url": one.get_handover_url()} for one in items]
        return Block(title="Read-backs that were not right the first time", rows=rows, text="And more." if known.get("more") else "") if rows else None

    def _oldest(self) -> Block | None:
        kept = {one["ref"]: one for one in self.evidence.get("oldest", [])}
        actions = {one.ref: one for one in Action.objects.visible_to(self.user).filter(ref__in=kept)}
        rows = [
            {"label": actions[ref].title, "value": self._open_for(one, actions[ref]), "url": actions[ref].get_absolute_url()}
            for ref, one in kept.items()
            if ref in actions
        ]
        return Block(title="Open longest when this review opened", rows=rows) if rows else None

    def _open_for(self, kept: dict[str, Any], action: Action) -> str:
        days = (self.review.opened_at - datetime.fromisoformat(kept["opened_at"])).days
        words = "less than a day" if not days else "1 day" if days == 1 else f"{days} days"
        return words if action.is_open else f"{words}, closed since"

    def _observations(self) -> Block | None:
        counts = self.evidence.get("observations", {})
        found = {point: Measured(*counts.get(point.name, (0, 0))) for point in POINTS}
        if not any(one.denominator for one in found.values()):
            return None
        rows = [{"label": point.short, "value": "under 5" if one.hidden else count(one)} for point, one in found.items() if one.denominator]
        return Block(title="What observers saw", rows=rows)


def times(n: int) -> str:
    return "1 time" if n == 1 else f"{n} times"


def said_by(question: ReviewQuestion, choices: Iterable[str]) -> list[tuple[str, int]]:
    """How often each answer was chosen; ``question.views`` should be loaded."""
    chosen = [one.choice for one in question.views]
    return [(choice, chosen.count(choice)) for choice in choices]
