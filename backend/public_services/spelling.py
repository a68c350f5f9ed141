"""Putting words right that the catalogue does not know: slips of the thumb, words run together, telex left as typed."""

import re
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shared.vietnamese import is_syllable

_SHORTEST = 3
_LONGEST = 30
_REMEMBERED = 20_000
_TELEX_DOUBLES = re.compile(r"(aa|ee|oo|dd)")
_TELEX_TONE = re.compile(r"^(?=.*[aeiouy])([a-z]+?)[sfrxj]$")
_HELD = re.compile(r"([a-z])\1+")
"""A key that was held too long."""


class Speller:
    """Knows words (without marks) and how frequent each is."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in known:
            if word.isalpha():
                self._by_length[len(word)].append(word)
        self._remembered: dict[str, tuple[str, ...]] = {}

    def right(self, word: str) -> tuple[str, ...]:
        """Return the words that are meant by one; the word itself when it is known or nothing is near."""
        # What can be a word is left alone: the catalogue does not know every word that people do.
        if (
            word in self._known
            or is_syllable(word)
            or not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha())
        ):
            return (word,)
        found = self._remembered.get(word)
        if found is None:
            found = self._telex(word) or self._parted(word) or self._near(word) or (word,)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = found
        return found

    def _telex(self, word: str) -> tuple[str, ...] | None:
        """Read `ddawng kys` as it would stand had the keyboard been set to Vietnamese."""
        plain = _TELEX_DOUBLES.sub(lambda found: found[0][0], word)
        once = _HELD.sub(r"\1", word)
        for form in (plain, plain.replace("w", ""), _TELEX_TONE.sub(r"\1", plain.replace("w", "")), once):
            if form != word and form in self._known:
                return (form,)
        return None

    def _parted(self, word: str) -> tuple[str, ...] | None:
        """Part `khaisinh` into the fewest known words of at least two letters, the most frequent first."""
        best: list[tuple[int, float, tuple[str, ...]] | None] = [(0, 0.0, ())] + [None] * len(word)
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 7), end - 1):
                before, part = best[start], word[start:end]
                if before is None or part not in self._known:
                    continue
                ranked = (before[0] + 1, before[1] - self._known[part], (*before[2], part))
                here = best[end]
                if here is None or ranked < here:
                    best[end] = ranked
        found = best[-1]
        return found[2] if found is not None and found[0] > 1 else None

    def _near(self, word: str) -> tuple[str, ...] | None:
        """Return the most frequent known word that is one slip away; the first letter is seldom wrong."""
        near = [
            candidate
            for length in (len(word), len(word) + 1, len(word) - 1)
            for candidate, _, _ in process.extract(
                word, self._by_length.get(length, []), scorer=OSA.distance, score_cutoff=1, limit=20
            )
        ]
        if not near:
            return None
        return (max(near, key=lambda one: (one[0] == word[0], self._known[one], one)),)
