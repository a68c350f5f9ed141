"""The URLs of official documents: open to anyone, and answered from memory while nothing changes."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.core.pages import PageDep
from backend.documents import service
from backend.documents.service import DocumentFilter
from shared.base import Text
from shared.documents import DocumentDetail, DocumentFacets, DocumentSummary
from shared.pages import Page

routes = router("/documents", "documents")


@routes.get("", dependencies=[public(service.TOPIC)])
def list_documents(
    _: Anyone,
    session: ReadingDep,
    page: PageDep,
    q: Annotated[Text | None, Query(description="Only the first 300 signs are read.")] = None,
    agency: Annotated[Text | None, Query(max_length=300)] = None,
    kind: Annotated[Text | None, Query(max_length=100)] = None,
    year: Annotated[int | None, Query(ge=1900, le=2100)] = None,
) -> Page[DocumentSummary]:
    """Look documents up, the newest first; a number (`685/QĐ-UBND`) before words."""
    return service.list_documents(session, q, DocumentFilter(agency=agency, kind=kind, year=year), page)


@routes.get("/facets", dependencies=[public(service.TOPIC)])
def list_facets(_: Anyone, session: ReadingDep) -> DocumentFacets:
    """Return the kinds, agencies and years that the list may be narrowed to."""
    return service.list_facets(session)


@routes.get("/{document_id}", dependencies=[public(service.TOPIC)])
def get_document(_: Anyone, session: ReadingDep, document_id: UUID) -> DocumentDetail:
    """Return a document whole."""
    return service.get_document(session, document_id)
