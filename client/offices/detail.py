"""`/offices/<code>`: one office, its hours of the week, the way there."""

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Size, Space
from client.offices import api, pieces
from client.ui.forms import icon_button, link_button
from client.ui.lists import card
from client.ui.maps import place_map
from client.ui.shell import Screen
from client.ui.states import bone, show, text_skeleton
from client.ui.text import banner, body, caption, heading
from shared.offices import Office
from shared.public_services import PlaceDetail

_MAP = 240
_SERVED = 6


@ft.component
def OfficeScreen() -> ft.Control:
    """Show one office."""
    services = use_services()
    t = services.text
    code = ft.use_route_params().get("code", "")
    office = use_loaded(lambda: api.office(services.api, code), [code])
    address = f"{services.origin}{pieces.address_of(code)}"
    share = icon_button(ft.Icons.SHARE, t("offices.share"), None, action=ft.ShareText(address))
    return Screen(
        t("offices.one"),
        [show(office, lambda found: _laid_out(services, found), skeleton=text_skeleton)],
        back="/offices",
        actions=[share],
    )


def _laid_out(services: Services, office: Office) -> ft.Control:
    t = services.text
    head: list[ft.Control] = [
        ft.Row([pieces.sign(office), caption(t(f"offices.kind_{office.kind}"))], spacing=Space.S),
        banner(office.name),
        *([body(office.address)] if office.address else []),
        ft.Row([pieces.open_chip(services, office)], wrap=True),
        pieces.buttons(services, office),
        *pieces.sample_note(services, office),
    ]
    blocks: list[ft.Control] = [card(_column(head))]
    if office.lat is not None and office.lon is not None:
        blocks.append(place_map(office.lat, office.lon, height=_MAP))
    hours = [heading(t("offices.hours")), pieces.hours_week(services, office)]
    if office.note:
        hours.append(body(office.note))
    blocks.append(card(_column(hours)))
    if office.serves:
        blocks.append(Served(tuple(office.serves)))
    if office.source and not office.sample:
        blocks.append(caption(t("offices.source", source=office.source)))
    return ft.Column(blocks, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _column(lines: list[ft.Control]) -> ft.Column:
    return ft.Column(lines, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def Served(codes: tuple[str, ...]) -> ft.Control:
    """Name the places whose people go there."""
    services = use_services()
    t = services.text
    places = use_loaded(lambda: api.places_of(services.api, codes[:_SERVED]), [codes])

    def ready(found: list[PlaceDetail]) -> ft.Control:
        links: list[ft.Control] = [_link(services, place) for place in found]
        if len(codes) > _SERVED:
            links.append(caption(t("offices.serves_more", n=len(codes) - _SERVED)))
        return ft.Row(links, wrap=True, spacing=Space.S)

    content = show(places, ready, skeleton=lambda: bone(Size.TARGET))
    return card(_column([heading(t("offices.serves")), content]))


def _link(services: Services, place: PlaceDetail) -> ft.Control:
    return link_button(place.name, lambda: services.go(f"/places/{place.code}"), icon=ft.Icons.PLACE_OUTLINED)
