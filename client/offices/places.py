"""`/places`, “Xã tôi bây giờ là gì?”: an old or a new name in, what it is now out."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import flet as ft

from client.core.action import use_action
from client.core.context import use_query, use_services
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.offices import api
from client.ui.forms import Choice, call_button, go_chips, secondary_button
from client.ui.lists import card, page_list, use_pages
from client.ui.maps import device_position
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import empty
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.pages import Page
from shared.places import PlaceAt
from shared.public_services import PlaceRef, PlaceSummary

LAST_DAY = "2025-06-30"


def address(question: str) -> str:
    """Return the address of the answer to a question."""
    return f"/places?{urlencode({'q': question})}" if question else "/places"


def place_address(place: PlaceRef) -> str:
    """Return the address of a place; codes were used again in 2025, so an old place names a day of its own."""
    return f"/places/{place.code}" + ("" if place.current else f"?at={LAST_DAY}")


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
    # A box that takes the keyboard while the page of a link opens may say that it is empty, and the link be lost.
    box = live_search(t("offices.place_search"), question, lambda q: services.go(address(q)), autofocus=not question)
    call = call_button(services.text, services.province.contact_phone)
    none = empty(
        ft.Icons.WRONG_LOCATION_OUTLINED, t("offices.place_none", q=question), t("offices.place_none_why"), call
    )
    rows = page_list(pages, lambda place: place_card(services, place), empty=none if question else _start(services))
    return Screen(
        t("offices.place_title"),
        [box, HereButton(), caption(t("offices.place_hint")), rows],
        back="/services",
    )


@ft.component
def HereButton() -> ft.Control:
    """Lead to the place in which the device is."""
    services = use_services()
    t = services.text

    async def locate() -> PlaceAt:
        return await api.place_at(services.api, await device_position())

    def located(found: PlaceAt) -> None:
        if found.place is not None:
            services.go(place_address(found.place))
        else:
            near = ", ".join(each.name for each in found.nearest)
            services.tell(t("offices.outside", near=near) if near else t("offices.denied"), Tone.WARNING)

    here = use_action(locate, done=located, failed=lambda _: services.tell(t("offices.denied"), Tone.WARNING))
    words = t("map.locating") if here.running else t("offices.where_am_i")
    return ft.Row([secondary_button(words, here.start, icon=ft.Icons.MY_LOCATION, running=here.running)])


def _start(services: Services) -> ft.Control:
    t = services.text
    names = [t(f"offices.place_example_{n}") for n in (1, 2, 3, 4)]
    chips = go_chips([Choice(name, name) for name in names], lambda name: services.go(address(name)))
    return empty(ft.Icons.MAP, t("offices.place_start"), t("offices.place_start_why"), chips)


def place_card(services: Services, place: PlaceSummary) -> ft.Control:
    """Show a place and what it is now; a tap shows all of it."""
    words = "" if place.current else became_words(services, place)
    names = ", ".join(each.name for each in place.became)
    return card(
        ft.Column([place_head(services, place), *([] if place.current else _became(services, place))], spacing=Space.M),
        on_click=partial(services.go, place_address(place)),
        label=". ".join(part for part in (place.name, place.parent, words, names) if part),
        key=str(place.id),
    )


def place_head(services: Services, place: PlaceSummary) -> ft.Control:
    """Show whether a name is used today, the name, and where it lies."""
    t = services.text
    if place.current:
        words = t("offices.place_now") if place.valid_from else t("offices.place_now_plain")
        chip = status_chip(ft.Icons.CHECK_CIRCLE, words, Tone.SUCCESS)
    else:
        chip = status_chip(ft.Icons.HISTORY, t("offices.place_old"), Tone.NEUTRAL)
    about = [caption(place.parent)] if place.parent else []
    return ft.Column([ft.Row([chip], wrap=True), title(place.name), *about], spacing=Space.XS)


def became_words(services: Services, place: PlaceSummary) -> str:
    """Say in a few words what became of an old place."""
    t = services.text
    if not place.became:
        return t("offices.place_unknown", phone=services.province.contact_phone)
    split = len(place.became) > 1
    return t("offices.place_split", n=len(place.became)) if split else t("offices.place_became")


def _became(services: Services, place: PlaceSummary) -> Sequence[ft.Control]:
    words = became_words(services, place)
    if not place.became:
        return [body(words, color=Colour.QUIET)]
    ink, ground = tone_colours(Tone.SUCCESS)
    sign = ft.Icons.CALL_SPLIT if len(place.became) > 1 else ft.Icons.ARROW_FORWARD
    head = ft.Row(
        [ft.Icon(sign, color=ink, size=Size.ICON_S), ft.Container(body(words, color=ink), expand=True)],
        spacing=Space.S,
    )
    names: list[ft.Control] = [
        ft.Column([title(each.name, color=ink), caption(each.parent, color=ink)], spacing=0) for each in place.became
    ]
    return [
        ft.Container(
            ft.Column([head, *names], spacing=Space.S), bgcolor=ground, border_radius=Radius.M, padding=Space.M
        )
    ]
