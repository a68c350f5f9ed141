"""What stands above the report form while its sender may send none."""

import flet as ft

from client.core.context import use_services
from client.core.theme import Radius, Space, Tone, tone_colours
from client.ui.forms import secondary_button
from client.ui.text import body, title


@ft.component
def lock_notice() -> ft.Control:
    """Say why and until when this person may send no reports, and lead to the appeal; no room when she may."""
    services = use_services()
    t = services.text
    account = services.session.account
    lock = account.lock if account is not None else None
    if lock is None:
        return ft.Container(visible=False)
    ink, ground = tone_colours(Tone.WARNING)
    lines: list[ft.Control] = [
        title(t("feedback.locked", when=t.moment(lock.until)), color=ink),
        body(t("feedback.locked_reason", reason=lock.reason), color=ink),
        ft.Row([secondary_button(t("feedback.locked_more"), lambda: services.go("/profile"))]),
    ]
    row = ft.Row(
        [ft.Icon(ft.Icons.LOCK_CLOCK_OUTLINED, color=ink), ft.Column(lines, spacing=Space.S, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Container(row, bgcolor=ground, border_radius=Radius.L, padding=Space.L)
