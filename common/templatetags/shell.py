"""What the frame round every page needs: links that know where they are, and messages cut into their parts."""

from typing import Any

from django import template
from django.contrib.messages import constants
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.templatetags.ui import icon

register = template.Library()

TONES = {constants.SUCCESS: "ok", constants.WARNING: "wait", constants.ERROR: "late"}
ICONS = {"ok": "circle-check", "wait": "alert-triangle", "late": "alert-triangle", "info": "info-circle"}


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, href: str, key: str, icon_name: str, label: str, *, count: int | None = None, hot: bool = False) -> SafeString:
    """One entry of the rail or of More: current where ``page`` is ``key``, with a count where there is one to show."""
    counted = format_html('<span class="count{}">{}<span class="sr"> waiting</span></span>', " hot" if hot else "", count) if count else ""
    return format_html('<a href="{}"{}>{}{}{}</a>', href, _current(context, key), icon(icon_name), label, counted)


@register.simple_tag(takes_context=True)
def tab_link(context: template.Context, href: str, key: str, icon_name: str, label: str, *, count: int | None = None) -> SafeString:
    """One entry of the tab bar on a phone."""
    dot = format_html('<span class="dot" aria-hidden="true">{}</span>', count) if count else ""
    spoken = format_html('<span class="sr">, {} waiting</span>', count) if count else ""
    return format_html('<a href="{}"{}>{}{}<span>{}{}</span></a>', href, _current(context, key), icon(icon_name), dot, label, spoken)


def _current(context: template.Context, key: str) -> SafeString:
    return SafeString(' aria-current="page"' if context.get("page") == key else "")


@register.filter
def message_tone(message: Any) -> str:
    return TONES.get(message.level, "info")


@register.filter
def tone_icon(tone: str) -> str:
    return ICONS.get(tone, "info-circle")


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes it back, where ``common.notices.say`` was given one."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


@register.filter
def first_sentence(text: object) -> str:
    head, stop, _ = str(text).partition(". ")
    return head + stop.strip()


@register.filter
def other_sentences(text: object) -> str:
    return str(text).partition(". ")[2]
