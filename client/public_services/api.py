"""What the screens of public services ask the backend for."""

from client.core.api import Api, Query, path_part
from client.public_services.wish import Wish
from shared.pages import Page
from shared.public_services import (
    ProcedureDetail,
    ProcedureField,
    ProcedureSummary,
)


async def procedures(api: Api, wish: Wish, cursor: str | None) -> Page[ProcedureSummary]:
    """Return procedures, best first."""
    params: Query = {
        "q": wish.q,
        "field": wish.field,
        "level": wish.level,
        "audience": wish.audience,
        "online": True if wish.online else None,
        "cursor": cursor,
    }
    return await api.get("/procedures", Page[ProcedureSummary], params=params)


async def fields(api: Api) -> list[ProcedureField]:
    """Return the fields with their numbers of procedures."""
    return await api.get("/procedures/fields", list[ProcedureField])


async def procedure(api: Api, code: str) -> ProcedureDetail:
    """Return one procedure."""
    return await api.get(f"/procedures/{path_part(code)}", ProcedureDetail)
