"""The figures of reports taken apart: bars with their legend, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from client.core.context import use_services
from client.core.text import Text
from client.core.theme import Colour, Space
from client.feedback.figures import on_time_words, percent, satisfied_words
from client.ui.charts import Series, legend, share_bar, stacked_bars
from client.ui.forms import link_button
from client.ui.lists import card
from client.ui.tables import Head, table
from client.ui.text import body, caption, title
from shared.feedback import Usual
from shared.public_feedback import Figures, MonthFigures

_ON_TIME, _LATE = ft.Colors.SECONDARY, ft.Colors.TERTIARY_FIXED_DIM
_REST = ft.Colors.with_opacity(0.45, ft.Colors.OUTLINE)
_FEW = 8
_MANY_MONTHS = 6
_BAR_PHONE, _BAR_WIDE = 14, 32
_NUMBER_WIDTH = 84


@dataclass(frozen=True)
class Line:
    """One unit or category, and its figures."""

    name: str
    figures: Figures
    usual: Usual | None = None


@ft.component
def by_month(months: Sequence[MonthFigures]) -> ft.Control:
    """Show the months as bars, and as a table below them."""
    services = use_services()
    t = services.text
    figures = [month.figures for month in months]
    series = _series(t, figures)
    said = [
        t(
            "feedback.stat_month_said",
            month=_month(month.month),
            received=t.number(month.figures.received),
            on_time=t.number(month.figures.on_time),
            late=t.number(month.figures.late),
        )
        for month in months
    ]
    width = _BAR_WIDE if services.wide else _BAR_PHONE
    chart = stacked_bars(_short_months(months), series, ". ".join(said), said, width=width)
    rows = [[body(_month(month.month)), *_cells(t, month.figures, whole=services.wide)] for month in reversed(months)]
    numbers = table([Head(t("feedback.stat_month")), *_heads(t, whole=services.wide)], rows)
    parts: list[ft.Control] = [legend(series), chart]
    shown = card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))
    return _column([shown, numbers])


@ft.component
def breakdown(lines: Sequence[Line], name: str) -> ft.Control:
    """Show units or categories with the most reports first: as bars, and on a wide window as a table beside them."""
    services = use_services()
    t = services.text
    whole, show_whole = ft.use_state(False)
    ordered = sorted(lines, key=lambda line: (-line.figures.received, line.name))
    shown = ordered if whole else ordered[:_FEW]
    most = max((line.figures.received for line in ordered), default=0)
    parts: list[ft.Control]
    if services.wide:
        heads = [Head(name, 3), Head("", 2), *_heads(t, whole=True)]
        rows = [[_named(t, line), _bar(line.figures, most), *_cells(t, line.figures, whole=True)] for line in shown]
        parts = [legend(_series(t, [])), table(heads, rows)]
    else:
        bars: list[ft.Control] = [legend(_series(t, [])), *[_row(t, line, most) for line in shown]]
        parts = [card(ft.Column(bars, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))]
    if len(ordered) > _FEW:
        words = t("feedback.stat_fewer") if whole else t("feedback.stat_all", n=len(ordered))
        icon = ft.Icons.EXPAND_LESS if whole else ft.Icons.EXPAND_MORE
        toggle = link_button(words, lambda: show_whole(not whole), icon=icon)
        parts.append(ft.Row([toggle], alignment=ft.MainAxisAlignment.CENTER))
    return _column(parts)


def _column(parts: Sequence[ft.Control]) -> ft.Control:
    return ft.Column(list(parts), spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _series(t: Text, figures: Sequence[Figures]) -> list[Series]:
    return [
        Series(t("feedback.stat_on_time"), _ON_TIME, [each.on_time for each in figures]),
        Series(t("feedback.stat_late"), _LATE, [each.late for each in figures]),
        Series(t("feedback.stat_rest"), _REST, [_rest(each) for each in figures]),
    ]


def _rest(figures: Figures) -> int:
    return max(figures.received - figures.on_time - figures.late, 0)


def _bar(figures: Figures, most: int) -> ft.Control:
    return share_bar([(figures.on_time, _ON_TIME), (figures.late, _LATE), (_rest(figures), _REST)], most)


def _row(t: Text, line: Line, most: int) -> ft.Control:
    words = t("feedback.stat_row", n=t.number(line.figures.received), words=on_time_words(t, line.figures))
    parts: list[ft.Control] = [
        title(line.name, small=True),
        _bar(line.figures, most),
        caption(words),
        caption(satisfied_words(t, line.figures)),
    ]
    if line.usual is not None:
        parts.append(caption(_usual(t, line.usual)))
    return ft.MergeSemantics(
        content=ft.Column(parts, spacing=Space.XS, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    )


def _named(t: Text, line: Line) -> ft.Control:
    parts: list[ft.Control] = [body(line.name)]
    if line.usual is not None:
        parts.append(caption(_usual(t, line.usual)))
    return ft.Column(parts, spacing=0)


def _usual(t: Text, usual: Usual) -> str:
    return t("feedback.stat_usual", days=t.number(usual.days), n=t.number(usual.cases))


def _heads(t: Text, *, whole: bool) -> list[Head]:
    measures = ("received", "on_time", "late", "refused", "open") if whole else ("received", "on_time", "late")
    heads = [Head(t(f"feedback.stat_{measure}"), width=_NUMBER_WIDTH if whole else None) for measure in measures]
    return [*heads, Head(t("feedback.stat_satisfaction"), 2)] if whole else heads


def _cells(t: Text, figures: Figures, *, whole: bool) -> list[ft.Control]:
    counts = (figures.received, figures.on_time, figures.late, figures.refused, figures.open)
    cells: list[ft.Control] = [body(t.number(n)) for n in (counts if whole else counts[:3])]
    if whole:
        said = percent(figures.satisfied, figures.rated) is not None
        cells.append(caption(satisfied_words(t, figures), color=None if said else Colour.QUIET))
    return cells


def _month(month: str) -> str:
    year, number_of = month.split("-")
    return f"{number_of}/{year}"


def _short_months(months: Sequence[MonthFigures]) -> list[str]:
    """Name the months below their bars; where there are many, the year stands only where it begins."""
    names = []
    for n, each in enumerate(months):
        year, month = each.month.split("-")
        whole = n == 0 or month == "01" or len(months) <= _MANY_MONTHS
        names.append(f"{int(month)}/{year[2:]}" if whole else f"{int(month)}")
    return names
