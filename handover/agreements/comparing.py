"""Any two versions of an agreement, line by line, with the words that changed. No database beyond what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from handover.agreements.models import AgreementVersion
from handover.agreements.wording import NOTHING, sides

ALIKE = 0.5
"""From how much in common on two sentences are taken for one that was changed."""


@dataclass(frozen=True)
class Part:
    """Some words of a sentence; ``changed``: they are not in the other version."""

    text: str
    changed: bool = False


Sentence = tuple[Part, ...]


@dataclass(frozen=True)
class Change:
    """One line of an agreement, as it was then and as it is now, sentence by sentence."""

    label: str
    then: tuple[Sentence, ...]
    now: tuple[Sentence, ...]
    differs: bool


def changes(then: AgreementVersion | None, now: AgreementVersion) -> list[Change]:
    """Every line. Each version comes with all that belongs to it; without a ``then`` everything is new."""
    before, after = (sides(then) if then else {}), sides(now)
    return [_change(label, before.get(label, NOTHING), after[label]) for label in after]


def _change(label: str, then: Sequence[str], now: Sequence[str]) -> Change:
    gone, new = [one for one in then if one not in now], [one for one in now if one not in then]
    left, right = {}, {}
    for sentence in new:
        alike = get_close_matches(sentence, [one for one in gone if one not in left], n=1, cutoff=ALIKE)
        if not alike and len(gone) == len(new) == 1:
            alike = gone
        if alike:
            left[alike[0]], right[sentence] = marked(alike[0], sentence)
    return Change(
        label,
        tuple(left.get(one) or (Part(one, one in gone),) for one in then),
        tuple(right.get(one) or (Part(one, one in new),) for one in now),
        differs=tuple(then) != tuple(now),
    )


def marked(then: str, now: str) -> tuple[Sentence, Sentence]:
    """Two sentences with the words marked that the other one does not have."""
    old, new = then.split(), now.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(_parts(old, [(kind, a, b) for kind, a, b, _, _ in steps])), tuple(_parts(new, [(kind, a, b) for kind, _, _, a, b in steps]))


def _parts(words: list[str], steps: list[tuple[str, int, int]]) -> Iterator[Part]:
    for kind, start, end in steps:
        if end > start:
            yield Part(" ".join(words[start:end]), changed=kind != "equal")
