"""The list of procedures: search, filters in the address, rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Size, Space, Tone, tone_colours
from client.public_services import api
from client.public_services.answers import SuggestionChips, answer_notes
from client.public_services.browse import browse_doors
from client.public_services.filters import FilterPanel, FiltersOn, suggestions
from client.public_services.rows import procedure_row
from client.public_services.wish import Wish, use_wish
from client.ui.forms import icon_button, secondary_button
from client.ui.lists import Pages, apart, card, page_list, use_pages
from client.ui.search import live_search
from client.ui.shell import Screen
from client.ui.states import empty
from client.ui.text import caption, title
from shared.procedure_search import ProcedurePage, Verdict
from shared.public_services import ProcedureField, ProcedureSummary

_PANEL = 320


@ft.component
def ServicesScreen() -> ft.Control:
    """Look procedures up."""
    services = use_services()
    t = services.text
    wish = use_wish()
    fields = use_loaded(lambda: api.fields(services.api), [])
    pages = use_pages(lambda cursor: api.procedures(services.api, wish, cursor), [wish, t.language])
    opened, set_opened = ft.use_state(False)
    half, set_half = ft.use_state("")
    alike, set_alike = ft.use_state("")

    def ask(q: str) -> None:
        set_half(q)
        services.go(replace(wish, q=q).address)

    box = live_search(
        t("public_services.search"), wish.q, ask, on_rest=lambda: set_half(""), autofocus=services.desktop
    )
    asked_now = _Asked(wish, bool(wish.q) and wish.q == half, alike == wish.q, lambda: set_alike(wish.q))
    found = _results(services, asked_now, pages, fields.value or [])
    panel = FilterPanel(wish, fields.value or [])
    untouched = not wish.q and not wish.filters
    if services.desktop:
        # What stands beside it while nothing is asked narrows the list too, and counts for one door alone.
        left = ft.Column([*([] if untouched else [panel]), *_doors(services)], spacing=Space.L, width=_PANEL)
        asked: list[ft.Control] = [suggestions(services), browse_doors(wish)] if untouched else []
        if wish.filters:
            asked.append(FiltersOn(wish))
        right = apart(_column([box, apart(_column([*asked, *found]))]))
        right.expand = True
        row = ft.Row([apart(left), right], spacing=Space.XL, vertical_alignment=ft.CrossAxisAlignment.START)
        return Screen(t("public_services.title"), [row], full=True)
    words = t("public_services.filters_on", n=wish.filters) if wish.filters else t("public_services.filters")
    number = str(wish.filters) if wish.filters else None
    toggle = icon_button(ft.Icons.TUNE, words, lambda: set_opened(not opened), badge=number)
    bar = ft.Row([ft.Container(box, expand=True), toggle], spacing=Space.XS)
    shown: list[ft.Control] = [bar]
    if opened:
        done = secondary_button(t("public_services.filters_done"), lambda: set_opened(False), icon=ft.Icons.CHECK)
        shown += [panel, ft.Row([done], alignment=ft.MainAxisAlignment.CENTER)]
    elif wish.filters:
        shown.append(FiltersOn(wish))
    if untouched:
        dossiers, *others = _doors(services)
        shown += [suggestions(services), ft.Row([dossiers]), browse_doors(wish)]
        across = len(others) if services.wide else 1
        shown += [
            ft.Row(others[at : at + across], spacing=Space.M, intrinsic_height=across > 1)
            for at in range(0, len(others), across)
        ]
    return Screen(t("public_services.title"), [*shown, *found])


def _column(lines: list[ft.Control]) -> ft.Column:
    return ft.Column(lines, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@dataclass(frozen=True)
class _Asked:
    """What is asked; whether it may be half a question yet; whether what is merely alike is shown, and how to show it.

    Of half a question nothing is judged: what is being typed would be called wrong at every word.
    """

    wish: Wish
    half: bool
    alike: bool
    show_alike: Callable[[], None]


def _results(
    services: Services, asked: _Asked, pages: Pages[ProcedureSummary], fields: list[ProcedureField]
) -> list[ft.Control]:
    t, wish = services.text, asked.wish
    first = pages.first if isinstance(pages.first, ProcedurePage) else None
    notes = answer_notes(services, wish, first, half=asked.half)
    judged = first is not None and first.verdict is Verdict.OUT_OF_SCOPE and not asked.half
    # What only begins alike would contradict the word that nothing is meant.
    chips: list[ft.Control] = [SuggestionChips(wish)] if wish.q and not judged else []
    if judged and pages.items and not asked.alike:
        more = secondary_button(t("public_services.alike"), asked.show_alike, icon=ft.Icons.EXPAND_MORE)
        return [*notes, ft.Row([more], alignment=ft.MainAxisAlignment.CENTER)]
    count = _count(services, wish, pages, fields)
    said = ft.Semantics(live_region=True, container=True, content=caption(count))
    nothing = ft.Container() if asked.half else _nothing(services, wish, said=bool(notes))
    rows = page_list(pages, lambda each: procedure_row(services, each, wish), empty=nothing)
    return [*chips, *notes, *([said] if count else []), rows]


def _count(services: Services, wish: Wish, pages: Pages[ProcedureSummary], fields: list[ProcedureField]) -> str:
    """Say how many there are; where the backend does not count, how many are shown."""
    t = services.text
    if pages.waiting or not pages.items:
        return ""
    number = len(pages.items)
    if not pages.more:
        return t("public_services.count_one") if number == 1 else t("public_services.count", n=t.number(number))
    if not wish.q and wish.filters == bool(wish.field):
        total = sum(field.count for field in fields if wish.field in ("", field.name))
        if total:
            return t("public_services.count", n=t.number(total))
    return t("public_services.count_first", n=t.number(number))


def _nothing(services: Services, wish: Wish, *, said: bool) -> ft.Control:
    """Say that there is nothing and what to do; `said` that a note above has said so already."""
    t = services.text
    if not wish.q and not wish.filters:
        portal = ft.OutlinedButton(
            content=t("public_services.portal"),
            icon=ft.Icons.OPEN_IN_NEW,
            height=Size.TARGET,
            action=ft.OpenUrl("https://dichvucong.gov.vn", target=ft.UrlTarget.BLANK),
        )
        return empty(
            ft.Icons.DESCRIPTION_OUTLINED,
            t("public_services.nothing_yet"),
            t("public_services.nothing_yet_why"),
            portal,
        )
    again = secondary_button(t("public_services.clear_all"), lambda: services.go("/services"), icon=ft.Icons.REFRESH)
    if said:
        return ft.Row([again], alignment=ft.MainAxisAlignment.CENTER)
    return empty(ft.Icons.SEARCH_OFF, t("public_services.none"), t("public_services.none_why"), again)


def _doors(services: Services) -> list[ft.Control]:
    """Lead to the dossiers, the offices, the places and the hotlines."""
    t = services.text
    dossiers = t("dossiers.title"), t("dossiers.door_why")
    doors = [
        (ft.Icons.QR_CODE_SCANNER, Tone.SUCCESS, *dossiers, "/dossiers"),
        (ft.Icons.ACCOUNT_BALANCE_OUTLINED, Tone.ACCENT, t("offices.go"), t("offices.go_why"), "/offices"),
        (ft.Icons.MAP, Tone.INFO, t("public_services.go_places"), t("public_services.go_places_why"), "/places"),
        (
            ft.Icons.CALL,
            Tone.DANGER,
            t("public_services.go_hotlines"),
            t("public_services.go_hotlines_why"),
            "/hotlines",
        ),
    ]
    cards = []
    for icon, tone, words, why, path in doors:
        ink, _ = tone_colours(tone)
        content = ft.Row(
            [ft.Icon(icon, color=ink), ft.Column([title(words, small=True), caption(why)], spacing=2, expand=True)],
            spacing=Space.M,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        door = card(content, on_click=partial(services.go, path), label=f"{words}. {why}")
        if not services.desktop:
            door.expand = True
        cards.append(door)
    return cards
