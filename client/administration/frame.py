"""What the screens of administration have in common: who may see them, and how they are laid out."""

from collections.abc import Callable, Sequence

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Space
from client.ui.shell import Screen
from client.ui.states import message_panel, require_account
from client.ui.text import body
from shared.access import Permission

HOME = "/admin"


def admin_screen(
    name: str, permission: Permission, content: Callable[[], ft.Control], *, full: bool = False, back: str = ""
) -> ft.View:
    """Return the screen called `admin.<name>` for people with this permission. Counts as a hook, as `Screen` does.

    `back` is where its arrow leads; by default up.
    """
    services = use_services()
    shown = refused(services, permission) or ft.Container(content(), key=services.session.key)
    return Screen(services.text(f"admin.{name}"), [shown], back=back or _up(services), full=full)


def _up(services: Services) -> str:
    """Return where the arrow leads: dispatchers come from their desk and go back to it."""
    if services.session.may(Permission.ADMINISTER) or services.session.may(Permission.EDIT_NEWS):
        return HOME
    return "/desk" if services.session.may(Permission.SEE_DESK) else "/"


def refused(services: Services, *permissions: Permission) -> ft.Control | None:
    """Return a kind word for who may not see this, or None for who has one of the permissions."""
    t = services.text
    if any(map(services.session.may, permissions)):
        return None
    return require_account(services, t) or message_panel(
        ft.Icons.LOCK_OUTLINE, t("admin.not_yours"), t("admin.not_yours_why")
    )


def column(controls: Sequence[ft.Control], *, spacing: int = Space.L) -> ft.Column:
    """Put controls below each other, as wide as there is room."""
    return ft.Column(list(controls), spacing=spacing, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def explain(words: str) -> ft.Control:
    """Say in a line or two what a screen is for."""
    return body(words, color=Colour.QUIET)
