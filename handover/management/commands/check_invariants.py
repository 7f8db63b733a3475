from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from handover.moves.invariants import INVARIANTS

SHOWN = 20


class Command(BaseCommand):
    help = "Ask the data whether every invariant of the domain holds. Prints one line each; exit status 1 if any is broken. Safe on live data."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help=f"name every record, not only the first {SHOWN} of each invariant")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")  # every question sees the same moment
        wrong = 0
        for invariant in INVARIANTS:
            found = invariant()
            wrong += len(found)
            self.stdout.write(f"{'BROKEN' if found else 'ok':<7}{invariant.__name__.replace('_', ' ')}{f': {len(found)}' if found else ''}")
            for one in found if options["all"] else found[:SHOWN]:
                self.stdout.write(f"         {one}")
        if wrong:
            self.stderr.write(f"{wrong} broken.")
            raise SystemExit(1)
        self.stdout.write(f"All {len(INVARIANTS)} invariants hold.")
