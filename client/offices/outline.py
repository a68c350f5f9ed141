"""The border of a place of today on a map."""

import math

import flet as ft
import flet_map as fm

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.theme import Space
from client.offices import api
from client.ui.maps import MAX_ZOOM, MIN_ZOOM, Area, borders, framed, ground, use_board
from client.ui.states import bone, show
from client.ui.text import caption
from shared.places import PlaceOutline
from shared.public_services import PlaceDetail

_HEIGHT = 220
_SEEN = 200
"""Pixels in which the whole of a place is to be seen."""
_GRID = 0.01
_TALLER = 1.07
"""How much taller a degree of latitude is drawn than one of longitude, at 21° north."""


def zoom_for(high: float, wide: float) -> float:
    """Return the zoom at which so many degrees are seen whole (Web Mercator: 256 pixels show the world at zoom 0)."""
    degrees = max(high * _TALLER, wide, 360 / 256 / 2**MAX_ZOOM)
    return max(min(math.log2(360 * _SEEN / 256 / degrees), MAX_ZOOM), MIN_ZOOM)


@ft.component
def outline_map(place: PlaceDetail) -> ft.Control:
    """Show where a place lies, or nothing where no border of it is known."""
    services = use_services()
    board = use_board()
    outline = use_loaded(lambda: api.outline(services.api, place.code), [place.code])

    def ready(found: PlaceOutline) -> ft.Control:
        if not found.rings:
            return ft.Container(visible=False)
        points = [point for ring in found.rings for point in ring]
        north, south = (far(lat for lat, _ in points) for far in (max, min))
        east, west = (far(lon for _, lon in points) for far in (max, min))
        lat, lon = (north + south) / 2, (east + west) / 2
        view = fm.Map(
            ref=board,
            layers=[*ground(services, lat, lon, step=_GRID), borders([Area("", found.rings)])],
            initial_center=fm.MapLatitudeLongitude(lat, lon),
            initial_zoom=zoom_for(north - south, east - west),
            min_zoom=MIN_ZOOM,
            max_zoom=MAX_ZOOM,
            bgcolor=ft.Colors.SURFACE_CONTAINER,
            interaction_configuration=fm.InteractionConfiguration(
                flags=fm.InteractionFlag.ALL & ~fm.InteractionFlag.ROTATE & ~fm.InteractionFlag.SCROLL_WHEEL_ZOOM
            ),
            keep_alive=True,
            expand=True,
        )
        lines: list[ft.Control] = [framed(view, services, board, _HEIGHT)]
        if found.sample:
            lines.append(caption(services.text("offices.outline_sample")))
        return ft.Column(lines, spacing=Space.XS)

    return show(outline, ready, skeleton=lambda: bone(_HEIGHT))
