"""“Xã tôi bây giờ là gì?”: an old or a new name in, what it is now out."""

from collections.abc import Sequence
from urllib.parse import urlencode

import flet as ft

from client.core.context import use_query, use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import api, pieces
from client.ui.forms import Choice, choice_chips
from client.ui.lists import card, page_list, use_pages
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import empty, show, text_skeleton
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.pages import Page
from shared.public_services import PlaceDetail, PlaceRef, PlaceSummary


def address(question: str) -> str:
    """Return the address of the answer to a question."""
    return f"/places?{urlencode({'q': question})}" if question else "/places"


@ft.component
def PlacesScreen() -> ft.Control:
    """Find what became of a commune."""
    services = use_services()
    t = services.text
    question = use_query("q")

    async def fetch(cursor: str | None) -> Page[PlaceSummary]:
        if not question:
            return Page[PlaceSummary](items=[], next_cursor=None)
        return await api.places(services.api, question, cursor)

    pages = use_pages(fetch, [question])
    box = live_search(t("public_services.place_search"), question, lambda q: services.go(address(q)), autofocus=True)
    none = empty(
        ft.Icons.WRONG_LOCATION_OUTLINED,
        t("public_services.place_none", q=question),
        t("public_services.place_none_why"),
    )
    rows = page_list(pages, lambda place: place_card(services, place), empty=none if question else _start(services))
    return Screen(
        t("public_services.place_title"),
        [box, caption(t("public_services.place_hint")), rows],
        back="/services",
    )


def _start(services: Services) -> ft.Control:
    t = services.text
    names = [t(f"public_services.place_example_{n}") for n in (1, 2, 3, 4)]
    chips = choice_chips([Choice(name, name) for name in names], None, lambda name: services.go(address(name)))
    return empty(ft.Icons.MAP, t("public_services.place_start"), t("public_services.place_start_why"), chips)


def place_card(services: Services, place: PlaceSummary) -> ft.Control:
    """Show a place and what it is now, or for one of today what it was formed from."""
    return card(
        ft.Column(
            [_name(services, place), *(_today(services, place) if place.current else _became(services, place))],
            spacing=Space.M,
        ),
        key=str(place.id),
    )


def _name(services: Services, place: PlaceSummary) -> ft.Control:
    t = services.text
    if place.current:
        words = t("public_services.place_now") if place.valid_from else t("public_services.place_now_plain")
        chip = status_chip(ft.Icons.CHECK_CIRCLE, words, Tone.SUCCESS)
    else:
        chip = status_chip(ft.Icons.HISTORY, t("public_services.place_old"), Tone.NEUTRAL)
    about = " · ".join(part for part in (place.kind, place.parent) if part)
    return ft.Column([ft.Row([chip], wrap=True), title(place.name), caption(about)], spacing=Space.XS)


def _became(services: Services, place: PlaceSummary) -> Sequence[ft.Control]:
    t = services.text
    if not place.became:
        phone = services.province.contact_phone
        return [pieces.note(t("public_services.place_unknown", phone=phone), [])]
    split = len(place.became) > 1
    words = t("public_services.place_split", n=len(place.became)) if split else t("public_services.place_became")
    ink, ground = tone_colours(Tone.SUCCESS)
    rows: list[ft.Control] = [_ref(each, ink) for each in place.became]
    head = ft.Row(
        [
            ft.Icon(ft.Icons.CALL_SPLIT if split else ft.Icons.ARROW_FORWARD, color=ink, size=Size.ICON_S),
            ft.Container(body(words, color=ink), expand=True),
        ],
        spacing=Space.S,
    )
    return [
        ft.Container(ft.Column([head, *rows], spacing=Space.S), bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    ]


def _ref(place: PlaceRef, ink: ft.ColorValue) -> ft.Control:
    return ft.Column([title(place.name, color=ink), caption(place.parent, color=ink)], spacing=0)


def _today(services: Services, place: PlaceSummary) -> Sequence[ft.Control]:
    t = services.text

    def formed() -> list[ft.Control]:
        return [FormedFrom(place.code)]

    why = t("public_services.place_code", code=place.code)
    return [pieces.fold(t("public_services.place_formed"), why, formed, opened=False)]


@ft.component
def FormedFrom(code: str) -> ft.Control:
    """Show what a place of today was formed from."""
    services = use_services()
    t = services.text
    place = use_loaded(lambda: api.place(services.api, code), [code])

    def ready(found: PlaceDetail) -> ft.Control:
        names = [f"{each.name} ({each.parent})" if each.parent else each.name for each in found.formed_from]
        if not names and found.formed_from_text:
            names = [part.strip() for part in found.formed_from_text.split(",")]
        lines: list[ft.Control] = [pieces.bullet(name) for name in names if name]
        if not lines:
            lines = [body(t("public_services.place_formed_none"), color=Colour.QUIET)]
        if found.area_km2:
            lines.append(caption(t("public_services.place_area", n=f"{found.area_km2:g}".replace(".", ","))))
        return ft.Column(lines, spacing=Space.S)

    return show(place, ready, skeleton=lambda: text_skeleton(1))
