"""Trying the rules: a category and a point on the map, and who would receive a report from there."""

from collections.abc import Callable
from typing import cast

import flet as ft

from client.administration.frame import column, explain
from client.administration.lists import Known
from client.core.context import use_services
from client.core.loading import Loaded, use_loaded
from client.core.services import Services
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.feedback.api import expectation
from client.ui.choosing import search_choices
from client.ui.lists import card
from client.ui.maps import place_picker
from client.ui.states import bone, error_line, show
from client.ui.text import body, caption, heading, title
from shared.errors import ErrorCode
from shared.feedback import Expectation

_MAP = 220
Point = tuple[float, float]


@ft.component
def TryRouting(known: Loaded[Known], changes: int) -> ft.Control:
    """Ask the backend itself, so that what is shown is what will happen; asked again after `changes`."""
    services = use_services()
    t = services.text
    category, choose = ft.use_state("")
    point, set_point = ft.use_state(cast(Point | None, None))
    choices = known.value.category_choices if known.value else None
    lat, lon = point or (None, None)
    lines = [
        heading(t("admin.try")),
        explain(t("admin.try_why")),
        search_choices(t("admin.find_category"), choices, category, choose, name="try"),
        place_picker(lat, lon, lambda *at: set_point(at), height=_MAP),
    ]
    if category and point is not None:
        lines.append(ft.Container(Outcome(category, point, changes), key=f"{category} {point}"))
    return card(column(lines, spacing=Space.M))


@ft.component
def Outcome(category: str, point: Point, changes: int) -> ft.Control:
    """Say who would receive it, and by when it would be answered."""
    services = use_services()
    found = use_loaded(lambda: expectation(services.api, category, *point), [changes])
    if found.failed and found.error is not None:
        near = "; ".join(each.message for each in found.error.fields if each.code == ErrorCode.OUTSIDE_AREA)
        lines = [error_line(services.text, found.error)]
        if near:
            lines.append(caption(services.text("admin.try_near", near=near)))
        return column(lines, spacing=Space.XS)
    ready: Callable[[Expectation], ft.Control] = lambda said: _outcome(services, said)  # noqa: E731
    return show(found, ready, skeleton=lambda: bone(Size.THUMB))


def _outcome(services: Services, said: Expectation) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(Tone.SUCCESS)
    lines: list[ft.Control] = [caption(t("admin.try_receiver"), color=ink), title(said.unit.name, color=ink)]
    if said.place:
        lines.append(body(said.place, color=ink))
    lines.append(caption(t("admin.try_due", accept=t.moment(said.accept_by), due=t.moment(said.due_at)), color=ink))
    sign = ft.Icon(ft.Icons.APARTMENT, color=ink, size=Size.ICON)
    row = ft.Row([sign, ft.Column(lines, spacing=Space.XS, expand=True)], spacing=Space.M)
    box = ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    return ft.Semantics(live_region=True, content=box)
