"""A procedure as a row of a list, and the words for who carries it out."""

import flet as ft

from client.core.services import Services
from client.core.text import Text
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.public_services.wish import Wish
from client.ui.lists import card
from client.ui.status import status_chip
from client.ui.text import caption, title
from shared.public_services import AdminLevel, ProcedureSummary


def level_words(t: Text, levels: list[AdminLevel]) -> str:
    """Name the levels, such as “Cấp xã, Cấp tỉnh”."""
    return ", ".join(t(f"public_services.level_{level.value}") for level in levels)


def online_chip(t: Text, *, online: bool) -> ft.Control:
    """Say whether it can be filed online."""
    if online:
        return status_chip(ft.Icons.LANGUAGE, t("public_services.online"), Tone.SUCCESS)
    return status_chip(ft.Icons.STOREFRONT, t("public_services.not_online"), Tone.NEUTRAL)


def procedure_row(services: Services, procedure: ProcedureSummary, wish: Wish) -> ft.Control:
    """Show a procedure: name, field, who carries it out, whether it can be filed online. `wish` is what found it."""
    t = services.text
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Icon(ft.Icons.DESCRIPTION_OUTLINED, color=ink, size=Size.ICON),
        bgcolor=ground,
        border_radius=Radius.M,
        padding=Space.S,
    )
    where = level_words(t, procedure.levels)
    about = " · ".join(part for part in (procedure.field, where) if part)
    signs = ft.Row(
        [online_chip(t, online=procedure.online), caption(procedure.code)],
        spacing=Space.M,
        run_spacing=Space.XS,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    words = ft.Column([title(procedure.name, max_lines=3), caption(about), signs], spacing=Space.S, expand=True)
    said = t("public_services.online") if procedure.online else t("public_services.not_online")
    return card(
        ft.Row([sign, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START),
        on_click=lambda: services.go(f"/procedures/{procedure.code}{wish.query}"),
        label=f"{procedure.name}. {about}. {said}",
        key=procedure.code,
    )
