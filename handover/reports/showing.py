"""A shift report as a screen or a sheet of paper shows it: kept content or computed, who signed, and who may still sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from common.errors import Refusal
from common.moments import clock
from common.web import sentence_of
from handover.reports import permissions, queries
from handover.reports.content import Content, content_of, stamp
from handover.reports.models import ReportAddendum, ReportSignature, ShiftReport, Side
from handover.reports.operations import Signing, digest_of
from handover.reports.paper import Colophon, spoken
from handover.shifts.models import Shift

TABLES = (("must", "Must not be missed"), ("given", "Handed to {to}"), ("kept", "Kept by {name}"))


@dataclass
class SideView:
    """One side's line: its signature, or who may give it. ``why_not``: why this colleague cannot sign now; ``crew``: for whom, if absent."""

    side: Side
    shift_name: str
    signature: ReportSignature | None = None
    is_turn: bool = False
    for_oneself: bool = False
    why_not: str = ""
    crew: Mapping[int, str] = field(default_factory=dict)


@dataclass
class ReportView:
    shift: Shift
    content: Content
    report: ShiftReport | None
    is_intact: bool
    sides: list[SideView]
    addenda: list[ReportAddendum]

    @property
    def is_complete(self) -> bool:
        return all(side.signature for side in self.sides)

    def signed_by(self, side: Side) -> str:
        """“Amara Osei, Late, Sat 21 Nov 22:58”, or only which shift signs there."""
        one = next(each for each in self.sides if each.side == side)
        if one.signature is None:
            return one.shift_name
        by, now, zone = one.signature.by.display_name, self.shift.ends_at, self.shift.team.tz
        behalf = f" on behalf of {one.signature.on_behalf_of.display_name}: {one.signature.reason}" if one.signature.on_behalf_of else ""
        return f"{by}, {one.shift_name}, {clock(one.signature.at, now, zone)}{behalf}"

    def colophon(self, by: User, at: datetime) -> Colophon:
        zone = self.shift.team.tz
        added = [f"{one.by.display_name}, {clock(one.at, at, zone)}: {one.text}" for one in self.addenda]
        printed = f"Printed {stamp(at, zone)} by {by.display_name}."
        return Colophon(self.signed_by(Side.OUTGOING), self.signed_by(Side.INCOMING), printed, added, is_draft=self.report is None)


def view_of(shift: Shift, *, by: User, at: datetime) -> ReportView:
    """The report of ``shift``: from what was kept once it is signed, computed until then."""
    report = ShiftReport.objects.filter(shift=shift).prefetch_related("addenda__by").first()
    content = report.content if report else content_of(queries.gather(shift, at=at))
    incoming = content["incoming"]
    signing = Signing(shift, report)
    sides = [_side(signing, Side.OUTGOING, shift.name, by, at), _side(signing, Side.INCOMING, incoming["name"] if incoming else "next shift", by, at)]
    is_intact = report is None or digest_of(report.content, report.salt) == report.digest
    return ReportView(shift, content, report, is_intact, sides, list(report.addenda.all()) if report else [])


def _side(signing: Signing, side: Side, name: str, by: User, at: datetime) -> SideView:
    found = SideView(side, name, signature=signing.signatures.get(side))
    if found.signature:
        return found
    crew, other = signing.crews(side)
    try:
        signing.check_turn(side, by, at)
    except Refusal as refusal:
        found.why_not = sentence_of(refusal)
        return found
    found.is_turn, found.for_oneself = True, by.pk in crew or not crew
    absent = {pk: who for pk, who in crew.items() if pk != by.pk}
    may_for_another = absent and (by.pk in crew or by.pk in other or permissions.may_decide(by, signing.shift.team_id))
    found.crew = absent if may_for_another else {}
    if not (found.for_oneself or found.crew):
        found.why_not = f"A colleague on {name} signs, or a lead on behalf of one."
    return found


def tables(content: Content) -> list[dict[str, Any]]:
    """The tables that have lines, each line with its words as they stand in the cells."""
    to = content["incoming"]["name"] if content["incoming"] else "the next shift"
    named = {"to": to, "name": content["shift"]["name"]}
    return [{"key": key, "title": title.format(**named), "lines": [spoken(line) for line in content[key]]} for key, title in TABLES if content[key]]
