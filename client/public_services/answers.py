"""How a question was understood: put right, close variants to choose from, or that no procedure is meant."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import api
from client.public_services.wish import Wish
from client.ui.forms import call_button, secondary_button
from client.ui.lists import card
from client.ui.text import body, caption, title
from shared.procedure_search import Door, ProcedurePage, ProcedureVariants, Suggestion, Verdict

_DOORS = {
    Door.REPORT: (ft.Icons.ADD_A_PHOTO_OUTLINED, "/feedback/new"),
    Door.HOTLINES: (ft.Icons.CALL, "/hotlines"),
    Door.DOSSIERS: (ft.Icons.FOLDER_SHARED_OUTLINED, "/dossiers"),
    Door.PLACES: (ft.Icons.MAP, "/places"),
    Door.OFFICES: (ft.Icons.STOREFRONT, "/offices"),
    Door.NEWS: (ft.Icons.NEWSPAPER, "/news"),
}
_CHIPS = 5


def answer_notes(services: Services, wish: Wish, page: ProcedurePage | None, *, half: bool) -> list[ft.Control]:
    """Return what is said above the results of a question; nothing for a plain answer. `half` a one is not judged."""
    if page is None or not wish.q:
        return []
    t = services.text
    notes: list[ft.Control] = []
    if page.understood:
        notes.append(caption(t("public_services.understood", q=page.understood)))
    if half:
        return notes
    if page.verdict is Verdict.OUT_OF_SCOPE:
        notes.append(_out_of_scope(services, page))
    elif page.door is not None:
        notes.append(ft.Row([_door(services, page.door)]))
    notes += [_variants(services, wish, group) for group in page.variants]
    return notes


def _out_of_scope(services: Services, page: ProcedurePage) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.INFO)
    ways: list[ft.Control] = [_door(services, page.door)] if page.door is not None else []
    ways.append(call_button(t, services.province.contact_phone))
    column = ft.Column(
        [
            title(t("public_services.scope"), small=True),
            body(t("public_services.scope_why")),
            ft.Row(ways, spacing=Space.S, run_spacing=Space.S, wrap=True),
        ],
        spacing=Space.S,
        expand=True,
    )
    content = ft.Row(
        [ft.Icon(ft.Icons.CONTACT_SUPPORT_OUTLINED, color=ink), column],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    box = ft.Container(content, bgcolor=ground, border_radius=Radius.L, padding=Space.L)
    return ft.Semantics(live_region=True, container=True, content=box)


def _door(services: Services, door: Door) -> ft.Control:
    icon, path = _DOORS[door]
    return secondary_button(services.text(f"public_services.door_{door.value}"), partial(services.go, path), icon=icon)


def _variants(services: Services, wish: Wish, group: ProcedureVariants) -> ft.Control:
    """Offer close variants of one matter, each in a line."""
    t = services.text
    lines: list[ft.Control] = [
        title(t("public_services.which", name=group.name[:1].lower() + group.name[1:]), small=True),
        caption(t("public_services.which_why")),
    ]
    for each in group.procedures:
        row = ft.Row(
            [
                ft.Icon(ft.Icons.SUBDIRECTORY_ARROW_RIGHT, color=Colour.QUIET, size=Size.ICON_S),
                ft.Container(body(each.name, max_lines=4), expand=True),
                ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET),
            ],
            spacing=Space.S,
        )
        lines.append(
            card(
                row,
                on_click=partial(services.go, f"/procedures/{each.code}{wish.query}"),
                label=each.name,
                padding=Space.M,
                key=f"variant-{each.code}",
            )
        )
    return card(ft.Column(lines, spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


@ft.component
def SuggestionChips(wish: Wish) -> ft.Control:
    """Offer what may be meant by what stands in the box, while results come below."""
    services = use_services()
    found = use_loaded(lambda: api.suggest(services.api, wish.q), [wish.q])
    chips = _chips(services, wish, found.value or [])
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True, visible=bool(chips))


def _chips(services: Services, wish: Wish, found: Sequence[Suggestion]) -> list[ft.Control]:
    return [
        ft.Chip(
            label=ft.Text(each.text, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS),
            leading=ft.Icon(ft.Icons.NORTH_WEST, size=Size.ICON_S),
            on_click=partial(services.go, f"/procedures/{each.code}{wish.query}"),
        )
        for each in found[:_CHIPS]
    ]
