"""What shifts leave to the next: shift notes, and the signed reports of the fortnight.

Shifts from which something was handed over are signed as the story goes on, by the operation that colleagues use. The quiet ones
are written down together afterwards, as the rota's past shifts are.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from accounts.models import Team, User
from audit import operations as audit
from demo import fortnight
from demo.story import Act, Brief, Do, Step, Story
from demo.teams import CENTRE, HOTEL, SHOP, Cast
from handover.events import Event
from handover.notes import operations as notes
from handover.notes.models import For, ShiftNote
from handover.reports import operations as reports
from handover.reports import queries
from handover.reports.content import content_of
from handover.reports.models import ReportSignature, ShiftReport, Side
from handover.shifts.models import Shift

GIVEN, RECEIVED = timedelta(minutes=-2), timedelta(minutes=6)
"""When the two sides sign, from the end of the shift."""
DAY, HOUR = 1440, 60
UNSIGNED = (HOTEL, "Late shift")
"""Whose last shift before today nobody signed."""
HALF_SIGNED = (HOTEL, "Early shift")
"""Whose last shift still waits for the incoming side."""


def acts(cast: Cast, *, now: datetime) -> Iterator[Act]:
    """Notes of the last days, and who signs at the changes of shifts that the fortnight tells of."""
    for team, steps in NOTES.items():
        yield _act(cast, cast.teams[team], now, *steps)
    told = {(act.team.pk, act.begins): act.team for act in fortnight.before(cast, now=now)}
    for (team_id, ends), team in told.items():
        shift = Shift.objects.get(team=team_id, ends_at=ends)
        if _last_of(shift, now) not in (UNSIGNED, HALF_SIGNED):
            yield _act(cast, team, ends, _sign(shift, Side.OUTGOING, GIVEN, cast), _sign(shift, Side.INCOMING, RECEIVED, cast))


def _act(cast: Cast, team: Team, begins: datetime, *steps: Step) -> Act:
    return Act(Story(team.name, "", ("", "", ""), "", None, Brief(), steps), cast, team, begins)


def _last_of(shift: Shift, now: datetime) -> tuple[str, str] | None:
    """The team and the name of a shift that is the last of its name which has ended."""
    later = Shift.objects.filter(team=shift.team_id, name=shift.name, ends_at__gt=shift.ends_at, ends_at__lte=now)
    return None if later.exists() else (shift.team.name, shift.name)


def _sign(shift: Shift, side: Side, after: timedelta, cast: Cast) -> Step:
    names = {person.pk: name for name, person in cast.people.items()}
    crew = queries.crew_of(shift if side == Side.OUTGOING else queries.incoming_of(shift))

    def do(act: Act, by: User, at: datetime) -> None:
        reports.sign(shift_id=shift.pk, by=by, side=side, at=at)

    return Step(after.total_seconds() / 60, names[next(iter(crew))], do)


# --- Notes ----------------------------------------------------------------------------------------------------------------


def leave(ago: float, who: str, text: str, *, hours: float | None = None, **how: object) -> Step:
    """``hours``: for how long from now it stands; without it until it is resolved."""

    def do(act: Act, by: User, at: datetime) -> None:
        until = {"lasts": notes.UNTIL, "expires_at": act.begins + timedelta(hours=hours)} if hours else {}
        notes.leave(team=act.team, by=by, at=at, text=text, **until, **how)  # type: ignore[arg-type]

    return Step(-ago, who, do)


def change(ago: float, who: str, was: str, text: str) -> Step:
    def do(act: Act, by: User, at: datetime) -> None:
        note = ShiftNote.objects.get(team=act.team, text=was)
        notes.change(note_id=note.pk, by=by, at=at, version=note.version, text=text, topic=note.topic)

    return Step(-ago, who, do)


def resolve(ago: float, who: str, was: str, reason: str) -> Step:
    def do(act: Act, by: User, at: datetime) -> None:
        notes.resolve(note_id=ShiftNote.objects.get(team=act.team, text=was).pk, by=by, at=at, reason=reason)

    return Step(-ago, who, do)


def see(ago: float, *names: str) -> Iterator[Step]:
    def do(act: Act, by: User, at: datetime) -> None:
        notes.see(team=act.team, by=by, at=at)

    kept: Do = do
    return (Step(-ago + number, name, kept) for number, name in enumerate(names))


LIFT = "Lift 2 stands still. The engineer has the part on order."
PRINTER = "Card machine 2 prints so faint that guests cannot read it. Use 1."
NOTES: dict[str, tuple[Step, ...]] = {
    HOTEL: (
        leave(12 * DAY, "priya", "Fire doors on floors 2 and 3: look at them when you come on, and say so in the log.", topic="Security", pinned=True),
        leave(3 * DAY, "amara", PRINTER, topic="Systems"),
        resolve(DAY, "grace", PRINTER, "New roll of the right kind"),
        leave(2 * DAY, "dev", LIFT, topic="Rooms and building"),
        change(DAY + 90, "zofia", LIFT, f"{LIFT} Luggage goes by the service lift; the key is at the desk."),
        leave(5 * HOUR, "callum", "Street works at the front: taxis and coaches wait at the side entrance.", hours=9, topic="Guests"),
        leave(50, "amara", "The choir rehearses early. Quiet on floor 4 from the first one up.", audience=For.NEXT, topic="Guests"),
        leave(
            4 * DAY,
            "priya",
            "Read the boiler’s pressure twice a night. Under 1.2: call Dev.",
            audience=For.NAMED,
            shift_name="Night shift",
            topic="Rooms and building",
        ),
        *see(4 * HOUR, "zofia", "marek"),
    ),
    CENTRE: (
        leave(6 * DAY, "leila", "Ask for the meter serial before anything else: half of the call-backs are about that.", topic="Calls", pinned=True),
        leave(7 * HOUR, "sana", "The map of the Elm Road works is a day behind. Ring the depot before you promise anything.", hours=20, topic="Systems"),
    ),
    SHOP: (leave(DAY, "pete", "Till 3 has no wide receipt rolls. Returns go by till 1.", topic="Tills"),),
}


# --- Quiet shifts ---------------------------------------------------------------------------------------------------------


def keep_the_rest(cast: Cast, *, now: datetime) -> None:
    """Write down the signed reports of all other shifts that are over, but for the one that nobody signed."""
    shifts = Shift.objects.filter(team__in=cast.teams.values(), ends_at__lte=now + GIVEN).select_related("team", "report").order_by("team", "starts_at")
    rows: list[tuple[Shift, ShiftReport, list[ReportSignature]]] = []
    for _, of_team in groupby(shifts.prefetch_related("rosterings__colleague"), key=lambda shift: shift.team_id):
        rows += _of_team(list(of_team), now)
    made = ShiftReport.objects.bulk_create(report for _, report, _ in rows)
    signed = []
    for report, (_, _, signatures) in zip(made, rows, strict=True):
        for one in signatures:
            one.report = report
            signed.append(one)
    ReportSignature.objects.bulk_create(signed)
    kinds = {Side.OUTGOING: Event.REPORT_GIVEN, Side.INCOMING: Event.REPORT_RECEIVED}
    people = {person.pk: person for person in cast.people.values()}
    audit.bulk_record(
        audit.draft(
            kinds[Side(one.side)], actor=people[one.by_id], subject=one.report.shift, team_id=one.report.team_id, at=one.at, data={"digest": one.report.digest}
        )
        for one in signed
    )
    reports.owe_unsigned(at=now)


def _of_team(shifts: list[Shift], now: datetime) -> Iterator[tuple[Shift, ShiftReport, list[ReportSignature]]]:
    busy = _busy(shifts)
    last = {(shift.team.name, shift.name): shift.pk for shift in shifts}
    for place, shift in enumerate(shifts):
        after = next((one for one in shifts[place + 1 :] if one.ends_at > shift.ends_at), None) or queries.incoming_of(shift)
        if hasattr(shift, "report") or shift.pk == last.get(UNSIGNED) or after is None:
            continue
        at = shift.ends_at + GIVEN
        crew = {one.colleague_id: one.colleague.display_name for one in shift.rosterings.all()}
        found = queries.gather(shift, at=at) if shift.pk in busy else queries.Gathered(shift=shift, incoming=after, at=at, crew=crew)
        content, salt = content_of(found), secrets.token_hex(16)
        digest = reports.digest_of(content, salt)
        report = ShiftReport(shift=shift, team_id=shift.team_id, content=content, salt=salt, digest=digest, fixed_at=at)
        yield shift, report, list(_signatures(shift, after, half=shift.pk == last.get(HALF_SIGNED)))


def _busy(shifts: Iterable[Shift]) -> set[int]:
    """Those of today and yesterday, and those that took over what the fortnight's changes handed to them."""
    told = {shift.ends_at for shift in shifts if hasattr(shift, "report")}
    newest = max((shift.ends_at for shift in shifts), default=None)
    taking = {shift.pk for shift in shifts if any(shift.starts_at <= ends < shift.ends_at for ends in told)}
    return taking | {shift.pk for shift in shifts if newest and shift.ends_at > newest - timedelta(hours=20)}


def _signatures(shift: Shift, after: Shift, *, half: bool) -> Iterator[ReportSignature]:
    outgoing, incoming = (sorted(one.colleague_id for one in each.rosterings.all()) for each in (shift, after))
    yield ReportSignature(side=Side.OUTGOING, by_id=outgoing[0], at=shift.ends_at + GIVEN)
    if not half:
        yield ReportSignature(side=Side.INCOMING, by_id=incoming[0], at=shift.ends_at + RECEIVED)
