"""The cookie by which a shared PC is known, and the colleagues whom its sign-in page shows."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.keys import digest_of
from accounts.models import EnrolledDevice, User
from accounts.queries import members_of

COOKIE = "baton_device"
SALT = "accounts.device"
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Tile:
    """A colleague on the sign-in page of a shared PC. In its address stands their membership's number, which says nothing."""

    person: User
    text: str
    url: str
    on: bool


def remember(response: HttpResponse, key: str) -> None:
    response.set_signed_cookie(cookie_name(), key, salt=SALT, max_age=YEAR, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax", path="/")


def cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def device_of(request: HttpRequest) -> EnrolledDevice | None:
    """The enrolled device that this request comes from, if it still is one."""
    key = request.get_signed_cookie(cookie_name(), default="", salt=SALT, max_age=YEAR)
    if not key:
        return None
    return EnrolledDevice.objects.current().select_related("team").filter(digest=digest_of(key)).first()


def tiles_of(device: EnrolledDevice | None, *, chosen: str) -> list[Tile]:
    """The team's colleagues; ``chosen`` is the number of the one who was pressed, or anything else."""
    if device is None:
        return []
    members = members_of(device.team).order_by("user__display_name", "pk")
    return [Tile(each.user, each.roles_line() or each.get_level_display().capitalize(), f"?as={each.pk}", str(each.pk) == chosen) for each in members]
