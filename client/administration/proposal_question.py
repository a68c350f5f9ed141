"""The one question before a decision about proposed changes: what follows from it, and room for a reason."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from client.administration import procedure_api as api
from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.once import use_once
from client.core.store import use_form
from client.core.text import Text
from client.core.theme import Space, Tone
from client.ui.forms import link_button, primary_button, text_field
from client.ui.states import error_line
from client.ui.text import body, caption, title
from shared.errors import ErrorCode
from shared.procedure_sync import ChangeKind, Decision, SyncDetail

_MOST = 500
_WIDTH = 480
_NAMED = 5


@dataclass(frozen=True)
class Wish:
    """What is about to be decided: the changes of these codes, or (None) all of the kind that are left.

    `names` are those of its procedures that are known here, in all there are `count`.
    """

    decision: Decision
    kind: ChangeKind
    codes: tuple[str, ...] | None
    count: int
    names: tuple[str, ...]


def _names(t: Text, wish: Wish) -> list[ft.Control]:
    """Name what it is about, as many as are taken in at a glance."""
    lines: list[ft.Control] = [title(name, small=True) for name in wish.names[:_NAMED]]
    more = wish.count - len(lines)
    if lines and more > 0:
        lines.append(caption(t("admin.decide_more", n=t.number(more))))
    return lines


def use_question(
    sync: SyncDetail,
    wish: Wish | None,
    close: Callable[[], None],
    decided: Callable[[SyncDetail], None],
    stale: Callable[[], None],
) -> ft.AlertDialog | None:
    """Return the question about a wish, or None without one. `stale` is called when somebody else was faster."""
    services = use_services()
    t = services.text
    form = use_form(None, {"reason": ""})
    once = use_once()

    async def work() -> SyncDetail:
        assert wish is not None
        reason = str(form.get("reason")).strip()
        return await api.decide(services.api, sync, api.wishes(wish.decision, wish.kind, wish.codes, reason), once.key)

    def done(now: SyncDetail) -> None:
        form.clear()
        once.done()
        accepted = wish is not None and wish.decision is Decision.ACCEPT
        services.tell(t("admin.accepted" if accepted else "admin.refused"), Tone.SUCCESS)
        decided(now)

    def failed(error: ApiError) -> None:
        if error.code in {ErrorCode.STALE, ErrorCode.CONFLICT}:
            stale()

    send = use_action(work, done=done, failed=failed)
    if wish is None:
        return None
    name = wish.decision.value
    gone = wish.decision is Decision.ACCEPT and wish.kind is ChangeKind.WITHDRAWN
    words = "withdraw" if gone else name
    field = text_field(form, "reason", t("admin.decide_reason"), lines=2, max_length=_MOST)
    field.counter = ""
    lines: list[ft.Control] = [*_names(t, wish), body(t(f"admin.{words}_why")), field, error_line(t, send.error)]
    stretch = ft.CrossAxisAlignment.STRETCH
    content = ft.Column(lines, tight=True, spacing=Space.M, horizontal_alignment=stretch)
    # Not modal: after the browser's "back" it would be left on another screen with nobody to close it.
    return ft.AlertDialog(
        title=t(f"admin.{words}_sure", n=t.number(wish.count)),
        content=ft.Container(content, width=_WIDTH),
        actions=[
            link_button(t("action.cancel"), close),
            primary_button(t(f"admin.{words}"), send.start, running=send.running),
        ],
        on_dismiss=lambda _: close(),
    )
