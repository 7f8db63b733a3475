"""Signing a shift report, adding to it, and that somebody printed it."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import cached_property

from accounts.models import Membership, User
from audit import operations as audit
from common import moments
from common.errors import Invalid, Refusal
from handover.due import operations as due
from handover.due.models import Due, Rule, type_of
from handover.due.operations import Owed
from handover.events import Event
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.reports import permissions, queries
from handover.reports.content import Content, content_of, digest_in_words
from handover.reports.models import ReportAddendum, ReportSignature, ShiftReport, Side
from handover.shifts.models import Shift

SIGN_BEFORE = timedelta(minutes=30)
"""How long before the end of a shift its report may be signed: it is fixed as it stands then."""
REMIND_AFTER = timedelta(minutes=60)
TELL_LEAD_AFTER = timedelta(days=1)
LOOK_BACK = timedelta(days=2)


class Signing:
    """One shift and who signs for it; what is asked of the database is asked once."""

    def __init__(self, shift: Shift, report: ShiftReport | None) -> None:
        self.shift, self.report = shift, report

    @classmethod
    def under_lock(cls, shift_id: int) -> Signing:
        """In the hands of whoever signs it: nobody else does until the transaction ends."""
        shift = Shift.objects.select_for_update(of=("self",), no_key=True).select_related("team").get(pk=shift_id)
        return cls(shift, ShiftReport.objects.filter(shift=shift).first())

    @cached_property
    def signatures(self) -> dict[str, ReportSignature]:
        return {one.side: one for one in self.report.signatures.select_related("by", "on_behalf_of")} if self.report else {}

    @cached_property
    def outgoing(self) -> dict[int, str]:
        return queries.crew_of(self.shift)

    @cached_property
    def incoming(self) -> dict[int, str]:
        return queries.crew_of(queries.incoming_of(self.shift))

    def crews(self, side: str) -> tuple[dict[int, str], dict[int, str]]:
        """Who is on the side that signs, and who on the other."""
        return (self.outgoing, self.incoming) if side == Side.OUTGOING else (self.incoming, self.outgoing)

    def check_turn(self, side: str, by: User, at: datetime) -> None:
        """Whether it is this side's turn, and this colleague's to take."""
        if signed := self.signatures.get(side):
            raise Refusal(f"{signed.by.display_name} has signed for this side already.", possible="What is missing can be added below the report.")
        if any(one.by_id == by.pk for one in self.signatures.values()):
            raise Refusal("You have signed for the other side: two colleagues sign a report.", possible="A colleague on the shift signs, or a lead.")
        if side == Side.INCOMING and not self.report:
            raise Refusal("The outgoing shift has not signed yet.", possible="A colleague on it signs first, or a lead on behalf of one.")
        if side == Side.OUTGOING and at < (opens := self.shift.ends_at - SIGN_BEFORE):
            from_then = moments.clock(opens, at, self.shift.team.tz)
            raise Refusal("This shift still runs, and its report with it.", possible=f"It can be signed from {from_then}.")


@transaction.atomic
def sign(*, shift_id: int, by: User, at: datetime, side: str, on_behalf_of: int | None = None, reason: str = "") -> ShiftReport:
    """Sign the report of a shift for one side. The outgoing side signs first, and with that the report is fixed as it stands.

    Two people sign. A second press by the same colleague changes nothing. ``on_behalf_of``: the id of an absent colleague.
    """
    signing = Signing.under_lock(shift_id)
    permissions.check_read(by, signing.shift.team_id)
    signed = signing.signatures.get(side)
    if signed is not None and signed.by_id == by.pk and signing.report is not None:
        return signing.report
    crew, other = signing.crews(side)
    permissions.check_sign(by, signing.shift.team_id, side=side, crew=crew, other_crew=other, on_behalf_of=on_behalf_of, reason=reason)
    signing.check_turn(side, by, at)
    report = signing.report or _fix(signing.shift, at)
    ReportSignature.objects.create(report=report, side=side, by=by, at=at, on_behalf_of_id=on_behalf_of, reason=reason if on_behalf_of else "")
    _settle(signing, report, side, by, at)
    kind = Event.REPORT_GIVEN if side == Side.OUTGOING else Event.REPORT_RECEIVED
    data = {"digest": report.digest, "on_behalf_of": on_behalf_of}
    audit.record(kind, actor=by, subject=signing.shift, team_id=signing.shift.team_id, at=at, data=data)
    return report


@transaction.atomic
def add(*, shift_id: int, by: User, at: datetime, text: str) -> ReportAddendum:
    """Add to a report that is fixed, or correct it: what was signed stays as it is, and this stands below it."""
    signing = Signing.under_lock(shift_id)
    permissions.check_add(by, signing.shift.team_id)
    if signing.report is None:
        raise Refusal("This report is not signed yet.", possible="Until then it follows the shift by itself.")
    if not text:
        raise Invalid("Say what is to be added.", field="text")
    made = ReportAddendum.objects.create(report=signing.report, by=by, at=at, text=text)
    audit.record(Event.REPORT_ADDED, actor=by, subject=signing.shift, team_id=signing.shift.team_id, at=at, data={"addendum": made.pk})
    return made


def printed(*, shift: Shift, by: User, at: datetime, how: str) -> None:
    """Somebody took the report out of the product: on paper (``how`` is *paper*), or as a file (*pdf*)."""
    permissions.check_read(by, shift.team_id)
    audit.record(Event.REPORT_PRINTED, actor=by, subject=shift, team_id=shift.team_id, at=at, data={"how": how})


def owe_unsigned(*, at: datetime) -> int:
    """By rule: shifts that have ended owe a signed report. Return how many were new; running it again owes nothing twice."""
    owed = Due.objects.filter(rule=Rule.REPORT, subject_type=type_of(Shift())).values("subject_id")
    ended = Shift.objects.filter(ends_at__lte=at, ends_at__gt=at - LOOK_BACK).exclude(pk__in=owed)
    shifts = list(queries.with_crew(queries.unsigned(ended)).order_by("pk")[:500])
    for shift in shifts:
        _owe(shift, at)
    return len(shifts)


# --- What the above is made of ------------------------------------------------------------------------------------------


@transaction.atomic
def _owe(shift: Shift, at: datetime) -> None:
    Shift.objects.select_for_update(no_key=True).get(pk=shift.pk)
    if not Due.objects.about(shift).filter(rule=Rule.REPORT).exists():
        due.owe(*(Owed(Rule.REPORT, shift, shift.team_id, shift.ends_at + wait, step) for step, wait in ((1, REMIND_AFTER), (2, TELL_LEAD_AFTER))), at=at)


def _fix(shift: Shift, at: datetime) -> ShiftReport:
    """Freeze the report as it stands."""
    content = content_of(queries.gather(shift, at=at))
    salt = secrets.token_hex(16)
    return ShiftReport.objects.create(shift=shift, team_id=shift.team_id, content=content, salt=salt, digest=digest_of(content, salt), fixed_at=at)


def digest_of(content: Content, salt: str) -> str:
    """What the trail holds of a report: the same for the same content, however the database orders it."""
    return audit.digest(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False), salt)


def _settle(signing: Signing, report: ShiftReport, side: str, by: User, at: datetime) -> None:
    """Nobody waits for this signature any more; the other side is asked for theirs, or those who want it hear that it is complete."""
    shift = signing.shift
    due.cancel(shift, rules=[Rule.REPORT], at=at)
    notifications.settle(shift, kinds=[Kind.REPORT_WAITS], at=at)
    what, path = title_of(shift), f"/shifts/{shift.ref}/report/"
    if side == Side.OUTGOING:
        to = [person for person in signing.incoming if person != by.pk]
        notifications.tell(Kind.REPORT_WAITS, to=to, about=shift, at=at, by=by, what=what, team_id=shift.team_id, path=path)
        due.owe(Owed(Rule.REPORT, shift, shift.team_id, max(at, shift.ends_at) + TELL_LEAD_AFTER, 2), at=at)
    else:
        words = digest_in_words(report.content)
        notifications.tell(Kind.REPORT, to=_who_want_it(shift.team_id), about=shift, at=at, words=words, what=what, team_id=shift.team_id, path=path)
    due.ring()


def _who_want_it(team_id: int) -> list[int]:
    """Colleagues of the team who chose to get signed reports by e-mail: nobody does by default."""
    wanting = Membership.objects.current().filter(team_id=team_id, user__is_active=True, user__preference__reminders__report__contains="email")
    return list(wanting.values_list("user_id", flat=True))


def title_of(shift: Shift) -> str:
    """“Late, Sat 21 Nov”."""
    day = shift.local_date
    return f"{shift.name}, {moments.DAY_NAMES[day.weekday()]} {day.day} {moments.MONTH_NAMES[day.month - 1]}"
