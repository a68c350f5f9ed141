"""What the screens of offices, places and numbers to call ask the backend for."""

import asyncio
from collections.abc import Sequence
from datetime import date

from client.core.api import Api, Query, path_part
from shared.offices import Office, OfficeKind
from shared.pages import Page
from shared.places import PlaceAt, PlaceOutline
from shared.public_services import Hotline, PlaceDetail, PlaceSummary

Point = tuple[float, float]
"""Latitude and longitude."""


async def offices(
    api: Api,
    *,
    point: Point | None = None,
    place: str | None = None,
    kind: OfficeKind | None = None,
    question: str = "",
    cursor: str | None = None,
    limit: int = 30,
) -> Page[Office]:
    """Return offices, the nearest first where a point is given."""
    params: Query = {
        "lat": point[0] if point else None,
        "lon": point[1] if point else None,
        "place": place,
        "kind": kind,
        "q": question or None,
        "cursor": cursor,
        "limit": limit,
    }
    return await api.get("/offices", Page[Office], params=params)


async def office(api: Api, code: str) -> Office:
    """Return one office."""
    return await api.get(f"/offices/{path_part(code)}", Office)


async def places(api: Api, question: str, cursor: str | None = None) -> Page[PlaceSummary]:
    """Return places, old and new, best first."""
    return await api.get("/places", Page[PlaceSummary], params={"q": question, "cursor": cursor})


async def place(api: Api, code: str, at: date | None = None) -> PlaceDetail:
    """Return today's place of a code, or the one that bore it on a day."""
    params: Query = {"at": at.isoformat() if at else None}
    return await api.get(f"/places/{path_part(code)}", PlaceDetail, params=params)


async def places_of(api: Api, codes: Sequence[str]) -> list[PlaceDetail]:
    """Return several places of today."""
    return list(await asyncio.gather(*(place(api, code) for code in codes)))


async def places_with_offices(api: Api, codes: Sequence[str]) -> list[tuple[PlaceDetail, list[Office]]]:
    """Return several places of today, each with its one-stop offices."""

    async def one(code: str) -> tuple[PlaceDetail, list[Office]]:
        found, served = await asyncio.gather(place(api, code), offices(api, place=code, kind=OfficeKind.ONE_STOP))
        return found, served.items

    return list(await asyncio.gather(*map(one, codes)))


async def place_at(api: Api, point: Point) -> PlaceAt:
    """Return the place of today in which a point lies."""
    return await api.get("/places/at", PlaceAt, params={"lat": point[0], "lon": point[1]})


async def hotlines(api: Api) -> list[Hotline]:
    """Return the numbers to call."""
    return await api.get("/hotlines", list[Hotline])


async def outline(api: Api, code: str) -> PlaceOutline:
    """Return the border of a place of today."""
    return await api.get(f"/places/{path_part(code)}/outline", PlaceOutline)
