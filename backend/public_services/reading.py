"""How a question is read: what people write → weighted terms of the catalogue's own language.

Four lists of the folder `vocabulary` hold what there is to know of the language: `spellings` (short forms and slips of
the phone), `fillers` (how one asks, and what about it), `meanings` (what people say → what a procedure is called) and
`everyday` (by which names a certain procedure goes). Two more say what is no procedure: `doors` (what another part of
the app answers) and `elsewhere` (what nobody here does). The questions that quality is measured by are in none of them.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.vietnamese import fold

VOCABULARY = Path(__file__).parent / "vocabulary"
_BREAKS = re.compile(r"[,.;:?!()\[\]\"“”…\n]+(?=\s|$)|[()\"“”\n]")
_DENIED = re.compile(
    r"\b(?:chu (?:khong|hong) phai|dung nham(?: voi| sang)?|khong phai la dang hoi)\b.*|^khong phai (?!la\b).*"
)
_LONGEST = 7
_GAP = 4
_SHORT_FORM = 3


@dataclass(frozen=True)
class Weights:
    """How much a term counts: asked in so many words, as a pair, or meant; alone or as a pair."""

    word: float = 1.0
    pair: float = 0.7
    filler_pair: float = 0.3
    meant: float = 1.3
    meant_pair: float = 0.9


PLAIN = Weights()


@dataclass(frozen=True)
class Reading:
    """A question as it was read: `said` folded and spelled out, `text` without fillers, `core` in its parts."""

    said: str
    text: str
    core: tuple[tuple[str, ...], ...]
    meanings: tuple[str, ...]

    def terms(self, weights: Weights = PLAIN) -> dict[str, float]:
        """Return the terms to look for, each with its weight."""
        found: dict[str, float] = {}
        for part in self.core:
            for term, weight in _asked(part, weights):
                found[term] = max(found.get(term, 0.0), weight)
        # What is both said and meant counts twice: the matter itself, not a circumstance of it.
        for term, weight in _meant(self.meanings, weights).items():
            found[term] = found.get(term, 0.0) + weight
        return found


def _asked(part: Sequence[str], weights: Weights) -> Iterator[tuple[str, float]]:
    fillers = _fillers()
    for word in part:
        if word not in fillers:
            yield word, weights.word
    for pair in itertools.pairwise(part):
        weak = sum(word in fillers for word in pair)
        if weak < len(pair):
            yield " ".join(pair), weights.filler_pair if weak else weights.pair


def _meant(phrases: Sequence[str], weights: Weights) -> dict[str, float]:
    found: dict[str, float] = {}
    for phrase in phrases:
        single = phrase.split()
        found |= dict.fromkeys(single, weights.meant)
        found |= {" ".join(pair): weights.meant_pair for pair in itertools.pairwise(single)}
    return found


def read(question: str) -> Reading:
    """Return how a question of any length and script is understood."""
    said = [part.split() for part in _parts(question)]
    pieces = [list(_without_fillers(part)) for part in said]
    text = " ".join(word for part in pieces for piece in part for word in piece)
    meanings = tuple(dict.fromkeys(rule.meaning for rule in _meanings() if rule.fits(text)))
    core = tuple(tuple(piece) for part in pieces for piece in part)
    return Reading(said=" ".join(word for part in said for word in part), text=text, core=core, meanings=meanings)


def normalised(text: str) -> str:
    """Return the folded text with its short forms written out, as a question's words are: BHXH, sổ đỏ, TNHH."""
    return " ".join(_spelt(fold(text).split()))


def is_short_form(word: str) -> bool:
    """Whether a word is a short form of at least three letters (`cccd`), rather than perhaps the beginning of one."""
    folded = fold(word)
    return len(folded) >= _SHORT_FORM and (folded,) in _spellings()


def _parts(question: str) -> Iterator[str]:
    for part in _BREAKS.split(question):
        folded = fold(part)
        kept = _DENIED.sub("", " ".join(_spelt(folded.split()))).strip()
        if kept:
            yield kept


def _spelt(words: Sequence[str]) -> list[str]:
    """Write short forms out, the longest first."""
    spellings = _spellings()
    out: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            full = spellings.get(tuple(words[place : place + length]))
            if full is not None:
                out += full
                place += length
                break
        else:
            out.append(words[place])
            place += 1
    return out


def _without_fillers(words: Sequence[str]) -> Iterator[list[str]]:
    """Cut phrases out that say nothing of the matter; single fillers stay, to be told by their neighbours."""
    fillers = _fillers()
    piece: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 1, -1):
            if " ".join(words[place : place + length]) in fillers:
                if piece:
                    yield piece
                piece = []
                place += length
                break
        else:
            piece.append(words[place])
            place += 1
    if piece:
        yield piece


@dataclass(frozen=True)
class Rule:
    """A pattern that must stand in the question, one that must not, and what is meant."""

    pattern: re.Pattern[str]
    never: re.Pattern[str] | None
    meaning: str

    def fits(self, text: str) -> bool:
        """Whether the rule speaks of a question that was read as this text."""
        return self.pattern.search(text) is not None and (self.never is None or self.never.search(text) is None)


def lines(name: str) -> Iterator[list[str]]:
    """Yield the cells of a list of the vocabulary; comments and blank lines are not among them."""
    for line in (VOCABULARY / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@cache
def _spellings() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {tuple(fold(short).split()): tuple(full.split()) for short, full in lines("spellings.tsv")}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(cells[0] for cells in lines("fillers.txt"))


def rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of a list, its classes filled in."""
    classes: dict[str, str] = {}
    found = []
    for cells in lines(name):
        pattern, meaning = cells[0], cells[1] if len(cells) > 1 else ""
        if re.fullmatch(r"\{\w+\}", pattern):
            classes[pattern] = meaning
            continue
        never = re.compile(cells[2]) if len(cells) > 2 and cells[2] else None
        found.append(Rule(re.compile(_expression(pattern, classes)), never, meaning))
    return tuple(found)


@cache
def _meanings() -> tuple[Rule, ...]:
    return rules("meanings.tsv")


def known_words() -> set[str]:
    """Return the words that the lists know, which are therefore no slips."""
    known = {word for short, full in _spellings().items() for word in (*short, *full)}
    known |= {word for filler in _fillers() for word in filler.split()}
    for rule in _meanings():
        known |= set(re.findall(r"[a-z]{2,}", rule.pattern.pattern)) | set(rule.meaning.split())
    return known


def _expression(pattern: str, classes: Mapping[str, str]) -> str:
    """Return a pattern of the list as a regular expression."""
    for name, members in classes.items():
        pattern = pattern.replace(name, members)
    pattern = (
        pattern.replace(" ~", rf" (?:\w+ ){{0,{_GAP}}}?").replace("~ ", rf"(?: \w+){{0,{_GAP}}}? ").replace("~", "")
    )
    return rf"\b(?:{pattern})(?!\w)"
