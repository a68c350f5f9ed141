"""Search among cases: words without marks, the newest first, at the same cost for a thousand cases and for a million.

A case is found by its tokens, one text with blanks between (`Counted.tokens`), over which each database keeps an
inverted index of its own: FTS5 on SQLite, GIN on PostgreSQL. A token is `den` for a word that everybody may find,
`^den` for its first letters, `~den` and `~^den` for words that only staff may find, and `=u.so-y-te` for what a list
may be narrowed by. Prefixes and filters are tokens, too, so every question is a meeting of plain lists.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import ColumnElement, TextClause, literal, text
from sqlmodel import Session, col

from backend.feedback.models import Feedback
from backend.feedback.queries import HIDDEN, Filters
from shared.feedback import OPEN
from shared.masking import mask_numbers
from shared.vietnamese import words

MAX_QUERY, MAX_WORDS = 300, 8
STAFF_FINDS = 500
"""Cases that a search at the desk finds at the most, the newest; they are then sorted as the queue is."""
_SHORTEST, _LONGEST = 3, 7
"""Letters of a prefix; a Vietnamese syllable has seven at the most (nghiêng)."""
_LONGEST_WORD = 40
_COUNTER_BITS = 21
_COUNTER_AT = 32
"""uuid-utils counts within a millisecond in the 42 bits that end here; the lowest tell apart what one process makes."""
_WINDOW_BITS = 52
"""A window of numbers is 2^31 ms, about 25 days."""
_WINDOWS_AT_A_TIME = 4
_PLAIN = re.compile(r"[0-9A-Za-z._-]+")
_CODE = re.compile(r"PA-\d{6}-[0-9A-HJKMNP-TV-Z]{4}")


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
    shown = _with_prefixes(words(case.folded)) if case.public else set()
    every = _with_prefixes([*words(case.folded), *words(f"{case.description} {case.address}")])
    about = {
        f"=s.{case.status}",
        f"=c.{case.category_code}",
        f"=u.{case.unit_code}",
        f"=p.{case.place_code}",
        f"=w.{number_of(case.id) >> _WINDOW_BITS}",
        "=open" if case.status in OPEN else "=over",
        "=staff",
    }
    if case.public and case.status not in HIDDEN:
        about.add("=public")
    return " ".join(sorted(shown | {f"~{word}" for word in every - shown} | about))


def _with_prefixes(found: Iterable[str]) -> set[str]:
    short = {word[:_LONGEST_WORD] for word in found}
    longest = _LONGEST + 1
    return short | {f"^{word[:end]}" for word in short for end in range(_SHORTEST, min(len(word) + 1, longest))}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, of which the last may be the beginning of one, or a case's whole code."""

    words: tuple[str, ...] = ()
    prefix: str | None = None
    code: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.prefix or self.code)


def read(q: str | None) -> Asked:
    """Return what is asked; without a single word in it, nothing."""
    bare = (q or "")[:MAX_QUERY].strip()
    if _CODE.fullmatch(bare.upper()):
        return Asked(code=bare.upper())
    found = words(bare)[:MAX_WORDS]
    if not found:
        return Asked()
    *whole, last = (word[:_LONGEST_WORD] for word in found)
    asked = Asked(tuple(dict.fromkeys(whole)))
    if _SHORTEST <= len(last) <= _LONGEST:
        return replace(asked, prefix=last)
    return replace(asked, words=(*asked.words, last))


def in_words(folded: ColumnElement[str], asked: Asked) -> list[ColumnElement[bool]]:
    """Return the conditions that these folded words hold what is asked, for cases looked through one by one."""
    padded = literal(" ").concat(folded).concat(" ")
    found = [padded.contains(f" {word} ", autoescape=True) for word in asked.words]
    return [*found, padded.contains(f" {asked.prefix}", autoescape=True)] if asked.prefix else found


def narrowed(filters: Filters) -> list[str]:
    """Return the tokens of these filters."""
    found = [
        ("=s.", filters.status),
        ("=c.", filters.category),
        ("=u.", filters.unit),
        ("=p.", filters.place),
    ]
    # What is no code of ours is no token either, and would not be one to FTS5: nothing is called `=none`.
    tokens = [f"{kind}{value}" if _PLAIN.fullmatch(value) else "=none" for kind, value in found if value is not None]
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
    number = number_of(before) | (1 << _COUNTER_BITS) - 1 if before else 2**63 - 1
    if session.get_bind().dialect.name == "sqlite":
        found = session.execute(_FTS5, {"asked": _in_fts5(groups), "before": number, "most": most})
    else:
        found = session.execute(_GIN, {"asked": _in_gin(groups), "before": number, "most": most})
    return [row if isinstance(row, UUID) else UUID(row) for row in found.scalars()]


def _in_fts5(groups: list[list[str]]) -> str:
    quoted = [" OR ".join('"{}"'.format(token.replace('"', '""')) for token in group) for group in groups]
    return " AND ".join(f"({group})" for group in quoted)


def _in_gin(groups: list[list[str]]) -> str:
    quoted = [
        " | ".join("'{}'".format(token.replace("\\", "\\\\").replace("'", "''")) for token in group) for group in groups
    ]
    return " & ".join(f"({group})" for group in quoted)


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


# The unary plus keeps SQLite from any other order than: words, then what was counted.
_FTS5: TextClause = text(
    "SELECT feedback_counted.feedback_id FROM feedback_words CROSS JOIN feedback_counted"
    " WHERE feedback_words MATCH :asked AND feedback_words.rowid <= :before"
    " AND feedback_counted.number = +feedback_words.rowid"
    " ORDER BY feedback_words.rowid DESC LIMIT :most"
)
# GIN knows no order: all that match would be read and sorted. So it is asked window by window, the newest first, until
# enough is found; the further back, the more windows at a time, since the word is rare then. `+ 0` keeps the planner
# from reading every row in the order of numbers instead.
_GIN: TextClause = text(
    f"""
    WITH RECURSIVE span AS (
        SELECT least(max(number), :before) >> {_WINDOW_BITS} AS newest, min(number) >> {_WINDOW_BITS} AS oldest
        FROM feedback_counted
    ), step AS (
        SELECT newest + 1 AS reached, 1 AS width, 0 AS found, ARRAY[]::uuid[] AS ids FROM span
        UNION ALL
        SELECT reached - width, least(2 * width, {_WINDOWS_AT_A_TIME}), found + cardinality(more.ids), more.ids
        FROM step CROSS JOIN span CROSS JOIN LATERAL (
            SELECT ARRAY(
                SELECT feedback_id FROM feedback_counted
                WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ CAST(
                    CAST(:asked AS text) || ' & (' || (
                        SELECT string_agg('''=w.' || number || '''', ' | ')
                        FROM generate_series(reached - width, reached - 1) AS number
                    ) || ')' AS tsquery
                )
                AND number + 0 <= :before
                ORDER BY number + 0 DESC LIMIT :most
            ) AS ids
        ) more
        WHERE found < :most AND reached > oldest
    )
    SELECT unnest(ids) FROM step
    """  # noqa: S608 - numbers of ours
)
