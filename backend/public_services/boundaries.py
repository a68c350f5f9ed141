"""In which place a point lies: the boundaries of places, kept in memory as one tree.

Everything is in degrees of WGS84, as GeoJSON has it (RFC 7946). For distances the degrees are stretched to kilometres
at the boundaries' middle latitude, which is exact enough to say which place is near.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from sqlmodel import Session, col, select

from backend.core.memory import remembered
from backend.public_services.catalogue import Kept
from backend.public_services.models import Boundary

TOPIC = "boundaries"
NEAREST = 3
NEIGHBOURHOOD_KM = 5.0
KM_PER_DEGREE = 111.195
OUTLINE_DEGREES = 0.0005


@dataclass(frozen=True)
class Spot:
    """A place with a boundary; `name` is its full name, `kind` and all."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Near:
    """A place that is not far, and how far: kilometres to its nearest point."""

    spot: Spot
    km: float


@dataclass(frozen=True)
class Located:
    """Where a point lies.

    `known` says that there are boundaries at all; `nearest` is filled for a point outside all of them, and `swapped` is
    the place in which it lies when its latitude and longitude are taken for one another.
    """

    known: bool
    place: Spot | None = None
    nearest: tuple[Near, ...] = ()
    swapped: Spot | None = None


class Map:
    """All boundaries, to be asked by many threads."""

    def __init__(self, rows: list[tuple[Spot, bytes]]) -> None:
        rows.sort(key=lambda row: row[0].code)
        self.spots = [spot for spot, _ in rows]
        self.by_code = {spot.code: spot for spot in self.spots}
        shapes: Any = shapely.from_wkb([shape for _, shape in rows])
        self._tree = shapely.STRtree(shapes)
        south, north = (shapely.total_bounds(shapes)[[1, 3]]) if rows else (0.0, 0.0)
        self._stretch = np.array([math.cos(math.radians((south + north) / 2)), 1.0]) * KM_PER_DEGREE
        self._flat: Any = shapely.transform(shapes, lambda degrees: degrees * self._stretch)
        self._flat_tree = shapely.STRtree(self._flat)

    def at(self, lat: float, lon: float) -> Spot | None:
        """Return the one place of a point: on a border that of the lowest code, in a hole none."""
        touched = self._tree.query(shapely.Point(lon, lat), predicate="intersects")
        return self.spots[min(touched)] if len(touched) else None

    def near(self, lat: float, lon: float) -> tuple[Near, ...]:
        """Return the nearest place, and the next ones of its neighbourhood; distances to 100 m."""
        point = shapely.Point(*(np.array([lon, lat]) * self._stretch))
        if not self.spots:
            return ()
        closest = self._flat_tree.query_nearest(point, return_distance=True)[1][0]
        around = self._flat_tree.query(point, predicate="dwithin", distance=closest + NEIGHBOURHOOD_KM)
        ranked = sorted((float(shapely.distance(self._flat[number], point)), number) for number in around)
        return tuple(Near(self.spots[number], round(km, 1)) for km, number in ranked[:NEAREST])

    def locate(self, lat: float, lon: float) -> Located:
        """Say where a point lies; numbers that are none, or beyond the globe, lie nowhere."""
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return Located(known=bool(self.spots))
        place = self.at(lat, lon)
        if place is not None or not self.spots:
            return Located(known=bool(self.spots), place=place)
        on_the_globe = abs(lat) <= 90 and abs(lon) <= 180
        near = self.near(lat, lon) if on_the_globe else ()
        return Located(known=True, nearest=near, swapped=self.at(lon, lat))


def _build(session: Session) -> Map:
    rows = session.exec(select(Boundary.code, Boundary.name, Boundary.kind, Boundary.shape).order_by(col(Boundary.id)))
    return Map([(Spot(code, name, kind), shape) for code, name, kind, shape in rows])


_MAP = Kept(Boundary, _build)


def known(session: Session) -> Map:
    """Return the boundaries as they are now: asked for at most once a minute, built again only when they changed."""
    return remembered(session, TOPIC, lambda: _MAP.get(session))


def outline(session: Session, code: str) -> tuple[list[list[tuple[float, float]]], bool]:
    """Return the outer rings of a place's boundary, coarsened to about 50 m, and whether it is only an illustration."""
    row = session.exec(select(Boundary).where(Boundary.code == code)).first()
    if row is None:
        return [], False
    shape: Any = shapely.simplify(shapely.from_wkb(row.shape), OUTLINE_DEGREES)
    rings = [[(round(lat, 5), round(lon, 5)) for lon, lat in part.exterior.coords] for part in shapely.get_parts(shape)]
    return rings, row.sample
