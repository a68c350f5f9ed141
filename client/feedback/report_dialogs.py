"""What stands before the form for a moment: the way to sign in, or what became of "me too"."""

from collections.abc import Callable
from urllib.parse import quote

import flet as ft

from client.core.services import Services
from client.ui.forms import link_button, primary_button
from client.ui.text import body
from shared.feedback import FeedbackDetail


def sign_in_dialog(services: Services, asking: str, here: str, close: Callable[[], None]) -> ft.AlertDialog:
    """Ask to sign in at the moment it is needed; the draft waits in the person's own storage."""
    t = services.text
    onward = here if "ready=1" in here else f"{here}{'&' if '?' in here else '?'}ready=1"

    def leave(go: Callable[[], None]) -> Callable[[], None]:
        def press() -> None:
            close()
            go()

        return press

    sign_up = f"/sign-up?next={quote(onward, safe='')}"
    return ft.AlertDialog(
        title=t(asking),
        content=body(t(f"{asking}_why")),
        actions=[
            link_button(t("feedback.sign_in_later"), close),
            link_button(t("feedback.sign_up"), leave(lambda: services.go(sign_up))),
            primary_button(t("action.sign_in"), leave(lambda: services.sign_in_first(onward)), icon=ft.Icons.LOGIN),
        ],
        on_dismiss=lambda _: close(),
    )


def joined_dialog(
    services: Services,
    case: FeedbackDetail,
    *,
    keep: Callable[[], None],
    drop: Callable[[], None],
    close: Callable[[], None],
) -> ft.AlertDialog:
    """Say that the person counts now, and offer to let go of what she was writing."""
    t = services.text
    return ft.AlertDialog(
        title=t("feedback.near_joined"),
        content=body(t("feedback.near_joined_why", code=case.code)),
        actions=[
            link_button(t("feedback.near_keep"), keep),
            primary_button(t("feedback.near_drop"), drop),
        ],
        on_dismiss=lambda _: close(),
    )
