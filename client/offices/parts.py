"""What other screens may show: one's own place, and the office where its people hand their papers in."""

from collections.abc import Callable

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Size, Space
from client.offices import api, pieces
from client.offices.choosing import place_chooser
from client.ui.forms import link_button
from client.ui.lists import card
from client.ui.maps import place_map
from client.ui.states import bone, show
from client.ui.text import body, caption, heading, title
from shared.offices import Office, OfficeKind
from shared.pages import Page
from shared.public_services import PlaceRef

_MAP = 160


@ft.component
def my_office(services: Services, *, with_map: bool = True) -> ft.Control:
    """Show the person's own one-stop office, or ask for her place when she has not chosen one yet."""
    t = services.text
    code, name = services.preferences.place_code, services.preferences.place_name
    changing, change = ft.use_state(False)

    async def load() -> Page[Office]:
        if not code:
            return Page[Office](items=[], next_cursor=None)
        return await api.offices(services.api, place=code, kind=OfficeKind.ONE_STOP)

    found = use_loaded(load, [code])
    if not code or changing:
        why = t("offices.my_place_why")
        return card(_column([title(t("offices.my_place_ask")), caption(why), _asking(services, change)]))
    head = ft.Row(
        [
            ft.Icon(ft.Icons.HOME_WORK_OUTLINED, color=ft.Colors.PRIMARY, size=Size.ICON),
            ft.Container(heading(t("offices.my_office")), expand=True),
        ],
        spacing=Space.S,
    )
    where = ft.Row(
        [
            ft.Container(caption(t("offices.for_people_of", place=name)), expand=True),
            link_button(t("offices.change_place"), lambda: change(True)),
        ],
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )

    def ready(page: Page[Office]) -> ft.Control:
        if not page.items:
            return _none(services)
        return _office(services, page.items[0], with_map=with_map)

    return card(_column([head, where, show(found, ready, skeleton=lambda: bone(_MAP))]))


def _asking(services: Services, change: Callable[[bool], None]) -> ft.Control:
    def pick(place: PlaceRef) -> None:
        change(False)
        services.page.run_task(keep_place, services, place)

    return place_chooser(pick)


async def keep_place(services: Services, place: PlaceRef) -> None:
    """Remember on this device that this is the person's own place."""
    await services.prefer(place=(place.code, place.name))


def _none(services: Services) -> ft.Control:
    t = services.text
    phone = services.province.contact_phone
    more = link_button(t("offices.see_all"), lambda: services.go("/offices"), icon=ft.Icons.MAP_OUTLINED)
    return _column([body(t("offices.none_here", phone=phone), color=Colour.QUIET), ft.Row([more])])


def _office(services: Services, office: Office, *, with_map: bool) -> ft.Control:
    t = services.text
    lines: list[ft.Control] = [title(office.name)]
    if office.address:
        lines.append(caption(office.address))
    lines += [ft.Row([pieces.open_chip(services, office)], wrap=True), pieces.hours_short(services, office)]
    if office.note:
        lines.append(caption(office.note))
    if with_map and office.lat is not None and office.lon is not None:
        lines.append(place_map(office.lat, office.lon, height=_MAP))
    lines += [pieces.buttons(services, office), *pieces.sample_note(services, office)]
    more = link_button(t("offices.more"), lambda: services.go(pieces.address_of(office.code)))
    others = link_button(t("offices.see_all"), lambda: services.go("/offices"))
    lines.append(ft.Row([more, *([others] if with_map else [])], wrap=True))
    return _column(lines)


@ft.component
def my_place() -> ft.Control:
    """Show which place is one's own, and let it be changed."""
    services = use_services()
    t = services.text
    changing, change = ft.use_state(False)
    name = services.preferences.place_name
    said: ft.Control = title(name, small=True) if name else body(t("offices.my_place_none"), color=Colour.QUIET)
    words = ft.Column([caption(t("offices.my_place")), said], spacing=0, expand=True)
    button = link_button(t("action.cancel") if changing else t("offices.change_place"), lambda: change(not changing))
    row = ft.Row([ft.Icon(ft.Icons.HOME_WORK_OUTLINED, color=ft.Colors.SECONDARY), words, button], spacing=Space.M)
    lines: list[ft.Control] = [row]
    if changing:
        lines += [caption(t("offices.my_place_why")), _asking(services, change)]
    return card(_column(lines))


def _column(lines: list[ft.Control]) -> ft.Column:
    return ft.Column(lines, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
