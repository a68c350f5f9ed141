"""The URLs of browsing the catalogue: open to anyone, and answered from memory while nothing changes."""

from typing import Annotated

from fastapi import Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.public_services import browse
from backend.public_services.queries import ProcedureFilter
from shared.base import Text
from shared.public_services import AdminLevel, LifeEvent, ProcedureFacets, Who

routes = router("/procedures", "public services")

Field = Annotated[Text | None, Query(max_length=300)]
Audience = Annotated[Text | None, Query(max_length=200)]
EventKey = Annotated[Text | None, Query(max_length=40, description="A key of `/procedures/life-events`.")]


@routes.get("/life-events", dependencies=[public("procedures")])
def list_life_events(_: Anyone, session: ReadingDep, who: Who | None = None) -> list[LifeEvent]:
    """Return what happens in life that procedures belong to, with their number."""
    return browse.life_events(session, who)


@routes.get("/facets", dependencies=[public("procedures")])
def get_facets(
    _: Anyone,
    session: ReadingDep,
    field: Field = None,
    level: AdminLevel | None = None,
    audience: Audience = None,
    online: bool | None = None,
    life_event: EventKey = None,
    who: Who | None = None,
) -> ProcedureFacets:
    """Return what the catalogue may be narrowed by, and how many procedures each choice would leave."""
    return browse.facets(session, ProcedureFilter(field, level, audience, online, life_event, who))
