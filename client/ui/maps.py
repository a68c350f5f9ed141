"""A place on a map: to show, or to choose by tapping or by the device's position. Works without tiles: grid and pin."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft
import flet_map as fm
from flet_geolocator import Geolocator, GeolocatorConfiguration, GeolocatorPositionAccuracy

from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space
from client.ui.forms import icon_button, secondary_button
from client.ui.text import caption, label
from shared.errors import ErrorCode

_GRID_STEP = 0.0025
_GRID_LINES = 40
_PIN_ZOOM = 16.0
_AREA_ZOOM, _NEAR_ZOOM = 12.0, 13.0
"""How near to look at a whole place, and at a point in it."""
MIN_ZOOM, MAX_ZOOM = 9, 19
_TIMEOUT_S = 15
_NAME_WIDTH = 120


@dataclass(frozen=True)
class Area:
    """A place drawn on a map: its name, none where it needs none, and its rings of `[latitude, longitude]`."""

    name: str
    rings: Sequence[Sequence[Sequence[float]]]

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point between its edges."""
        lats, lons = zip(*((lat, lon) for ring in self.rings for lat, lon in ring), strict=True)
        return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def borders(areas: Sequence[Area]) -> fm.PolygonLayer:
    """Draw the borders of places."""
    return fm.PolygonLayer(
        polygons=[
            fm.PolygonMarker(
                coordinates=[fm.MapLatitudeLongitude(lat, lon) for lat, lon in ring],
                color=ft.Colors.with_opacity(0.15, ft.Colors.PRIMARY),
                border_color=ft.Colors.PRIMARY,
                border_stroke_width=2,
            )
            for area in areas
            for ring in area.rings
        ]
    )


def _names(areas: Sequence[Area]) -> fm.MarkerLayer:
    """Write the names of places into their middles."""
    return fm.MarkerLayer(
        markers=[
            fm.Marker(
                content=ft.Container(label(area.name, max_lines=2), alignment=ft.Alignment.CENTER),
                coordinates=fm.MapLatitudeLongitude(*area.middle),
                width=_NAME_WIDTH,
                height=Size.TARGET,
            )
            for area in areas
        ]
    )


def use_board() -> "ft.Ref[fm.Map]":
    """Return the handle of a map, to move it by. A hook."""
    return use_kept(ft.Ref[fm.Map])


@ft.component
def place_picker(
    lat: float | None,
    lon: float | None,
    on_pick: Callable[[float, float], None],
    *,
    height: int = 260,
    areas: Sequence[Area] = (),
) -> ft.Control:
    """Let a place be chosen: tap the map, or use the device's position. `on_pick` gets WGS 84 degrees.

    The map follows a point that was set elsewhere, and while there is none the first of the areas drawn on it.
    """
    services = use_services()
    t = services.text
    board = use_board()
    trouble, set_trouble = ft.use_state(False)
    seen = use_kept(lambda: _Seen((lat, lon)))
    ft.use_effect(lambda: seen.follow(services, board, lat, lon, areas), [lat, lon, [area.name for area in areas]])

    async def locate() -> tuple[float, float]:
        return await device_position()

    def found(place: tuple[float, float]) -> None:
        set_trouble(False)
        on_pick(*place)

    mine = use_action(locate, done=found, failed=lambda _: set_trouble(True))

    def tapped(e: fm.MapTapEvent) -> None:
        seen.point = (round(e.coordinates.latitude, 6), round(e.coordinates.longitude, 6))
        on_pick(*seen.point)

    words = t("map.hint")
    if trouble:
        words = t("map.denied")
    elif lat is not None and lon is not None:
        words = t("map.chosen", lat=f"{lat:.5f}", lon=f"{lon:.5f}")
    ask = t("map.locating") if mine.running else t("map.mine")
    return ft.Column(
        [
            framed(_map(services, lat, lon, ref=board, on_tap=tapped, areas=areas), services, board, height),
            ft.Row([ft.Icon(ft.Icons.PLACE, size=Size.ICON_S, color=Colour.QUIET), caption(words)], spacing=Space.XS),
            secondary_button(ask, mine.start, icon=ft.Icons.MY_LOCATION, running=mine.running),
        ],
        spacing=Space.S,
    )


@dataclass
class _Seen:
    """What a map was last led to."""

    point: tuple[float | None, float | None]
    area: str = ""

    def follow(
        self,
        services: Services,
        board: "ft.Ref[fm.Map]",
        lat: float | None,
        lon: float | None,
        areas: Sequence[Area],
    ) -> None:
        """Lead it to a point that it does not know yet, or to the first area while there is no point."""
        moved, self.point = self.point != (lat, lon), (lat, lon)
        if lat is not None and lon is not None:
            if moved:
                services.page.run_task(_look_at, board, lat, lon, _NEAR_ZOOM if areas else _PIN_ZOOM)
        elif areas and areas[0].name != self.area:
            self.area = areas[0].name
            services.page.run_task(_look_at, board, *areas[0].middle, _AREA_ZOOM)


@ft.component
def place_map(lat: float, lon: float, *, height: int = 180) -> ft.Control:
    """Show where something is."""
    services = use_services()
    board = use_board()
    return framed(_map(services, lat, lon, ref=board), services, board, height)


def _map(
    services: Services,
    lat: float | None,
    lon: float | None,
    *,
    ref: "ft.Ref[fm.Map]",
    on_tap: Callable[[fm.MapTapEvent], None] | None = None,
    areas: Sequence[Area] = (),
) -> fm.Map:
    province = services.province
    pinned = lat is not None and lon is not None
    centre = fm.MapLatitudeLongitude(
        lat if lat is not None else province.centre_lat, lon if lon is not None else province.centre_lon
    )
    layers = ground(services, province.centre_lat, province.centre_lon)
    if areas:
        layers += [borders(areas), _names(areas)]
    if pinned:
        pin = ft.Icon(ft.Icons.LOCATION_PIN, size=Size.ICON_XL - Space.S, color=ft.Colors.PRIMARY)
        marker = fm.Marker(
            content=pin, coordinates=centre, width=Size.ICON_XL, height=Size.ICON_XL, alignment=ft.Alignment.TOP_CENTER
        )
        layers.append(fm.MarkerLayer(markers=[marker]))
    return fm.Map(
        ref=ref,
        layers=layers,
        initial_center=centre,
        initial_zoom=_PIN_ZOOM if pinned else province.zoom,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        interaction_configuration=fm.InteractionConfiguration(
            # The wheel belongs to the page: a map in a form must not hold a person fast.
            flags=fm.InteractionFlag.ALL & ~fm.InteractionFlag.ROTATE & ~fm.InteractionFlag.SCROLL_WHEEL_ZOOM
        ),
        on_tap=on_tap,
        keep_alive=True,
        expand=True,
    )


def ground(services: Services, lat: float, lon: float, *, step: float = _GRID_STEP) -> list[fm.MapLayer]:
    """Return what lies below everything on a map: its tiles, or a grid around a point where there are none.

    `step` is the distance of the grid's lines in degrees; by default about 270 m.
    """
    province = services.province
    if not province.tile_url:
        return [_grid(lat, lon, step)]
    return [fm.TileLayer(url_template=province.tile_url), fm.SimpleAttribution(text=province.tile_attribution)]


def _grid(lat: float, lon: float, step: float) -> fm.PolylineLayer:
    """Draw lines, so that moving and zooming are seen where no map server may be asked."""
    reach = step * _GRID_LINES
    lines: list[fm.PolylineMarker] = []
    for n in range(-_GRID_LINES, _GRID_LINES + 1):
        at = n * step
        lines.append(_line((lat + at, lon - reach), (lat + at, lon + reach)))
        lines.append(_line((lat - reach, lon + at), (lat + reach, lon + at)))
    return fm.PolylineLayer(polylines=lines)


def _line(start: tuple[float, float], end: tuple[float, float]) -> fm.PolylineMarker:
    points = [fm.MapLatitudeLongitude(*start), fm.MapLatitudeLongitude(*end)]
    return fm.PolylineMarker(coordinates=points, color=ft.Colors.with_opacity(0.3, ft.Colors.OUTLINE), stroke_width=1)


def framed(board: fm.Map, services: Services, ref: "ft.Ref[fm.Map]", height: int | None) -> ft.Control:
    """Frame a map with its buttons for zooming; without a height it fills its place."""
    t = services.text

    async def closer() -> None:
        if ref.current is not None:
            await ref.current.zoom_in()

    async def farther() -> None:
        if ref.current is not None:
            await ref.current.zoom_out()

    buttons = ft.Container(
        content=ft.Column(
            [
                icon_button(ft.Icons.ADD, t("map.zoom_in"), closer),
                icon_button(ft.Icons.REMOVE, t("map.zoom_out"), farther),
            ],
            spacing=0,
            tight=True,
        ),
        bgcolor=Colour.CARD,
        border_radius=Radius.M,
        right=Space.S,
        top=Space.S,
    )
    whole = ft.Container(
        content=ft.Semantics(label=t("map.place"), container=True, content=board),
        left=0,
        right=0,
        top=0,
        bottom=0,
    )
    return ft.Container(
        content=ft.Stack([whole, buttons], expand=True),
        height=height,
        expand=height is None or None,
        border_radius=Radius.L,
        border=ft.Border.all(1, Colour.CARD_BORDER),
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


async def _look_at(ref: "ft.Ref[fm.Map]", lat: float, lon: float, zoom: float = _PIN_ZOOM) -> None:
    if ref.current is not None:
        await ref.current.move_to(fm.MapLatitudeLongitude(lat, lon), zoom=zoom)


async def device_position() -> tuple[float, float]:
    """Ask the device where it is. Raises ApiError(`forbidden`) when it may not, or cannot, say."""
    configuration = GeolocatorConfiguration(accuracy=GeolocatorPositionAccuracy.HIGH)
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            here = await Geolocator().get_current_position(configuration)
    except (RuntimeError, TimeoutError) as error:
        raise ApiError(ErrorCode.FORBIDDEN, detail=str(error)) from error
    if here.latitude is None or here.longitude is None:
        raise ApiError(ErrorCode.FORBIDDEN)
    return round(here.latitude, 6), round(here.longitude, 6)
