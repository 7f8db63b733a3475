"""Tags that draw the small parts: icons, states, people, the line between them, and how complete something is."""

import math
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from common.looks import look_of, wire_of

register = template.Library()

TURNS = {"arrow-right-circle", "arrow-back-up", "chevron-right", "chevron-left", "send", "door-exit", "logout"}  # mirrored right to left
THEMES = ("light", "dark")


@cache
def _sprite() -> str:
    return static("vendor/icons/sprite.svg")


@register.simple_tag
@lru_cache(1_000)
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite (frontend/icons.txt lists them); hidden from assistive technology unless it has a label."""
    css = "i fill" if name.endswith("-filled") else "i turns" if name in TURNS else "i"
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', css, spoken, _sprite(), name)


@register.simple_tag
def tag(tone: str, icon_name: str, text: object, size: str = "") -> SafeString:
    """A chip that is not a state: ``tone`` is wait, late, ok, info, ask or grey; ``size`` is "" or "big"."""
    return format_html('<span class="chip {} {}">{}{}</span>', tone, size, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def chip(state: object, text: object = "", size: str = "") -> SafeString:
    """The chip of a state; ``text`` says it more exactly (“22 min left”)."""
    look = look_of(state)
    return tag(look.tone, look.icon, text or look.word, size)


@register.simple_tag
def tone(state: object) -> str:
    return look_of(state).tone


@register.simple_tag
def state_icon(state: object) -> SafeString:
    return icon(look_of(state).icon)


@register.simple_tag
def state_word(state: object) -> str:
    return look_of(state).word


@register.simple_tag
def avatar(who: Any, size: str = "") -> SafeString:
    """A colleague's initials in their colour; a group of people for a shift, a team or the pool. The name always stands beside it."""
    initials = getattr(who, "initials", "")
    return _avatar(initials, who.colour if initials else None, size)


@lru_cache(1_000)
def _avatar(initials: str, colour: int | None, size: str) -> SafeString:
    if initials:
        return format_html('<span class="av a{} {}" aria-hidden="true">{}</span>', colour, size, initials)
    return format_html('<span class="av grey {}" aria-hidden="true">{}</span>', size, icon("users"))


@register.simple_tag
def person(who: Any, sub: object = "", size: str = "") -> SafeString:
    """An avatar with the name and a line below it."""
    below = format_html("<small>{}</small>", sub) if sub else ""
    return format_html('<span class="person">{}<span><b>{}</b>{}</span></span>', avatar(who, size), name_of(who), below)


@register.simple_tag
def line(giver: Any, receiver: Any, state: object, size: str = "") -> SafeString:
    """Who to whom, and where it stands: dashed waiting, dotted question, solid accepted; the same read aloud. ``size`` is "" or "lg"."""
    wire = wire_of(state)
    return format_html(
        '<span class="line {}" role="img" aria-label="{}, {} {}">{}<span class="wire {}"><span>{}</span></span>{}</span>',
        size,
        name_of(giver),
        wire.said,
        name_of(receiver),
        avatar(giver, "" if size else "s"),
        wire.css,
        icon(wire.icon),
        avatar(receiver, "" if size else "s"),
    )


@register.simple_tag
def wire(state: object) -> SafeString:
    """The line alone, where both names stand in full at its ends."""
    drawn = wire_of(state)
    return format_html(
        '<span class="line" role="img" aria-label="{}"><span class="wire {}"><span>{}</span></span></span>', drawn.said, drawn.css, icon(drawn.icon)
    )


@register.simple_tag
def ring(given: int, required: int) -> SafeString:
    """Details given of details required, as a ring."""
    around = 2 * math.pi * 15
    drawn = around * given / required if required else around
    return format_html(
        '<svg class="ring" viewBox="0 0 38 38" role="img" aria-label="{0} of {1} required details given">'
        '<circle class="bg" cx="19" cy="19" r="15"/>'
        '<circle class="fg{2}" cx="19" cy="19" r="15" stroke-dasharray="{3} {4}" transform="rotate(-90 19 19)"/>'
        '<text x="19" y="23">{0}/{1}</text></svg>',
        given,
        required,
        "" if given >= required else " amb",
        f"{drawn:.1f}",
        f"{around:.1f}",
    )


@register.simple_tag
def bars(given: int, required: int) -> SafeString:
    """The cells of a completeness meter; beside it the count stands in words."""
    cells = format_html_join("", '<i class="{}"></i>', (("on" if cell < given else "",) for cell in range(required)))
    return format_html('<div class="bar" aria-hidden="true">{}</div>', cells)


@register.simple_tag
def holding(holds: int, of: int = 6) -> SafeString:
    """How many actions a colleague holds, drawn up to ``of``."""
    cells = format_html_join("", '<i class="{}"></i>', (("on" if cell < holds else "",) for cell in range(of)))
    return format_html('<span class="load" role="img" aria-label="Holding {} {}">{}</span>', holds, "action" if holds == 1 else "actions", cells)


@register.simple_tag
def ref(reference: object) -> SafeString:
    return format_html('<bdi class="ref">{}</bdi>', reference)


@register.simple_tag(takes_context=True)
def theme_attribute(context: template.Context) -> SafeString:
    """``data-theme`` for the root element: what this device chose, else what the person chose, else nothing, which follows the system."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    if chosen not in (*THEMES, "system"):
        chosen = getattr(context.get("nav"), "theme", "")
    return format_html(' data-theme="{}"', chosen) if chosen in THEMES else SafeString("")


@register.filter
def name_of(who: Any) -> str:
    """A person's name, a shift's or team's name, or “Team pool” for nobody."""
    return str(getattr(who, "display_name", None) or who or "Team pool")
