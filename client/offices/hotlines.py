"""Numbers to call: one large row each, a tap dials."""

import flet as ft

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.offices import api
from client.ui.lists import card, section
from client.ui.shell import Screen
from client.ui.states import empty, show
from client.ui.text import banner, caption, title
from shared.public_services import Hotline


@ft.component
def HotlinesScreen() -> ft.Control:
    """Show the numbers to call."""
    services = use_services()
    t = services.text
    lines = use_loaded(lambda: api.hotlines(services.api), [t.language])
    return Screen(t("offices.hotlines_title"), [show(lines, lambda found: _groups(services, found))], back="/services")


def _groups(services: Services, lines: list[Hotline]) -> ft.Control:
    t = services.text
    if not lines:
        return empty(ft.Icons.CALL, t("offices.hotlines_none"), t("offices.hotlines_none_why"))
    urgent = [call_row(services, line) for line in lines if line.emergency]
    others = [call_row(services, line) for line in lines if not line.emergency]
    groups: list[ft.Control] = []
    if urgent:
        groups.append(section(t("offices.hotlines_emergency"), urgent))
    if others:
        groups.append(section(t("offices.hotlines_other"), others))
    return ft.Column(groups, spacing=Space.XL)


def call_row(services: Services, line: Hotline) -> ft.Control:
    """Show a number that dials when its row is tapped."""
    ink, ground = tone_colours(Tone.DANGER if line.emergency else Tone.INFO)
    words = services.text("action.call", number=line.number)
    number = banner(line.number, color=ink)
    sign = ft.Container(number, bgcolor=ground, border_radius=Radius.M, padding=Space.M, alignment=ft.Alignment.CENTER)
    said: list[ft.Control] = [title(line.name), *([caption(line.description)] if line.description else [])]
    row = ft.Row(
        [
            sign,
            ft.Column(said, spacing=2, expand=True),
            ft.Icon(ft.Icons.CALL, color=ink, size=Size.ICON_L),
        ],
        spacing=Space.L,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return card(row, url=f"tel:{line.number}", label=f"{words}. {line.name}. {line.description}")
