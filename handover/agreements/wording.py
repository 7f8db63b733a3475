"""What was agreed, in words, line by line: for the map of services and for the page of one agreement. No database beyond what is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from handover.agreements.models import AgreementVersion, CheckRule, Need
from handover.due.limits import ACCEPT, Urgency

NOTHING = ("Nothing is agreed yet",)


@dataclass(frozen=True)
class Line:
    """One line of what is agreed, during a shift and between shifts, each as some sentences. ``tags``: as a row of words instead."""

    label: str
    during: tuple[str, ...]
    between: tuple[str, ...]
    tags: bool = False

    @property
    def differs(self) -> bool:
        return self.during != self.between


@dataclass(frozen=True)
class Soon:
    """How soon an offer of one urgency is accepted."""

    urgency: str
    within: str
    read_back: bool

    @property
    def sentence(self) -> str:
        return f"Accept {self.within if self.within.startswith('by ') else f'within {self.within}'}"


def compared(during: AgreementVersion | None, between: AgreementVersion | None) -> list[Line]:
    """The lines of two versions (or of one that holds for both), side by side. Each comes with all that belongs to it."""
    left, right = (sides(version) if version else {} for version in (during, between))
    return [Line(label, left.get(label, NOTHING), right.get(label, NOTHING), tags=label == INFORMATION) for label in left or right]


INFORMATION = "What information"
LINES = (
    "When it is right to hand over",
    "Who can take it",
    "How",
    INFORMATION,
    "Accept within",
    "Check completion",
    "If it was not done",
    "Going past a rule",
)


def sides(version: AgreementVersion) -> dict[str, tuple[str, ...]]:
    """The lines of one version that comes with all that belongs to it."""
    said: tuple[tuple[str, ...], ...] = (
        (version.trigger or "Nothing said yet",),
        (to_whom(version),),
        (how(version),),
        tuple(f"{asked.question} ({need(asked)})" for asked in version.required.all()) or ("Nothing beyond the usual brief",),
        tuple(f"{each.urgency}: {each.within}{', read back' if each.read_back else ''}" for each in how_soon(version)),
        (check(version),),
        (not_done(version),),
        (going_past(version),),
    )
    return dict(zip(LINES, said, strict=True))


def need(asked: object) -> str:
    """“must”, or “must if urgent, else should”: the three needs in as few words as possible."""
    needs = {urgency: getattr(asked, urgency) for urgency in Urgency.values}
    if len(set(needs.values())) == 1:
        return str(Need(needs["urgent"]).label)
    if needs["soon"] == needs["routine"]:
        return f"{Need(needs['urgent']).label} if urgent, else {Need(needs['soon']).label}"
    return ", ".join(f"{Urgency(urgency).label}: {Need(value).label}" for urgency, value in needs.items())


def how_soon(version: AgreementVersion) -> list[Soon]:
    """The most urgent first. Where nothing is agreed, the usual limit, and said so."""
    limits = {limit.urgency: limit for limit in version.limits.all()}
    found = []
    for urgency in (Urgency.URGENT, Urgency.SOON, Urgency.ROUTINE):
        limit, usual = limits.get(urgency), ACCEPT[urgency].escalate
        if limit and limit.accept_within:
            words = minutes(limit.accept_within)
        else:
            words = f"{minutes(usual)}, as usual" if usual else "by the end of the incoming shift, as usual"
        found.append(Soon(urgency.label.capitalize(), words, bool(limit and limit.read_back)))
    return found


def minutes(number: int) -> str:
    hours, rest = divmod(number, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def to_whom(version: AgreementVersion) -> str:
    roles = sorted(role.name for role in version.receiving_roles.all())
    words = ", ".join(roles) if roles else "anybody"
    team = f" of {version.to_team}" if version.to_team else "" if roles else " in the team"
    return (words[:1].upper() + words[1:]) + team


def how(version: AgreementVersion) -> str:
    return version.how


def check(version: AgreementVersion) -> str:
    if version.check_rule == CheckRule.AFTER and version.check_minutes:
        return f"{minutes(version.check_minutes)} after acceptance"
    words = str(CheckRule(version.check_rule).label)
    return words[:1].upper() + words[1:]


def not_done(version: AgreementVersion) -> str:
    return version.escalation or "The giver decides what happens next"


def going_past(version: AgreementVersion) -> str:
    return "A colleague may, with a reason" if version.colleague_may_go_past else "Only a lead, with a reason"
