"""Numbers as pictures: bars over time and bars of shares. What they say always stands in words or a table as well."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft
import flet_charts as fc

from client.core.theme import Radius, Size, Space
from client.ui.text import caption

_LINES = 4
_HEIGHT = 220
_AXIS = 44
_BAR = 10


@dataclass(frozen=True)
class Series:
    """What a colour stands for, and its numbers, one for each bar."""

    words: str
    colour: ft.ColorValue
    values: Sequence[int]


def legend(series: Sequence[Series]) -> ft.Control:
    """Say what each colour stands for."""
    entries: list[ft.Control] = [
        ft.Row(
            [
                ft.Container(width=Space.M, height=Space.M, bgcolor=each.colour, border_radius=Space.XS),
                caption(each.words),
            ],
            spacing=Space.XS,
            tight=True,
        )
        for each in series
    ]
    return ft.Row(entries, spacing=Space.L, run_spacing=Space.XS, wrap=True)


def stacked_bars(
    names: Sequence[str], series: Sequence[Series], said: str, tips: Sequence[str], *, width: int
) -> ft.Control:
    """Show one bar for each name, its series upon each other. `said` is read out instead; `tips` stand at the bars."""
    totals = [sum(each.values[n] for each in series) for n in range(len(names))]
    step = _step(max(totals, default=0))
    top = step * max(math.ceil(max(totals, default=0) / step), 1)
    groups = [fc.BarChartGroup(x=n, rods=[_rod(n, series, totals[n], tips[n], width)]) for n in range(len(names))]
    chart = fc.BarChart(
        groups=groups,
        min_y=0,
        max_y=top,
        horizontal_grid_lines=fc.ChartGridLines(interval=step, color=ft.Colors.OUTLINE_VARIANT, width=1),
        left_axis=fc.ChartAxis(
            label_size=_AXIS,
            label_spacing=step,
            labels=[fc.ChartAxisLabel(value=n, label=caption(str(n))) for n in range(0, top + 1, step)],
        ),
        bottom_axis=fc.ChartAxis(
            label_size=Size.ICON_L,
            labels=[fc.ChartAxisLabel(value=n, label=_below(name)) for n, name in enumerate(names)],
        ),
        tooltip=fc.BarChartTooltip(bgcolor=ft.Colors.INVERSE_SURFACE, fit_inside_horizontally=True, margin=Space.S),
        expand=True,
    )
    return ft.Semantics(label=said, image=True, exclude_semantics=True, content=ft.Container(chart, height=_HEIGHT))


def _below(name: str) -> ft.Control:
    return ft.Container(caption(name, max_lines=1), padding=ft.Padding.only(top=Space.S))


def _rod(n: int, series: Sequence[Series], total: int, tip: str, width: int) -> fc.BarChartRod:
    parts: list[fc.BarChartRodStackItem] = []
    start = 0
    for each in series:
        parts.append(fc.BarChartRodStackItem(from_y=start, to_y=start + each.values[n], color=each.colour))
        start += each.values[n]
    return fc.BarChartRod(
        to_y=total,
        width=width,
        stack_items=parts,
        # What no part covers would show through; an empty bar shows nothing.
        color=ft.Colors.TRANSPARENT,
        border_radius=ft.BorderRadius.only(top_left=Space.XS, top_right=Space.XS),
        tooltip=fc.BarChartRodTooltip(
            text=tip,
            text_align=ft.TextAlign.START,
            text_style=ft.TextStyle(color=ft.Colors.ON_INVERSE_SURFACE, size=Space.M),
        ),
    )


def share_bar(parts: Sequence[tuple[int, ft.ColorValue]], whole: int) -> ft.Control:
    """Show parts of a whole as one line; beside others of the same `whole` its length can be compared."""
    shown: list[ft.Control] = [ft.Container(bgcolor=colour, expand=n) for n, colour in parts if n]
    rest = whole - sum(n for n, _ in parts)
    if rest > 0:
        shown.append(ft.Container(expand=rest))
    bar = ft.Container(
        ft.Row(shown, spacing=0, expand=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH),
        height=_BAR,
        border_radius=Radius.PILL,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )
    return ft.Semantics(exclude_semantics=True, content=bar)


def _step(highest: int) -> int:
    """Return a round whole distance for at most a few lines: 1, 2, 5, 10 …"""
    rough = max(highest / _LINES, 1)
    size = int(10 ** math.floor(math.log10(rough)))
    return next(n * size for n in (1, 2, 5, 10) if n * size >= rough)
