"""Rows under heads, for wide windows; on a phone the same things are cards."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.core.theme import Colour, Space
from client.ui.lists import card
from client.ui.text import caption


@dataclass(frozen=True)
class Head:
    """What a column is called, and its share of the width; a column with a `width` is that wide."""

    words: str
    share: int = 1
    width: int | None = None


def table(heads: Sequence[Head], rows: Sequence[Sequence[ft.Control]]) -> ft.Control:
    """Show rows under heads; every row has a cell for each head."""
    top = ft.Container(_line(heads, [caption(head.words) for head in heads]), padding=_padding(Space.S))
    lines: list[ft.Control] = [top]
    for row in rows:
        lines.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        lines.append(ft.Container(_line(heads, row), padding=_padding(Space.XS)))
    return card(ft.Column(lines, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH), padding=0)


def _padding(vertical: int) -> ft.Padding:
    return ft.Padding.symmetric(horizontal=Space.L, vertical=vertical)


def _line(heads: Sequence[Head], cells: Sequence[ft.Control]) -> ft.Control:
    placed: list[ft.Control] = [
        ft.Container(cell, width=head.width, expand=None if head.width is not None else head.share)
        for head, cell in zip(heads, cells, strict=True)
    ]
    return ft.Row(placed, spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER)
