"""Choosing a day from a calendar."""

from collections.abc import Callable
from datetime import date as Date  # noqa: N812 - plain names read better here
from datetime import datetime

import flet as ft

from client.core.context import use_text
from client.core.text.dates import local


def use_day(chosen: Date, on_pick: Callable[[Date], None], *, first: Date, last: Date) -> Callable[[], None]:
    """Return what opens the calendar; `on_pick` gets the day. A hook: call it at the top of a component."""
    t = use_text()
    open_, set_open = ft.use_state(False)

    def picked(event: ft.Event[ft.DatePicker]) -> None:
        value = event.control.value
        if isinstance(value, datetime):
            # Flutter sends the midnight of the person's own clock; without an offset it is already her day.
            on_pick(local(value).date() if value.tzinfo else value.date())
        set_open(False)

    picker = ft.DatePicker(
        value=_noon(chosen),
        first_date=_noon(first),
        last_date=_noon(last),
        cancel_text=t("action.cancel"),
        on_change=picked,
        on_dismiss=lambda _: set_open(False),
    )
    ft.use_dialog(picker if open_ else None)
    return lambda: set_open(True)


def _noon(day: Date) -> datetime:
    """Flet writes times in UTC: at noon a day stays the same day."""
    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
