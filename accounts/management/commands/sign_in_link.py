"""``manage.py sign_in_link EMAIL``: a way back in when no e-mail arrives and no lead is there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import operations
from accounts.models import User
from common.errors import Refusal


class Command(BaseCommand):
    help = "Print a link with which a colleague chooses a new password and is signed in. It works once, for a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address that they sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = User.objects.with_email(email).first()
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        try:
            path = operations.make_reset_link(user_id=person.pk, by=None, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(settings.BATON_URL + path)
