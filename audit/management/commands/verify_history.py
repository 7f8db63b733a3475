from typing import Any

from django.core.management.base import BaseCommand

from audit.verifying import verify


class Command(BaseCommand):
    help = "Read the whole trail back: prints “OK n events”, or names the first event that is not as it was sealed (exit status 1)."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if verdict.bad:
            self.stderr.write(f"BAD after {verdict.count} good events: {verdict.bad}")
            raise SystemExit(1)
        self.stdout.write(f"OK {verdict.count} events")
        if verdict.unanchored:
            self.stdout.write(f"{verdict.unanchored} of them are not in this machine's anchor file yet.")
