"""Search for small catalogues: text folded so that marks do not matter, ranked by BM25 in memory."""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from shared.vietnamese import words

Key = TypeVar("Key", bound=Hashable)

MAX_QUERY = 300
"""Characters of a question that are read; the rest adds time, not sense."""
MAX_WORDS = 40
_K1, _B = 1.6, 0.9


def terms(text: str) -> list[str]:
    """Return words and pairs of neighbours: Vietnamese words are often two syllables, told apart by their pair."""
    single = words(text)
    return [*single, *(f"{a} {b}" for a, b in itertools.pairwise(single))]


class Index(Generic[Key]):
    """An index over short documents. Build it once; it never changes."""

    def __init__(self, documents: Iterable[tuple[Key, str]]) -> None:
        self._keys: list[Key] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        counts = []
        for key, text in documents:
            self._keys.append(key)
            counts.append(Counter(terms(text)))
        lengths = [sum(count.values()) for count in counts]
        average = sum(lengths) / max(len(lengths), 1) or 1
        for number, count in enumerate(counts):
            drag = _K1 * (1 - _B + _B * lengths[number] / average)
            for term, times in count.items():
                self._postings[term].append((number, times * (_K1 + 1) / (times + drag)))

    def __len__(self) -> int:
        return len(self._keys)

    def search(self, query: str) -> list[Key]:
        """Return the keys of the documents that share a word with the query, best first."""
        scores: dict[int, float] = defaultdict(float)
        asked = terms(query[:MAX_QUERY])[: 2 * MAX_WORDS]
        for term in dict.fromkeys(asked):
            found = self._postings.get(term, ())
            weight = math.log(1 + (len(self._keys) - len(found) + 0.5) / (len(found) + 0.5))
            for number, share in found:
                scores[number] += weight * share
        ranked = sorted(scores, key=lambda number: (-scores[number], number))
        return [self._keys[number] for number in ranked]
