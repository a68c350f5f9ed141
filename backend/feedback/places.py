"""Where a case is in public, and the H3 cells over it, for what is near."""

from typing import Any

import h3.api.basic_int as h3

from backend.feedback.views import BLUR

CELL_RESOLUTION = 9
"""Cells of about 0.1 km²; a cell and its neighbours hold everything within 150 m."""
MILLIONTHS = 1_000_000
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
