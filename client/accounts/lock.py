"""A lock: why and until when one may send no reports, and the one appeal against it."""

import flet as ft

from client.accounts import api
from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.store import use_form
from client.core.text import Text
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.ui.forms import primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import body, caption, title
from shared.accounts import SubmissionLock
from shared.administration import LockAppeal

_LINES = 3
_MAX_TEXT = 5_000


@ft.component
def lock_panel() -> ft.Control:
    """Say why and until when this person may send no reports, with one appeal; takes no room when she may."""
    services = use_services()
    t = services.text
    account = services.session.account
    lock = account.lock if account is not None else None
    asking, ask = ft.use_state(False)
    form = use_form("lock-appeal", {"text": ""})
    once = use_once()

    async def work() -> SubmissionLock:
        wish = LockAppeal(text=form.get("text"))
        return await api.appeal_lock(services.api, wish, once.key(wish))

    def done(after: SubmissionLock) -> None:
        form.clear()
        ask(False)
        if account is not None:
            services.session.set_account(account.model_copy(update={"lock": after}))
        services.tell(t("accounts.lock_appealed"), Tone.SUCCESS)

    send = use_action(work, done=done, failed=form.fail)

    def press() -> None:
        if form.check({"text": None if str(form.get("text")).strip() else t("accounts.lock_words_missing")}):
            send.start()

    if lock is None:
        return ft.Container(visible=False)
    parts = _told(t, lock)
    if lock.may_appeal and asking:
        parts += [
            text_field(form, "text", t("accounts.lock_why"), lines=_LINES, max_length=_MAX_TEXT, autofocus=True),
            error_line(t, send.error),
            ft.Row(
                [
                    secondary_button(t("action.cancel"), lambda: ask(False), disabled=send.running),
                    primary_button(t("accounts.lock_send"), press, running=send.running, expand=True),
                ],
                spacing=Space.M,
            ),
        ]
    elif lock.may_appeal:
        again = secondary_button(t("accounts.lock_appeal"), lambda: ask(True), icon=ft.Icons.GAVEL)
        parts.append(ft.Row([again]))
    return card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _told(t: Text, lock: SubmissionLock) -> list[ft.Control]:
    ink, ground = tone_colours(Tone.WARNING)
    sign = ft.Container(
        ft.Icon(ft.Icons.LOCK_CLOCK_OUTLINED, color=ink, size=Size.ICON),
        bgcolor=ground,
        border_radius=Radius.M,
        padding=Space.S,
    )
    words = ft.Column(
        [title(t("accounts.lock")), caption(t("accounts.lock_until", when=t.moment(lock.until)))],
        spacing=0,
        expand=True,
    )
    parts: list[ft.Control] = [
        ft.Row([sign, words], spacing=Space.M),
        body(t("accounts.lock_reason", reason=lock.reason)),
        caption(t("accounts.lock_still")),
    ]
    if lock.appeal:
        parts.append(_sent(t, lock.appeal, waits=not lock.may_appeal))
    return parts


def _sent(t: Text, words: str, *, waits: bool) -> ft.Control:
    lines: list[ft.Control] = [title(t("accounts.lock_sent"), small=True)] if waits else []
    return ft.Container(
        ft.Column([*lines, body(words)], spacing=Space.XS),
        bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH,
        border_radius=Radius.M,
        padding=Space.M,
    )
