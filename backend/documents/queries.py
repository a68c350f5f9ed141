"""Every select over official documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import extract, func
from sqlmodel import Session, col, select

from backend.core.fulltext import NEWEST, Asked
from backend.core.pages import PageRequest, keyset
from backend.documents.models import Document, DocumentTokens
from backend.documents.search import INDEX, narrowed


@dataclass(frozen=True)
class DocumentFilter:
    """What a list of documents is narrowed to; None means no matter."""

    agency: str | None = None
    kind: str | None = None
    year: int | None = None

    def where(self) -> list[Any]:
        """Return the conditions."""
        found: list[Any] = []
        if self.agency is not None:
            found.append(col(Document.agency) == self.agency)
        if self.kind is not None:
            found.append(col(Document.kind) == self.kind)
        if self.year is not None:
            found.append(col(Document.issued_on).between(date(self.year, 1, 1), date(self.year, 12, 31)))
        return found


def documents(session: Session, wanted: DocumentFilter, page: PageRequest) -> Sequence[Document]:
    """Return documents, the newest first, one more than the page holds."""
    statement = select(Document).where(*wanted.where())
    order = [col(Document.issued_on), col(Document.id)]
    return session.scalars(keyset(statement, page, order, [date, UUID], descending=True)).all()


def found(
    session: Session, asked: Asked, wanted: DocumentFilter, *, after: tuple[int, int] | None, most: int
) -> list[tuple[int, int, Document]]:
    """Return documents with all the words as (level, number, document), the best level first, then the newest.

    `after` is the level and the number of the last one seen.
    """
    signs = narrowed(agency=wanted.agency, kind=wanted.kind, year=wanted.year)
    level, last = after or (0, NEWEST)
    ranked = INDEX.ranked(session, asked, signs, level=level, before=last - 1, most=most, now=NEWEST)
    levels = {key: place for place, key in ranked}
    if not levels:
        return []
    statement = select(DocumentTokens.number, Document).join(Document)
    rows = session.exec(statement.where(col(Document.id).in_(levels), *wanted.where())).all()
    together = [(levels[document.id], number, document) for number, document in rows]
    return sorted(together, key=lambda row: (row[0], -row[1]))


def document(session: Session, key: UUID) -> Document | None:
    """Return one document."""
    return session.get(Document, key)


def counts(session: Session, column: Any) -> list[tuple[str, int]]:
    """Return the values of a column with how many documents have each, the most frequent first."""
    number = func.count()
    rows = session.execute(select(column, number).group_by(column).order_by(number.desc(), column))
    return [(row[0], row[1]) for row in rows]


def years(session: Session) -> list[tuple[str, int]]:
    """Return the years with how many documents each has, the newest first."""
    year = extract("year", col(Document.issued_on))
    rows = session.execute(select(year, func.count()).group_by(year).order_by(year.desc()))
    return [(str(int(row[0])), row[1]) for row in rows]
