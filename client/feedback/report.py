"""The report: as few steps as can be, a draft that survives everything, and one key until it is sent."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

import flet as ft

from client.core.action import Action, use_action
from client.core.api import OFFLINE, ApiError
from client.core.context import use_query, use_services
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text import Text
from client.core.theme import Space, Tone
from client.feedback import api
from client.feedback.report_parts import (
    category_step,
    emergency,
    expectation_step,
    notice,
    photo_step,
    place_step,
    step,
    wrong,
)
from client.feedback.report_privacy import kept_line, privacy_step
from client.feedback.report_sent import sent_page
from client.feedback.sending import KEY, key_of, use_retry
from client.ui.forms import link_button, primary_button, text_field
from client.ui.photos import Photos, use_photos
from client.ui.shell import Screen
from client.ui.states import error_line, text_skeleton
from client.ui.text import body
from shared.errors import ErrorCode
from shared.feedback import MAX_FILES, FeedbackDetail, FeedbackDraft

_DEFAULTS: dict[str, Any] = {
    "category": "",
    "description": "",
    "lat": None,
    "lon": None,
    "address": "",
    "file_ids": [],
    "public": True,
    "show_name": False,
    "blur_place": False,
    KEY: "",
}
_SHORTEST, _LONGEST, _LINES = 10, 5_000, 4
_SEND_HEIGHT = 56
_FIELDS = ("file_ids", "category", "description", "lat", "address")


@ft.component
def ReportScreen() -> ft.Control:
    """Send a report, or with `?practice=1` learn how to; `session` names the onboarding session to go back to."""
    services = use_services()
    t = services.text
    practice = use_query("practice") == "1"
    session = use_query("session")
    sent, set_sent = ft.use_state(cast("FeedbackDetail | None", None))
    back = f"/join/{quote(session, safe='')}" if session else "/feedback"
    if sent is not None:
        return Screen(_thanks(t, sent), sent_page(services, sent, lambda: set_sent(None), session), back=back)
    return Screen(t("feedback.new"), [report_form(practice=practice, on_sent=set_sent)], back=back)


def _thanks(t: Text, case: FeedbackDetail) -> str:
    return t("feedback.sent_practice" if case.practice else "feedback.sent")


@ft.component
def report_form(*, practice: bool, on_sent: Callable[[FeedbackDetail], None]) -> ft.Control:
    """Ask for everything a report needs, and send it."""
    services = use_services()
    t = services.text
    returned = use_query("ready") == "1" and services.session.account is not None
    here = services.page.route or "/feedback/new"
    form = use_form("feedback/practice" if practice else "feedback/new", _DEFAULTS)
    photos = use_photos(MAX_FILES, form.get("file_ids") if form.ready else (), lambda ids: form.typed("file_ids", ids))
    asking, ask = ft.use_state("")
    queued, set_queued = ft.use_state(False)
    ft.use_dialog(_sign_in_dialog(services, asking, here, lambda: ask("")) if asking else None)

    async def work() -> FeedbackDetail:
        return await api.submit(services.api, _draft(form, practice=practice), key_of(form))

    def done(case: FeedbackDetail) -> None:
        # Photos tell the form that they are gone, so they go first: what is typed last is what is kept.
        photos.clear()
        form.clear()
        on_sent(case)

    def failed(error: ApiError) -> None:
        set_queued(error.code == OFFLINE)
        if error.code == ErrorCode.KEY_REUSED:
            form.typed(KEY, "")
        form.fail(error)

    send = use_action(work, done=done, failed=failed)
    use_retry(send)

    def press() -> None:
        if not form.check(_problems(t, form, photos)):
            return
        if services.session.account is None:
            ask("feedback.sign_in")
        else:
            send.start()

    if not form.ready:
        return text_skeleton()
    again = [notice(ft.Icons.CHECK_CIRCLE, t("feedback.ready"), t("feedback.ready_why"), Tone.SUCCESS)]
    mark = [notice(ft.Icons.SCHOOL_OUTLINED, t("feedback.practice"), t("feedback.practice_why"), Tone.WARNING)]
    parts: list[ft.Control] = [
        *(mark if practice else [emergency(t)]),
        *(again if returned else []),
        photo_step(services, photos, form.error("file_ids"), lambda: ask("feedback.sign_in_photo")),
        category_step(form, form.get("category"), form.error("category")),
        _description_step(t, form),
        place_step(t, form),
        expectation_step(form.get("category"), form.get("lat"), form.get("lon"), practice=practice),
        privacy_step(t, form),
        *_send_part(t, form, send, press, practice=practice, queued=queued),
    ]
    return ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _description_step(t: Text, form: Form) -> ft.Control:
    words = t("feedback.description")
    field = text_field(form, "description", words, lines=_LINES, max_length=_LONGEST)
    return step(3, words, [field], why=t("feedback.description_hint"))


def _send_part(
    t: Text, form: Form, send: Action, press: Callable[[], None], *, practice: bool, queued: bool
) -> list[ft.Control]:
    missing = [t(f"feedback.wrong_{name}") for name in _FIELDS if form.error(name)]
    words = t("feedback.send_practice" if practice else "feedback.send")
    button = primary_button(words, press, icon=ft.Icons.SEND, running=send.running, expand=True)
    button.height = _SEND_HEIGHT
    trouble: list[ft.Control] = [wrong(t("feedback.missing", what=", ".join(missing)))] if missing else []
    if not missing:
        trouble = [_why_not_sent(t, send.error, queued=queued)]
    return [*trouble, ft.Row([button]), kept_line(t)]


def _why_not_sent(t: Text, error: ApiError | None, *, queued: bool) -> ft.Control:
    """Say why it was not sent, and that nothing is lost."""
    if queued:
        return notice(ft.Icons.WIFI_OFF, t("feedback.queued"), t("feedback.queued_why"), Tone.WARNING)
    if error is not None and error.code == ErrorCode.KEY_REUSED:
        return notice(ft.Icons.INFO_OUTLINE, t("feedback.maybe_sent"), "", Tone.WARNING)
    return error_line(t, error)


def _problems(t: Text, form: Form, photos: Photos) -> dict[str, str | None]:
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
        file_ids=[UUID(each) for each in form.get("file_ids")],
        public=form.get("public"),
        show_name=form.get("show_name"),
        blur_place=form.get("blur_place"),
        practice=practice,
    )


def _sign_in_dialog(services: Services, asking: str, here: str, close: Callable[[], None]) -> ft.AlertDialog:
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
