"""Search among cases: words without marks, the newest first, at the same cost for a thousand cases and for a million.

A case is found by its tokens (`Counted.tokens`) in the inverted index of `backend/core/fulltext.py`. A token is `den`
for a word that everybody may find, `^den` for its first letters, `~den` and `~^den` for words that only staff may find,
and `=u.so-y-te` for what a list may be narrowed by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, literal
from sqlmodel import Session, col

from backend.core import fulltext
from backend.core.fulltext import MAX_QUERY, Fulltext, sign, with_prefixes
from backend.feedback.models import Feedback
from backend.feedback.public_models import Counted
from backend.feedback.queries import HIDDEN, Filters
from shared.case_states import OPEN
from shared.masking import mask_numbers
from shared.vietnamese import words

STAFF_FINDS = 500
"""Cases that a search at the desk finds at the most, the newest; they are then sorted as the queue is."""
_COUNTER_BITS = 21
_COUNTER_AT = 32
"""uuid-utils counts within a millisecond in the 42 bits that end here; the lowest tell apart what one process makes."""
_WINDOW_BITS = 52
"""A window of numbers is 2^31 ms, about 25 days."""
_WINDOWS_AT_A_TIME = 4
_CODE = re.compile(r"PA-\d{6}-[0-9A-HJKMNP-TV-Z]{4}")
_INDEX = Fulltext(Counted, "feedback_words", "feedback_id", window_bits=_WINDOW_BITS, widest=_WINDOWS_AT_A_TIME)


def number_of(case_id: UUID) -> int:
    """Return a case's number: the milliseconds of its UUIDv7, then the low bits of its counter within one of them.

    Numbers sort as ids do, but for those of one millisecond that other processes made, which may stand in any order.
    """
    whole = case_id.int
    return whole >> 80 << _COUNTER_BITS | whole >> _COUNTER_AT & (1 << _COUNTER_BITS) - 1


def folded_words(description: str, address: str, *, blur_place: bool) -> str:
    """Return the words by which everybody may find a case: with numbers hidden, and no address of a blurred place."""
    return " ".join(words(mask_numbers(f"{description} {'' if blur_place else address}")))


def tokens_of(case: Feedback) -> str:
    """Return every token of a case."""
    shown = with_prefixes(words(case.folded)) if case.public else set()
    every = with_prefixes([*words(case.folded), *words(f"{case.description} {case.address}")])
    about = {
        f"=s.{case.status}",
        f"=c.{case.category_code}",
        f"=u.{case.unit_code}",
        f"=p.{case.place_code}",
        _INDEX.window(number_of(case.id)),
        "=open" if case.status in OPEN else "=over",
        "=staff",
    }
    if case.public and case.status not in HIDDEN:
        about.add("=public")
    return " ".join(sorted(shown | {f"~{word}" for word in every - shown} | about))


@dataclass(frozen=True)
class Asked(fulltext.Asked):
    """What somebody looks for: words, of which the last may be the beginning of one, or a case's whole code."""

    code: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return super().nothing and not self.code


def read(q: str | None) -> Asked:
    """Return what is asked; without a single word in it, nothing."""
    bare = (q or "")[:MAX_QUERY].strip()
    if _CODE.fullmatch(bare.upper()):
        return Asked(code=bare.upper())
    asked = fulltext.read(bare)
    return Asked(asked.words, asked.prefix)


def in_words(folded: ColumnElement[str], asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions that these folded words hold what is asked, for cases looked through one by one."""
    padded = literal(" ").concat(folded).concat(" ")
    found = [padded.contains(f" {word} ", autoescape=True) for word in asked.words]
    return [*found, padded.contains(f" {asked.prefix}", autoescape=True)] if asked.prefix else found


def narrowed(filters: Filters) -> list[str]:
    """Return the tokens of these filters."""
    found = [("s", filters.status), ("c", filters.category), ("u", filters.unit), ("p", filters.place)]
    tokens = [sign(kind, value) for kind, value in found if value is not None]
    return tokens if filters.open is None else [*tokens, "=open" if filters.open else "=over"]


def indexed(
    session: Session, asked: Asked, narrow: Sequence[str], *, before: UUID | None, most: int, staff: bool = False
) -> list[UUID]:
    """Return the ids of cases with these words and tokens, the newest first, older than `before`.

    The worker keeps the index, so it may be a moment behind: whoever shows a case checks what he shows.
    """
    signs = ["=staff" if staff else "=public", *narrow]
    ways = [[word, f"~{word}"] if staff else [word] for word in asked.words]
    if asked.prefix:
        ways.append([f"^{asked.prefix}", f"~^{asked.prefix}"] if staff else [f"^{asked.prefix}"])
    groups = [*ways, *([sign] for sign in signs)]
    # To the end of that millisecond: ids, not numbers, say what comes first within it.
    number = number_of(before) | (1 << _COUNTER_BITS) - 1 if before else fulltext.NEWEST
    return _INDEX.newest(session, groups, before=number, most=most)


def for_staff(session: Session, filters: Filters, *, unit: str | None, only_open: bool) -> list[ColumnElement[bool]]:
    """Return the condition for `filters.q` among what staff may see: the newest cases that have all the words.

    `unit` is whose cases alone are looked at, None for all.
    """
    asked = read(filters.q)
    if asked.nothing:
        return []
    if asked.code:
        return [col(Feedback.code) == asked.code]
    signs = narrowed(filters) + ([f"=u.{unit}"] if unit else []) + (["=open"] if only_open else [])
    return [col(Feedback.id).in_(indexed(session, asked, signs, before=None, most=STAFF_FINDS, staff=True))]
