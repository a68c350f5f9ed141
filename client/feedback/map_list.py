"""What a map of reports shows, as a list: where each bubble lies in words, and what stands at a chosen spot."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.case_card import public_card
from client.ui.forms import icon_button
from client.ui.lists import card
from client.ui.map_view import Box, bearing
from client.ui.states import card_skeletons, empty, failure, show
from client.ui.text import caption, title
from shared.feedback import FeedbackSummary
from shared.public_feedback import MapCluster, MapView

_ROWS = 12
_KILOMETRE = 1_000


@ft.component
def in_view(
    view: MapView | None,
    box: Box,
    opened: MapCluster | None,
    press: Callable[[MapCluster], None],
    close: Callable[[], None],
    error: ApiError | None,
    retry: Callable[[], None],
) -> ft.Control:
    """Show the spot that was opened, else all spots in view, the largest first."""
    services = use_services()
    t = services.text
    if opened is not None:
        return at_spot(opened, close)
    if view is None:
        return card_skeletons() if error is None else failure(services, t, error, retry)
    if not view.clusters:
        return empty(ft.Icons.MAP_OUTLINED, t("feedback.map_none"), t("feedback.map_none_why"))
    total = sum(cluster.count for cluster in view.clusters)
    waiting = sum(cluster.open for cluster in view.clusters)
    head = t("feedback.map_in_view", n=t.number(total), open=t.number(waiting))
    rows = [_row(t, cluster, box, press) for cluster in view.clusters[:_ROWS]]
    said: list[ft.Control] = [ft.Semantics(live_region=True, header=True, content=title(head))]
    if view.truncated or len(view.clusters) > _ROWS:
        rows.append(caption(t("feedback.map_more")))
    return ft.Column(
        [*said, caption(t("feedback.map_hint")), *rows],
        spacing=Space.S,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@ft.component
def at_spot(spot: MapCluster, close: Callable[[], None]) -> ft.Control:
    """Show the reports at a spot: the one that stands there alone, or the open ones nearby."""
    services = use_services()
    t = services.text

    async def ask() -> list[FeedbackSummary]:
        if spot.code is not None:
            return [await api.case(services.api, spot.code)]
        return list(await api.nearby(services.api, spot.lat, spot.lon, category="", q=""))

    found = use_loaded(ask, [spot])

    def ready(cases: Sequence[FeedbackSummary]) -> ft.Control:
        if not cases:
            return empty(ft.Icons.TASK_ALT, t("feedback.map_all_done"), t("feedback.map_all_done_why"))
        cards = [public_card(services, case) for case in cases]
        return ft.Column(cards, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)

    words = spot_words(t, spot) if spot.count > 1 else t("feedback.map_here")
    head = ft.Row(
        [
            ft.Semantics(live_region=True, header=True, content=title(words), expand=True),
            icon_button(ft.Icons.CLOSE, t("feedback.map_back"), close),
        ],
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.Column(
        [head, show(found, ready, skeleton=lambda: card_skeletons(1))],
        spacing=Space.S,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def spot_words(t: Text, spot: MapCluster) -> str:
    """Say what stands at a spot: how many reports and how many of them open, or which one and how it stands."""
    if spot.count > 1:
        return t("feedback.map_cluster", n=t.number(spot.count), open=t.number(spot.open))
    return t("feedback.map_pin", state=t("feedback.map_open" if spot.open else "feedback.map_done"))


def where_words(t: Text, box: Box, spot: MapCluster) -> str:
    """Say where a spot lies, seen from the middle of the view: 1,2 km về phía đông bắc."""
    point, metres = bearing(box.middle, spot.lat, spot.lon)
    if point == "here":
        return t("feedback.map_middle")
    if metres < _KILOMETRE:
        far = t("feedback.map_metres", n=max(round(metres, -1), 10))
    else:
        far = t("feedback.map_kilometres", n=t.number(metres / _KILOMETRE))
    return t("feedback.map_where", far=far, point=t(f"feedback.map_{point}"))


def _row(t: Text, spot: MapCluster, box: Box, press: Callable[[MapCluster], None]) -> ft.Control:
    many = spot.count > 1
    ink, ground = tone_colours(Tone.ACCENT if many else Tone.INFO if spot.open else Tone.SUCCESS)
    icon = ft.Icons.BUBBLE_CHART_OUTLINED if many else ft.Icons.AUTORENEW if spot.open else ft.Icons.CHECK_CIRCLE
    sign = ft.Container(
        ft.Icon(icon, color=ink, size=Size.ICON_S), bgcolor=ground, border_radius=Size.TARGET, padding=Space.S
    )
    words, where = spot_words(t, spot), where_words(t, box, spot)
    lines = ft.Column([title(words, small=True), caption(where)], spacing=0, expand=True)
    onward = ft.Icon(ft.Icons.ZOOM_IN if many else ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)
    row = ft.Row([sign, lines, onward], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return card(row, on_click=lambda: press(spot), label=f"{words}. {where}", padding=Space.M)
