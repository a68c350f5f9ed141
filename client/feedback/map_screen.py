"""The map of reports: bubbles that open up and pins, beside or above the same as a list."""

from collections.abc import Callable
from functools import partial
from typing import cast

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Space, Tone
from client.feedback import public_api
from client.feedback.figures import short_number
from client.feedback.map_list import in_view, spot_words
from client.feedback.public_parts import MAP, category_choice, views_switch
from client.ui.map_view import Sight, Spot, map_view, use_sight
from client.ui.maps import MAX_ZOOM
from client.ui.shell import Screen
from shared.public_feedback import MapCluster, MapView

_LIST_WIDTH = 440
_PHONE_SHARE = 0.46
_LEAST_HEIGHT = 260
_FARTHER, _CLOSER = 2, 2
_DEEPEST = MAX_ZOOM - 1
"""From here on looking closer takes a bubble apart no further."""


@ft.component
def MapScreen() -> ft.Control:
    """Show `/feedback/map`: on a wide window beside its list, on a phone above it."""
    services = use_services()
    t = services.text
    province = services.province
    sight = use_sight(province.centre_lat, province.centre_lon, province.zoom - _FARTHER)
    category, set_category = ft.use_state("")
    box, look = ft.use_state(sight.camera.box())
    opened, open_spot = ft.use_state(cast(MapCluster | None, None))

    async def ask() -> MapView:
        return await public_api.map_view(services.api, box, category=category)

    asked = use_loaded(ask, [box, category])
    kept, keep = ft.use_state(cast(MapView | None, None))

    def remember() -> None:
        # While the next view is asked for, the last one stays: a map that empties at each move is no map.
        if asked.value is not None:
            keep(asked.value)

    ft.use_effect(remember, [asked.value])
    shown = asked.value or kept
    press = partial(_press, services, sight, open_spot)
    spots = [_spot(t, cluster, partial(press, cluster)) for cluster in (shown.clusters if shown else ())]
    side = in_view(shown, box, opened, press, lambda: open_spot(None), asked.error, asked.reload)
    filters = category_choice(category, set_category)
    if services.desktop:
        head = ft.Container(
            ft.Column([views_switch(services, MAP), filters], spacing=Space.M),
            padding=ft.Padding.only(left=Space.L, right=Space.L, top=Space.L),
        )
        left = ft.Column(
            [head, ft.ListView([ft.Container(side, padding=Space.L)], expand=True)], width=_LIST_WIDTH, spacing=0
        )
        board = ft.Container(map_view(sight, spots, look), padding=Space.L, expand=True)
        panes = ft.Row(
            [left, ft.VerticalDivider(width=1, color=Colour.CARD_BORDER), board],
            spacing=0,
            expand=True,
            vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        )
        return Screen(t("feedback.map_title"), [panes], full=True, fixed=True)
    height = max(round((services.page.height or 0) * _PHONE_SHARE), _LEAST_HEIGHT)
    return Screen(
        t("feedback.map_title"),
        [views_switch(services, MAP), filters, map_view(sight, spots, look, height=height), side],
    )


def _press(
    services: Services, sight: Sight, open_spot: Callable[[MapCluster | None], None], cluster: MapCluster
) -> None:
    """Take a bubble apart by looking closer; where that is no more possible, and at a pin, show what stands there."""
    camera = sight.camera
    if cluster.code is None and camera.zoom < _DEEPEST:
        services.page.run_task(sight.go, cluster.lat, cluster.lon, min(camera.zoom + _CLOSER, MAX_ZOOM))
        return
    open_spot(cluster)


def _spot(t: Text, cluster: MapCluster, press: Callable[[], None]) -> Spot:
    name = spot_words(t, cluster)
    if cluster.count > 1:
        return Spot(cluster.lat, cluster.lon, name, press, cluster.count, short_number(t, cluster.count))
    waits = cluster.open > 0
    icon = ft.Icons.AUTORENEW if waits else ft.Icons.CHECK_CIRCLE
    return Spot(cluster.lat, cluster.lon, name, press, icon=icon, tone=Tone.INFO if waits else Tone.SUCCESS)
