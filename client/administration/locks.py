"""`/admin/locks`: who may not send reports for a while, why, and what they answer. No names."""

from collections.abc import Callable
from typing import cast

import flet as ft

from client.administration import api
from client.administration.frame import admin_screen, column, explain
from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import use_form
from client.core.text.dates import now
from client.core.theme import Radius, Space, Tone, tone_colours
from client.ui.forms import link_button, primary_button, secondary_button, text_field
from client.ui.lists import card, page_list, use_pages
from client.ui.states import empty, error_line
from client.ui.status import status_chip
from client.ui.text import body, caption, label, title
from shared.access import Permission
from shared.administration import DeskLock, LockRelease

_MAX = 5_000


@ft.component
def LocksScreen() -> ft.Control:
    """Show the locks and let their appeals be answered."""
    return admin_screen("locks", Permission.DISPATCH, Locks)


@ft.component
def Locks() -> ft.Control:
    """Show a page of locks after the other."""
    services = use_services()
    t = services.text
    pages = use_pages(lambda cursor: api.locks(services.api, cursor), [])
    none = empty(ft.Icons.LOCK_OPEN, t("admin.locks_none"), t("admin.locks_none_why"))

    def row(lock: DeskLock) -> ft.Control:
        return ft.Container(LockCard(lock, pages.reload), key=f"lock-{lock.id}")

    return column([explain(t("admin.locks_why")), page_list(pages, row, empty=none)])


@ft.component
def LockCard(lock: DeskLock, changed: Callable[[], None]) -> ft.Control:
    """Show one lock; while it holds it can be lifted, and an appeal be turned down, both with words."""
    services = use_services()
    t = services.text
    answering, set_answering = ft.use_state(cast(bool | None, None))
    holds = not lock.lifted and lock.until > now()
    open_appeal = lock.appeal is not None and lock.answer is None
    code = link_button(lock.code, lambda: services.go(f"/desk/{lock.code}"), icon=ft.Icons.OPEN_IN_NEW)
    head = ft.Row(
        [_state(services, lock, holds=holds), caption(t("admin.lock_until", when=t.moment(lock.until))), code],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    lines: list[ft.Control] = [head, _said(t("admin.lock_reason", when=t.ago(lock.made_at)), lock.reason)]
    if lock.appeal is not None:
        when = t.ago(lock.appealed_at) if lock.appealed_at else ""
        lines.append(_appeal(t("admin.lock_appeal", when=when), lock.appeal))
    if lock.answer is not None:
        lines.append(_said(t("admin.lock_answer"), lock.answer))
    if holds and answering is None:
        buttons: list[ft.Control] = []
        if open_appeal:
            buttons.append(secondary_button(t("admin.lock_keep"), lambda: set_answering(False)))
        make = primary_button if open_appeal else secondary_button
        buttons.append(make(t("admin.lock_lift"), lambda: set_answering(True), icon=ft.Icons.LOCK_OPEN))
        lines.append(ft.Row(buttons, spacing=Space.S, wrap=True, alignment=ft.MainAxisAlignment.END))
    elif holds and answering is not None:
        answer = LockAnswer(lock, answering, changed, lambda: set_answering(None))
        lines.append(ft.Container(answer, key=f"answer-{answering}"))
    return card(column(lines, spacing=Space.M))


@ft.component
def LockAnswer(lock: DeskLock, lift: bool, changed: Callable[[], None], close: Callable[[], None]) -> ft.Control:
    """Ask for the words that the person will read."""
    services = use_services()
    t = services.text
    form = use_form(f"admin/locks/{lock.id}", {"text": ""})
    once = use_once()

    async def work() -> DeskLock:
        answer = LockRelease(lift=lift, text=str(form.get("text")).strip())
        return await api.release(services.api, lock.id, answer, once.key(answer))

    def done(_: DeskLock) -> None:
        form.clear()
        close()
        services.tell(t("admin.lock_lifted" if lift else "admin.lock_kept"), Tone.SUCCESS)
        changed()

    send = use_action(work, done=done, failed=form.fail)

    def submit() -> None:
        if form.check({"text": None if str(form.get("text")).strip() else t("admin.need_words")}):
            send.start()

    name = "admin.lock_lift" if lift else "admin.lock_keep"
    field = text_field(
        form, "text", t(f"{name}_why"), lines=2, max_length=_MAX, autofocus=True, helper=t("admin.lock_reads")
    )
    field.counter = ""
    field.align_label_with_hint = True
    buttons = ft.Row(
        [
            secondary_button(t("action.cancel"), close),
            primary_button(
                t(name), submit, icon=ft.Icons.LOCK_OPEN if lift else ft.Icons.LOCK_OUTLINE, running=send.running
            ),
        ],
        spacing=Space.S,
        alignment=ft.MainAxisAlignment.END,
    )
    return column([field, error_line(t, send.error), buttons], spacing=Space.M)


def _state(services: Services, lock: DeskLock, *, holds: bool) -> ft.Control:
    t = services.text
    if holds and lock.appeal is not None and lock.answer is None:
        return status_chip(ft.Icons.GAVEL, t("admin.lock_state_appealed"), Tone.WARNING)
    if holds:
        return status_chip(ft.Icons.LOCK_OUTLINE, t("admin.lock_state_holds"), Tone.DANGER)
    if lock.lifted:
        return status_chip(ft.Icons.LOCK_OPEN, t("admin.lock_state_lifted"), Tone.SUCCESS)
    return status_chip(ft.Icons.HISTORY, t("admin.lock_state_over"), Tone.NEUTRAL)


def _said(head: str, words: str) -> ft.Control:
    said = body(words)
    said.selectable = True
    return ft.Column([caption(head), said], spacing=Space.XS)


def _appeal(head: str, words: str) -> ft.Control:
    ink, ground = tone_colours(Tone.WARNING)
    said = title(words, color=ink, small=True)
    said.selectable = True
    lines = ft.Column([label(head, color=ink), said], spacing=Space.XS)
    return ft.Container(lines, bgcolor=ground, border_radius=Radius.M, padding=Space.M)
