"""`/admin`: what can be set, and what waits for an answer."""

from functools import partial

import flet as ft

from client.administration.frame import HOME, column, refused
from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.text import caption, title
from shared.access import Permission

_SECTIONS = (
    ("routing", ft.Icons.ALT_ROUTE, Tone.ACCENT, Permission.ADMINISTER),
    ("deadlines", ft.Icons.TIMER_OUTLINED, Tone.INFO, Permission.ADMINISTER),
    ("calendar", ft.Icons.CALENDAR_MONTH_OUTLINED, Tone.SUCCESS, Permission.ADMINISTER),
    ("words", ft.Icons.FLAG_OUTLINED, Tone.WARNING, Permission.ADMINISTER),
    ("offices", ft.Icons.ACCOUNT_BALANCE_OUTLINED, Tone.ACCENT, Permission.EDIT_NEWS),
    ("hotlines", ft.Icons.CALL, Tone.DANGER, Permission.EDIT_NEWS),
    ("procedures", ft.Icons.PUBLISHED_WITH_CHANGES, Tone.ACCENT, Permission.EDIT_NEWS),
    ("locks", ft.Icons.LOCK_PERSON_OUTLINED, Tone.DANGER, Permission.DISPATCH),
)


@ft.component
def AdminScreen() -> ft.Control:
    """Lead to everything that this person may set."""
    services = use_services()
    t = services.text
    shown = refused(services, *(permission for *_, permission in _SECTIONS)) or _tiles(services)
    return Screen(t("admin.title"), [shown])


def _tiles(services: Services) -> ft.Control:
    tiles = [
        _tile(services, name, icon, tone)
        for name, icon, tone, permission in _SECTIONS
        if services.session.may(permission)
    ]
    if not services.wide:
        return column(tiles, spacing=Space.M)
    cells: list[ft.Control] = [ft.Container(tile, col={"xs": 12, "md": 6}) for tile in tiles]
    return ft.ResponsiveRow(cells, spacing=Space.M, run_spacing=Space.M)


def _tile(services: Services, name: str, icon: ft.IconData, tone: Tone) -> ft.Control:
    t = services.text
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        ft.Icon(icon, color=ink, size=Size.ICON), bgcolor=ground, border_radius=Radius.M, padding=Space.M
    )
    words = ft.Column([title(t(f"admin.{name}")), caption(t(f"admin.{name}_about"))], spacing=Space.XS, expand=True)
    row = ft.Row([sign, words, ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET)], spacing=Space.L)
    label = f"{t(f'admin.{name}')}. {t(f'admin.{name}_about')}"
    return card(row, on_click=partial(services.go, f"{HOME}/{name}"), label=label, key=f"admin-{name}")
