"""The URLs of public services: open to anyone, and answered from memory while nothing changes."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.core.geo import POINT_DECIMALS
from backend.core.pages import PageDep
from backend.public_services import browse_routes, preparation_routes, service
from backend.public_services.browse_routes import Audience, EventKey, Field
from backend.public_services.queries import ProcedureFilter
from shared.base import Latitude, Longitude, Text
from shared.pages import Page
from shared.procedure_search import ProcedurePage, Suggestion
from shared.public_services import (
    AdminLevel,
    PlaceAt,
    PlaceDetail,
    PlaceOutline,
    PlaceSummary,
    ProcedureDetail,
    ProcedureField,
    Who,
)

procedures = router("/procedures", "public services")
places = router("/places", "public services")

Code = Annotated[Text, Path(max_length=40)]
Question = Annotated[Text | None, Query(description="Only the first 500 signs are read.")]


@procedures.get("", dependencies=[public("procedures")])
def list_procedures(
    _: Anyone,
    session: ReadingDep,
    page: PageDep,
    q: Question = None,
    field: Field = None,
    level: AdminLevel | None = None,
    audience: Audience = None,
    online: bool | None = None,
    life_event: EventKey = None,
    who: Who | None = None,
) -> ProcedurePage:
    """Look procedures up: as people ask for them, with or without marks, or by code."""
    wanted = ProcedureFilter(field, level, audience, online, life_event, who)
    return service.list_procedures(session, q, wanted, page)


@procedures.get("/suggestions", dependencies=[public("procedures")])
def suggest(
    _: Anyone, session: ReadingDep, q: Annotated[Text, Query(description="Only the first 500 signs are read.")] = ""
) -> list[Suggestion]:
    """Say what may be meant by what is typed so far; at most eight."""
    return service.suggest(session, q)


@procedures.get("/fields", dependencies=[public("procedures")])
def list_fields(_: Anyone, session: ReadingDep) -> list[ProcedureField]:
    """Return the fields (lĩnh vực) that procedures belong to."""
    return service.list_fields(session)


@procedures.get("/{code}", dependencies=[public("procedures")])
def get_procedure(_: Anyone, session: ReadingDep, code: Code) -> ProcedureDetail:
    """Return a procedure with its channels, fees, papers and steps."""
    return service.get_procedure(session, code)


@places.get("", dependencies=[public("places")])
def list_places(_: Anyone, session: ReadingDep, page: PageDep, q: Question = None) -> Page[PlaceSummary]:
    """Find wards and communes of today and of before 1/7/2025."""
    return service.list_places(session, q, page)


@places.get("/at")
def place_at(
    _: Anyone,
    session: ReadingDep,
    response: Response,
    lat: Annotated[Latitude, Query(description="Read to four decimals.")],
    lon: Annotated[Longitude, Query()],
) -> PlaceAt:
    """Return the place of today in which a point lies. Where somebody stands is kept by nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    return service.place_at(session, round(lat, POINT_DECIMALS), round(lon, POINT_DECIMALS))


@places.get("/{code}", dependencies=[public("places")])
def get_place(_: Anyone, session: ReadingDep, code: Code, at: date | None = None) -> PlaceDetail:
    """Return the place that bears the code, or bore it on the day `at`: codes were used again in 2025."""
    return service.get_place(session, code, at)


@places.get("/{code}/outline", dependencies=[public("places", "boundaries")])
def place_outline(_: Anyone, session: ReadingDep, code: Code) -> PlaceOutline:
    """Return the border of a place of today."""
    return service.place_outline(session, code)


routes = APIRouter()
# What has a name of its own goes before the one that takes any code.
for _part in (browse_routes.routes, preparation_routes.routes, procedures, places):
    routes.include_router(_part)
