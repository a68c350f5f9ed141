"""Points in degrees of WGS 84: how far apart, and in which square of the web-mercator grid (EPSG:3857)."""

import math

MAX_LATITUDE = 85.0511
_EARTH_M = 6_371_009
POINT_DECIMALS = 4
"""About 11 m: near enough to say what is near, and many people's questions become one."""
FINEST = 20
"""The level at which `square` numbers squares: about 38 m wide at the equator."""


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


def square(lat: float, lon: float) -> int:
    """Return the number of a point's square at the level `FINEST`: bits of column and row take turns (Morton order).

    So the squares within a coarser one are numbered in a row, and one index finds what is near at every distance.
    """
    return _morton(column(lon, FINEST), row(lat, FINEST))


def ranges_around(lat: float, lon: float, level: int) -> list[tuple[int, int]]:
    """Return the first and last number of the coarser square of a point and of its neighbours, touching ones joined."""
    shift = 2 * (FINEST - level)
    x, y, end = column(lon, level), row(lat, level), 1 << level
    beside = {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    numbers = sorted(_morton(i, j) for i, j in beside if 0 <= i < end and 0 <= j < end)
    found: list[tuple[int, int]] = []
    for number in numbers:
        first, last = number << shift, ((number + 1) << shift) - 1
        if found and found[-1][1] + 1 == first:
            first = found.pop()[0]
        found.append((first, last))
    return found


def reach_m(lat: float, level: int) -> float:
    """Return how far `ranges_around` is sure to see at this level: the height of one square, in metres."""
    return 2 * math.pi * _EARTH_M * math.cos(math.radians(min(abs(lat), MAX_LATITUDE))) / (1 << level)


def _morton(x: int, y: int) -> int:
    return sum(((x >> bit & 1) | (y >> bit & 1) << 1) << (2 * bit) for bit in range(FINEST))
