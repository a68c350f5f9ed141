"""Two versions of a text laid beside each other: which lines differ, and within them which words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
_MOST_WORDS = 1_500
_MOST_LINES = 600
_AROUND = 1
"""Unchanged lines that stay beside a changed one, so that it is read in its place."""


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are on one side alone."""

    text: str
    marked: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Pair:
    """A line before and after; None where there is none. `skipped` says how many unchanged lines stand here instead."""

    old: Line | None = None
    new: Line | None = None
    skipped: int = 0

    @property
    def same(self) -> bool:
        """Whether nothing differs here."""
        return self.old == self.new


def compared(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the lines in order; long runs of unchanged ones are counted, not told."""
    return list(_folded(list(_pairs(old, new))))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    if max(len(old), len(new)) > _MOST_LINES:
        yield from _beside(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            for line in old[i1:i2]:
                plain = (Piece(line, marked=False),)
                yield Pair(plain, plain)
        else:
            yield from _beside(old[i1:i2], new[j1:j2])


def _beside(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    for number in range(max(len(old), len(new))):
        one = old[number] if number < len(old) else None
        other = new[number] if number < len(new) else None
        if one is not None and other is not None:
            yield Pair(*marked(one, other))
        else:
            yield Pair(_whole(one), _whole(other))


def _whole(line: str | None) -> Line | None:
    return None if line is None else (Piece(line, marked=True),)


def marked(old: str, new: str) -> tuple[Line, Line]:
    """Return both lines in pieces; words that the other has not are marked."""
    one, other = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(one), len(other)) > _MOST_WORDS:
        return (Piece(old, marked=True),), (Piece(new, marked=True),)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        differs = tag != "equal"
        _add(left, "".join(one[i1:i2]), marked=differs)
        _add(right, "".join(other[j1:j2]), marked=differs)
    return tuple(left), tuple(right)


def _add(pieces: list[Piece], text: str, *, marked: bool) -> None:
    if text:
        pieces.append(Piece(text, marked))


def _folded(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Count unchanged lines that are not beside a changed one."""
    near = {
        number + step for number, pair in enumerate(pairs) if not pair.same for step in range(-_AROUND, _AROUND + 1)
    }
    skipped = 0
    for number, pair in enumerate(pairs):
        if number not in near:
            skipped += 1
            continue
        if skipped:
            yield Pair(skipped=skipped)
        skipped = 0
        yield pair
    if skipped:
        yield Pair(skipped=skipped)
