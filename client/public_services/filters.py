"""What narrows the list of procedures, and what people often look for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flet as ft

from client.core.services import Services
from client.core.theme import Space
from client.public_services.wish import Wish
from client.public_services.words_source import AUDIENCES
from client.ui.forms import Choice, choice_chips, link_button, outline
from client.ui.lists import card
from client.ui.text import caption, title
from shared.public_services import AdminLevel, ProcedureField
from shared.vietnamese import without_marks

_SUGGESTIONS = ("birth", "residence", "card", "marriage", "land", "business", "copy", "record", "death")


def suggestions(services: Services) -> ft.Control:
    """Offer what people often look for."""
    t = services.text
    words = [t(f"public_services.suggest_{name}") for name in _SUGGESTIONS]
    chips = choice_chips([Choice(each, each) for each in words], None, lambda q: services.go(Wish(q=q).address))
    return ft.Column(
        [caption(t("public_services.hint")), title(t("public_services.suggestions"), small=True), chips],
        spacing=Space.S,
    )


def filter_panel(services: Services, wish: Wish, fields: list[ProcedureField]) -> ft.Control:
    """Let the list be narrowed by field, level, audience and way of filing; each choice changes the address."""
    t = services.text

    def narrow(**wanted: Any) -> None:
        services.go(replace(wish, **wanted).address)

    levels = [
        Choice("", t("public_services.any")),
        *[Choice(level.value, t(f"public_services.level_{level.value}")) for level in _LEVELS],
    ]
    audiences = [
        Choice("", t("public_services.any")),
        *[Choice(value, t(f"public_services.audience_{name}")) for name, value in AUDIENCES.items()],
    ]
    online = ft.Switch(
        label=t("public_services.online_only"),
        value=wish.online,
        on_change=lambda e: narrow(online=bool(e.control.value)),
    )
    parts: list[ft.Control] = [
        ft.Row([_field_choice(services, wish, fields, narrow)]),
        _labelled(t("public_services.level"), choice_chips(levels, wish.level, lambda value: narrow(level=value))),
        _labelled(
            t("public_services.audience"),
            choice_chips(audiences, wish.audience, lambda value: narrow(audience=value)),
        ),
        online,
    ]
    if wish.filters:
        parts.append(ft.Row([filters_off(services, wish)]))
    return card(ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def filters_off(services: Services, wish: Wish) -> ft.Control:
    """Offer to look for the same without filters."""
    words = services.text("public_services.filters_clear")
    return link_button(words, lambda: services.go(Wish(q=wish.q).address), icon=ft.Icons.CLOSE)


_LEVELS = (AdminLevel.COMMUNE, AdminLevel.PROVINCE, AdminLevel.MINISTRY)


def _labelled(words: str, content: ft.Control) -> ft.Control:
    return ft.Column([title(words, small=True), content], spacing=Space.S)


def _field_choice(
    services: Services, wish: Wish, fields: list[ProcedureField], narrow: Callable[..., None]
) -> ft.Control:
    """Offer the fields by name; typing finds one among the many."""
    t = services.text
    options = [
        ft.DropdownOption(key=each.name, text=t("public_services.field_count", name=each.name, n=each.count))
        for each in sorted(fields, key=lambda each: without_marks(each.name))
        if each.name
    ]
    every = [ft.DropdownOption(key=_ANY, text=t("public_services.any_field"))] if wish.field else []
    return ft.Dropdown(
        label=t("public_services.field"),
        hint_text=t("public_services.any_field"),
        value=wish.field or None,
        options=[*every, *options],
        enable_filter=True,
        editable=True,
        width=_WIDTH,
        menu_width=_WIDTH,
        menu_height=_MENU,
        border=outline(),
        on_select=lambda e: narrow(field="" if e.control.value in (None, _ANY) else e.control.value),
    )


_ANY = "any"
_WIDTH, _MENU = 288, 360
