"""The demo's sign-ins: known to everybody, so good for nothing but a machine that only its owner can reach."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Membership, User

DEMO_PASSWORD = "baton-demo"  # noqa: S105 - printed by script/server; refused wherever demo_is_open() is false
DEMO_INTEGRATION = "Demo integration"
DEMO_ACCOUNTS = {
    "amara@example.org": "Member, late shift",
    "tom@example.org": "Member, night shift",
    "leila@example.org": "Lead",
    "admin@example.org": "Administrator",
}
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_VIA")


def demo_is_open(request: HttpRequest | None) -> bool:
    """True while the demo is on, this installation listens and is addressed on this machine only, and no proxy stands between."""
    if request is None or not settings.BATON_DEMO:
        return False
    if any(request.META.get(header) for header in FORWARDED):
        return False
    return is_loopback(settings.BATON_BIND) and is_loopback(urlsplit(settings.BATON_URL).hostname or "")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def demo_accounts(request: HttpRequest) -> list[dict[str, Any]]:
    """For the box on the sign-in page: e-mail, name, what they are, team, and the address that fills in the e-mail.

    Empty where the demo is not open.
    """
    if not demo_is_open(request):
        return []
    people = {person.email: person for person in User.objects.persons().filter(email__in=DEMO_ACCOUNTS)}
    places = Membership.objects.current().filter(user__in=people.values()).select_related("team").order_by("-pk")
    teams = {place.user_id: place.team.name for place in places}
    return [
        {
            "email": email,
            "name": people[email].display_name,
            "what": what,
            "team": teams.get(people[email].pk, ""),
            "person": people[email],
            "url": f"?try={number}",
            "on": request.GET.get("try") == str(number),
        }
        for number, (email, what) in enumerate(DEMO_ACCOUNTS.items(), start=1)
        if email in people
    ]
