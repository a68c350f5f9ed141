"""What the screens of public services ask the backend for."""

from client.core.api import Api, Query, path_part
from client.public_services.wish import Wish
from shared.pages import Page
from shared.public_services import (
    Hotline,
    LifeEvent,
    PlaceDetail,
    PlaceSummary,
    ProcedureDetail,
    ProcedureFacets,
    ProcedureField,
    ProcedureSummary,
)


async def procedures(api: Api, wish: Wish, cursor: str | None) -> Page[ProcedureSummary]:
    """Return procedures, best first."""
    params: Query = {"q": wish.q, **_choices(wish), "cursor": cursor}
    return await api.get("/procedures", Page[ProcedureSummary], params=params)


def _choices(wish: Wish) -> Query:
    return {
        "field": wish.field,
        "level": wish.level,
        "audience": wish.audience,
        "online": True if wish.online else None,
        "life_event": wish.life_event,
        "who": wish.who,
    }


async def facets(api: Api, wish: Wish) -> ProcedureFacets:
    """Return how many procedures each further choice would leave; the words of the wish do not count."""
    return await api.get("/procedures/facets", ProcedureFacets, params=_choices(wish))


async def life_events(api: Api) -> list[LifeEvent]:
    """Return what happens in life that procedures belong to."""
    return await api.get("/procedures/life-events", list[LifeEvent])


async def fields(api: Api) -> list[ProcedureField]:
    """Return the fields with their numbers of procedures."""
    return await api.get("/procedures/fields", list[ProcedureField])


async def procedure(api: Api, code: str) -> ProcedureDetail:
    """Return one procedure."""
    return await api.get(f"/procedures/{path_part(code)}", ProcedureDetail)


async def related(api: Api, code: str) -> list[ProcedureSummary]:
    """Return the procedures that go with one."""
    return await api.get(f"/procedures/{path_part(code)}/related", list[ProcedureSummary])


async def places(api: Api, question: str, cursor: str | None) -> Page[PlaceSummary]:
    """Return places, old and new, best first."""
    return await api.get("/places", Page[PlaceSummary], params={"q": question, "cursor": cursor})


async def place(api: Api, code: str) -> PlaceDetail:
    """Return today's place of a code."""
    return await api.get(f"/places/{path_part(code)}", PlaceDetail)


async def hotlines(api: Api) -> list[Hotline]:
    """Return the numbers to call."""
    return await api.get("/hotlines", list[Hotline])
