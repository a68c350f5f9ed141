"""What the screens of documents ask the backend for."""

from client.core.api import Api, Query, path_part
from client.documents.wish import Wish
from shared.documents import DocumentDetail, DocumentFacets, DocumentSummary
from shared.pages import Page


async def documents(api: Api, wish: Wish, cursor: str | None) -> Page[DocumentSummary]:
    """Return documents, the newest first; of a question the best first."""
    params: Query = {"q": wish.q, "kind": wish.kind, "agency": wish.agency, "year": wish.year, "cursor": cursor}
    return await api.get("/documents", Page[DocumentSummary], params=params)


async def facets(api: Api) -> DocumentFacets:
    """Return what the list may be narrowed to."""
    return await api.get("/documents/facets", DocumentFacets)


async def document(api: Api, key: str) -> DocumentDetail:
    """Return one document."""
    return await api.get(f"/documents/{path_part(key)}", DocumentDetail)
