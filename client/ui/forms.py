"""Fields that show their errors and buttons that cannot be pressed twice."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import flet as ft

from client.core.store import Form
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space
from client.ui.pressing import one_button
from client.ui.text import body, caption, title

V = TypeVar("V")
Press = Callable[..., Any]


def primary_button(
    words: str,
    on_click: Press | None,
    *,
    icon: ft.IconData | None = None,
    running: bool = False,
    disabled: bool = False,
    expand: bool = False,
) -> ft.FilledButton:
    """Make the one main button of a place. While `running` it turns and cannot be pressed."""
    return ft.FilledButton(
        content=_busy(words) if running else words,
        icon=None if running else icon,
        on_click=on_click,
        disabled=disabled or running,
        height=Size.TARGET,
        expand=expand or None,
    )


def secondary_button(
    words: str,
    on_click: Press | None,
    *,
    icon: ft.IconData | None = None,
    running: bool = False,
    disabled: bool = False,
    expand: bool = False,
    action: ft.ClientAction | list[ft.ClientAction] | None = None,
) -> ft.OutlinedButton:
    """Make a button that stands beside the main one."""
    return ft.OutlinedButton(
        content=_busy(words) if running else words,
        icon=None if running else icon,
        on_click=on_click,
        disabled=disabled or running,
        height=Size.TARGET,
        expand=expand or None,
        action=action,
    )


def call_button(t: Text, phone: str) -> ft.OutlinedButton:
    """Make a button that calls a number. The client dials by itself, within the tap: a browser opens nothing later."""
    dials = ft.OpenUrl(f"tel:{re.sub(r'[ .]', '', phone)}")
    return secondary_button(t("action.call", number=phone), None, icon=ft.Icons.CALL, action=dials)


def link_button(words: str, on_click: Press | None, *, icon: ft.IconData | None = None) -> ft.TextButton:
    """Make a quiet button that looks like a link."""
    return ft.TextButton(content=words, icon=icon, on_click=on_click, height=Size.TARGET)


def icon_button(
    icon: ft.IconData,
    name: str,
    on_click: Press | None,
    *,
    disabled: bool = False,
    color: ft.ColorValue | None = None,
    badge: str | None = None,
    action: ft.ClientAction | list[ft.ClientAction] | None = None,
) -> ft.Control:
    """Make a button that is a sign alone; `name` is read out, and shown when a pointer rests on it."""
    button = ft.IconButton(
        icon=icon,
        tooltip=name,
        on_click=on_click,
        disabled=disabled,
        icon_color=color,
        action=action,
        badge=_number(badge) if badge else None,
    )
    # The tooltip is a node of its own in the tree that screen readers see: without merging, the button has no name.
    return ft.MergeSemantics(content=button)


def _number(badge: str) -> ft.Badge:
    """Put a number on the sign itself: at the button's corner it would touch the neighbour."""
    return ft.Badge(label=badge, bgcolor=Colour.BADGE, text_color=Colour.ON_BADGE, offset=ft.Offset(-4, 4))


def _busy(words: str) -> ft.Control:
    ring = ft.ProgressRing(width=Size.ICON_S, height=Size.ICON_S, stroke_width=2)
    return ft.Row([ring, ft.Text(words)], spacing=Space.S, tight=True)


def text_field(
    form: Form,
    name: str,
    label: str,
    *,
    hint: str | None = None,
    helper: str | None = None,
    icon: ft.IconData | None = None,
    password: bool = False,
    lines: int = 1,
    max_length: int | None = None,
    keyboard: ft.KeyboardType = ft.KeyboardType.TEXT,
    autofill: ft.AutofillHint | None = None,
    on_submit: Press | None = None,
    autofocus: bool = False,
) -> ft.TextField:
    """Make a field of a form: it keeps what is typed and shows what is wrong with it. `lines` > 1 makes a text area."""
    return ft.TextField(
        key=f"field-{name}",
        ref=form.ref(name),
        label=label,
        value=str(form.get(name) or ""),
        error=form.error(name),
        hint_text=hint,
        helper=helper,
        prefix_icon=icon,
        password=password and not form.revealed(name),
        suffix_icon=_reveal(form, name) if password else None,
        multiline=lines > 1,
        min_lines=lines if lines > 1 else None,
        max_lines=lines * 3 if lines > 1 else 1,
        max_length=max_length,
        keyboard_type=ft.KeyboardType.MULTILINE if lines > 1 else keyboard,
        autofill_hints=autofill,
        autofocus=autofocus,
        border=outline(),
        filled=True,
        fill_color=Colour.CARD,
        hover_color=Colour.CARD,
        on_change=lambda e: form.typed(name, e.control.value),
        on_submit=on_submit,
    )


def outline(radius: int = Radius.M, color: ft.ColorValue = Colour.FIELD_BORDER) -> ft.OutlineInputBorder:
    """Draw the line around a field; what is focused or wrong gets the theme's colour."""
    return ft.OutlineInputBorder(border_radius=radius, side=ft.BorderSide(1, color))


def _reveal(form: Form, name: str) -> ft.Control:
    """Make the eye of a password field; Flet's own has no name that could be read out."""
    shown = form.revealed(name)
    words = form.text("action.hide_password" if shown else "action.show_password")
    icon = ft.Icons.VISIBILITY_OFF_OUTLINED if shown else ft.Icons.VISIBILITY_OUTLINED
    return icon_button(icon, words, lambda: form.reveal(name))


def check_field(form: Form, name: str, label: str) -> ft.Control:
    """Make a box to tick, with its error below."""
    ticked = bool(form.get(name))
    box = ft.Checkbox(value=ticked, semantics_label=label, on_change=lambda e: form.set(name, bool(e.control.value)))
    # The box's own label does not wrap, and the words are what a finger aims at.
    words = ft.GestureDetector(
        content=ft.Container(
            content=ft.Semantics(exclude_semantics=True, content=body(label)),
            padding=ft.Padding.symmetric(vertical=Space.S),
        ),
        on_tap=lambda _: form.set(name, not ticked),
        mouse_cursor=ft.MouseCursor.CLICK,
        # A screen reader has the box itself; a second one without a name would only puzzle.
        exclude_from_semantics=True,
        expand=True,
    )
    row = ft.Row([box, words], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return _with_error(row, form.error(name))


def switch_field(form: Form, name: str, label: str, why: str = "") -> ft.Control:
    """Make a switch with its words on the left and an explanation below."""
    words: list[ft.Control] = [title(label, small=True)]
    if why:
        words.append(caption(why))
    switch = ft.Switch(value=bool(form.get(name)), on_change=lambda e: form.set(name, bool(e.control.value)))
    row = ft.Row([ft.Column(words, spacing=0, expand=True), switch], vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.MergeSemantics(content=row)


@dataclass(frozen=True)
class Choice:
    """One of several to choose from."""

    value: str
    words: str
    icon: ft.IconData | None = None


def choice_chips(
    choices: Sequence[Choice], selected: str | None, on_select: Callable[[str], None], *, scroll: bool = False
) -> ft.Control:
    """Let one of a few be chosen. `scroll` keeps them on one line that moves sideways (filters)."""
    chips: list[ft.Control] = [
        _chip(
            choice,
            selected=choice.value == selected,
            show_checkmark=choice.icon is None,
            selected_color=ft.Colors.PRIMARY_CONTAINER,
            check_color=ft.Colors.ON_PRIMARY_CONTAINER,
            on_select=lambda _, value=choice.value: on_select(value),
        )
        for choice in choices
    ]
    if scroll:
        return ft.Row(chips, spacing=Space.S, scroll=ft.ScrollMode.HIDDEN)
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True)


def go_chips(choices: Sequence[Choice], go: Callable[[str], None]) -> ft.Control:
    """Offer some ways to go on; each is a button, and none is chosen."""

    # Flutter tells any chip of this kind as a box to tick.
    chips: list[ft.Control] = [
        one_button(each.words, _chip(each), partial(go, each.value), key=f"go-{each.value}") for each in choices
    ]
    return ft.Row(chips, spacing=Space.S, run_spacing=Space.S, wrap=True)


def _chip(choice: Choice, *, selected: bool = False, **facts: Any) -> ft.Chip:
    return ft.Chip(
        key=f"choice-{choice.value}",
        label=choice.words,
        leading=ft.Icon(choice.icon, size=Size.ICON_S) if choice.icon else None,
        selected=selected,
        bgcolor=Colour.CARD,
        label_text_style=ft.TextStyle(color=ft.Colors.ON_PRIMARY_CONTAINER if selected else ft.Colors.ON_SURFACE),
        border_side=ft.BorderSide(1, Colour.FIELD_BORDER),
        shape=ft.RoundedRectangleBorder(radius=Radius.PILL),
        **facts,
    )


def choice_field(form: Form, name: str, choices: Sequence[Choice]) -> ft.Control:
    """Let one of a few be chosen in a form, with its error below."""
    chosen = form.get(name)
    return _with_error(choice_chips(choices, chosen, lambda value: form.set(name, value)), form.error(name))


def search_field(hint: str, value: str, on_search: Callable[[str], None], *, autofocus: bool = False) -> ft.TextField:
    """Make a search box; `on_search` is called with what stands in it when Enter is pressed."""
    return ft.TextField(
        value=value,
        hint_text=hint,
        # The hint names the empty box; a label would hide the hint.
        label=hidden_label(hint) if value else None,
        prefix_icon=ft.Icons.SEARCH,
        border=outline(Radius.PILL, Colour.CARD_BORDER),
        filled=True,
        fill_color=Colour.CARD,
        hover_color=Colour.CARD,
        autofocus=autofocus,
        on_submit=lambda e: on_search((e.control.value or "").strip()),
    )


def hidden_label(name: str) -> ft.Control:
    """Return a label that is read out and takes no room, for a field that shows none."""
    return ft.Container(content=ft.Text(name, size=1), width=0, height=0)


def _with_error(control: ft.Control, error: str | None) -> ft.Control:
    if error is None:
        return control
    return ft.Column([control, caption(error, color=ft.Colors.ERROR)], spacing=Space.XS)
