"""The real logs under ``tests/data`` and the figures that others counted in them."""

import gzip
import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

DATA = Path(__file__).resolve().parent / "data"
ROBOT = "Updated by 908"


def log(name: str) -> Path:
    """``week20_neutral``, ``week20_servicenow``, ``awkward_neutral``, ``awkward_servicenow`` or ``toy``."""
    return DATA / "toy" / "toy_neutral.csv" if name == "toy" else DATA / "uci498" / f"uci498_{name}.csv.gz"


def matrix(name: str, lens: str) -> dict[str, Any]:
    if name == "toy":
        return json.loads((DATA / "toy" / f"toy.matrix.{lens}.json").read_text())
    return json.loads(gzip.decompress((DATA / "uci498" / f"uci498_{name}.matrix.{lens}.json.gz").read_bytes()))


def pairs(name: str, lens: str, key: str) -> Counter[tuple[str, str]]:
    return Counter({(one, other): n for one, other, n in matrix(name, lens)[key]})


def figures(name: str, lens: str) -> dict[str, Any]:
    """Of ``summary.json``: what the oracle counted in this lens."""
    place = DATA / "toy" / "toy.summary.json" if name == "toy" else DATA / "uci498" / f"uci498_{name}.summary.json.gz"
    text = place.read_bytes() if name == "toy" else gzip.decompress(place.read_bytes())
    return json.loads(text)["lenses"][lens]


def run(command: str, *arguments: str) -> str:
    """What a command says, as a person would type it."""
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def bring_in(path: Path, source: str, *more: str, form: str = "neutral") -> str:
    return run("import_history", str(path), "--format", form, "--timezone", "Europe/London", "--source", source, *more)
