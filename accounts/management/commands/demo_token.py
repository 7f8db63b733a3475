"""``manage.py demo_token``: a token with which to try the REST API against the demo."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import operations
from accounts.demo_signins import DEMO_ACCOUNTS, DEMO_INTEGRATION
from accounts.models import Integration, Membership, Scope


class Command(BaseCommand):
    help = "Print a token with every scope of the demo's integration; its last line is the token. It works for 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BATON_DEMO:
            raise CommandError("The demo is off (BATON_DEMO=0). Make an integration under Settings, Integrations.")
        at = timezone.now()
        integration = Integration.objects.filter(name=DEMO_INTEGRATION, ended_at=None).select_related("team").order_by("pk").first()
        if integration is None:
            places = Membership.objects.current().filter(user__email__in=DEMO_ACCOUNTS).order_by("pk")
            place = places.filter(user__email=next(iter(DEMO_ACCOUNTS))).first() or places.first()
            if place is None:
                raise CommandError("The demo is not loaded. Run manage.py demo first.")
            integration = operations.make_integration(team_id=place.team_id, name=DEMO_INTEGRATION, by=None, at=at)
        text = operations.issue_token(integration_id=integration.pk, scopes=Scope.values, expires_at=at + timedelta(days=30), by=None, at=at)
        self.stdout.write(f"{integration}, {integration.team}:")
        self.stdout.write(text)
