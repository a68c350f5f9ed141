"""The question: which dossier, and the last four digits of the phone that stands on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import flet as ft

from client.core.action import Action, use_action
from client.core.api import OFFLINE, ApiError
from client.core.context import use_services
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text import Text
from client.core.text.dates import now
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.dossiers.codes import code_fault, code_in
from client.dossiers.opening import look_up
from client.dossiers.picture import may_read, picture_reader
from client.ui.forms import call_button, check_field, primary_button, text_field
from client.ui.lists import card
from client.ui.states import error_line, notice
from client.ui.text import body, caption, title
from shared.dossiers import Dossier
from shared.errors import ErrorCode

_DIGITS = "phone_last4"
_SAMPLE = "G09.20-261116-0007"


@ft.component
def look_up_card(filled: str, on_found: Callable[[Dossier], None]) -> ft.Control:
    """Ask for a code and the digits; `filled` is the code that the address brought."""
    services = use_services()
    t = services.text
    form = use_form("dossiers/lookup", {"code": "", _DIGITS: "", "remember": False}, secret={_DIGITS, "remember"})

    def fill() -> None:
        if filled and form.ready:
            form.set("code", code_in(filled) or filled)

    ft.use_effect(fill, [filled, form.ready])

    def found(dossier: Dossier) -> None:
        form.clear()
        on_found(dossier)

    send = _use_look_up(form, found)
    field = text_field(
        form,
        "code",
        t("dossiers.code"),
        hint=_SAMPLE,
        helper=t("dossiers.code_why"),
        icon=ft.Icons.FOLDER_OPEN,
        on_submit=lambda _: send.start(),
        autofocus=services.desktop,
    )
    field.capitalization = ft.TextCapitalization.CHARACTERS
    field.autocorrect = False
    field.helper_max_lines = field.error_max_lines = 3
    parts: list[ft.Control] = [field]
    if may_read(services):
        parts.append(picture_reader(str(form.get("code")), lambda code: form.set("code", code)))
    parts += _rest(services, form, send)
    return card(_column(parts))


@ft.component
def digits_card(code: str, on_found: Callable[[Dossier], None]) -> ft.Control:
    """Ask for the digits alone: the code is known."""
    services = use_services()
    t = services.text
    form = use_form(None, {"code": code, _DIGITS: "", "remember": False})
    send = _use_look_up(form, on_found)
    head = ft.Row(
        [
            ft.Icon(ft.Icons.LOCK_OUTLINE, color=ft.Colors.PRIMARY, size=Size.ICON),
            ft.Column([title(t("dossiers.locked")), body(code, color=Colour.QUIET)], spacing=0, expand=True),
        ],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return card(_column([head, body(t("dossiers.locked_why")), *_rest(services, form, send)]))


def _use_look_up(form: Form, on_found: Callable[[Dossier], None]) -> Action:
    """Return the action that checks what was typed and looks it up. A hook."""
    services = use_services()
    t = services.text

    async def work(code: str, digits: str) -> Dossier:
        return await look_up(services, code, digits, remember=bool(form.get("remember")))

    send = use_action(work, done=on_found, failed=form.fail)

    def start(*_: Any) -> None:
        typed, digits = str(form.get("code")), "".join(str(form.get(_DIGITS)).split())
        fault = code_fault(typed)
        right = len(digits) == 4 and digits.isdecimal()
        faults = {
            "code": t(fault, sample=_SAMPLE) if fault else None,
            _DIGITS: None if right else t("dossiers.digits_wrong"),
        }
        code = code_in(typed)
        if code is not None and code != typed:
            form.set("code", code)
        if form.check(faults) and code is not None:
            send.start(code, digits)

    return Action(start, send.running, send.error)


def _rest(services: Services, form: Form, send: Action) -> list[ft.Control]:
    """Return what stands below the code: the digits, whether to keep them, the button, what went wrong."""
    t = services.text
    digits = text_field(
        form,
        _DIGITS,
        t("dossiers.digits"),
        helper=t("dossiers.digits_why"),
        icon=ft.Icons.DIALPAD,
        keyboard=ft.KeyboardType.NUMBER,
        max_length=4,
        on_submit=lambda _: send.start(),
    )
    digits.counter = ""
    digits.helper_max_lines = digits.error_max_lines = 3
    digits.input_filter = ft.InputFilter(r"[0-9]")
    return [
        digits,
        check_field(form, "remember", t("dossiers.remember")),
        trouble(services, send.error),
        primary_button(t("dossiers.look_up"), send.start, icon=ft.Icons.SEARCH, running=send.running),
    ]


def trouble(services: Services, error: ApiError | None) -> ft.Control:
    """Say why a dossier could not be had, and what to do; takes no room when nothing went wrong."""
    t = services.text
    if error is None or error.code in (OFFLINE, ErrorCode.INVALID):
        return error_line(t, error)
    if error.code == ErrorCode.NOT_FOUND:
        return _said(notice(ft.Icons.SEARCH_OFF, t("dossiers.wrong"), t("dossiers.wrong_why"), Tone.DANGER))
    if error.code == ErrorCode.RATE_LIMITED:
        return _said(notice(ft.Icons.LOCK_CLOCK_OUTLINED, t("dossiers.locked_out"), _until(t, error), Tone.WARNING))
    if error.code == ErrorCode.UNAVAILABLE:
        phone = services.province.contact_phone
        words = t("dossiers.away"), t("dossiers.away_why", phone=phone)
        return _said(notice(ft.Icons.CLOUD_OFF_OUTLINED, *words, Tone.WARNING, [ft.Row([call_button(t, phone)])]))
    return error_line(t, error)


def _until(t: Text, error: ApiError) -> str:
    if not error.retry_after:
        return t("dossiers.locked_out_later")
    # A minute more: who comes at the minute that is said must not be too early.
    return t("dossiers.locked_out_until", when=t.time(now() + timedelta(seconds=error.retry_after + 59)))


def _said(words: ft.Control) -> ft.Control:
    return ft.Semantics(live_region=True, content=words)


def receipt(t: Text) -> ft.Control:
    """Show where on a receipt the code stands: a small drawing of it, with the words."""
    ink, ground = tone_colours(Tone.WARNING)
    code = ft.Container(
        ft.Row(
            [
                ft.Icon(ft.Icons.QR_CODE_2, color=ink, size=Size.ICON_L),
                ft.Column([caption(t("dossiers.code"), color=ink), title(_SAMPLE, color=ink, small=True)], spacing=0),
            ],
            spacing=Space.S,
            tight=True,
        ),
        bgcolor=ground,
        border_radius=Radius.S,
        padding=Space.S,
    )

    def line(share: int) -> ft.Control:
        return ft.Row(
            [
                ft.Container(height=Space.XS, bgcolor=Colour.SKELETON, border_radius=Radius.PILL, expand=share),
                ft.Container(expand=10 - share),
            ]
        )

    sheet = ft.Container(
        ft.Column([caption(t("dossiers.receipt_head")), code, line(9), line(7), line(8)], spacing=Space.S),
        bgcolor=Colour.CARD,
        border=ft.Border.all(1, Colour.CARD_BORDER),
        border_radius=Radius.M,
        padding=Space.M,
    )
    drawing = ft.Semantics(label=t("dossiers.receipt_drawing"), image=True, exclude_semantics=True, content=sheet)
    return _column([title(t("dossiers.where"), small=True), body(t("dossiers.where_why"), color=Colour.QUIET), drawing])


def _column(parts: list[ft.Control]) -> ft.Control:
    return ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
