"""Instants in words: short, relative and absolute, on one team's wall clock. No template, no database, no clock of its own."""

from datetime import datetime, timedelta, tzinfo

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def span(length: timedelta) -> str:
    """How long, in at most two units, rounded down: “36 min”, “1 h 6 min”, “1 d 13 h”; a negative length counts as its opposite."""
    minutes = int(abs(length).total_seconds()) // 60
    hours, days = minutes // 60, minutes // 1440
    if days:
        return f"{days} d {hours % 24} h" if hours % 24 else f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{minutes} min"


def relative(at: datetime, now: datetime) -> str:
    """“in 42 min”, “9 min ago”, or “now” within a minute either way."""
    if abs(at - now) < timedelta(minutes=1):
        return "now"
    return f"in {span(at - now)}" if at > now else f"{span(now - at)} ago"


def clock(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The shortest form for a list: “23:30” today, “Sun 04:10” within six days, “6 Oct 04:10”, “6 Oct 2025” in another year."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    if abs(days) < 7:
        return f"{DAY_NAMES[local.weekday()]} {local:%H:%M}"
    if local.year == today.year:
        return f"{local.day} {MONTH_NAMES[local.month - 1]} {local:%H:%M}"
    return f"{local.day} {MONTH_NAMES[local.month - 1]} {local.year}"


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """“Sat 21 Nov”, with the year where it is another one."""
    local = at.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{DAY_NAMES[local.weekday()]} {local.day} {MONTH_NAMES[local.month - 1]}{year}"


def full(at: datetime, now: datetime, zone: tzinfo, *, dated: bool = False) -> str:
    """“23:30 GMT”; “Sun 22 Nov, 06:15 GMT” on another day or where ``dated``. The zone is always named."""
    local = at.astimezone(zone)
    time = f"{local:%H:%M} {zone_name(at, zone)}"
    if not dated and local.date() == now.astimezone(zone).date():
        return time
    return f"{day(at, now, zone)}, {time}"


def zone_name(at: datetime, zone: tzinfo) -> str:
    """“GMT”, “BST”; “UTC+4” where the zone has no name of letters."""
    name = at.astimezone(zone).tzname() or "UTC"
    return f"UTC{name[0]}{name[1:].lstrip('0') or '0'}" if name[0] in "+-" else name
