"""Tags that say when. All read the page's moment (``at`` in the context, else now) and the current team's zone."""

from datetime import datetime, tzinfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import moments

register = template.Library()


def now_of(context: template.Context) -> datetime:
    at = context.get("at")
    return at if isinstance(at, datetime) else timezone.now()


def zone_of(context: template.Context) -> tzinfo:
    """The zone of ``zone`` in the context, else of the request's team, else the active one."""
    if zone := context.get("zone"):
        return zone
    request = getattr(context, "request", None) or context.get("request")
    team = getattr(request, "team", None)
    return team.tz if team else timezone.get_current_timezone()


def _time(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), words)


@register.simple_tag(takes_context=True)
def when(context: template.Context, at: datetime | None, *, dated: bool = False) -> SafeString | str:
    """“23:30 GMT, in 42 min”: absolute with the zone, and relative; ``dated`` always names the day."""
    if at is None:
        return ""
    now = now_of(context)
    return _time(at, f"{moments.full(at, now, zone_of(context), dated=dated)}, {moments.relative(at, now)}")


@register.simple_tag(takes_context=True)
def moment(context: template.Context, at: datetime | None, *, dated: bool = False) -> SafeString | str:
    """“23:30 GMT” or “Sun 22 Nov, 06:15 GMT”."""
    return "" if at is None else _time(at, moments.full(at, now_of(context), zone_of(context), dated=dated))


@register.simple_tag(takes_context=True)
def clock(context: template.Context, at: datetime | None) -> SafeString | str:
    """“23:30”, “Sun 04:10”: for lists, on a page that names the zone once."""
    return "" if at is None else _time(at, moments.clock(at, now_of(context), zone_of(context)))


@register.simple_tag(takes_context=True)
def day(context: template.Context, at: datetime | None) -> SafeString | str:
    """“Sat 21 Nov”."""
    return "" if at is None else _time(at, moments.day(at, now_of(context), zone_of(context)))


@register.simple_tag(takes_context=True)
def relative(context: template.Context, at: datetime | None) -> str:
    """“in 42 min”, “9 min ago”."""
    return "" if at is None else moments.relative(at, now_of(context))


@register.simple_tag(takes_context=True)
def distance(context: template.Context, at: datetime | None) -> str:
    """“42 min”, whichever way: for “{% distance x %} left” and “{% distance x %} late”."""
    return "" if at is None else moments.span(at - now_of(context))


@register.simple_tag(takes_context=True)
def due(context: template.Context, at: datetime | None, *, soon: int = 120) -> SafeString | str:
    """The block at the end of a list row: time, and how far; red once past, amber within ``soon`` minutes."""
    if at is None:
        return ""
    now = now_of(context)
    minutes = (at - now).total_seconds() / 60
    tone = "red" if minutes < 0 else "amb" if minutes <= soon else ""
    return format_html('<div class="due {}"><b>{}</b><span><bdi>{}</bdi></span></div>', tone, clock(context, at), moments.relative(at, now))


@register.simple_tag(takes_context=True)
def zone_name(context: template.Context) -> str:
    """“GMT”."""
    return moments.zone_name(now_of(context), zone_of(context))
