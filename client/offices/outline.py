"""The border of a place of today on a map."""

import flet as ft
import flet_map as fm

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.theme import Space
from client.offices import api
from client.ui.maps import MAX_ZOOM, MIN_ZOOM, framed, ground, use_board
from client.ui.states import bone, show
from client.ui.text import caption
from shared.public_services import PlaceDetail, PlaceOutline

_HEIGHT = 220
_ZOOM = 12.0


@ft.component
def outline_map(place: PlaceDetail) -> ft.Control:
    """Show where a place lies, or nothing where no border of it is known."""
    services = use_services()
    board = use_board()
    outline = use_loaded(lambda: api.outline(services.api, place.code), [place.code])

    def ready(found: PlaceOutline) -> ft.Control:
        if not found.rings:
            return ft.Container(visible=False)
        rings = [[fm.MapLatitudeLongitude(lat, lon) for lat, lon in ring] for ring in found.rings]
        points = [point for ring in rings for point in ring]
        lat = (min(p.latitude for p in points) + max(p.latitude for p in points)) / 2
        lon = (min(p.longitude for p in points) + max(p.longitude for p in points)) / 2
        shapes = [
            fm.PolygonMarker(
                coordinates=ring,
                color=ft.Colors.with_opacity(0.15, ft.Colors.PRIMARY),
                border_color=ft.Colors.PRIMARY,
                border_stroke_width=2,
            )
            for ring in rings
        ]
        view = fm.Map(
            ref=board,
            layers=[*ground(services, lat, lon), fm.PolygonLayer(polygons=shapes)],
            initial_center=fm.MapLatitudeLongitude(lat, lon),
            initial_zoom=_ZOOM,
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
