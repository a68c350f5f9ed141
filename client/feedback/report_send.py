"""Sending the form: what it needs, once under one key, and into the outbox when the backend is away."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

import flet as ft

from client.core.action import Action, use_action
from client.core.api import ApiError
from client.core.outbox import AWAY, Waiting
from client.core.services import Services
from client.core.store import Form
from client.core.text import Text
from client.core.theme import Tone
from client.feedback import api
from client.feedback.report_gate import is_data
from client.feedback.report_parts import wrong
from client.feedback.report_privacy import kept_line
from client.feedback.sending import KEY, key_of
from client.feedback.waiting import path_of, waiting
from client.ui.forms import primary_button
from client.ui.photos import Photos
from client.ui.states import error_line, notice
from shared.errors import ErrorCode
from shared.feedback import FeedbackDetail, FeedbackDraft

DEFAULTS: dict[str, Any] = {
    "category": "",
    "description": "",
    "lat": None,
    "lon": None,
    "address": "",
    "system": "",
    "file_ids": [],
    "public": True,
    "show_name": False,
    "blur_place": False,
    KEY: "",
}
_SEND_HEIGHT = 56
_FIELDS = ("file_ids", "category", "description", "lat", "address")
_SHORTEST = 10


def use_report_sending(
    services: Services,
    form: Form,
    photos: Photos,
    on_sent: Callable[[FeedbackDetail], None],
    *,
    practice: bool,
    session: str,
) -> Action:
    """Return the action that sends the form once; what cannot be sent now waits in the outbox. A hook."""

    def empty_the_form() -> None:
        # Photos tell the form that they are gone, so they go first: what is typed last is what is kept.
        photos.clear()
        form.clear()

    async def work() -> FeedbackDetail | Waiting:
        draft, key = _draft(form, practice=practice), key_of(form)
        try:
            return await api.submit(services.api, draft, key)
        except ApiError as error:
            item = waiting(draft, key)
            if error.code in AWAY and await services.outbox.put(item):
                return item
            raise

    def done(sent: FeedbackDetail | Waiting) -> None:
        empty_the_form()
        if isinstance(sent, FeedbackDetail):
            on_sent(sent)
        else:
            services.go(path_of(sent) + (f"?session={quote(session, safe='')}" if session else ""))

    def failed(error: ApiError) -> None:
        if error.code == ErrorCode.KEY_REUSED:
            form.typed(KEY, "")
        form.fail(error)

    return use_action(work, done=done, failed=failed)


def send_part(t: Text, form: Form, send: Action, press: Callable[[], None], *, practice: bool) -> list[ft.Control]:
    missing = [t(f"feedback.wrong_{name}") for name in _FIELDS if form.error(name)]
    words = t("feedback.send_practice" if practice else "feedback.send")
    button = primary_button(words, press, icon=ft.Icons.SEND, running=send.running, expand=True)
    button.height = _SEND_HEIGHT
    trouble: list[ft.Control] = [wrong(t("feedback.missing", what=", ".join(missing)))] if missing else []
    if not missing:
        trouble = [_why_not_sent(t, send.error)]
    return [*trouble, ft.Row([button]), kept_line(t)]


def _why_not_sent(t: Text, error: ApiError | None) -> ft.Control:
    """Say why it was not sent, and that nothing is lost."""
    if error is not None and error.code == ErrorCode.KEY_REUSED:
        return notice(ft.Icons.INFO_OUTLINE, t("feedback.maybe_sent"), "", Tone.WARNING)
    return error_line(t, error)


def problems(t: Text, form: Form, photos: Photos) -> dict[str, str | None]:
    """Return what is missing, by field."""
    trouble = next((t("feedback.photos_trouble") for photo in photos.items if photo.trouble), None)
    short = len(str(form.get("description")).strip()) < _SHORTEST
    return {
        "file_ids": t("feedback.photos_busy") if photos.busy else trouble,
        "category": None if form.get("category") else t("feedback.category_missing"),
        "description": t("feedback.description_short") if short else None,
        "lat": t("feedback.place_missing") if form.get("lat") is None else None,
    }


def _draft(form: Form, *, practice: bool) -> FeedbackDraft:
    return FeedbackDraft(
        category=form.get("category"),
        description=form.get("description"),
        lat=form.get("lat"),
        lon=form.get("lon"),
        address=form.get("address"),
        system=form.get("system") if is_data(form.get("category")) else "",
        file_ids=[UUID(each) for each in form.get("file_ids")],
        public=form.get("public"),
        show_name=form.get("show_name"),
        blur_place=form.get("blur_place"),
        practice=practice,
    )
