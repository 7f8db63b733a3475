"""Draw the icon sprite: the icons named in icons.txt, out of the installed Tabler package, one symbol each.

A name that ends in ``-filled`` comes from the filled set. Two runs write the same bytes.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ICONS = HERE / "node_modules/@tabler/icons/icons"
CANVAS = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


def symbol(name: str) -> str:
    """One ``<symbol>`` without Tabler's invisible canvas and without its colours, which our style sheet sets."""
    kind, file = ("filled", name.removesuffix("-filled")) if name.endswith("-filled") else ("outline", name)
    svg = (ICONS / kind / f"{file}.svg").read_text(encoding="utf-8")
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if drawing is None:
        raise SystemExit(f"{name}: Tabler's drawing is not as we know it")
    inner = CANVAS.sub("", re.sub(r"\s+", " ", drawing[1]).strip()).replace("> <", "><").replace(" />", "/>").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def main(target: Path) -> None:
    names = sorted(set((HERE / "icons.txt").read_text(encoding="utf-8").split()))
    symbols = "\n".join(symbol(name) for name in names)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
