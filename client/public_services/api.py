"""What the screens of public services ask the backend for."""

from client.core.api import Api, Query, path_part
from client.public_services.wish import Wish
from shared.pages import Page
from shared.procedure_search import ProcedurePage, Suggestion
from shared.procedure_sync import HistoryEntry
from shared.public_services import LifeEvent, ProcedureDetail, ProcedureFacets, ProcedureField, ProcedureSummary


async def procedures(api: Api, wish: Wish, cursor: str | None) -> ProcedurePage:
    """Return procedures, best first, and how the question was understood."""
    params: Query = {"q": wish.q, **_choices(wish), "cursor": cursor}
    return await api.get("/procedures", ProcedurePage, params=params)


async def suggest(api: Api, typed: str) -> list[Suggestion]:
    """Return what may be meant by what is typed so far."""
    return await api.get("/procedures/suggestions", list[Suggestion], params={"q": typed}) if typed else []


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


async def history(api: Api, code: str, cursor: str | None) -> Page[HistoryEntry]:
    """Return what became of a procedure, newest first."""
    path = f"/procedures/{path_part(code)}/history"
    return await api.get(path, Page[HistoryEntry], params={"cursor": cursor, "limit": 5})


async def related(api: Api, code: str) -> list[ProcedureSummary]:
    """Return the procedures that go with one."""
    return await api.get(f"/procedures/{path_part(code)}/related", list[ProcedureSummary])
