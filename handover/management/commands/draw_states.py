from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handover.actions import states as actions
from handover.agreements import states as versions
from handover.checks import states as checks
from handover.handovers import states as items
from handover.shifts import swap_states as swaps

PLACE = Path(settings.BASE_DIR) / "docs" / "states.md"
HEAD = """# The life of things

Drawn from the state tables by `manage.py draw_states`; a test says when it is out of date. What may follow what is written
once, in `states.py` of each concept, and asked by every move. Read `handover/moves/` from top to bottom for who does it and why.
"""
LIVES = [
    (
        "An action",
        actions,
        ["held", "pool"],
        "A customer service action. Its holder may change without its state changing. Reopening brings a closed one back.",
    ),
    (
        "An item",
        items,
        ["offered"],
        "One action on offer. Back from *declined* is the undo within 30 seconds; back from *ended* is the reopening of the action.",
    ),
    (
        "A completion check",
        checks,
        ["set"],
        "“Was it completed?” — asked at its time by rule, or earlier by hand. An accepted item keeps one unanswered check.",
    ),
    (
        "A swap of shifts",
        swaps,
        ["offered"],
        "My shift for yours, or “take mine”. The rota changes when it is *made*; where the team wants that, a lead decides on what was agreed.",
    ),
    (
        "A version of an agreement",
        versions,
        ["draft"],
        "In force when all those named agree, or a lead decides after the deadline. The next one ends it; what was offered under it keeps it.",
    ),
]


def draw() -> str:
    return "\n".join([HEAD, *(_life(*life) for life in LIVES)])


def _life(name: str, table: Any, begins: list[str], words: str) -> str:
    states = list(table.State)
    lines = [f"    {state.value}: {state.label}" for state in states]
    lines += [f"    [*] --> {state}" for state in begins]
    lines += [f"    {now.value} --> {then.value}" for now in states for then in sorted(table.NEXT[now], key=states.index)]
    lines += [f"    {state.value} --> [*]" for state in states if not table.NEXT[state]]
    return f"## {name}\n\n{words}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


class Command(BaseCommand):
    help = "Draw docs/states.md from the state tables."

    def handle(self, *args: Any, **options: Any) -> None:
        PLACE.write_text(draw(), encoding="utf-8")
        self.stdout.write(f"{PLACE} is drawn.")
