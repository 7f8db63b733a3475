"""Who is not where the rota says: an absence with a stand-in, a swap that waits for Amara's answer, a cover."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.teams import CENTRE, HOTEL, Cast
from handover import moves
from handover.shifts import swap_operations as swaps
from handover.shifts.absence import of_days
from handover.shifts.cover_operations import cover
from handover.shifts.models import Rostering, Shift

DAY = timedelta(days=1)


def make(cast: Cast, *, now: datetime) -> None:
    hotel, people = cast.teams[HOTEL], cast.people
    shift = ahead(cast, CENTRE, "Late shift", "ellie", days=2, now=now)
    cover(shift_id=shift.pk, colleague=people["ellie"], stand_in=people["nadia"], by=people["leila"], at=now - timedelta(hours=9))
    tomorrow = ahead(cast, HOTEL, "Early shift", "ines", days=1, now=now).local_date
    starts_at, ends_at = of_days(hotel, tomorrow, tomorrow)
    moves.tell_absence(
        team=hotel,
        colleague=people["ines"],
        by=people["ines"],
        at=now - timedelta(hours=5),
        starts_at=starts_at,
        ends_at=ends_at,
        stand_in=people["zofia"],
        reason="An appointment at the hospital.",
    )
    night, late = (ahead(cast, HOTEL, name, who, days=3, now=now) for name, who in (("Night shift", "grace"), ("Late shift", "amara")))
    words = "My sister is over from Lagos that night. Would you?"
    swaps.offer_swap(shift=night, return_shift=late, to=people["amara"], by=people["grace"], words=words, at=now - timedelta(minutes=50))


def ahead(cast: Cast, team: str, name: str, who: str, *, days: int, now: datetime) -> Shift:
    """The first shift of this name, so many days from now or later, that a colleague is on."""
    lines = Rostering.objects.effective().filter(
        shift__team=cast.teams[team], shift__name=name, colleague=cast.people[who], shift__starts_at__gt=now + days * DAY
    )
    return lines.select_related("shift").order_by("shift__starts_at")[0].shift
