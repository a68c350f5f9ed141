"""Asking once before something is gone."""

from collections.abc import Awaitable, Callable

import flet as ft

from client.core.action import use_action
from client.core.context import use_services
from client.core.theme import Space
from client.ui.forms import icon_button, link_button, primary_button
from client.ui.states import error_line
from client.ui.text import body


@ft.component
def remove_button(
    name: str, question: str, why: str, work: Callable[[], Awaitable[None]], done: Callable[[], None]
) -> ft.Control:
    """Offer to remove something called `name`; asks first, and says in the question what went wrong."""
    services = use_services()
    t = services.text
    asking, set_asking = ft.use_state(False)

    def gone(_: None) -> None:
        set_asking(False)
        done()

    remove = use_action(work, done=gone)
    content = ft.Column([body(why), error_line(t, remove.error)], tight=True, spacing=Space.M)
    # Not modal: after the browser's "back" it would be left on another screen with nobody to close it.
    dialog = ft.AlertDialog(
        title=question,
        content=content,
        actions=[
            link_button(t("action.keep"), lambda: set_asking(False)),
            primary_button(t("action.remove"), remove.start, running=remove.running),
        ],
        on_dismiss=lambda _: set_asking(False),
    )
    ft.use_dialog(dialog if asking else None)
    return icon_button(ft.Icons.DELETE_OUTLINE, name, lambda: set_asking(True))
