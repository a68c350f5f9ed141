"""The list of documents: words, kinds, agencies and years in the address, a card for each."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Radius, Space, Tone, tone_colours
from client.documents import api
from client.documents.wish import Wish, use_wish
from client.ui.forms import Choice, choice_chips, outline, secondary_button
from client.ui.lists import card, page_list, use_pages
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import empty
from client.ui.status import status_chip
from client.ui.text import body, caption, title
from shared.documents import DocumentFacet, DocumentFacets, DocumentSummary

_NONE = DocumentFacets(kinds=[], agencies=[], years=[])
_ANY = "*"
_WIDE, _NARROW, _MENU = 320, 160, 360
_BESIDE = 232, 136
"""The widths of two choices side by side on a phone."""


@ft.component
def DocumentsScreen() -> ft.Control:
    """Look documents up."""
    services = use_services()
    t = services.text
    wish = use_wish()
    facets = use_loaded(lambda: api.facets(services.api), [t.language])
    pages = use_pages(lambda cursor: api.documents(services.api, wish, cursor), [wish, t.language])
    box = live_search(t("documents.search"), wish.q, lambda q: services.go(replace(wish, q=q).address))
    rows = page_list(pages, lambda each: document_row(services, each), empty=_nothing(services, wish))
    return Screen(t("documents.title"), [box, *_filters(services, wish, facets.value or _NONE), rows], back="/news")


def _filters(services: Services, wish: Wish, facets: DocumentFacets) -> list[ft.Control]:
    t = services.text
    kinds = [Choice("", t("documents.every_kind")), *[Choice(each.name, each.name) for each in facets.kinds]]
    chips = choice_chips(kinds, wish.kind, lambda kind: services.go(replace(wish, kind=kind).address), scroll=True)

    def by_agency(value: str) -> None:
        services.go(replace(wish, agency=value).address)

    def by_year(value: str) -> None:
        services.go(replace(wish, year=value).address)

    wide, narrow = (_WIDE, _NARROW) if services.wide else _BESIDE
    choices = ft.Row(
        [
            _choice(t("documents.agency"), t("documents.any"), facets.agencies, wish.agency, by_agency, wide),
            _choice(t("documents.year"), t("documents.any"), facets.years, wish.year, by_year, narrow),
        ],
        spacing=Space.M,
        run_spacing=Space.M,
        wrap=True,
    )
    return [chips, choices] if facets.kinds else []


def _choice(
    label: str,
    every: str,
    facets: Sequence[DocumentFacet],
    chosen: str,
    choose: Callable[[str], None],
    width: int,
) -> ft.Control:
    options = [ft.DropdownOption(key=each.name, text=f"{each.name} ({each.count})") for each in facets]
    return ft.Dropdown(
        label=label,
        value=chosen or _ANY,
        options=[ft.DropdownOption(key=_ANY, text=every), *options],
        width=width,
        menu_height=_MENU,
        border=outline(),
        on_select=lambda e: choose("" if e.control.value in (None, _ANY) else e.control.value),
    )


def document_row(services: Services, document: DocumentSummary) -> ft.Control:
    """Show a document: number, what it is about, who issued it and when."""
    t = services.text
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Icon(ft.Icons.GAVEL_OUTLINED, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.S
    )
    name = f"{document.kind} {document.number}"
    about = f"{document.agency} · {t.date(document.issued_on)}"
    lines: list[ft.Control] = [title(name), body(document.title, max_lines=3), caption(about)]
    if document.sample:
        lines.append(ft.Row([sample_chip(services)]))
    return card(
        ft.Row(
            [sign, ft.Column(lines, spacing=Space.XS, expand=True)],
            spacing=Space.M,
            vertical_alignment=ft.CrossAxisAlignment.START,
        ),
        on_click=lambda: services.go(f"/documents/{document.id}"),
        label=f"{name}. {document.title}. {about}",
        key=str(document.id),
    )


def sample_chip(services: Services) -> ft.Control:
    """Say that it is made up for the demonstration."""
    return status_chip(ft.Icons.SCIENCE_OUTLINED, services.text("documents.sample"), Tone.WARNING)


def _nothing(services: Services, wish: Wish) -> ft.Control:
    t = services.text
    if not wish.q and not wish.narrowed:
        return empty(ft.Icons.GAVEL_OUTLINED, t("documents.empty"), t("documents.empty_why"))
    every = secondary_button(t("documents.show_all"), lambda: services.go("/documents"), icon=ft.Icons.REFRESH)
    return empty(ft.Icons.SEARCH_OFF, t("documents.none"), t("documents.none_why"), every)
