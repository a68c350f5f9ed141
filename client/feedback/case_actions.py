"""What the sender may do with a report now: answer, rate, reopen, appeal; shown as the state table allows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from client.core.api import Api
from client.core.context import use_services
from client.core.store import use_form
from client.core.theme import Colour, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.case_due import opened_before, reopen_words
from client.feedback.sending import KEY, Board, use_sending
from client.ui.forms import primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.photos import photo_picker, use_photos
from client.ui.states import error_line
from client.ui.status import stars_field
from client.ui.text import body, caption, heading
from shared.case_moves import Answer, Reason
from shared.case_states import MoveKind
from shared.feedback import MAX_FILES, FeedbackDetail, Rating

_LINES = 3
_MAX_TEXT = 5_000
_MAX_RATING = 1_000


@dataclass(frozen=True)
class _Ask:
    """A move that needs a reason in words."""

    name: str
    send: Callable[[Api, str, Reason, str], Awaitable[FeedbackDetail]]


_REOPEN = _Ask("reopen", api.reopen)
_APPEAL = _Ask("appeal", api.appeal)


def question_panel(case: FeedbackDetail, board: Board) -> list[ft.Control]:
    """Return the panel that waits for an answer, if one is due."""
    return [_answer_panel(case, board)] if MoveKind.ANSWER in case.moves else []


def verdict_panels(case: FeedbackDetail, board: Board) -> list[ft.Control]:
    """Return what the sender may say about a result or a refusal."""
    panels: list[ft.Control] = []
    if MoveKind.RATE in case.moves:
        panels.append(_rating_panel(case, board))
    elif MoveKind.REOPEN in case.moves:
        panels.append(_reason_panel(case, board, _REOPEN))
    if MoveKind.APPEAL in case.moves:
        panels.append(_reason_panel(case, board, _APPEAL))
    return panels


@ft.component
def _answer_panel(case: FeedbackDetail, board: Board) -> ft.Control:
    services = use_services()
    t = services.text
    form = use_form(f"feedback/answer/{case.code}", {"text": "", "file_ids": [], KEY: ""})
    photos = use_photos(MAX_FILES, form.get("file_ids") if form.ready else (), lambda ids: form.typed("file_ids", ids))

    async def call(key: str) -> FeedbackDetail:
        words = Answer(text=form.get("text"), file_ids=photos.file_ids)
        return await api.answer(services.api, case.code, words, key)

    send = use_sending(form, call, board, t("feedback.answered"))

    def press() -> None:
        trouble = t("feedback.photos_busy") if photos.busy else None
        missing = None if str(form.get("text")).strip() else t("feedback.reason_missing")
        if form.check({"text": missing, "file_ids": trouble}):
            send.start()

    asked = [entry.text for entry in case.story if entry.kind == MoveKind.ASK]
    ink, ground = tone_colours(Tone.WARNING)
    question = ft.Container(
        body(asked[-1] if asked else "", color=ink), bgcolor=ground, border_radius=Space.M, padding=Space.M
    )
    parts: list[ft.Control] = [
        heading(t("feedback.question")),
        question,
        text_field(form, "text", t("feedback.answer"), lines=_LINES, max_length=_MAX_TEXT),
        photo_picker(photos),
        *([caption(str(form.error("file_ids")), color=ft.Colors.ERROR)] if form.error("file_ids") else []),
        error_line(t, send.error),
        ft.Row(
            [primary_button(t("feedback.answer_send"), press, icon=ft.Icons.REPLY, running=send.running, expand=True)]
        ),
        caption(t("feedback.answer_hint")),
        caption(t("feedback.answer_closes")),
    ]
    return card(_stretched(parts))


@ft.component
def _rating_panel(case: FeedbackDetail, board: Board) -> ft.Control:
    services = use_services()
    t = services.text
    form = use_form(f"feedback/rate/{case.code}", {"score": 0, "text": "", KEY: ""})
    reopening, set_reopening = ft.use_state(False)
    score = int(form.get("score") or 0)

    async def call(key: str) -> FeedbackDetail:
        return await api.rate(services.api, case.code, Rating(score=score, text=form.get("text")), key)

    send = use_sending(form, call, board, t("feedback.rate_done"))

    def press() -> None:
        if form.check({"score": None if score else t("feedback.stars_missing")}):
            send.start()

    if reopening:
        return card(_reason_form(case, board, _REOPEN, lambda: set_reopening(False)))
    trouble = form.error("score")
    said = t(f"feedback.rate_{score}") if score else t("feedback.rate_choose")
    word = body(trouble or said, color=ft.Colors.ERROR if trouble else Colour.QUIET)
    word.text_align = ft.TextAlign.CENTER
    buttons = [primary_button(t("feedback.rate_send"), press, running=send.running, expand=True)]
    parts: list[ft.Control] = [
        heading(t("feedback.rate")),
        stars_field(score, lambda n: form.set("score", n)),
        ft.Row([ft.Semantics(live_region=True, content=word)], alignment=ft.MainAxisAlignment.CENTER),
    ]
    if score:
        parts.append(text_field(form, "text", t("feedback.rate_words"), lines=2, max_length=_MAX_RATING))
    again: list[ft.Control] = []
    if MoveKind.REOPEN in case.moves:
        again = [secondary_button(t("feedback.reopen"), lambda: set_reopening(True), expand=True)]
    parts += [
        error_line(t, send.error),
        ft.Row([*again, *buttons], spacing=Space.M),
        caption(t("feedback.rate_closes")),
    ]
    return card(_stretched(parts))


@ft.component
def _reason_panel(case: FeedbackDetail, board: Board, ask: _Ask) -> ft.Control:
    """Offer a move that needs a reason; the field opens at the first press."""
    t = use_services().text
    asking, set_asking = ft.use_state(False)
    if asking:
        return card(_reason_form(case, board, ask, lambda: set_asking(False)))
    closed = ask is _REOPEN
    head = t("feedback.reopen_closed" if closed else "feedback.appeal")
    why = (reopen_words(t, case) or t("feedback.reopen_closed_why")) if closed else t("feedback.appeal_hint")
    label = t("feedback.reopen" if closed else "feedback.appeal_send")
    button = secondary_button(label, lambda: set_asking(True), icon=ft.Icons.RESTART_ALT, expand=True)
    return card(ft.Column([heading(head), caption(why), ft.Row([button])], spacing=Space.M))


@ft.component
def _reason_form(case: FeedbackDetail, board: Board, ask: _Ask, close: Callable[[], None]) -> ft.Control:
    services = use_services()
    t = services.text
    form = use_form(f"feedback/{ask.name}/{case.code}", {"text": "", KEY: ""})

    async def call(key: str) -> FeedbackDetail:
        return await ask.send(services.api, case.code, Reason(text=form.get("text")), key)

    thanks = t("feedback.reopened" if ask is _REOPEN else "feedback.appealed")
    send = use_sending(form, call, board, thanks)

    def press() -> None:
        if form.check({"text": None if str(form.get("text")).strip() else t("feedback.reason_missing")}):
            send.start()

    again = ask is _REOPEN and opened_before(case)
    buttons: list[ft.Control] = [
        secondary_button(t("action.cancel"), close, disabled=send.running),
        primary_button(t(f"feedback.{ask.name}_send"), press, running=send.running, expand=True),
    ]
    parts: list[ft.Control] = [
        heading(t(f"feedback.{ask.name}_why")),
        caption(t("feedback.reopen_again_hint" if again else f"feedback.{ask.name}_hint")),
        text_field(form, "text", t(f"feedback.{ask.name}_why"), lines=_LINES, max_length=_MAX_TEXT, autofocus=True),
        error_line(t, send.error),
        ft.Row(buttons, spacing=Space.M),
    ]
    return _stretched(parts)


def _stretched(parts: list[ft.Control]) -> ft.Control:
    return ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
