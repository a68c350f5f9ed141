"""Full text at scale: an inverted index over tokens, the newest first, at the same cost for a thousand and a million.

Each thing has one row in a table of tokens: a `number` that sorts as things are shown, whose they are, and one text of
tokens with blanks between. Over it each database keeps an inverted index of its own: FTS5 on SQLite, GIN on PostgreSQL
(the migrations make them). Beginnings of words and filters are tokens, too, so every question is a meeting of plain
lists. Who needs a ranking writes a word once for each level at which it stands (`levels`), and asks level by level.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, delete, insert, text
from sqlmodel import Session, SQLModel, select

from shared.vietnamese import words

MAX_QUERY, MAX_WORDS = 300, 8
MAX_TOKENS = 8_000
"""Tokens of one thing; a longer text is found by its beginning."""
SHORTEST, LONGEST = 3, 7
"""Letters of a prefix; a Vietnamese syllable has seven at the most (nghiêng)."""
LONGEST_WORD = 40
NEWEST = 2**63 - 1
TITLE, HEAD, ANYWHERE = "t.", "s.", ""
LEVELS = (TITLE, HEAD, ANYWHERE)
"""Where a word stands, the best first; what stands at one level stands at those after it as well."""
_TIE_BITS = 29
_SECONDS = 2**33 - 1
_BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
_PLAIN = re.compile(r"[0-9A-Za-z._-]+")

Groups = Sequence[Sequence[str]]
"""Tokens to be met: one of each group."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, of which the last may be the beginning of one."""

    words: tuple[str, ...] = ()
    prefix: str | None = None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.words or self.prefix)

    @property
    def all(self) -> tuple[str, ...]:
        """All that is asked, in order."""
        return (*self.words, self.prefix) if self.prefix else self.words

    def groups(self, *levels: str) -> list[list[str]]:
        """Return what is to be met, each word at one of these levels."""
        found = [[f"{level}{word}" for level in levels] for word in self.words]
        if self.prefix:
            # Beginnings are kept of what is short; further down the last word is looked for as it stands.
            found.append([*(f"{level or HEAD}^{self.prefix}" for level in levels), *self._as_it_stands(levels)])
        return found

    def _as_it_stands(self, levels: Sequence[str]) -> list[str]:
        return [self.prefix] if self.prefix and ANYWHERE in levels else []


def read(q: str | None) -> Asked:
    """Return what is asked, from the first 300 signs; without a single word in it, nothing."""
    found = words((q or "")[:MAX_QUERY])[:MAX_WORDS]
    if not found:
        return Asked()
    *whole, last = (word[:LONGEST_WORD] for word in found)
    if SHORTEST <= len(last) <= LONGEST:
        return Asked(tuple(dict.fromkeys(whole)), last)
    return Asked(tuple(dict.fromkeys([*whole, last])))


def with_prefixes(found: Iterable[str]) -> set[str]:
    """Return words and `^` with their beginnings."""
    short = {word[:LONGEST_WORD] for word in found}
    return short | {f"^{word[:end]}" for word in short for end in range(SHORTEST, min(len(word), LONGEST) + 1)}


def levels(title: str, head: str, rest: str) -> set[str]:
    """Return the tokens of a text in three parts; what the head has beside the title is for the second level."""
    in_title = words(title)
    in_head = [*in_title, *words(head)]
    found = {f"{TITLE}{token}" for token in with_prefixes(in_title)}
    found |= {f"{HEAD}{token}" for token in with_prefixes(in_head)}
    for word in (*in_head, *words(rest)):
        if len(found) >= MAX_TOKENS:
            break
        found.add(word[:LONGEST_WORD])
    return found


def sign(kind: str, value: str) -> str:
    """Return the token of what a list is narrowed by; nothing is called what no code of ours can be."""
    return f"={kind}.{value}" if _PLAIN.fullmatch(value) else "=none"


def as_code(name: str) -> str:
    """Return a name as `sign` takes it: `Tỉnh ủy Hải Dương` is `tinh-uy-hai-duong`."""
    return "-".join(words(name)) or "none"


def moment_number(moment: datetime) -> int:
    """Return the highest number of a second; numbers sort as moments do, from 1900 to 2172."""
    seconds = int((moment - _BEGINNING).total_seconds())
    return (min(max(seconds, 0), _SECONDS) + 1 << _TIE_BITS) - 1


def _number(moment: datetime, key: UUID) -> int:
    # Within a second anything may come first, but always the same.
    return moment_number(moment) >> _TIE_BITS << _TIE_BITS | zlib.crc32(key.bytes) >> 32 - _TIE_BITS


@dataclass(frozen=True)
class Entry:
    """What is to be found: whose, since when, by which tokens."""

    key: UUID
    moment: datetime
    tokens: set[str]


class Fulltext:
    """An index over the tokens of one table, in which `key` names whose they are.

    `window_bits` cut numbers into windows of about a month; `widest` is how many of them PostgreSQL asks at a time, at
    the most, when a word is rare.
    """

    def __init__(self, table: type[SQLModel], index: str, key: str, *, window_bits: int = 50, widest: int = 64) -> None:
        self._table: Any = table
        self._key = key
        self._window_bits = window_bits
        name = str(table.__tablename__)
        self._fts5 = _stacked(_fts5(name, index, key))
        self._gin = _stacked(_gin(name, key, window_bits, widest))

    def window(self, number: int) -> str:
        """Return the token of the window that a number lies in."""
        return f"=w.{number >> self._window_bits}"

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Write what these are found by, in place of what was written before."""
        table, key = self._table, getattr(self._table, self._key)
        session.execute(delete(table).where(key.in_([entry.key for entry in entries])))
        numbers = self._free(session, [_number(entry.moment, entry.key) for entry in entries])
        rows = [
            {"number": number, self._key: entry.key, "tokens": " ".join(sorted({*entry.tokens, self.window(number)}))}
            for number, entry in zip(numbers, entries, strict=True)
        ]
        if rows:
            session.execute(insert(table), rows)

    def _free(self, session: Session, wanted: Sequence[int]) -> list[int]:
        """Return each number, or the next one that is not taken."""
        taken = set(session.exec(select(self._table.number).where(self._table.number.in_(wanted))))
        found = []
        for wish in wanted:
            number = wish
            while number in taken:
                number += 1
                if number not in taken and session.get(self._table, number) is not None:
                    taken.add(number)
            taken.add(number)
            found.append(number)
        return found

    def newest(
        self, session: Session, groups: Groups, *, unless: Groups = (), before: int = NEWEST, most: int
    ) -> list[UUID]:
        """Return whose tokens meet every group (but not all of `unless`), the highest numbers first, up to `before`."""
        return [key for _, key in self._ask(session, [_Question(groups, unless, before)], most)]

    def ranked(
        self, session: Session, asked: Asked, signs: Sequence[str], *, level: int = 0, before: int, most: int, now: int
    ) -> list[tuple[int, UUID]]:
        """Return who has all the words, the best level first, within one the newest first, each with its level.

        Begins at `level` with numbers up to `before`; no number is beyond `now`.
        """
        also = [[each] for each in signs]
        first = max(level, 0)
        questions = [
            _Question(
                groups=[*asked.groups(LEVELS[place]), *also],
                unless=asked.groups(LEVELS[place - 1]) if place else (),
                before=min(before, now) if place == level else now,
            )
            for place in range(first, len(LEVELS))
        ]
        found = self._ask(session, questions, most) if questions else []
        return [(first + place, key) for place, key in found]

    def _ask(self, session: Session, questions: Sequence["_Question"], most: int) -> list[tuple[int, UUID]]:
        """Return whose tokens meet the first question, then those of the next until there are enough, in one trip."""
        sqlite = session.get_bind().dialect.name == "sqlite"
        values: dict[str, Any] = {"most": most}
        for place, question in enumerate(questions):
            write = _in_fts5 if sqlite else _in_gin
            values[f"asked{place}"] = write(question.groups, question.unless)
            values[f"before{place}"] = question.before
        statement = (self._fts5 if sqlite else self._gin)[len(questions) - 1]
        rows = session.execute(statement, values).all()
        return [(place, key if isinstance(key, UUID) else UUID(key)) for place, key in rows]


@dataclass(frozen=True)
class _Question:
    """Tokens to be met (but not all of `unless`), by numbers up to `before`."""

    groups: Groups
    unless: Groups
    before: int


def _stacked(question: str) -> list[TextClause]:
    """Return one question, and two and three of them one after the other: none is begun once there is enough."""
    stacked = []
    for count in range(1, len(LEVELS) + 1):
        parts = [
            f"SELECT {place} AS place, id FROM ("  # noqa: S608 - statements of ours
            + question.replace(":asked", f":asked{place}").replace(":before", f":before{place}")
            + f") AS level{place}"
            for place in range(count)
        ]
        stacked.append(text(" UNION ALL ".join(parts) + " LIMIT :most"))
    return stacked


def _in_fts5(groups: Groups, unless: Groups) -> str:
    wanted = _all_in_fts5(groups)
    return f"({wanted}) NOT ({_all_in_fts5(unless)})" if unless else wanted


def _all_in_fts5(groups: Groups) -> str:
    quoted = [" OR ".join('"{}"'.format(token.replace('"', '""')) for token in group) for group in groups]
    return " AND ".join(f"({group})" for group in quoted)


def _in_gin(groups: Groups, unless: Groups) -> str:
    wanted = _all_in_gin(groups)
    return f"{wanted} & !({_all_in_gin(unless)})" if unless else wanted


def _all_in_gin(groups: Groups) -> str:
    quoted = [
        " | ".join("'{}'".format(token.replace("\\", "\\\\").replace("'", "''")) for token in group) for group in groups
    ]
    return " & ".join(f"({group})" for group in quoted)


def _fts5(table: str, index: str, key: str) -> str:
    # The unary plus keeps SQLite from any other order than: words, then the table.
    return (
        f"SELECT {table}.{key} AS id FROM {index} CROSS JOIN {table}"  # noqa: S608 - names of ours
        f" WHERE {index} MATCH :asked AND {index}.rowid <= :before AND {table}.number = +{index}.rowid"
        f" ORDER BY {index}.rowid DESC LIMIT :most"
    )


def _gin(table: str, key: str, window_bits: int, widest: int) -> str:
    # What is to be met is made once a step: within the condition it would be made for each row of a small table. So is
    # what is found (`once`): it is named twice, and PostgreSQL would look for it twice.
    # GIN knows no order: all that match would be read and sorted. So it is asked window by window, the newest first,
    # until enough is found; the further back, the more windows at a time, since the word is rare then. `+ 0` keeps the
    # planner from reading every row in the order of numbers instead.
    return f"""
        WITH RECURSIVE span AS (
            SELECT least(max(number), :before) >> {window_bits} AS newest, min(number) >> {window_bits} AS oldest
            FROM {table}
        ), step AS (
            SELECT newest + 1 AS reached, 1 AS width, 0 AS found, ARRAY[]::uuid[] AS ids FROM span
            UNION ALL
            SELECT reached - width, least(2 * width, {widest}), found + cardinality(more.ids), more.ids
            FROM step CROSS JOIN span CROSS JOIN LATERAL (
                SELECT CAST(
                    CAST(:asked AS text) || ' & (' || string_agg('''=w.' || number || '''', ' | ') || ')' AS tsquery
                ) AS met
                FROM generate_series(reached - width, reached - 1) AS number
            ) query CROSS JOIN LATERAL (
                WITH once AS MATERIALIZED (SELECT ARRAY(
                    SELECT {key} FROM {table}
                    WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ query.met AND number + 0 <= :before
                    ORDER BY number + 0 DESC LIMIT :most
                ) AS ids)
                SELECT ids FROM once
            ) more
            WHERE found < :most AND reached > oldest
        )
        SELECT unnest(ids) AS id FROM step LIMIT :most
        """  # noqa: S608 - names and numbers of ours
