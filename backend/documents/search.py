"""By what a document is found: its number before what it is about, that before who issued it, the newest first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlmodel import Session

from backend.core.fulltext import Entry, Fulltext, as_code, levels, sign
from backend.documents.models import DocumentTokens

INDEX = Fulltext(DocumentTokens, "document_words", "document_id", window_bits=53)
"""Documents are fewer than articles and reach further back: a window is half a year."""


def index(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Let these rows of the table be found by what they say now."""
    INDEX.put(session, [_entry(row["id"], row) for row in rows])


def _entry(key: UUID, row: dict[str, Any]) -> Entry:
    day: date = row["issued_on"]
    tokens = levels(row["number"], f"{row['kind']} {row['title']}", f"{row['agency']} {row['field']}")
    tokens |= set(narrowed(agency=row["agency"], kind=row["kind"], year=day.year))
    return Entry(key, datetime.combine(day, time(), UTC), tokens)


def narrowed(*, agency: str | None, kind: str | None, year: int | None) -> list[str]:
    """Return the tokens of what a list is narrowed by."""
    found = [("a", agency and as_code(agency)), ("k", kind and as_code(kind)), ("y", year and str(year))]
    return ["=all", *(sign(name, value) for name, value in found if value)]
