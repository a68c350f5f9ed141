"""The URLs of offices and numbers to call: everybody reads them, from memory while nothing changes."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.core.errors import Invalid
from backend.core.pages import PageDep
from backend.offices import service
from backend.offices.desk_routes import routes as desk
from backend.offices.queries import Point
from backend.offices.service import Wanted
from shared.base import Latitude, Longitude, Text
from shared.errors import ErrorCode
from shared.offices import Office, OfficeKind
from shared.pages import Page
from shared.public_services import Hotline

offices = router("/offices", "offices")
hotlines = router("/hotlines", "offices")

Code = Annotated[Text, Path(max_length=40)]
Lat = Annotated[Latitude | None, Query(description="Where the person stands; read to four decimals.")]
Lon = Annotated[Longitude | None, Query()]


def _point(lat: float | None, lon: float | None) -> Point | None:
    if (lat is None) != (lon is None):
        raise Invalid.field("lon" if lon is None else "lat", ErrorCode.INVALID, "lat and lon go together")
    return None if lat is None or lon is None else service.rounded(lat, lon)


@offices.get("", dependencies=[public(service.TOPIC, service.CALENDAR)])
def list_offices(
    _: Anyone,
    session: ReadingDep,
    page: PageDep,
    lat: Lat = None,
    lon: Lon = None,
    place: Annotated[Text | None, Query(max_length=20, description="Code of a place of today that is served.")] = None,
    kind: OfficeKind | None = None,
    q: Annotated[Text | None, Query(description="Only the first 300 signs are read.")] = None,
) -> Page[Office]:
    """Find offices: the nearest first where a point is given, else by name."""
    return service.list_offices(session, Wanted(_point(lat, lon), place, kind, q), page)


@offices.get("/{code}", dependencies=[public(service.TOPIC, service.CALENDAR)])
def get_office(_: Anyone, session: ReadingDep, code: Code, lat: Lat = None, lon: Lon = None) -> Office:
    """Return an office, with the distance from a point when one is given."""
    return service.get_office(session, code, _point(lat, lon))


@hotlines.get("", dependencies=[public(service.HOTLINES)])
def list_hotlines(_: Anyone, session: ReadingDep) -> list[Hotline]:
    """Return the numbers to call."""
    return service.list_hotlines(session)


routes = APIRouter()
for _part in (offices, hotlines, desk):
    routes.include_router(_part)
