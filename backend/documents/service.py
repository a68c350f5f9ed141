"""The verbs of official documents: look up, read, lay our own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from backend.core.errors import NotFound
from backend.core.fulltext import read
from backend.core.importing import ImportReport
from backend.core.pages import PageRequest, as_page
from backend.documents import document_import, queries
from backend.documents.document_import import TOPIC, DocumentRow
from backend.documents.models import Document
from backend.documents.queries import DocumentFilter
from shared.documents import DocumentDetail, DocumentFacet, DocumentFacets, DocumentSummary
from shared.pages import Page

__all__ = ["TOPIC", "DocumentFilter", "DocumentFound", "find", "get_document", "lay", "list_documents", "list_facets"]


def list_documents(session: Session, q: str | None, wanted: DocumentFilter, page: PageRequest) -> Page[DocumentSummary]:
    """Return documents, the newest first; of a question those whose number has the words, then the others."""
    asked = read(q)
    if asked.nothing:
        rows = queries.documents(session, wanted, page)
        return as_page(rows, page, _summary, lambda row: (row.issued_on, row.id))
    seen = page.after(int, int)
    after = (seen[0], seen[1]) if seen else None
    found = queries.found(session, asked, wanted, after=after, most=page.limit + 1)
    return as_page(found, page, lambda row: _summary(row[2]), lambda row: row[:2])


def _summary(row: Document) -> DocumentSummary:
    return DocumentSummary.model_validate(row, from_attributes=True, extra="ignore")


@dataclass(frozen=True)
class DocumentFound:
    """A document that a question found; `level` is 0 when its number has all the words."""

    id: UUID
    number: str
    title: str
    kind: str
    agency: str
    issued_on: date
    level: int


def find(session: Session, q: str, most: int) -> list[DocumentFound]:
    """Return the documents that a question finds, the best first; none when nothing is asked."""
    asked = read(q)
    if asked.nothing:
        return []
    found = queries.found(session, asked, DocumentFilter(), after=None, most=most)
    return [
        DocumentFound(row.id, row.number, row.title, row.kind, row.agency, row.issued_on, level)
        for level, _, row in found
    ]


def get_document(session: Session, key: UUID) -> DocumentDetail:
    """Return a document whole; raises NotFound."""
    row = queries.document(session, key)
    if row is None:
        raise NotFound("no such document")
    return DocumentDetail(**_summary(row).model_dump(), link=row.link)


def list_facets(session: Session) -> DocumentFacets:
    """Return what the list may be narrowed to."""
    kinds = queries.counts(session, col(Document.kind))
    agencies = queries.counts(session, col(Document.agency))
    years = queries.years(session)
    return DocumentFacets(kinds=_facets(kinds), agencies=_facets(agencies), years=_facets(years))


def _facets(rows: Iterable[tuple[str, int]]) -> list[DocumentFacet]:
    return [DocumentFacet(name=name, count=count) for name, count in rows]


def lay(session: Session, rows: Sequence[dict[str, str]], *, sample: bool) -> None:
    """Lay documents of our own; what an import has brought stays as it is."""
    checked = [DocumentRow.model_validate(row) for row in rows]
    document_import.write(session, checked, ImportReport("documents"), sample=sample, replace=False)
