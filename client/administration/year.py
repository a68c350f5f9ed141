"""`/admin/calendar`: the days of a year on which offices differ from their weekday."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import flet as ft

from client.administration import api
from client.administration.frame import admin_screen, column, explain
from client.administration.year_form import DayForm
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.text.dates import local, now
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.asking import remove_button
from client.ui.forms import icon_button, primary_button
from client.ui.lists import card, section
from client.ui.states import empty, show
from client.ui.status import status_chip
from client.ui.text import body, caption, heading, title
from shared.access import Permission
from shared.administration import CalendarDay, CalendarYear, DayKind, OfficeHours

_FIRST, _LAST = 2000, 2100
_DATE = 144


@ft.component
def CalendarScreen() -> ft.Control:
    """Show a year of offices and let days be excepted."""
    return admin_screen("calendar", Permission.ADMINISTER, Year)


@ft.component
def Year() -> ft.Control:
    """Show one year at a time."""
    services = use_services()
    t = services.text
    year, set_year = ft.use_state(local(now()).year)
    loaded = use_loaded(lambda: api.calendar(services.api, year), [year])
    adding, set_adding = ft.use_state(False)

    def added(day: date) -> None:
        set_adding(False)
        services.tell(t("admin.day_added"), Tone.SUCCESS)
        # A day of another year is shown where it stands.
        if day.year == year:
            loaded.reload()
        else:
            set_year(day.year)

    new: ft.Control = ft.Row([primary_button(t("admin.day_add"), lambda: set_adding(True), icon=ft.Icons.ADD)])
    if adding:
        new = DayForm(added, lambda: set_adding(False))

    def ready(found: CalendarYear) -> ft.Control:
        return column([_hours(t, found.hours), _days(services, found.days, loaded.reload)], spacing=Space.XL)

    return column(
        [explain(t("admin.calendar_why")), ft.Container(new, key="new"), _head(t, year, set_year), show(loaded, ready)]
    )


def _head(t: Text, year: int, set_year: Callable[[int], None]) -> ft.Control:
    back = icon_button(
        ft.Icons.CHEVRON_LEFT, t("admin.year_show", year=year - 1), lambda: set_year(year - 1), disabled=year <= _FIRST
    )
    on = icon_button(
        ft.Icons.CHEVRON_RIGHT, t("admin.year_show", year=year + 1), lambda: set_year(year + 1), disabled=year >= _LAST
    )
    row = [back, heading(t("admin.year", year=year)), on]
    return ft.Row(row, spacing=Space.S, alignment=ft.MainAxisAlignment.CENTER)


def office_days(t: Text, days: Sequence[int]) -> str:
    """Say on which weekdays offices work: thứ Hai – thứ Sáu, or one by one where they do not follow each other."""
    known = sorted(days)
    if len(known) > 2 and known == list(range(known[0], known[-1] + 1)):
        return f"{t(f'weekday.{known[0]}')} – {t(f'weekday.{known[-1]}')}"
    return ", ".join(t(f"weekday.{day}") for day in known)


def _hours(t: Text, hours: OfficeHours) -> ft.Control:
    ink, ground = tone_colours(Tone.INFO)
    sign = ft.Container(ft.Icon(ft.Icons.SCHEDULE, color=ink), bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    days = office_days(t, hours.days)
    stretches = ", ".join(f"{start}–{end}" for start, end in hours.stretches)
    words = ft.Column(
        [
            title(days[:1].upper() + days[1:], small=True),
            caption(t("admin.office_hours", stretches=stretches, n=f"{hours.hours_a_day:g}")),
        ],
        spacing=Space.XS,
        expand=True,
    )
    return card(ft.Row([sign, words], spacing=Space.M))


def _days(services: Services, days: Sequence[CalendarDay], changed: Callable[[], None]) -> ft.Control:
    t = services.text
    if not days:
        return empty(ft.Icons.EVENT_AVAILABLE, t("admin.days_none"), t("admin.days_none_why"))
    months = groupby(sorted(days, key=lambda day: day.day), key=lambda day: day.day.month)
    return column(
        [
            section(
                t("admin.month", n=month),
                [card(column(_rows(services, list(found), changed), spacing=0), padding=Space.S)],
            )
            for month, found in months
        ]
    )


def _rows(services: Services, days: Sequence[CalendarDay], changed: Callable[[], None]) -> list[ft.Control]:
    rows: list[ft.Control] = []
    for day in days:
        if rows:
            rows.append(ft.Divider(height=1, color=Colour.CARD_BORDER))
        rows.append(_row(services, day, changed))
    return rows


def _row(services: Services, day: CalendarDay, changed: Callable[[], None]) -> ft.Control:
    t = services.text
    when = t.weekday_date(day.day)
    off = day.kind is DayKind.OFF
    icon, tone = (ft.Icons.EVENT_BUSY, Tone.WARNING) if off else (ft.Icons.WORK_OUTLINE, Tone.SUCCESS)
    source = t("admin.national") if day.national else t("admin.own_day")
    shown = when[:1].upper() + when[1:]
    said = source if services.wide else f"{shown} · {source}"
    cells: list[ft.Control] = [
        ft.Column([title(day.note, small=True), caption(said)], spacing=0, expand=True),
        status_chip(icon, t(f"admin.day_{day.kind}"), tone),
    ]
    if services.wide:
        cells.insert(0, ft.Container(body(shown), width=_DATE))
    if not day.national:
        remove = remove_button(
            t("admin.day_remove", day=when),
            t("admin.day_remove_sure"),
            t("admin.day_remove_why", day=when, note=day.note),
            partial(api.remove_day, services.api, day),
            changed,
        )
        cells.append(remove)
    elif services.wide:
        cells.append(ft.Container(width=Size.TARGET - Space.S))
    row = ft.Row(cells, spacing=Space.S, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Container(row, padding=Space.S, key=f"day-{day.day.isoformat()}")
