"""What narrows the list of procedures, and what people often look for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Radius, Space
from client.public_services import api
from client.public_services.life_events import icon_of, name_of
from client.public_services.wish import Wish
from client.public_services.words_source import AUDIENCES
from client.ui.forms import Choice, choice_chips, go_chips, link_button, outline
from client.ui.lists import card
from client.ui.text import caption, label, title
from shared.public_services import AdminLevel, FacetCount, LifeEvent, ProcedureField, Who
from shared.vietnamese import without_marks

_SUGGESTIONS = ("birth", "residence", "card", "marriage", "land", "business", "copy", "record", "death")


def suggestions(services: Services) -> ft.Control:
    """Offer what people often look for."""
    t = services.text
    words = [t(f"public_services.suggest_{name}") for name in _SUGGESTIONS]
    chips = go_chips([Choice(each, each) for each in words], lambda q: services.go(Wish(q=q).address))
    return ft.Column(
        [caption(t("public_services.hint")), title(t("public_services.suggestions"), small=True), chips],
        spacing=Space.S,
    )


@ft.component
def FilterPanel(wish: Wish, fields: list[ProcedureField]) -> ft.Control:
    """Let the list be narrowed; each choice changes the address, and says what it leaves while nothing is asked."""
    services = use_services()
    t = services.text
    events = use_loaded(lambda: api.life_events(services.api), [])
    counted = use_loaded(lambda: api.facets(services.api, wish), [replace(wish, q="")])
    # A search finds less than the catalogue holds, so there the counts of the catalogue would mislead.
    facets = None if wish.q else counted.value

    def narrow(**wanted: Any) -> None:
        services.go(replace(wish, **wanted).address)

    online = ft.Switch(
        label=t("public_services.online_only"),
        value=wish.online,
        on_change=lambda e: narrow(online=bool(e.control.value)),
    )
    who = [(each.value, t(f"public_services.who_{each.value}")) for each in Who]
    levels = [(level.value, t(f"public_services.level_{level.value}")) for level in _LEVELS]
    audiences = [(value, t(f"public_services.audience_{name}")) for name, value in AUDIENCES.items()]
    parts: list[ft.Control] = [
        _choice(t, t("public_services.who"), who, wish.who, facets.who if facets else None, lambda v: narrow(who=v)),
        ft.Row([_event_choice(services, wish, events.value or [], narrow)]),
        ft.Row([_field_choice(services, wish, facets.fields if facets else fields, narrow)]),
        _choice(
            t,
            t("public_services.level"),
            levels,
            wish.level,
            facets.levels if facets else None,
            lambda v: narrow(level=v),
        ),
        _choice(
            t,
            t("public_services.audience"),
            audiences,
            wish.audience,
            facets.audiences if facets else None,
            lambda v: narrow(audience=v),
        ),
        online,
    ]
    if wish.filters:
        parts.append(ft.Row([_all_off(services, wish)]))
    return card(ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _choice(
    t: Text,
    words: str,
    values: list[tuple[str, str]],
    chosen: str,
    counts: list[FacetCount] | None,
    choose: Callable[[str], None],
) -> ft.Control:
    """Offer some values with their counts; those that would leave nothing are not offered."""
    choices = [Choice("", t("public_services.any"))]
    if counts is None:
        choices += [Choice(value, name) for value, name in values]
    else:
        known = {each.value: each.count for each in counts}
        choices += [
            Choice(value, t("public_services.chip_count", name=name, n=t.number(known.get(value, 0))))
            for value, name in values
            if value in known or value == chosen
        ]
    return _labelled(words, choice_chips(choices, chosen, choose))


@ft.component
def FiltersOn(wish: Wish) -> ft.Control:
    """Show which filters are on; each can be taken away, or all."""
    services = use_services()
    t = services.text
    events = use_loaded(lambda: api.life_events(services.api), [])
    names = {event.key: name_of(t, event) for event in events.value or []}
    known = {value: name for name, value in AUDIENCES.items()}
    on = {
        "life_event": names.get(wish.life_event, t("public_services.life_event")) if wish.life_event else "",
        "who": t(f"public_services.who_{wish.who}") if wish.who in list(Who) else wish.who,
        "field": wish.field,
        "level": t(f"public_services.level_{wish.level}") if wish.level in list(AdminLevel) else wish.level,
        "audience": t(f"public_services.audience_{known[wish.audience]}") if wish.audience in known else wish.audience,
        "online": t("public_services.online") if wish.online else "",
    }
    chips: list[ft.Control] = [_on(services, wish, name, words) for name, words in on.items() if words]
    if len(chips) > 1:
        chips.append(_all_off(services, wish))
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True, expand=True)


def _on(services: Services, wish: Wish, name: str, words: str) -> ft.Control:
    wanted: Any = {name: False if name == "online" else ""}
    without = replace(wish, **wanted)
    return ft.Chip(
        key=f"on-{name}",
        label=ft.Container(label(words, max_lines=2), width=_LONG if len(words) > _LETTERS else None),
        delete_icon_tooltip=services.text("public_services.filter_remove", name=words),
        on_delete=lambda _: services.go(without.address),
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        border_side=ft.BorderSide(1, ft.Colors.PRIMARY_CONTAINER),
        shape=ft.RoundedRectangleBorder(radius=Radius.PILL),
    )


def _all_off(services: Services, wish: Wish) -> ft.Control:
    words = services.text("public_services.filters_clear")
    return link_button(words, lambda: services.go(Wish(q=wish.q).address), icon=ft.Icons.CLOSE)


_LEVELS = (AdminLevel.COMMUNE, AdminLevel.PROVINCE, AdminLevel.MINISTRY)


def _labelled(words: str, content: ft.Control) -> ft.Control:
    return ft.Column([title(words, small=True), content], spacing=Space.S)


def _event_choice(services: Services, wish: Wish, events: list[LifeEvent], narrow: Callable[..., None]) -> ft.Control:
    """Offer the life events of both doors."""
    t = services.text
    options = [
        ft.DropdownOption(key=event.key, text=name_of(t, event), leading_icon=icon_of(event))
        for event in events
        if not wish.who or event.who == wish.who or event.key == wish.life_event
    ]
    words = t("public_services.life_event"), t("public_services.any")
    return _dropdown(*words, wish.life_event, options, lambda key: narrow(life_event=key))


def _field_choice(
    services: Services, wish: Wish, fields: list[ProcedureField], narrow: Callable[..., None]
) -> ft.Control:
    """Offer the fields by name; typing finds one among the many."""
    t = services.text
    options = [
        ft.DropdownOption(key=each.name, text=t("public_services.field_count", name=each.name, n=t.number(each.count)))
        for each in sorted(fields, key=lambda each: without_marks(each.name))
        if each.name
    ]
    words = t("public_services.field"), t("public_services.any_field")
    return _dropdown(*words, wish.field, options, lambda key: narrow(field=key), typing=True)


def _dropdown(
    label: str,
    every: str,
    value: str,
    options: list[ft.DropdownOption],
    choose: Callable[[str], None],
    *,
    typing: bool = False,
) -> ft.Control:
    """Offer one of many, or all again when one is chosen; `typing` finds one by its beginning."""
    back = [ft.DropdownOption(key=_ANY, text=every)] if value else []
    return ft.Dropdown(
        label=label,
        hint_text=every,
        value=value or None,
        options=[*back, *options],
        enable_filter=typing,
        editable=typing,
        width=_WIDTH,
        menu_width=_WIDTH,
        menu_height=_MENU,
        border=outline(),
        on_select=lambda e: choose("" if e.control.value in (None, _ANY) else e.control.value),
    )


_ANY = "any"
_WIDTH, _MENU = 288, 360
_LETTERS, _LONG = 40, 260
"""A chip does not break its words by itself: longer ones get this width."""
