"""What a PDF says, read back by other means than those that wrote it: page by page, through each font's own table of letters."""

import re
import zlib


def pages(made: bytes) -> list[str]:
    """The text of each page, in the order in which it was drawn."""
    objects = {int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj(.*?)endobj", made, re.DOTALL)}
    fonts = {number: letters for number, body in objects.items() if (letters := _letters(body, objects))}
    resources = b"".join(body for body in objects.values() if b"/Font" in body and b"/Length" not in body)
    named = {found[1]: fonts[int(found[2])] for found in re.finditer(rb"/(F\d+) (\d+) 0 R", resources) if int(found[2]) in fonts}
    shown = [body for body in objects.values() if re.search(rb"/Type /Page\b(?!s)", body)]
    return [_text(_stream(objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])]), named) for page in shown]


def _stream(body: bytes) -> bytes:
    raw = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)[1]
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw


def _letters(body: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """Glyph → letters, of a font."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", body)
    if not found:
        return {}
    table = _stream(objects[int(found[1])]).decode()
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE)
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def _text(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    letters: dict[int, str] = {}
    words = []
    for font, hexed, raw in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>|\(((?:\\.|[^\\()])*)\)", stream, re.DOTALL):
        if font:
            letters = fonts.get(font, {})
            continue
        drawn = bytes.fromhex(hexed.decode()) if hexed else _unescaped(raw)
        words.append("".join(letters.get(int.from_bytes(drawn[at : at + 2], "big"), "") for at in range(0, len(drawn), 2)))
    return re.sub(r"\s+", " ", " ".join(words))


def _unescaped(raw: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(rb"\\(.)", lambda found: named.get(found[1], found[1]), raw, flags=re.DOTALL)
