"""Finding procedures: ranking, how sure it is, close variants apart, suggestions while typing.

What is sought stands in five fields: the name's head, the whole name, the field (lĩnh vực), everyday names, and papers,
results and conditions. A procedure of the commune, for citizens, that goes by an everyday name is the likelier one.
Weights were chosen by cross-validation; `docs/search.md` says how, and how well it does.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from backend.core.search import Document, Field, Index, Scores
from backend.public_services import reading, source
from backend.public_services.reading import PLAIN, Reading, Rule, Weights, normalised
from backend.public_services.spelling import Speller
from shared.procedure_search import Door, Suggestion, Verdict
from shared.public_services import AdminLevel
from shared.vietnamese import fold, words

MAX_QUESTION = 500
"""Signs of a question that are read: longer ones are whole life stories, whose beginning tells the matter."""
CITIZEN = "Công dân Việt Nam"
MAX_BODY = 4_000
MAX_SUGGESTIONS = 8
SHOWN_VARIANTS = 6
_BEGINNING = 3

_FIELDS = (Field(1.0, 0.9), Field(1.0, 0.9), Field(0.4, 0.5), Field(1.0, 0.3), Field(0.1, 0.75, pairs=False))
_COMMUNE, _FOR_CITIZENS, _EVERYDAY = 0.2, 0.2, 0.15
_SCOPE = 2.2
"""Below this share of what the question's words weigh, nothing in the catalogue seems meant."""
_RELATED, _RELATED_SCOPE = 10, 0.4
"""So many are shown all the same where nothing seems meant, and none below this share."""
_TAIL = 0.2
"""What has less than this share of the best score only shares a word like `đăng ký`: a list does not go on forever."""
_CLOSE = 0.8
"""Variants this near to the best, as a share of its score, are as likely meant."""
_BARE, _CLOSE_TO_BARE = 2, 0.55
"""A question of so few words (`căn cước`) names no matter at all, so more of them are as likely meant."""
_LEVEL = re.compile(
    r"\((?:thực hiện )?(?:ở |tại )?cấp [^)]*\)|\(\s*\d\.\d{6}\s*\)|trực tuyến toàn trình.*$"
    r"|(?:thực hiện )?(?:tại|bằng) (?:cấp|dịch vụ công|Cục|Phòng) .*$",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^Thủ tục:? ", re.IGNORECASE)
_HEADING = 8
_ENDS = re.compile(
    r"^(?:(?:và|về|của|cho|đối với|tại|theo)\s+)+|(?:\s+(?:và|về|của|cho|đối với|đối|tại|theo|các|người))+$|,\s+\w+$"
)
"""Words that no heading begins or ends with."""
_CUT = re.compile(r";| đối với ")


@dataclass(frozen=True)
class Tuning:
    """What a question's terms weigh, and how much of the score hangs on their covering the name's head."""

    weights: Weights = PLAIN
    cover: float = 0.4


TUNED = Tuning()


@dataclass(frozen=True)
class Found:
    """What a question finds: codes, best first, and how it was understood."""

    codes: list[str]
    verdict: Verdict
    understood: str | None = None
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    door: Door | None = None


class Finder:
    """All procedures, to be asked by many threads. Never changes."""

    def __init__(self, rows: Iterable[Any]) -> None:
        everyday = _everyday()
        self._names: dict[str, str] = {}
        self._matters: dict[str, str] = {}
        marks: dict[str, Counter[str]] = {}
        documents = []
        for row in rows:
            self._names[row.code] = row.name
            self._matters[row.code] = fold(_bare(row.name))
            said = re.findall(r"\w+", row.name.lower())
            for term in (*said, *(f"{one} {two}" for one, two in itertools.pairwise(said))):
                marks.setdefault(fold(term), Counter())[term] += 1
            documents.append(_document(row, everyday.get(row.code, ())))
        self._index = Index(documents, _FIELDS)
        self._marked = {term: forms.most_common(1)[0][0] for term, forms in marks.items()}
        known = dict(self._index.vocabulary())
        for word in reading.known_words():
            known.setdefault(word, 1)
        self._speller = Speller(known)
        self._suggested = list(self._suggestions(everyday))

    def find(self, question: str, tuning: Tuning = TUNED) -> Found:
        """Return what a question finds; every question is answered, and nothing is raised."""
        asked, understood = self._put_right(question[:MAX_QUESTION])
        read = reading.read(asked)
        door = next((Door(rule.meaning) for rule in _doors() if rule.fits(read.said)), None)
        terms = read.terms(tuning.weights)
        scores = self._scores(terms, tuning.cover)
        codes = self._index.best(np.where(scores >= _TAIL * scores.max(), scores, np.float32(0)))
        if not codes:
            return Found([], Verdict.OUT_OF_SCOPE, understood, door=door)
        sure = float(scores.max()) / max(self._weight(terms), 1e-6)
        elsewhere = any(rule.fits(read.said) for rule in _elsewhere())
        if elsewhere or ((sure < _SCOPE or door is not None) and not read.meanings):
            return Found(
                codes[:_RELATED] if sure >= _RELATED_SCOPE else [], Verdict.OUT_OF_SCOPE, understood, door=door
            )
        variants = self._variants(codes, scores, read)
        verdict = Verdict.CLARIFY if variants else Verdict.ANSWER
        return Found(codes, verdict, understood, variants, door if sure < _SCOPE else None)

    def suggest(self, typed: str) -> list[Suggestion]:
        """Return what may be meant by what is typed so far, its last word perhaps unfinished."""
        # The last word may be unfinished, so it is no short form yet: `si` begins `sinh`.
        *whole, last = typed[:MAX_QUESTION].rsplit(maxsplit=1) or [""]
        asked = " ".join([*normalised(" ".join(whole)).split(), *words(last)])
        if last and reading.is_short_form(last):
            asked = normalised(typed[:MAX_QUESTION])
        if len(asked) < 2:
            return []
        begun = f" {asked}"
        parts = [f" {word}" for word in asked.split()]
        ranked = []
        for text, folded, prior in self._suggested:
            if folded.startswith(begun):
                rank = 0
            elif begun in folded:
                rank = 1
            elif all(part in folded for part in parts):
                rank = 2
            else:
                continue
            ranked.append((rank, -prior, len(folded), text))
        ranked.sort(key=lambda one: one[:3])
        best: dict[str, Suggestion] = {}
        for *_, suggestion in ranked:
            best.setdefault(suggestion.code, suggestion)
        return list(best.values())[:MAX_SUGGESTIONS]

    def _scores(self, terms: dict[str, float], cover: float) -> Scores:
        plain: Scores = self._index.scores(terms) * self._index.priors
        return plain * (np.float32(1 - cover) + np.float32(cover) * self._index.cover(terms))

    def _weight(self, terms: dict[str, float]) -> float:
        return sum(weight * self._index.rarity(term) for term, weight in terms.items() if " " not in term)

    def _put_right(self, question: str) -> tuple[str, str | None]:
        """Return the question with unknown words put right, and the same to be shown when any was."""
        folded = [words(token) for token in question.split()]
        fixed = [[right for word in token for right in self._speller.right(word)] for token in folded]
        if fixed == folded:
            return question, None
        asked, shown = [], []
        for place, token in enumerate(question.split()):
            end = token[-1] if token[-1] in ".,;:?!" else ""
            right = fixed[place]
            if right == folded[place]:
                asked.append(token)
                shown.append(token)
                continue
            after = fixed[place + 1][:1] if place + 1 < len(fixed) and not end else []
            asked.append(" ".join(right) + end)
            shown.append(self._with_marks([*right, *after], len(right)) + end)
        return " ".join(asked), " ".join(shown)

    def _with_marks(self, said: list[str], count: int) -> str:
        """Return the first words as the catalogue writes them, told apart by their neighbours where it can."""
        marked = [self._marked.get(word, word) for word in said]
        for place, pair in enumerate(itertools.pairwise(said)):
            known = self._marked.get(" ".join(pair))
            if known is not None:
                marked[place : place + 2] = known.split()
        return " ".join(marked[:count])

    def _variants(self, codes: list[str], scores: Scores, read: Reading) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the matters that are as likely meant as the best one, in groups of what their names share."""
        bare = len(read.said.split()) <= _BARE and not read.meanings
        enough = _CLOSE_TO_BARE if bare else _CLOSE
        near = int(np.count_nonzero(scores >= enough * scores.max()))
        close = codes[: min(near, 3 * SHOWN_VARIANTS)]
        matters: dict[str, list[str]] = {}
        for code in close:
            matters.setdefault(self._matters[code], []).append(code)
        if len(matters) < 2 or self._named(close[0], read):
            return ()
        one_each = [same[0] for same in matters.values()][:SHOWN_VARIANTS]
        shared = _shared([_bare(self._names[code]) for code in one_each], set(read.said.split()))
        return ((shared, tuple(one_each)),) if shared else ()

    def _named(self, code: str, read: Reading) -> bool:
        """Whether the question names the whole matter: then it is that one, however close others are."""
        said = set(words(read.said))
        return set(self._matters[code].split()) <= said

    def _suggestions(self, everyday: dict[str, tuple[str, ...]]) -> Iterable[tuple[Suggestion, str, float]]:
        for number, code in enumerate(self._index.keys):
            name, prior = self._names[code], float(self._index.priors[number])
            yield Suggestion(text=name, code=code), f" {normalised(_PREFIX.sub('', name))}", prior
            for other in everyday.get(code, ()):
                yield Suggestion(text=other, code=code), f" {normalised(other)}", prior


def _document(row: Any, everyday: Sequence[str]) -> Document[str]:
    body = [str(raw.get("ten", "")) for raw in (*row.documents, *row.results)]
    body.append(row.conditions)
    texts = (
        normalised(_CUT.split(_bare(row.name), maxsplit=1)[0]),
        normalised(row.name),
        normalised(row.field),
        "\n".join(normalised(name) for name in everyday),
        "\n".join(body)[:MAX_BODY],
    )
    commune = AdminLevel.COMMUNE in source.levels(row.levels)
    prior = 1 + _COMMUNE * commune + _FOR_CITIZENS * (CITIZEN in row.audiences) + _EVERYDAY * bool(everyday)
    return Document(row.code, texts, prior)


def _bare(name: str) -> str:
    """Return a name without "Thủ tục" and without the level at which it is carried out."""
    return _LEVEL.sub("", _PREFIX.sub("", name)).strip(" .,;")


def _shared(names: Sequence[str], asked: set[str]) -> str:
    """Return with what all names begin, else the longest run of words that all hold; empty when under two words.

    A run with a word that was asked goes before longer ones without: `thương binh`, not `đang tại ngũ, công tác`.
    """
    first = names[0].split()
    columns = zip(*(words(name) for name in names), strict=False)
    begun = sum(1 for _ in itertools.takewhile(lambda column: len(set(column)) == 1, columns))
    if begun >= _BEGINNING:
        return " ".join(first[:begun]).strip(" ,.;()")
    others = [f" {fold(name)} " for name in names[1:]]
    runs = (
        " ".join(first[start : start + length])
        for length in range(_HEADING, 1, -1)
        for start in range(len(first) - length + 1)
    )
    held = [_ENDS.sub("", run).strip(" ,.;()") for run in runs if all(f" {fold(run)} " in other for other in others)]
    return next((run for run in held if asked & set(words(run))), held[0] if held else "")


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    rows = reading.lines("everyday.tsv")
    return {code: tuple(name.strip() for name in names.split(";")) for code, names in rows}


@cache
def _elsewhere() -> tuple[Rule, ...]:
    return reading.rules("elsewhere.tsv")


@cache
def _doors() -> tuple[Rule, ...]:
    return reading.rules("doors.tsv")
