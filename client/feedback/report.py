"""The report: as few steps as can be, a draft that survives everything, and one key until it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

import flet as ft

from client.core.context import use_query, use_services
from client.core.hooks import use_kept
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text import Text
from client.core.theme import Space, Tone
from client.feedback.lock_notice import lock_notice
from client.feedback.report_dialogs import joined_dialog, sign_in_dialog
from client.feedback.report_expect import expectation_step
from client.feedback.report_gate import gate, is_data
from client.feedback.report_near import mask_note, near_step
from client.feedback.report_parts import category_step, photo_step, place_step, step
from client.feedback.report_privacy import privacy_step
from client.feedback.report_send import DEFAULTS, problems, send_part, use_report_sending
from client.feedback.report_sent import sent_page
from client.feedback.typing import Typed
from client.feedback.waiting import FORM, PRACTICE_FORM, written
from client.ui.forms import link_button, text_field
from client.ui.photos import Photos, use_photos
from client.ui.shell import Screen
from client.ui.states import notice, text_skeleton
from client.ui.text import body
from shared.feedback import MAX_FILES, FeedbackDetail

_LONGEST, _LONGEST_SYSTEM, _LINES = 5_000, 80, 4


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
    form = report_form(practice=practice, on_sent=set_sent, session=session)
    # What is practised reaches no queue, so a lock does not touch it.
    return Screen(t("feedback.new"), [form] if practice else [lock_notice(), form], back=back)


def _thanks(t: Text, case: FeedbackDetail) -> str:
    return t("feedback.sent_practice" if case.practice else "feedback.sent")


@ft.component
def report_form(*, practice: bool, on_sent: Callable[[FeedbackDetail], None], session: str = "") -> ft.Control:
    """Ask at the gate, then for everything a report needs, and send it."""
    services = use_services()
    returned = use_query("ready") == "1" and services.session.account is not None
    form = use_form(PRACTICE_FORM if practice else FORM, DEFAULTS)
    photos = use_photos(MAX_FILES, form.get("file_ids") if form.ready else (), lambda ids: form.typed("file_ids", ids))
    asking, ask = ft.use_state("")
    typed, start = use_kept(Typed), use_kept(_Start)
    gate_chosen, choose_gate = ft.use_state(cast("bool | None", None))
    same, set_same = ft.use_state(cast("FeedbackDetail | None", None))
    ft.use_dialog(_dialog(services, form, photos, asking, lambda: ask(""), same, lambda: set_same(None)))
    send = use_report_sending(services, form, photos, on_sent, practice=practice, session=session)

    if not form.ready:
        return text_skeleton()
    typed.say(str(form.get("description")))
    start.straight_on = start.straight_on or practice or returned
    if start.wants_gate(form) if gate_chosen is None else gate_chosen:
        return _gate(form, photos, lambda: choose_gate(False), lambda: ask("feedback.sign_in_photo"))

    def press() -> None:
        if not form.check(problems(services.text, form, photos)):
            return
        if services.session.account is None:
            ask("feedback.sign_in")
        else:
            send.start()

    parts = [
        *_head(services.text, practice=practice, returned=returned, to_gate=lambda: choose_gate(True)),
        *_steps(services, form, photos, typed, ask, set_same, practice=practice),
        *send_part(services.text, form, send, press, practice=practice),
    ]
    return ft.Column(parts, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@dataclass
class _Start:
    """What the form was opened with: a draft, a practice or a sign-in just done lead past the gate."""

    straight_on: bool = False
    draft: bool | None = None

    def wants_gate(self, form: Form) -> bool:
        """Whether to ask first; what stood in the form when it was read decides."""
        if self.draft is None:
            self.draft = written(form.values)
        return not (self.straight_on or self.draft)


def _gate(form: Form, photos: Photos, go_on: Callable[[], None], sign_in: Callable[[], None]) -> ft.Control:
    def wrong_data(category: str, system: str) -> None:
        for name, value in (("category", category), ("system", system), ("public", False)):
            form.typed(name, value)
        go_on()

    def scene() -> None:
        if is_data(form.get("category")):
            for name in ("category", "system", "public"):
                form.typed(name, DEFAULTS[name])
        go_on()

    return gate(photos, draft=written(form.values), go_on=go_on, scene=scene, data=wrong_data, sign_in=sign_in)


def _dialog(
    services: Services,
    form: Form,
    photos: Photos,
    asking: str,
    close: Callable[[], None],
    same: FeedbackDetail | None,
    told: Callable[[], None],
) -> ft.AlertDialog | None:
    if same is None:
        here = services.page.route or "/feedback/new"
        return sign_in_dialog(services, asking, here, close) if asking else None

    def keep() -> None:
        # A dialog outlives the screen that it stands before.
        told()
        services.go(f"/feedback/{same.code}")

    def drop() -> None:
        photos.clear()
        form.clear()
        keep()

    return joined_dialog(services, same, keep=keep, drop=drop, close=told)


def _head(t: Text, *, practice: bool, returned: bool, to_gate: Callable[[], None]) -> list[ft.Control]:
    if practice:
        return [notice(ft.Icons.SCHOOL_OUTLINED, t("feedback.practice"), t("feedback.practice_why"), Tone.WARNING)]
    back = ft.Row([link_button(t("feedback.gate_back"), to_gate, icon=ft.Icons.SIGNPOST_OUTLINED)])
    again = notice(ft.Icons.CHECK_CIRCLE, t("feedback.ready"), t("feedback.ready_why"), Tone.SUCCESS)
    return [*([again] if returned else []), back]


def _steps(
    services: Services,
    form: Form,
    photos: Photos,
    typed: Typed,
    ask: Callable[[str], None],
    joined: Callable[[FeedbackDetail], None],
    *,
    practice: bool,
) -> list[ft.Control]:
    t, category, lat, lon = services.text, form.get("category"), form.get("lat"), form.get("lon")
    data = is_data(category)
    near: list[ft.Control] = []
    if not practice and not data:
        near = [near_step(category, lat, lon, typed, joined=joined, sign_in=lambda: ask("feedback.near_sign_in"))]
    return [
        photo_step(services, photos, form.error("file_ids"), lambda: ask("feedback.sign_in_photo")),
        category_step(form, category, form.error("category")),
        _description_step(t, form, typed, data=data),
        place_step(t, form, photos.position, data=data),
        *near,
        expectation_step(category, lat, lon, practice=practice),
        privacy_step(t, form),
    ]


def _description_step(t: Text, form: Form, typed: Typed, *, data: bool) -> ft.Control:
    words = t("feedback.description")
    field = text_field(form, "description", words, lines=_LINES, max_length=_LONGEST)

    def changed(event: ft.Event[ft.TextField]) -> None:
        form.typed("description", event.control.value)
        typed.say(event.control.value)

    field.on_change = changed
    system: list[ft.Control] = []
    if data:
        hint, why = t("feedback.system_hint"), body(t("feedback.system_why"))
        system = [text_field(form, "system", t("feedback.system"), hint=hint, max_length=_LONGEST_SYSTEM), why]
    note = mask_note(typed, public=bool(form.get("public")))
    return step(3, words, [*system, field, note], why="" if data else t("feedback.description_hint"))
