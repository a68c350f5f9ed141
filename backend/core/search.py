"""Search for catalogues of some thousand texts: folded words, and pairs of them, ranked by BM25F in memory.

BM25F (Robertson, Zaragoza, Taylor 2004) adds up how often a word stands in each field, each by its weight and its own
length, before the curve that dampens repetition. Scores of all documents are one array, so a word costs some
microseconds however many documents have it.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from shared.vietnamese import words

Key = TypeVar("Key", bound=Hashable)
Scores = NDArray[np.float32]

MAX_QUERY = 300
"""Characters of a question that are read; the rest adds time, not sense."""
MAX_WORDS = 60
MAX_FOUND = 500
"""Results of one question; beyond them a person asks anew."""


@dataclass(frozen=True)
class Field:
    """How much a field counts, how much its length does (0 not at all, 1 fully), and whether its pairs are known."""

    weight: float
    length: float = 0.75
    pairs: bool = True


@dataclass(frozen=True)
class Document(Generic[Key]):
    """A text to be found: its fields in the order of the index, and by which factor it is likelier than others."""

    key: Key
    fields: Sequence[str]
    prior: float = 1.0


PLAIN = (Field(1.0, 0.9),)
_K1 = 1.6


def terms(text: str) -> list[str]:
    """Return words and pairs of neighbours: Vietnamese words are often two syllables, told apart by their pair."""
    single = words(text)
    return [*single, *_pairs(single)]


def _pairs(single: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in itertools.pairwise(single)]


class Index(Generic[Key]):
    """An index over short documents. Build it once; it never changes."""

    def __init__(self, documents: Iterable[Document[Key]], fields: Sequence[Field] = PLAIN) -> None:
        self.keys: list[Key] = []
        priors: list[float] = []
        counts: list[list[Counter[str]]] = []
        for document in documents:
            self.keys.append(document.key)
            priors.append(document.prior)
            counts.append([_count(text, field) for text, field in zip(document.fields, fields, strict=True)])
        self.priors: Scores = np.array(priors, dtype=np.float32)
        self._postings = _postings(counts, fields)
        self._heads = self._head_postings([set(document[0]) for document in counts])

    def __len__(self) -> int:
        return len(self.keys)

    def known(self, term: str) -> int:
        """Return in how many documents a term stands."""
        found = self._postings.get(term)
        return 0 if found is None else len(found[0])

    def vocabulary(self) -> Iterable[tuple[str, int]]:
        """Yield the single words and in how many documents each stands."""
        return ((term, len(found[0])) for term, found in self._postings.items() if " " not in term)

    def rarity(self, term: str) -> float:
        """Return how much a term tells (inverse document frequency); most for one that stands nowhere."""
        found = self.known(term)
        return math.log(1 + (len(self.keys) - found + 0.5) / (found + 0.5))

    def scores(self, asked: Mapping[str, float]) -> Scores:
        """Return the score of every document for weighted terms; 0 where none stands, priors not applied."""
        scores: Scores = np.zeros(len(self.keys), dtype=np.float32)
        for term, weight in asked.items():
            found = self._postings.get(term)
            if found is not None:
                scores[found[0]] += np.float32(weight * self.rarity(term)) * found[1]
        return scores

    def cover(self, asked: Iterable[str]) -> Scores:
        """Return how much of each document's first field was asked for, from 0 to 1, each word by its rarity.

        What a title says beyond the question tells against it: of two that share the question's words the plain one
        is meant.
        """
        found: Scores = np.zeros(len(self.keys), dtype=np.float32)
        for term in asked:
            numbers = self._heads.get(term)
            if numbers is not None:
                found[numbers] += np.float32(self.rarity(term))
        return found / self._head_weights

    def _head_postings(self, heads: Sequence[set[str]]) -> dict[str, NDArray[np.int32]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        weights: Scores = np.full(len(heads), 1e-6, dtype=np.float32)
        for number, head in enumerate(heads):
            for term in head:
                if " " not in term:
                    numbers[term].append(number)
                    weights[number] += np.float32(self.rarity(term))
        self._head_weights = weights
        return {term: np.array(where, dtype=np.int32) for term, where in numbers.items()}

    def best(self, scores: Scores, limit: int = MAX_FOUND) -> list[Key]:
        """Return the keys of the documents with a score, best first, at most `limit`; equals in their order."""
        ranked = np.argsort(-scores, kind="stable")[:limit]
        return [self.keys[number] for number in ranked if scores[number] > 0]

    def search(self, query: str) -> list[Key]:
        """Return the keys of the documents that share a word with the query, best first."""
        asked = terms(query[:MAX_QUERY])[: 2 * MAX_WORDS]
        return self.best(self.scores(dict.fromkeys(asked, 1.0)) * self.priors)


def _count(text: str, field: Field) -> Counter[str]:
    """Count the terms of a field; a line break parts texts, so that no pair reaches over it."""
    count: Counter[str] = Counter()
    for line in text.split("\n"):
        single = words(line)
        count.update(single)
        if field.pairs:
            count.update(_pairs(single))
    return count


def _postings(
    counts: Sequence[Sequence[Counter[str]]], fields: Sequence[Field]
) -> dict[str, tuple[NDArray[np.int32], Scores]]:
    """Return for each term the documents that have it, and how much of it."""
    lengths = [[sum(count.values()) for count in document] for document in counts]
    averages = [sum(column) / max(len(column), 1) or 1 for column in zip(*lengths, strict=True)]
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for number, document in enumerate(counts):
        total: dict[str, float] = defaultdict(float)
        for place, (count, field) in enumerate(zip(document, fields, strict=True)):
            share = field.weight / (1 - field.length + field.length * lengths[number][place] / averages[place])
            for term, times in count.items():
                total[term] += times * share
        for term, much in total.items():
            numbers, shares = found[term]
            numbers.append(number)
            shares.append(much * (_K1 + 1) / (much + _K1))
    return {
        term: (np.array(numbers, dtype=np.int32), np.array(shares, dtype=np.float32))
        for term, (numbers, shares) in found.items()
    }
