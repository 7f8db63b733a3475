"""The first administrator of an installation that nobody has set up yet."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from accounts.keys import digest_of, new_key
from accounts.models import FirstRunKey, Level, Team, User
from accounts.operations.people import add_person, start_membership
from accounts.operations.teams import create_team
from accounts.queries import has_administrator
from common.errors import Refusal

ONLY_ROW = 1


def first_run_address(*, at: datetime) -> str | None:
    """The address of the page that makes the first administrator, with a new secret; ``None`` once there is one.

    The address made before stops working, so that the one printed last is the only one.
    """
    if has_administrator():
        return None
    key = new_key()
    FirstRunKey.objects.update_or_create(pk=ONLY_ROW, defaults={"digest": digest_of(key), "created_at": at})
    return f"{settings.BATON_URL}{reverse('accounts:start')}?{urlencode({'key': key})}"


def is_first_run_key(key: str) -> bool:
    """True while nobody administers this installation and ``key`` is the secret printed last."""
    return bool(key) and FirstRunKey.objects.filter(digest=digest_of(key)).exists() and not has_administrator()


@transaction.atomic
def set_up(*, key: str, display_name: str, email: str, password: str, team_name: str, zone: str, kind: str, at: datetime) -> tuple[User, Team]:
    """Make the first administrator, and their team with them as its lead. The secret is used up."""
    row = FirstRunKey.objects.select_for_update().filter(digest=digest_of(key)).first()
    if row is None or has_administrator():
        raise Refusal("This address was used already.", possible="Sign in, or ask your administrator for an invitation.")
    row.delete()
    person = add_person(email=email, display_name=display_name, password=password, is_administrator=True, by=None, at=at)
    team = create_team(name=team_name, zone=zone, kind=kind, by=person, at=at)
    start_membership(team_id=team.pk, person=person, level=Level.LEAD, job_role_ids=[], by=person, at=at)
    return person, team
