"""A map to look around on: it says what it shows whenever it was moved, and carries bubbles and pins to tap."""

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import flet as ft
import flet_map as fm

from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.theme import Radius, Size, Tone, tone_colours
from client.ui.maps import MAX_ZOOM, MIN_ZOOM, framed, ground, use_board
from client.ui.pressing import one_button
from client.ui.text import label

_TILE = 256
_PAUSE_S = 0.35
_GRID_PX = 48
_BUBBLE, _BUBBLE_STEP, _BUBBLE_MAX = 36, 9, 64
_METRES_A_DEGREE = 111_320
_HERE_M = 30
_POINTS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
_SOME_SIDE = 480
"""What is taken for the map's width and height until it has said them."""


@dataclass(frozen=True)
class Box:
    """What a map shows: its edges in degrees and its whole zoom level."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @property
    def middle(self) -> tuple[float, float]:
        """The middle, in degrees of latitude and longitude."""
        return (self.south + self.north) / 2, (self.west + self.east) / 2


@dataclass(frozen=True)
class Spot:
    """Something on the map. With `short` it is a bubble as large as `count` says, else a pin. `name` is read out."""

    lat: float
    lon: float
    name: str
    press: Callable[[], Any]
    count: int = 1
    short: str = ""
    icon: ft.IconData = ft.Icons.PLACE
    tone: Tone = Tone.ACCENT


def box_around(lat: float, lon: float, zoom: float, width: float, height: float) -> Box:
    """Return what a map of this size in pixels shows around a point (Web Mercator, EPSG:3857)."""
    world = _TILE * 2**zoom
    east = width / 2 / world * 360
    middle = math.asinh(math.tan(math.radians(lat)))
    half = height / 2 / world * 2 * math.pi

    def latitude(y: float) -> float:
        return math.degrees(math.atan(math.sinh(y)))

    return Box(
        max(lon - east, -180.0),
        latitude(middle - half),
        min(lon + east, 180.0),
        latitude(middle + half),
        min(max(math.floor(zoom + 0.01), MIN_ZOOM), MAX_ZOOM),
    )


class Camera:
    """Where the map looks, how large it is, and the pause before it says so."""

    def __init__(self, lat: float, lon: float, zoom: float) -> None:
        """Begin there."""
        self.lat, self.lon, self.zoom = lat, lon, zoom
        self.width = self.height = float(_SOME_SIDE)
        self.listener: Callable[[Box], None] | None = None
        self._said: Box | None = None
        self._waiting: asyncio.Task[None] | None = None

    def box(self) -> Box:
        """Return what is shown now."""
        return box_around(self.lat, self.lon, self.zoom, self.width, self.height)

    def moved(self, lat: float, lon: float, zoom: float) -> None:
        """The map looks elsewhere; say so when it rests."""
        self.lat, self.lon, self.zoom = lat, lon, zoom
        self._soon()

    def sized(self, width: float, height: float) -> None:
        """The map has another size."""
        self.width, self.height = width, height
        self._soon()

    def stop(self) -> None:
        """Say nothing any more."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _soon(self) -> None:
        self.stop()
        self._waiting = asyncio.create_task(self._pause())

    async def _pause(self) -> None:
        await asyncio.sleep(_PAUSE_S)
        self._waiting = None
        box = self.box()
        if box != self._said and self.listener is not None:
            self._said = box
            self.listener(box)


@dataclass(frozen=True)
class Sight:
    """The handle of a map: what it looks at, and the ways to move it."""

    camera: Camera
    board: "ft.Ref[fm.Map]"

    async def go(self, lat: float, lon: float, zoom: float) -> None:
        """Look there."""
        if self.board.current is not None:
            await self.board.current.move_to(fm.MapLatitudeLongitude(lat, lon), zoom=zoom)


def use_sight(lat: float, lon: float, zoom: float) -> Sight:
    """Return the handle of a map that begins there. A hook."""
    board = use_board()
    return use_kept(lambda: Sight(Camera(lat, lon, zoom), board))


@ft.component
def map_view(
    sight: Sight, spots: Sequence[Spot], on_look: Callable[[Box], None], *, height: int | None = None
) -> ft.Control:
    """Show spots on a map. `on_look` hears what is shown when the map has come to rest. Here the wheel zooms."""
    services = use_services()
    camera = sight.camera
    camera.listener = on_look
    start = use_kept(lambda: (camera.lat, camera.lon, camera.zoom))

    def moved(e: fm.MapPositionChangeEvent) -> None:
        centre = e.camera.center
        camera.moved(float(centre.latitude), float(centre.longitude), float(e.camera.zoom))

    ft.use_effect(lambda: None, [], cleanup=camera.stop)
    lat, lon = _snapped(camera)
    board = fm.Map(
        ref=sight.board,
        layers=[
            *ground(services, lat, lon, step=_step(camera.zoom)),
            fm.MarkerLayer(markers=[_marker(spot) for spot in spots]),
        ],
        initial_center=fm.MapLatitudeLongitude(start[0], start[1]),
        initial_zoom=start[2],
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        interaction_configuration=fm.InteractionConfiguration(
            flags=fm.InteractionFlag.ALL & ~fm.InteractionFlag.ROTATE
        ),
        on_position_change=moved,
        on_size_change=lambda e: camera.sized(e.width, e.height),
        keep_alive=True,
        expand=True,
    )
    return framed(board, services, sight.board, height)


def _step(zoom: float) -> float:
    """Return how far apart the grid's lines stand in degrees, so that they are always about as far on the screen."""
    return 360.0 / 2.0 ** round(math.log2(_TILE * 2**zoom / _GRID_PX))


def _snapped(camera: Camera) -> tuple[float, float]:
    """Return a crossing of the grid near the middle, so that its lines stay while the map moves."""
    step = _step(camera.zoom)
    return round(camera.lat / step) * step, round(camera.lon / step) * step


def _marker(spot: Spot) -> fm.Marker:
    size = min(_BUBBLE + round(_BUBBLE_STEP * math.log10(spot.count)), _BUBBLE_MAX) if spot.short else Size.ICON_L
    face = _bubble(spot, size) if spot.short else _pin(spot)
    side = max(size, Size.TARGET)
    # The finger's target is larger than what is seen.
    named = one_button(spot.name, ft.Container(face, alignment=ft.Alignment.CENTER), spot.press)
    return fm.Marker(content=named, coordinates=fm.MapLatitudeLongitude(spot.lat, spot.lon), width=side, height=side)


def _bubble(spot: Spot, size: int) -> ft.Control:
    return ft.Container(
        label(spot.short, color=ft.Colors.ON_PRIMARY, max_lines=1),
        width=size,
        height=size,
        alignment=ft.Alignment.CENTER,
        bgcolor=ft.Colors.PRIMARY,
        border=ft.Border.all(3, ft.Colors.with_opacity(0.35, ft.Colors.ON_PRIMARY)),
        border_radius=Radius.PILL,
    )


def _pin(spot: Spot) -> ft.Control:
    ink, ground_colour = tone_colours(spot.tone)
    return ft.Container(
        ft.Icon(spot.icon, color=ink, size=Size.ICON_S),
        width=Size.ICON_L,
        height=Size.ICON_L,
        alignment=ft.Alignment.CENTER,
        bgcolor=ground_colour,
        border=ft.Border.all(2, ink),
        border_radius=Radius.PILL,
    )


def bearing(middle: tuple[float, float], lat: float, lon: float) -> tuple[str, int]:
    """Return the compass point (`n`, `ne` …, or `here`) and the distance in metres of a place seen from the middle."""
    north = (lat - middle[0]) * _METRES_A_DEGREE
    east = (lon - middle[1]) * _METRES_A_DEGREE * math.cos(math.radians(middle[0]))
    metres = round(math.hypot(north, east))
    if metres < _HERE_M:
        return "here", metres
    return _POINTS[round(math.degrees(math.atan2(east, north)) / 45) % len(_POINTS)], metres
