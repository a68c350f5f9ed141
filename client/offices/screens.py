"""`/offices`: offices as a list and on a map, the nearest first for who says where she is."""

from collections.abc import Callable
from functools import partial
from typing import cast
from urllib.parse import urlencode

import flet as ft

from client.core.action import use_action
from client.core.context import use_query, use_services
from client.core.services import Services
from client.core.theme import Colour, Space, Tone
from client.offices import api, pieces
from client.offices.opening import state_words
from client.offices.parts import my_office
from client.ui.forms import Choice, choice_chips, icon_button, secondary_button
from client.ui.lists import Pages, page_list, use_pages
from client.ui.map_view import Sight, Spot, map_view, use_sight
from client.ui.maps import device_position
from client.ui.search import live_search
from client.ui.segments import segments
from client.ui.shell import Screen
from client.ui.states import empty
from client.ui.text import caption
from shared.offices import Office, OfficeKind
from shared.pages import DEFAULT_LIMIT, MAX_LIMIT, Page

LIST, MAP = "list", "map"
_LIST_WIDTH = 460
_HERE_ZOOM, _WIDER = 14.0, 2
_MAP_HEIGHT = 420


def address(question: str, kind: str) -> str:
    """Return the address of a list; where somebody stands is never part of it."""
    said = {name: value for name, value in (("q", question), ("kind", kind)) if value}
    return f"/offices?{urlencode(said)}" if said else "/offices"


@ft.component
def OfficesScreen() -> ft.Control:
    """Show offices beside a map, on a phone as either."""
    services = use_services()
    t = services.text
    question, kind = use_query("q"), use_query("kind")
    point, set_point = ft.use_state(cast(api.Point | None, None))
    view, set_view = ft.use_state(LIST)
    chosen, choose = ft.use_state("")
    province = services.province
    sight = use_sight(province.centre_lat, province.centre_lon, province.zoom - _WIDER)

    async def fetch(cursor: str | None) -> Page[Office]:
        wanted = OfficeKind(kind) if kind in list(OfficeKind) else None
        return await api.offices(services.api, point=point, kind=wanted, question=question, cursor=cursor, limit=limit)

    # A map shows as many as there are in one answer; a list of cards begins with fewer.
    limit = MAX_LIMIT if services.desktop or view == MAP else DEFAULT_LIMIT
    pages = use_pages(fetch, [question, kind, point, limit])

    def found(here: api.Point) -> None:
        set_point(here)
        services.page.run_task(sight.go, *here, _HERE_ZOOM)

    mine = use_action(device_position, done=found, failed=lambda _: services.tell(t("offices.denied"), Tone.WARNING))
    none = empty(ft.Icons.WRONG_LOCATION_OUTLINED, t("offices.none"), t("offices.none_why"))
    rows = page_list(pages, lambda each: pieces.office_card(services, each, selected=each.code == chosen), empty=none)
    head = _head(services, question, kind, mine.start, running=mine.running, near=point is not None)
    spots = [_spot(services, each, partial(choose, each.code)) for each in pages.items if each.lat is not None]
    if services.desktop:
        side = ft.ListView([_column([*head, *_own(services, question, kind), rows])], expand=True, padding=Space.L)
        board = ft.Container(_board(services, sight, spots, pages, chosen, choose, None), expand=True, padding=Space.L)
        return Screen(
            t("offices.title"),
            [ft.Row([ft.Container(side, width=_LIST_WIDTH), board], expand=True, spacing=0)],
            back="/services",
            fixed=True,
        )
    views = [Choice(LIST, t("offices.list"), ft.Icons.LIST), Choice(MAP, t("offices.map"), ft.Icons.MAP_OUTLINED)]
    switch = segments(views, view, set_view)
    if view == MAP:
        return Screen(
            t("offices.title"),
            [*head, switch, _board(services, sight, spots, pages, chosen, choose, _MAP_HEIGHT)],
            back="/services",
        )
    return Screen(t("offices.title"), [*head, switch, *_own(services, question, kind), rows], back="/services")


def _column(lines: list[ft.Control]) -> ft.Column:
    return ft.Column(lines, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _own(services: Services, question: str, kind: str) -> list[ft.Control]:
    """Begin with one's own office where nothing else was asked for."""
    if question or kind or not services.preferences.place_code:
        return []
    return [my_office(services, with_map=False)]


def _head(
    services: Services, question: str, kind: str, locate: Callable[..., None], *, running: bool, near: bool
) -> list[ft.Control]:
    t = services.text
    words = t("map.locating") if running else t("offices.nearest_now" if near else "map.mine")
    box = live_search(t("offices.search"), question, lambda asked: services.go(address(asked, kind)))
    kinds = [Choice("", t("offices.kind_any"))]
    kinds += [Choice(each.value, t(f"offices.kind_{each}"), pieces.KIND_ICONS[each]) for each in OfficeKind]
    return [
        box,
        choice_chips(kinds, kind, lambda value: services.go(address(question, value))),
        ft.Row([secondary_button(words, locate, icon=ft.Icons.MY_LOCATION, running=running)]),
    ]


def _spot(services: Services, office: Office, press: Callable[[], None]) -> Spot:
    words, tone = state_words(services.text, office)
    name = f"{office.name}. {words}"
    return Spot(office.lat or 0, office.lon or 0, name, press, icon=pieces.KIND_ICONS[office.kind], tone=tone)


def _board(
    services: Services,
    sight: Sight,
    spots: list[Spot],
    pages: Pages[Office],
    chosen: str,
    choose: Callable[[str], None],
    height: int | None,
) -> ft.Control:
    """Show the map, and below it the office whose pin was tapped."""
    t = services.text
    board = map_view(sight, spots, lambda _: None, height=height)
    picked = next((each for each in pages.items if each.code == chosen), None)
    if picked is None:
        hint = caption(t("offices.map_hint"))
        return ft.Column([board, hint], expand=height is None or None, spacing=Space.S)
    close = icon_button(ft.Icons.CLOSE, t("action.close"), lambda: choose(""), color=Colour.QUIET)
    row = ft.Row(
        [ft.Container(pieces.office_card(services, picked), expand=True), close],
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Column([board, row], expand=height is None or None, spacing=Space.M)
