"""The URL of the one box: open to anyone, and answered from memory while nothing changes."""

from typing import Annotated

from fastapi import Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.search import service
from shared.base import Text
from shared.search import SearchKind, SearchResults

routes = router("/search", "search")


@routes.get("", dependencies=[public(*service.TOPICS)])
def search(
    _: Anyone,
    session: ReadingDep,
    q: Annotated[Text | None, Query(description="Only the first 300 signs are read.")] = None,
    kind: SearchKind | None = None,
    limit: Annotated[int, Query(ge=1, le=20)] = 4,
) -> SearchResults:
    """Search everything: procedures, places, offices, numbers to call, news, documents; the kind that fits first."""
    return service.search(session, q, kind=kind, limit=limit)
