"""Opening hours as an editor writes them: a line a day."""

from collections.abc import Sequence

import flet as ft

from client.administration.frame import column
from client.core.services import Services
from client.core.store import Form, Values
from client.core.text import Text
from client.core.theme import Space
from client.ui.forms import link_button, text_field
from client.ui.text import caption, title
from shared.offices import OpenHours
from shared.opening_hours import of_day

USUAL, ALWAYS = "07:30-11:30, 13:30-17:00", "00:00-24:00"
_DAYS, _WORKED = range(7), range(5)


def field(day: int) -> str:
    """Return the name of a day's field."""
    return f"hours_{day}"


def texts(hours: Sequence[OpenHours]) -> Values:
    """Return what stands in the seven fields."""
    return {field(day): ", ".join(f"{row.opens}-{row.closes}" for row in hours if row.weekday == day) for day in _DAYS}


def read(values: Values) -> list[OpenHours]:
    """Return the hours that the fields say; raises ValueError where one cannot be read."""
    return [row for day in _DAYS for row in of_day(day, str(values[field(day)]))]


def problems(t: Text, values: Values) -> dict[str, str | None]:
    """Say which days cannot be read."""
    found: dict[str, str | None] = {}
    for day in _DAYS:
        try:
            of_day(day, str(values[field(day)]))
        except ValueError:
            found[field(day)] = t("admin.office_hours_wrong")
    return found


def hours_fields(services: Services, form: Form) -> ft.Control:
    """Let the hours of a week be written, or filled in at a press."""
    t = services.text

    def fill(words: str, days: range) -> None:
        for day in _DAYS:
            form.set(field(day), words if day in days else "")

    ready = ft.Row(
        [
            link_button(t("admin.office_hours_usual"), lambda: fill(USUAL, _WORKED)),
            link_button(t("admin.office_hours_always"), lambda: fill(ALWAYS, _DAYS)),
            link_button(t("admin.office_hours_clear"), lambda: fill("", _DAYS)),
        ],
        wrap=True,
        spacing=Space.S,
    )
    lines = [text_field(form, field(day), _name(t, day)) for day in _DAYS]
    return column(
        [title(t("admin.office_opening"), small=True), caption(t("admin.office_hours_why")), ready, *lines],
        spacing=Space.S,
    )


def _name(t: Text, day: int) -> str:
    name = t(f"weekday.{day}")
    return name[0].upper() + name[1:]
