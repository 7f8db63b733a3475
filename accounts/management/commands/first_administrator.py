"""``manage.py first_administrator EMAIL NAME``: where the one-time address of the first start is lost."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts import operations
from accounts.models import User
from accounts.queries import has_administrator
from common.errors import Refusal


class Command(BaseCommand):
    help = "Make the first administrator and print a link with which they choose a password. Refuses where there is one already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address to sign in with")
        parser.add_argument("name", help="the name that colleagues see")

    @transaction.atomic
    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        if has_administrator():
            raise CommandError("There is an administrator already. For a way back in: manage.py sign_in_link EMAIL")
        at = timezone.now()
        try:
            person = User.objects.with_email(email).first()
            if person is None:
                person = operations.add_person(email=email, display_name=name, is_administrator=True, by=None, at=at)
            else:
                operations.set_administrator(user_id=person.pk, is_administrator=True, by=None, at=at)
            path = operations.make_reset_link(user_id=person.pk, by=None, at=at)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(settings.BATON_URL + path)
