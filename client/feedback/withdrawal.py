"""Taking a report back: a quiet button and a question before it is done."""

import flet as ft

from client.core.context import use_services
from client.core.store import use_form
from client.core.theme import Space
from client.feedback import api
from client.feedback.sending import KEY, Board, use_sending
from client.ui.forms import link_button, primary_button, text_field
from client.ui.states import error_line
from client.ui.text import body
from shared.case_moves import Withdrawal
from shared.feedback import FeedbackDetail

_MAX = 1_000


@ft.component
def withdraw_button(case: FeedbackDetail, board: Board) -> ft.Control:
    """Offer to take the report back; asks first, because it cannot be undone."""
    services = use_services()
    t = services.text
    asking, set_asking = ft.use_state(False)
    form = use_form(None, {"text": "", KEY: ""})

    async def call(key: str) -> FeedbackDetail:
        return await api.withdraw(services.api, case.code, Withdrawal(text=form.get("text")), key)

    def changed(after: FeedbackDetail) -> None:
        set_asking(False)
        board.changed(after)

    send = use_sending(form, call, Board(changed, board.reload), t("feedback.withdrawn"))
    content = ft.Column(
        [
            body(t("feedback.withdraw_why")),
            text_field(form, "text", t("feedback.withdraw_reason"), lines=2, max_length=_MAX),
            error_line(t, send.error),
        ],
        tight=True,
        spacing=Space.M,
    )
    question = ft.AlertDialog(
        modal=True,
        title=t("feedback.withdraw_sure"),
        content=content,
        actions=[
            link_button(t("feedback.withdraw_keep"), lambda: set_asking(False)),
            primary_button(t("feedback.withdraw"), send.start, running=send.running),
        ],
        on_dismiss=lambda _: set_asking(False),
    )
    ft.use_dialog(question if asking else None)
    quiet = link_button(t("feedback.withdraw"), lambda: set_asking(True), icon=ft.Icons.UNDO)
    return ft.Row([quiet], alignment=ft.MainAxisAlignment.CENTER)
