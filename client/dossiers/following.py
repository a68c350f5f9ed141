"""Following a dossier: a notice at each change, for who is signed in and has shown that it is hers."""

from collections.abc import Callable

import flet as ft

from client.core.action import Action, use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Size, Space, Tone
from client.dossiers import api
from client.dossiers.lookup import trouble
from client.dossiers.opening import visit_of
from client.ui.forms import primary_button, secondary_button
from client.ui.lists import card
from client.ui.text import caption, title
from shared.dossiers import Dossier
from shared.errors import ErrorCode


@ft.component
def follow_panel(dossier: Dossier, changed: Callable[[Dossier], None], ask_digits: Callable[[], None]) -> ft.Control:
    """Offer to follow, or to follow no more. `ask_digits` is called when the digits have to be typed again for it."""
    services = use_services()
    visit = visit_of(services)

    def failed(error: ApiError) -> None:
        if error.code == ErrorCode.NOT_FOUND:
            visit.digits.pop(dossier.code, None)
            ask_digits()

    action = use_action(lambda: _toggle(services, dossier), done=changed, failed=failed)

    def start() -> None:
        if services.session.account is None:
            visit.follow = dossier.code
            services.sign_in_first(f"/dossiers/{dossier.code}")
        elif not dossier.following and dossier.code not in visit.digits:
            ask_digits()
        else:
            action.start()

    def go_on() -> None:
        """Follow at once who went to sign in for it."""
        if services.session.account is not None and visit.follow == dossier.code:
            visit.follow = ""
            if dossier.following is False:
                start()

    ft.use_effect(go_on, [dossier.following])
    return _panel(services, on=bool(dossier.following), start=start, action=action)


async def _toggle(services: Services, dossier: Dossier) -> Dossier:
    """Follow a dossier, or follow it no more; return it as it is then."""
    if dossier.following:
        await api.unfollow(services.api, dossier.code)
        return dossier.model_copy(update={"following": False})
    after = await api.follow(services.api, dossier.code, visit_of(services).digits[dossier.code])
    services.tell(services.text("dossiers.follow_done"), Tone.SUCCESS)
    return after


def _panel(services: Services, *, on: bool, start: Callable[[], None], action: Action) -> ft.Control:
    t = services.text
    signed_in = services.session.account is not None
    head = ft.Row(
        [
            ft.Icon(
                ft.Icons.NOTIFICATIONS_ACTIVE_OUTLINED if on else ft.Icons.NOTIFICATION_ADD_OUTLINED,
                size=Size.ICON,
                color=Colour.QUIET,
            ),
            ft.Column(
                [
                    ft.Semantics(
                        live_region=True,
                        content=title(t("dossiers.following" if on else "dossiers.follow_it"), small=True),
                    ),
                    caption(t("dossiers.notice_why" if signed_in else "dossiers.notice_why_guest")),
                ],
                spacing=2,
                expand=True,
            ),
        ],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    make = secondary_button if on else primary_button
    button = make(t("dossiers.unfollow" if on else "dossiers.follow"), start, running=action.running)
    parts = [head, button, trouble(services, action.error)]
    return card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))
