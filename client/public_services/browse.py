"""Browsing for who has no word to search for: a citizen's and a business's door, life events, fields, levels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.public_services import api
from client.public_services.life_events import icon_of, name_of, text_of
from client.public_services.wish import Wish
from client.public_services.words_source import FIRST_FIELDS
from client.ui.forms import Choice, go_chips, link_button
from client.ui.lists import card, section
from client.ui.pressing import one_button
from client.ui.segments import segments
from client.ui.states import card_skeletons, show
from client.ui.text import body, caption, title
from shared.public_services import AdminLevel, LifeEvent, ProcedureFacets, ProcedureField, Who

_FIRST = 8
_ONLINE = "online"
_ICONS = {Who.CITIZEN: ft.Icons.PERSON_OUTLINE, Who.BUSINESS: ft.Icons.STOREFRONT}


def browse_doors(wish: Wish) -> ft.Control:
    """Show the doors of the catalogue, for below an empty search box. `wish.who` says which door stands open first."""
    return Doors(wish.who if wish.who in list(Who) else Who.CITIZEN.value)


@ft.component
def Doors(first: str) -> ft.Control:
    """The two doors, and what is behind the one that stands open."""
    services = use_services()
    t = services.text
    who, open_door = ft.use_state(first)
    events = use_loaded(lambda: api.life_events(services.api), [])
    facets = use_loaded(lambda: api.facets(services.api, Wish(who=who)), [who])
    choices = [Choice(each.value, t(f"public_services.who_{each.value}"), _ICONS[each]) for each in Who]
    behind = show(facets, lambda found: _behind(services, who, events.value or [], found), skeleton=card_skeletons)
    return _column([segments(choices, who, open_door), behind], Space.L)


def _behind(services: Services, who: str, events: list[LifeEvent], facets: ProcedureFacets) -> ft.Control:
    mine = [event for event in events if event.who == who]
    parts = [
        part for part in (_events(services, who, mine), _fields(who, facets), _where(services, who, facets)) if part
    ]
    return _column(parts, Space.XL)


def _column(content: Sequence[ft.Control], spacing: int) -> ft.Column:
    return ft.Column(list(content), spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _events(services: Services, who: str, events: list[LifeEvent]) -> ft.Control | None:
    if not events:
        return None
    return section(
        services.text(f"public_services.browse_events_{who}"), [ft.Container(EventTiles(events), key=f"events-{who}")]
    )


@ft.component
def EventTiles(events: list[LifeEvent]) -> ft.Control:
    """Life events side by side; beyond the first few they come when asked for."""
    services = use_services()
    t = services.text
    opened, set_opened = ft.use_state(False)
    across = _across(services)
    first = _FIRST if across < 3 else across * 3
    shown = events if opened or len(events) <= first + across else events[:first]
    rows = [_tile_row(services, shown[at : at + across], across) for at in range(0, len(shown), across)]
    if len(shown) < len(events):
        words = t("public_services.browse_events_all", n=len(events))
        rows.append(_more(words, lambda: set_opened(True)))
    return _column(rows, Space.M)


def _across(services: Services) -> int:
    if services.preferences.easy and not services.wide:
        return 1
    return 3 if services.wide else 2


def _tile_row(services: Services, events: Sequence[LifeEvent], across: int) -> ft.Control:
    """Put tiles on one line, all as tall as the tallest; what is missing of the last line stays empty."""
    tiles: list[ft.Control] = [_tile(services, event) for event in events]
    tiles += [ft.Container(expand=True) for _ in range(across - len(events))]
    return ft.Row(tiles, spacing=Space.M, intrinsic_height=True)


def _tile(services: Services, event: LifeEvent) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.ACCENT if event.who is Who.CITIZEN else Tone.INFO)
    sign = ft.Container(
        ft.Icon(icon_of(event), color=ink, size=Size.ICON), bgcolor=ground, border_radius=Radius.M, padding=Space.S
    )
    name, count = name_of(t, event), t("public_services.count", n=t.number(event.count))
    words: list[ft.Control] = [title(name, small=not services.wide), caption(text_of(t, event)), caption(count)]
    if services.wide:
        content: ft.Control = ft.Row(
            [sign, ft.Column(words, spacing=2, expand=True)],
            spacing=Space.M,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
    else:
        head = ft.Row([sign, ft.Container(words[2], expand=True)], spacing=Space.S)
        content = ft.Column([head, *words[:2]], spacing=Space.XS)
    address = Wish(life_event=event.key).address
    tile = card(
        content,
        on_click=lambda: services.go(address),
        label=f"{name}. {count}. {text_of(t, event)}",
        padding=Space.M,
        key=f"event-{event.key}",
    )
    tile.expand = True
    return tile


def _fields(who: str, facets: ProcedureFacets) -> ft.Control | None:
    """Show the fields: those that most come for go first, then the fullest."""
    first = FIRST_FIELDS[who]
    fields = sorted(facets.fields, key=lambda field: first.index(field.name) if field.name in first else len(first))
    return ft.Container(FieldList(who, fields), key=f"fields-{who}") if fields else None


@ft.component
def FieldList(who: str, fields: list[ProcedureField]) -> ft.Control:
    """The first fields; all of them when asked for."""
    services = use_services()
    t = services.text
    opened, set_opened = ft.use_state(False)
    shown = fields if opened or len(fields) <= _FIRST + 2 else fields[:_FIRST]
    wish = Wish(who=who)
    lines: list[ft.Control] = []
    for field in shown:
        if lines:
            lines.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        lines.append(_field(services, field, replace(wish, field=field.name)))
    content: list[ft.Control] = [card(_column(lines, 0), padding=0)]
    if len(shown) < len(fields):
        words = t("public_services.browse_fields_all", n=len(fields))
        content.append(_more(words, lambda: set_opened(True)))
    return section(t("public_services.browse_fields"), content)


def _field(services: Services, field: ProcedureField, wish: Wish) -> ft.Control:
    row = ft.Row(
        [
            ft.Container(body(field.name), expand=True),
            caption(services.text.number(field.count)),
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET, size=Size.ICON_S),
        ],
        spacing=Space.S,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    box = ft.Container(row, padding=ft.Padding.symmetric(horizontal=Space.L, vertical=Space.M), ink=True)
    count = services.text("public_services.count", n=services.text.number(field.count))
    return one_button(f"{field.name}. {count}", box, lambda: services.go(wish.address))


def _where(services: Services, who: str, facets: ProcedureFacets) -> ft.Control | None:
    t = services.text

    def counted(value: str, name: str, count: int) -> Choice:
        return Choice(value, t("public_services.chip_count", name=name, n=t.number(count)))

    levels = {each.value: each.count for each in facets.levels}
    choices = [
        counted(level.value, t(f"public_services.level_{level.value}"), levels[level.value])
        for level in (AdminLevel.COMMUNE, AdminLevel.PROVINCE, AdminLevel.MINISTRY, AdminLevel.OTHER)
        if level.value in levels
    ]
    if facets.online:
        choices.append(counted(_ONLINE, t("public_services.online"), facets.online))
    if not choices:
        return None

    def choose(value: str) -> None:
        wish = Wish(who=who, online=True) if value == _ONLINE else Wish(who=who, level=value)
        services.go(wish.address)

    return section(t("public_services.browse_where"), [go_chips(choices, choose)])


def _more(words: str, press: Callable[[], None]) -> ft.Control:
    return ft.Row([link_button(words, press, icon=ft.Icons.EXPAND_MORE)], alignment=ft.MainAxisAlignment.CENTER)
