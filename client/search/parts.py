"""The pieces of the search screen: groups of hits, rows that open or dial, what to do when nothing is found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import flet as ft

from client.core.services import Services
from client.core.text import drawable
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.search.recent import Recent
from client.ui.forms import Choice, call_button, go_chips, icon_button, link_button, primary_button
from client.ui.lists import card, section
from client.ui.pressing import one_button
from client.ui.states import bone, empty
from client.ui.text import body, caption, heading, title
from shared.procedure_search import Door
from shared.search import SearchGroup, SearchHit, SearchKind

_EXAMPLES = 6


@dataclass(frozen=True)
class Look:
    """How a kind looks, and where all of it stands: `list` takes the question behind it, unless it takes none."""

    icon: ft.IconData
    tone: Tone
    list: str


LOOKS = {
    SearchKind.PROCEDURE: Look(ft.Icons.DESCRIPTION_OUTLINED, Tone.SUCCESS, "/services?q="),
    SearchKind.PLACE: Look(ft.Icons.MAP_OUTLINED, Tone.INFO, "/places?q="),
    SearchKind.OFFICE: Look(ft.Icons.ACCOUNT_BALANCE_OUTLINED, Tone.INFO, "/offices?q="),
    SearchKind.HOTLINE: Look(ft.Icons.CALL, Tone.DANGER, "/hotlines"),
    SearchKind.NEWS: Look(ft.Icons.NEWSPAPER_OUTLINED, Tone.ACCENT, "/news?q="),
    SearchKind.DOCUMENT: Look(ft.Icons.GAVEL_OUTLINED, Tone.NEUTRAL, "/documents?q="),
}
DOORS = {
    Door.REPORT: (ft.Icons.ADD_A_PHOTO_OUTLINED, "/feedback/new"),
    Door.HOTLINES: (ft.Icons.CALL, "/hotlines"),
    Door.DOSSIERS: (ft.Icons.FACT_CHECK_OUTLINED, "/dossiers"),
    Door.PLACES: (ft.Icons.MAP_OUTLINED, "/places"),
    Door.OFFICES: (ft.Icons.ACCOUNT_BALANCE_OUTLINED, "/offices"),
    Door.NEWS: (ft.Icons.NEWSPAPER_OUTLINED, "/news"),
}


def address(question: str) -> str:
    """Return where the results of a question stand."""
    return f"/search?q={quote(question)}" if question else "/search"


def all_of(kind: SearchKind, question: str) -> str:
    """Return where all that a question finds of one kind stands."""
    path = LOOKS[kind].list
    return f"{path}{quote(question)}" if path.endswith("=") else path


def group(
    services: Services, found: SearchGroup, question: str, opened: Callable[[str], None], chosen: SearchHit | None
) -> ft.Control:
    """Show the best of one kind under its name, with the way to all of it."""
    t = services.text
    look = LOOKS[found.kind]
    rows: list[ft.Control] = []
    for hit in found.hits:
        if rows:
            rows.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        rows.append(_row(services, hit, look, opened, chosen=hit is chosen))
    head: list[ft.Control] = [
        ft.Icon(look.icon, color=Colour.QUIET, size=Size.ICON),
        ft.Container(heading(t(f"search_box.{found.kind.value}")), expand=True),
    ]
    if found.more:
        words = t(f"search_box.all_{found.kind.value}")
        head.append(link_button(words, lambda: opened(all_of(found.kind, question))))
    top = ft.Row(head, spacing=Space.S, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Column(
        [top, card(ft.Column(rows, spacing=0), padding=0)],
        spacing=Space.S,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _row(services: Services, hit: SearchHit, look: Look, opened: Callable[[str], None], *, chosen: bool) -> ft.Control:
    dials = hit.kind is SearchKind.HOTLINE
    words = ft.Column(
        [title(hit.title, max_lines=2), *([caption(hit.about, max_lines=2)] if hit.about else [])],
        spacing=2,
        expand=True,
    )
    call = services.text("action.call", number=hit.phone)
    sign = _number(hit.phone, look.tone) if dials else _sign(look)
    end = [ft.Icon(ft.Icons.CALL if dials else ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)]
    inside = ft.Row(
        [sign, words, *(end if dials or not hit.phone else [])],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    box = ft.Container(
        inside,
        padding=ft.Padding.symmetric(horizontal=Space.L, vertical=Space.M),
        ink=True,
        url=f"tel:{hit.phone}" if dials else None,
        bgcolor=ft.Colors.PRIMARY_CONTAINER if chosen else None,
    )
    said = f"{call}. {hit.title}" if dials else hit.title
    press = None if dials else partial(opened, hit.path)
    row = one_button(f"{said}. {hit.about}", box, press, selected=True if chosen else None)
    if dials or not hit.phone:
        return row
    row.expand = True
    dial = icon_button(ft.Icons.CALL, call, None, action=ft.OpenUrl(f"tel:{hit.phone}"), color=ft.Colors.PRIMARY)
    return ft.Row([row, ft.Container(dial, padding=ft.Padding.only(right=Space.S))], spacing=0)


def _sign(look: Look) -> ft.Control:
    ink, ground = tone_colours(look.tone)
    return ft.Container(ft.Icon(look.icon, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.S)


def _number(number: str, tone: Tone) -> ft.Control:
    ink, ground = tone_colours(tone)
    return ft.Container(title(number, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.M)


def skeleton() -> ft.Control:
    """Draw the bones of two groups."""
    line = ft.Column([bone(Space.L), bone(Space.M, 160)], spacing=Space.S, expand=True)
    row = ft.Row([bone(Size.TARGET, Size.TARGET, radius=Radius.M), line], spacing=Space.M)
    groups = [ft.Column([bone(Space.XL, 160), card(row), card(row)], spacing=Space.S) for _ in range(2)]
    return ft.Semantics(label="…", exclude_semantics=True, content=ft.Column(list(groups), spacing=Space.XL))


def understood(services: Services, question: str) -> ft.Control:
    """Say how the question was read."""
    return ft.Semantics(
        live_region=True, container=True, content=body(services.text("search_box.understood", q=question))
    )


def door_card(services: Services, door: Door) -> ft.Control:
    """Lead to where the question belongs."""
    t = services.text
    icon, path = DOORS[door]
    ink, ground = tone_colours(Tone.ACCENT)
    name = t(f"search_box.door_{door.value}")
    why = t(f"search_box.door_{door.value}_why")
    sign = ft.Container(ft.Icon(icon, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    words = ft.Column([title(name), caption(why)], spacing=2, expand=True)
    row = ft.Row([sign, words, ft.Icon(ft.Icons.ARROW_FORWARD, color=ft.Colors.PRIMARY)], spacing=Space.M)
    return card(row, on_click=lambda: services.go(path), label=f"{name}. {why}", selected=True)


def nothing(services: Services, question: str) -> ft.Control:
    """Say that nothing was found, and what to do instead."""
    t = services.text
    phone = services.province.contact_phone
    call = call_button(t, phone)
    report = primary_button(t("search_box.report"), lambda: services.go("/feedback/new"), icon=ft.Icons.ADD_A_PHOTO)
    ways = ft.Row(
        [report, call], wrap=True, spacing=Space.M, run_spacing=Space.M, alignment=ft.MainAxisAlignment.CENTER
    )
    return empty(
        ft.Icons.SEARCH_OFF,
        t("search_box.none", q=drawable(question)[:60]),
        t("search_box.none_why", phone=phone),
        ways,
    )


def start(services: Services, recent: Recent) -> ft.Control:
    """Offer what was searched for here before, and what others often look for."""
    t = services.text
    parts: list[ft.Control] = []
    if recent.questions:
        rows = [_recent_row(services, recent, question) for question in recent.questions]
        kept = section(
            t("search_box.recent"),
            [card(ft.Column(list(rows), spacing=0), padding=Space.XS), caption(t("search_box.recent_why"))],
            more=t("search_box.recent_clear"),
            on_more=recent.clear,
        )
        parts.append(kept)
    examples = [t(f"search_box.example_{n}") for n in range(1, _EXAMPLES + 1)]
    chips = go_chips([Choice(each, each) for each in examples], lambda q: services.go(address(q)))
    parts.append(section(t("search_box.examples"), [chips, caption(t("search_box.what"))]))
    return ft.Column(parts, spacing=Space.XL)


def _recent_row(services: Services, recent: Recent, question: str) -> ft.Control:
    t = services.text
    row = ft.Container(
        ft.Row(
            [ft.Icon(ft.Icons.HISTORY, color=Colour.QUIET), ft.Container(body(drawable(question)), expand=True)],
            spacing=Space.M,
        ),
        padding=ft.Padding.only(left=Space.M),
        height=Size.TARGET,
        ink=True,
    )
    again = one_button(t("search_box.again", q=question), row, lambda: services.go(address(question)), expand=True)
    remove = icon_button(ft.Icons.CLOSE, t("search_box.recent_remove", q=question), lambda: recent.remove(question))
    return ft.Row([again, remove], spacing=0)
