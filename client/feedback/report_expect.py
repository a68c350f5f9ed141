"""What a sender may count on before sending: who receives it, how long that usually takes, and by when it is due."""

import re
from dataclasses import dataclass

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.loading import Loaded, use_loaded
from client.core.text import Text
from client.core.theme import Colour, Radius, Space
from client.feedback import api
from client.ui.text import body, caption, title
from shared.errors import ErrorCode, FieldError
from shared.feedback import Expectation

# The backend names what is near in no language: `Xã Hà Nam (1.2 km); Phường Kinh Môn (3 km)`.
_NEAREST = re.compile(r"(?P<place>[^;()]+) \((?P<km>\d+(?:\.\d+)?) km\)")


@dataclass(frozen=True)
class _Told:
    """An expectation, or none as long as the form says too little."""

    value: Expectation | None = None


@ft.component
def expectation_step(category: str, lat: float | None, lon: float | None, *, practice: bool) -> ft.Control:
    """Say before sending who will receive it and by when it is due."""
    services = use_services()
    t = services.text

    async def ask() -> _Told:
        if not category or lat is None or lon is None:
            return _Told()
        return _Told(await api.expectation(services.api, category, lat, lon))

    told = use_loaded(ask, [category, lat, lon])
    return ft.Container(
        _expected(t, told, practice=practice),
        bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH,
        border_radius=Radius.L,
        padding=Space.L,
    )


def _expected(t: Text, told: Loaded[_Told], *, practice: bool) -> ft.Control:
    lines: list[ft.Control] = []
    expected = told.value.value if told.value else None
    if told.error is not None:
        lines = [body(_said(t, told.error), color=ft.Colors.ERROR)]
    elif expected is None:
        lines = [body(t("feedback.expect_wait"), color=Colour.QUIET)]
    else:
        lead = [caption(t("feedback.expect_practice"))] if practice else []
        lines = [
            *lead,
            title(t("feedback.expect_unit", unit=expected.unit.name), small=True),
            *([body(t("feedback.expect_place", place=expected.place))] if expected.place else []),
            *_usual(t, expected),
            *_accepted(t, expected),
            body(t("feedback.expect_due", deadline=t.deadline(expected.due_at))),
        ]
    sign = ft.Icon(ft.Icons.ACCOUNT_BALANCE_OUTLINED, color=ft.Colors.SECONDARY)
    words = ft.Column([title(t("feedback.expect")), *lines], spacing=Space.XS, expand=True)
    row = ft.Row([sign, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START)
    return ft.Semantics(live_region=True, content=row)


def _accepted(t: Text, expected: Expectation) -> list[ft.Control]:
    """Say by when it is taken in, unless it is pressing and even solved before that."""
    if expected.accept_by >= expected.due_at:
        return []
    return [body(t("feedback.expect_accept", deadline=t.deadline(expected.accept_by)))]


def _usual(t: Text, expected: Expectation) -> list[ft.Control]:
    """Say what was measured, and on how many; nothing where too few say anything."""
    if expected.usual is None:
        return []
    days, cases = t.number(max(expected.usual.days, 0.1)), expected.usual.cases
    return [body(t("feedback.expect_usual", days=days, cases=cases))]


def _said(t: Text, error: ApiError) -> str:
    """Say what is wrong with the place or category, rather than that a field is."""
    return fault_words(t, error.fields[0]) if error.fields else t.error(error)


def fault_words(t: Text, fault: FieldError) -> str:
    """Say what is wrong with a field; for a place outside the area also what is nearest, where the backend says so."""
    near = _NEAREST.match(fault.message) if fault.code == ErrorCode.OUTSIDE_AREA else None
    if near is None:
        return t.field_error(fault.code)
    return t("feedback.expect_outside", place=near["place"], km=t.number(float(near["km"])))
