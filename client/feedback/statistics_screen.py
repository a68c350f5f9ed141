"""The figures of reports, open to everybody: whole, by month, by unit and by category."""

from collections.abc import Sequence

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.text.dates import local, now
from client.core.theme import Colour, Space, Tone, tone_colours
from client.feedback import public_api
from client.feedback.figures import months_back, on_time_words, satisfied_words
from client.feedback.public_parts import STATISTICS, category_choice, unit_choice, views_switch
from client.feedback.statistics_parts import Line, breakdown, by_month
from client.ui.forms import Choice, choice_chips, icon_button, link_button
from client.ui.lists import card, section
from client.ui.shell import Screen
from client.ui.states import bone, empty, show
from client.ui.text import banner, caption, label, title
from shared.public_feedback import FeedbackStatistics, Figures

_RANGES = ("3", "6", "12")
_COLUMNS: dict[str | ft.ResponsiveRowBreakpoint, int | float] = {"xs": 6, "md": 4, "xl": 2}
_SKELETON = 96


@ft.component
def StatisticsScreen() -> ft.Control:
    """Show `/feedback/statistics`."""
    services = use_services()
    t = services.text
    months, set_months = ft.use_state(_RANGES[1])
    category, set_category = ft.use_state("")
    unit, set_unit = ft.use_state("")
    more, set_more = ft.use_state(False)
    today = local(now()).date()

    async def ask() -> FeedbackStatistics:
        since = months_back(today, int(months))
        return await public_api.statistics(services.api, since, today, unit=unit, category=category)

    loaded = use_loaded(ask, [months, category, unit])

    def clear() -> None:
        set_category("")
        set_unit("")

    ranges = choice_chips([Choice(n, t("feedback.stat_months", n=n)) for n in _RANGES], months, set_months)
    toggle = icon_button(
        ft.Icons.FILTER_ALT_OFF_OUTLINED if more else ft.Icons.TUNE,
        t("feedback.filters_less" if more else "feedback.filters_more"),
        lambda: set_more(not more),
    )
    controls: list[ft.Control] = [
        views_switch(services, STATISTICS),
        ft.Row([ft.Container(ranges, expand=True), toggle], spacing=Space.XS),
    ]
    if more:
        controls += [category_choice(category, set_category), unit_choice(unit, set_unit)]
    if category or unit:
        undo = link_button(t("feedback.clear_filters"), clear, icon=ft.Icons.FILTER_ALT_OFF_OUTLINED)
        controls.append(ft.Row([undo]))
    controls.append(show(loaded, lambda found: _figures(services, found), skeleton=_skeleton))
    return Screen(t("feedback.stat_title"), controls, full=services.desktop)


def _skeleton() -> ft.Control:
    return ft.Column([bone(_SKELETON) for _ in range(4)], spacing=Space.M)


def _figures(services: Services, found: FeedbackStatistics) -> ft.Control:
    t = services.text
    told = caption(_counted(t, found))
    if not found.total.received:
        nothing = empty(ft.Icons.BAR_CHART, t("feedback.stat_none"), t("feedback.stat_none_why"))
        return ft.Column([nothing, told], horizontal_alignment=ft.CrossAxisAlignment.CENTER)
    units = [Line(each.name, each.figures, each.usual) for each in found.by_unit]
    categories = [Line(each.name, each.figures) for each in found.by_category]
    months = section(t("feedback.stat_by_month"), [by_month(found.by_month)])
    by_unit = section(t("feedback.stat_by_unit"), [breakdown(units, t("feedback.stat_unit"))])
    by_category = section(t("feedback.stat_by_category"), [breakdown(categories, t("feedback.stat_category"))])
    return ft.Column(
        [_totals(t, found.total), told, months, by_unit, by_category],
        spacing=Space.L,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _counted(t: Text, found: FeedbackStatistics) -> str:
    at = local(found.counted_at) if found.counted_at else local(now())
    return f"{t('feedback.stat_counted', time=t.time(at), day=t.date(at.date()))} {t('feedback.stat_valid_why')}"


def _totals(t: Text, total: Figures) -> ft.Control:
    tiles = [
        _tile(t, "received", total.received, Tone.NEUTRAL, ft.Icons.MOVE_TO_INBOX),
        _tile(t, "valid", total.valid, Tone.NEUTRAL, ft.Icons.FACT_CHECK_OUTLINED),
        _tile(t, "on_time", total.on_time, Tone.SUCCESS, ft.Icons.CHECK_CIRCLE),
        _tile(t, "late", total.late, Tone.WARNING, ft.Icons.HISTORY),
        _tile(t, "refused", total.refused, Tone.NEUTRAL, ft.Icons.BLOCK),
        _tile(t, "open", total.open, Tone.INFO, ft.Icons.AUTORENEW),
    ]
    return ft.Column(
        [
            ft.ResponsiveRow(tiles, spacing=Space.M, run_spacing=Space.M),
            _said(t, total),
        ],
        spacing=Space.M,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tile(t: Text, measure: str, n: int, tone: Tone, icon: ft.IconData) -> ft.Control:
    ink, _ = tone_colours(tone)
    words = t(f"feedback.stat_{measure}")
    lines = ft.Column(
        [
            ft.Row([ft.Icon(icon, size=Space.L, color=ink), label(words, color=Colour.QUIET)], spacing=Space.XS),
            banner(t.number(n)),
        ],
        spacing=Space.XS,
    )
    shown = ft.Semantics(label=f"{words}: {t.number(n)}", exclude_semantics=True, container=True, content=lines)
    return ft.Container(card(shown), col=_COLUMNS)


def _said(t: Text, total: Figures) -> ft.Control:
    """Say what the numbers mean, each share with what it is a share of."""
    rows: Sequence[tuple[ft.IconData, Tone, str, str]] = (
        (ft.Icons.SCHEDULE, Tone.SUCCESS, on_time_words(t, total), t("feedback.stat_on_time_why")),
        (ft.Icons.STAR, Tone.WARNING, satisfied_words(t, total), t("feedback.stat_satisfied_why")),
    )
    return card(ft.Column([_sentence(*row) for row in rows], spacing=Space.M))


def _sentence(icon: ft.IconData, tone: Tone, words: str, why: str) -> ft.Control:
    ink, ground = tone_colours(tone)
    sign = ft.Container(ft.Icon(icon, color=ink), bgcolor=ground, border_radius=Space.M, padding=Space.S)
    lines = ft.Column([title(words, small=True), caption(why)], spacing=0, expand=True)
    return ft.Row([sign, lines], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.CENTER)
