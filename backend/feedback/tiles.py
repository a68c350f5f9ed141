"""The map: cases counted by the cells of a grid, so that a view costs what it shows, however many cases there are.

Tiles are kept for every second level; a zoom between two reads the finer one and joins four cells into one.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from backend.core import geo
from backend.core.errors import Invalid
from backend.feedback import places
from backend.feedback.public_models import Tile
from shared.errors import ErrorCode
from shared.public_feedback import MapCluster, MapView

LEVELS = tuple(range(4, 21, 2))
_CELLS = 2
"""A tile of the map (256 px) has 2^2 cells on a side: 64 px each."""
MAX_SIDE = 96
"""Cells on a side of a view: a screen of 6,144 px."""
MAX_CLUSTERS = 500
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

KEY = ("level", "category_code", "x", "y")
VALUES = ("count", "open", "lat", "lon", "code")
TileKey = tuple[int, str, int, int]


def code_number(code: str) -> int:
    """Return a case's code (`PA-<yymmdd>-<4 signs>`) as a number."""
    number = int(code[3:9])
    for sign in code[10:]:
        number = number * 32 + _SIGNS.index(sign)
    return number


def code_of(number: int) -> str:
    """Return the code that a number stands for."""
    signs = "".join(_SIGNS[number >> 5 * place & 31] for place in (3, 2, 1, 0))
    return f"PA-{number >> 20:06d}-{signs}"


def keys(row: Mapping[str, Any]) -> Iterator[TileKey]:
    """Yield the tiles that a case counts in: none when it is not on the map. `row` is one of `Counted`."""
    if row["lat"] is None:
        return
    x = geo.column(row["lon"] / places.MILLIONTHS, LEVELS[-1])
    y = geo.row(row["lat"] / places.MILLIONTHS, LEVELS[-1])
    for level in LEVELS:
        down = LEVELS[-1] - level
        yield (level, "", x >> down, y >> down)
        yield (level, row["category_code"], x >> down, y >> down)


def values(row: Mapping[str, Any]) -> dict[str, int]:
    """Return what a case adds to each of its tiles."""
    return {"count": 1, "open": int(row["open"]), "lat": row["lat"], "lon": row["lon"], "code": row["code"]}


@dataclass(frozen=True)
class Box:
    """A view of the map, in degrees."""

    west: float
    south: float
    east: float
    north: float


def box_of(bbox: str) -> Box:
    """Return the box of `west,south,east,north`; raises Invalid for what is none."""
    try:
        west, south, east, north = (round(float(part), 4) for part in bbox.split(","))
    except ValueError:
        raise _wrong("four numbers: west,south,east,north") from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise _wrong("not a number")
    if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        raise _wrong("beyond the earth: first west and south, then east and north")
    if west >= east or south >= north:
        raise _wrong("west must lie before east, and south before north")
    return Box(west, south, east, north)


def _wrong(why: str) -> Invalid:
    return Invalid.field("bbox", ErrorCode.INVALID, why)


def view(session: Session, bbox: str, zoom: int, category: str | None) -> MapView:
    """Return the clusters of a view, the largest first where there are too many, in one statement."""
    box = box_of(bbox)
    shown = min(zoom + _CELLS, LEVELS[-1])
    level = next(level for level in LEVELS if level >= shown)
    join = max(level - shown, 0)
    columns = range(geo.column(box.west, level), geo.column(box.east, level) + 1)
    rows = range(geo.row(box.north, level), geo.row(box.south, level) + 1)
    if max(len(columns), len(rows)) > MAX_SIDE << join:
        raise _wrong("too large for this zoom")
    named: list[Any] = [Tile.x, Tile.y, Tile.count, Tile.open, Tile.lat, Tile.lon, Tile.code]
    statement = select(*named).where(
        col(Tile.level) == level,
        col(Tile.category_code) == (category or ""),
        col(Tile.x).in_(columns),
        col(Tile.y).between(rows[0], rows[-1]),
        col(Tile.count) > 0,
    )
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * 5)
    for x, y, *added in session.execute(statement):
        cell = sums[x >> join, y >> join]
        for place, value in enumerate(added):
            cell[place] += value
    found = sorted(sums.values(), key=lambda cell: -cell[0])
    clusters = [_cluster(*cell) for cell in found[:MAX_CLUSTERS]]
    return MapView(zoom=zoom, clusters=clusters, truncated=len(found) > MAX_CLUSTERS)


def _cluster(count: int, still_open: int, lat: int, lon: int, code: int) -> MapCluster:
    return MapCluster(
        lat=round(lat / count / places.MILLIONTHS, 6),
        lon=round(lon / count / places.MILLIONTHS, 6),
        count=count,
        open=still_open,
        code=code_of(code) if count == 1 else None,
    )
