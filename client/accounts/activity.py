"""Who looked at or helped with one's own data: every time, with the unit and its reason."""

from collections.abc import Mapping

import flet as ft

from client.accounts import api
from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.forms import link_button
from client.ui.lists import card, page_list, use_pages
from client.ui.shell import Screen
from client.ui.states import empty, require_account
from client.ui.text import body, caption, title
from shared.accounts import Activity
from shared.pages import Page

_LOOKS: Mapping[str, tuple[ft.IconData, Tone]] = {
    "reveal": (ft.Icons.PERSON_SEARCH, Tone.WARNING),
    "lock": (ft.Icons.LOCK_OUTLINE, Tone.DANGER),
    "unlock": (ft.Icons.LOCK_OPEN, Tone.SUCCESS),
    "help": (ft.Icons.VOLUNTEER_ACTIVISM_OUTLINED, Tone.INFO),
}


@ft.component
def ActivityScreen() -> ft.Control:
    """Show `/me/activity`."""
    services = use_services()
    t = services.text

    async def fetch(cursor: str | None) -> Page[Activity]:
        if services.session.account is None:
            return Page[Activity](items=[], next_cursor=None)
        return await api.activity(services.api, cursor)

    pages = use_pages(fetch, [services.session.key])
    nobody = require_account(services, t)
    if nobody is not None:
        return Screen(t("accounts.activity"), [nobody], back="/profile")
    nothing = empty(ft.Icons.VERIFIED_USER_OUTLINED, t("accounts.activity_none"), t("accounts.activity_none_why"))
    rows = page_list(pages, lambda row: _row(services, row), empty=nothing)
    why = body(t("accounts.activity_why"), color=Colour.QUIET)
    return Screen(t("accounts.activity"), [why, rows], back="/profile")


def _row(services: Services, row: Activity) -> ft.Control:
    t = services.text
    icon, tone = _LOOKS.get(row.kind, (ft.Icons.INFO_OUTLINE, Tone.NEUTRAL))
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        ft.Icon(icon, color=ink, size=Size.ICON), bgcolor=ground, border_radius=Radius.PILL, padding=Space.S
    )
    key = f"accounts.activity_{row.kind}"
    by = row.by.name if row.by else t("accounts.activity_somebody")
    lines: list[ft.Control] = [
        title(t(key, by=by) if t.has(key) else t("accounts.activity_other", by=by), small=True),
        caption(t.moment(row.at)),
    ]
    if row.text:
        lines.append(_reason(t("accounts.activity_reason", reason=row.text)))
    if row.code:
        opened = link_button(row.code, lambda: services.go(f"/feedback/{row.code}"), icon=ft.Icons.ARROW_FORWARD)
        lines.append(ft.Row([opened]))
    column = ft.Column(lines, spacing=Space.XS, expand=True)
    return card(ft.Row([sign, column], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START))


def _reason(words: str) -> ft.Control:
    return ft.Container(body(words), bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH, border_radius=Radius.M, padding=Space.M)
