"""Maintainers only: the fonts of the PDF, made from the pages' own (called by script/vendor).

    python3 frontend/paper.py FOLDER    reads hyperlegible-*.woff2 there, writes hyperlegible-paper-{regular,bold}.ttf beside them

Needs fonttools and brotli, which the locked requirements bring. The result depends on nothing but the files that it reads.
"""

import sys
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = {"regular": 400, "bold": 700}
PARTS = ("latin", "latin-ext")
DROPPED = ["GSUB", "GPOS", "GDEF", "STAT", "DSIG"]  # shaping is not used on paper, and differs between the parts


def main(folder: Path) -> None:
    for name, weight in WEIGHTS.items():
        parts = []
        for part in PARTS:
            font = instantiateVariableFont(TTFont(folder / f"hyperlegible-{part}.woff2", recalcTimestamp=False), {"wght": weight})
            font.flavor = None
            place = folder / f"{part}.tmp.ttf"
            font.save(place)
            parts.append(place)
        merged = Merger(options=Options(drop_tables=DROPPED)).merge([str(place) for place in parts])
        merged.recalcTimestamp = False
        merged["head"].created = merged["head"].modified = TTFont(folder / "hyperlegible-latin.woff2")["head"].created
        merged.save(folder / f"hyperlegible-paper-{name}.ttf")
        for place in parts:
            place.unlink()


main(Path(sys.argv[1]))
