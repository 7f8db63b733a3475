"""``manage.py sharing``: who hands to whom, how often; the figures behind the dashboard, to be compared with others' counts."""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.errors import Refusal
from reviews.sharing import definitions, queries
from reviews.sharing.definitions import Pair, Rule
from reviews.sharing.queries import Lens


class Command(BaseCommand):
    help = "Print how often work went from one to another: pairs as from,to,count, or the totals with --figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True, metavar="NAME", help="an imported source, or “baton” for Baton's own work")
        parser.add_argument(
            "--lens", choices=[lens.value for lens in Lens], default=Lens.OWNER.value, help="who holds it, who acts on it, or which team has it"
        )
        parser.add_argument("--rule", choices=[rule.value for rule in Rule], default=Rule.ADJACENT.value, help="what “nobody” in between does")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--without-automatic", action="store_true", help="drop what robots did before everything else")
        parser.add_argument("--figures", action="store_true", help="print the totals instead of the pairs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sequences = queries.sequences(options["source"], Lens(options["lens"]), without_automatic=options["without_automatic"])
        except Refusal as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.possible}") from None
        if options["figures"]:
            self._write_figures(definitions.figures(sequences).as_dict(), options["format"])
        else:
            self._write_pairs(definitions.pair_counts(sequences, Rule(options["rule"])), options["format"])

    def _write_figures(self, figures: dict[str, int], form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(figures))
        else:
            self._write_rows(["figure", "count"], list(figures.items()))

    def _write_pairs(self, counts: Counter[Pair], form: str) -> None:
        rows = [(one, other, n) for (one, other), n in sorted(counts.items())]
        if form == "json":
            self.stdout.write(json.dumps([{"from": one, "to": other, "count": n} for one, other, n in rows], ensure_ascii=False))
        else:
            self._write_rows(["from", "to", "count"], rows)

    def _write_rows(self, header: list[str], rows: list[Any]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
