"""A switch between a few ways to look at the same thing, as wide as its place."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.theme import Colour, Radius, Size, Space
from client.ui.forms import Choice
from client.ui.pressing import one_button
from client.ui.text import label


def segments(choices: Sequence[Choice], selected: str, on_select: Callable[[str], None]) -> ft.Control:
    """Show all ways side by side; the one that is shown stands out and says so to a screen reader."""
    parts = [_segment(each, on_select, selected=each.value == selected) for each in choices]
    return ft.Container(
        ft.Row(parts, spacing=Space.XS),
        bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH,
        border_radius=Radius.PILL,
        padding=Space.XS,
    )


def _segment(choice: Choice, on_select: Callable[[str], None], *, selected: bool) -> ft.Control:
    ink = ft.Colors.ON_PRIMARY_CONTAINER if selected else Colour.QUIET
    words = label(choice.words, color=ink, max_lines=1)
    row: list[ft.Control] = [words]
    if choice.icon is not None:
        row.insert(0, ft.Icon(choice.icon, size=Size.ICON_S, color=ink))
    box = ft.Container(
        ft.Row(row, spacing=Space.XS, alignment=ft.MainAxisAlignment.CENTER),
        height=Size.TARGET - Space.S,
        border_radius=Radius.PILL,
        bgcolor=ft.Colors.PRIMARY_CONTAINER if selected else None,
        ink=True,
    )
    return one_button(
        choice.words,
        box,
        lambda: on_select(choice.value),
        key=f"segment-{choice.value}",
        selected=selected,
        expand=True,
    )
