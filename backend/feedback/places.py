"""Where a case is in public, and the grids over it: H3 cells for what is near, web-mercator cells for the map."""

import math
from typing import Any

import h3.api.basic_int as h3

from backend.feedback.views import BLUR

CELL_RESOLUTION = 9
"""Cells of about 0.1 km²; a cell and its neighbours hold everything within 150 m."""
MAX_LATITUDE = 85.0511
MILLIONTHS = 1_000_000
_EARTH_M = 6_371_009
_h3: Any = h3  # it has no types


def public_place(lat: float, lon: float, *, blurred: bool) -> tuple[float, float]:
    """Return the place that everybody may see."""
    return (round(lat, BLUR), round(lon, BLUR)) if blurred else (lat, lon)


def cell_of(lat: float, lon: float, *, blurred: bool) -> int:
    """Return the H3 cell of the public place: two questions about neighbouring cells tell no more than it does."""
    cell: int = _h3.latlng_to_cell(*public_place(lat, lon, blurred=blurred), CELL_RESOLUTION)
    return cell


def cells_near(lat: float, lon: float) -> list[int]:
    """Return the cell of a point and its neighbours."""
    return list(_h3.grid_disk(_h3.latlng_to_cell(lat, lon, CELL_RESOLUTION), 1))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance between two points (latitude, longitude), by the haversine."""
    (south, west), (north, east) = a, b
    high, wide = math.radians(north - south), math.radians(east - west)
    part = math.sin(high / 2) ** 2 + math.cos(math.radians(south)) * math.cos(math.radians(north)) * (
        math.sin(wide / 2) ** 2
    )
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(part)))


def column(lon: float, level: int) -> int:
    """Return the column of the web-mercator grid with 2^level columns (EPSG:3857, counted from the west)."""
    return min(max(int((lon + 180) / 360 * (1 << level)), 0), (1 << level) - 1)


def row(lat: float, level: int) -> int:
    """Return the row of that grid, counted from the north."""
    lat = min(max(lat, -MAX_LATITUDE), MAX_LATITUDE)
    up = math.asinh(math.tan(math.radians(lat)))
    return min(max(int((1 - up / math.pi) / 2 * (1 << level)), 0), (1 << level) - 1)
