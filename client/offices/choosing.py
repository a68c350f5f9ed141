"""One's own place: found by the device's position or by a name of before or after 1/7/2025."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import flet as ft

from client.core.action import use_action
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space
from client.offices import api
from client.ui.forms import secondary_button
from client.ui.maps import device_position
from client.ui.pressing import one_button
from client.ui.search import live_search
from client.ui.states import bone, show
from client.ui.text import body, caption, title
from shared.pages import Page
from shared.places import PlaceAt, PlaceNear
from shared.public_services import PlaceRef, PlaceSummary

_SHOWN = 8


@ft.component
def place_chooser(on_pick: Callable[[PlaceRef], None]) -> ft.Control:
    """Ask which ward or commune is one's own. `on_pick` gets a place of today."""
    services = use_services()
    t = services.text
    question, ask = ft.use_state("")
    near, set_near = ft.use_state(cast(Sequence[PlaceNear], ()))
    denied, set_denied = ft.use_state(False)

    async def locate() -> PlaceAt:
        return await api.place_at(services.api, await device_position())

    def located(found: PlaceAt) -> None:
        set_denied(False)
        if found.place is not None:
            on_pick(found.place)
        else:
            set_near(tuple(found.nearest))

    mine = use_action(locate, done=located, failed=lambda _: set_denied(True))

    async def search() -> Page[PlaceSummary]:
        if not question:
            return Page[PlaceSummary](items=[], next_cursor=None)
        return await api.places(services.api, question)

    found = use_loaded(search, [question])
    words = t("map.locating") if mine.running else t("map.mine")
    lines: list[ft.Control] = [
        ft.Row([secondary_button(words, mine.start, icon=ft.Icons.MY_LOCATION, running=mine.running)]),
        live_search(t("offices.place_search"), question, ask),
    ]
    if denied:
        lines.insert(1, caption(t("offices.denied"), color=ft.Colors.ERROR))
    if near:
        lines += [caption(t("offices.near_you")), *(_row(place, place.parent, on_pick) for place in near)]
    if question:
        lines.append(show(found, partial(_found, services, question, on_pick), skeleton=lambda: bone(Size.TARGET)))
    return ft.Column(lines, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _found(
    services: Services, question: str, on_pick: Callable[[PlaceRef], None], page: Page[PlaceSummary]
) -> ft.Control:
    rows = [_row(now, why, on_pick) for now, why in _today(services, page.items)[:_SHOWN]]
    if not rows:
        return body(services.text("offices.place_none", q=question), color=Colour.QUIET)
    return ft.Column(rows, spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _today(services: Services, places: Sequence[PlaceSummary]) -> list[tuple[PlaceRef, str]]:
    """Return the places of today that are meant, each once, and why: by its own name or by an old one."""
    t = services.text
    found: dict[str, tuple[PlaceRef, str]] = {}
    for place in places:
        if place.current:
            found.setdefault(place.code, (place, place.parent))
        for now in place.became:
            part = "offices.was_partly" if len(place.became) > 1 else "offices.was"
            found.setdefault(now.code, (now, t(part, name=place.name, district=place.parent.partition(",")[0])))
    return list(found.values())


def _row(place: PlaceRef, why: str, on_pick: Callable[[PlaceRef], None]) -> ft.Control:
    words = ft.Column([title(place.name, small=True), caption(why)], spacing=0, expand=True)
    sign = ft.Icon(ft.Icons.PLACE_OUTLINED, color=ft.Colors.PRIMARY, size=Size.ICON)
    box = ft.Container(
        ft.Row([sign, words, ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)], spacing=Space.M),
        padding=Space.M,
        border_radius=Radius.M,
        border=ft.Border.all(1, Colour.CARD_BORDER),
        ink=True,
    )
    return one_button(f"{place.name}. {why}", box, lambda: on_pick(place), key=f"pick-{place.code}")
