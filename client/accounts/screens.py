"""Signing in and signing up."""

from typing import Any
from urllib.parse import quote, urlsplit

import flet as ft
from pydantic import SecretStr

from client.accounts import api
from client.core.action import use_action
from client.core.context import use_query, use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text import Text
from client.core.theme import Size, Space, Tone
from client.ui.forms import check_field, link_button, primary_button, text_field
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import error_line
from client.ui.text import banner, body, caption, title
from shared.accounts import AccountDraft, Purpose
from shared.base import normalise_phone

_MIN_PASSWORD = 8


@ft.component
def SignInScreen() -> ft.Control:
    """Sign in, and go on where the person was."""
    services = use_services()
    t = services.text
    onward = _local(use_query("next", "/"))
    form = use_form("sign-in", {"phone": "", "password": ""}, secret={"password"})

    async def work() -> str:
        await services.session.sign_in(normalise_phone(form.get("phone")), form.get("password"))
        return services.session.account.given_name if services.session.account else ""

    def done(given_name: str) -> None:
        form.clear()
        services.tell(t("accounts.welcome", name=given_name), Tone.SUCCESS)
        services.go(onward)

    send = use_action(work, done=done)

    def submit(_: Any = None) -> None:
        if form.check({"phone": _phone_problem(form, t), "password": _password_problem(form, t)}):
            send.start()

    content = [
        _crest(t("accounts.sign_in"), t("accounts.sign_in_why")),
        _phone_field(form, t, submit),
        _password_field(form, t, submit, ft.AutofillHint.PASSWORD),
        error_line(t, send.error),
        primary_button(t("accounts.sign_in"), submit, icon=ft.Icons.LOGIN, running=send.running),
        _crossing(t("accounts.no_account"), t("accounts.sign_up"), services, f"/sign-up?next={quote(onward, safe='')}"),
        *([_demo_accounts(t)] if services.province.demo else []),
    ]
    return Screen(t("accounts.sign_in"), [_column(content)], back="/" if onward.startswith("/sign") else onward)


@ft.component
def SignUpScreen() -> ft.Control:
    """Create an account: name, phone, password, and what the data may be used for, purpose by purpose."""
    services = use_services()
    t = services.text
    onward = _local(use_query("next", "/"))
    defaults: dict[str, Any] = {"full_name": "", "phone": "", "password": "", **{each.value: False for each in Purpose}}
    form = use_form("sign-up", defaults, secret={"password"})
    once = use_once()

    async def work() -> None:
        draft = _draft(form)
        await api.register(services.api, draft, once.key(draft))
        await services.session.sign_in(draft.phone, draft.password.get_secret_value())

    def done(_: None) -> None:
        account = services.session.account
        form.clear()
        services.tell(t("accounts.welcome", name=account.given_name if account else ""), Tone.SUCCESS)
        services.go(onward)

    send = use_action(work, done=done, failed=form.fail)

    def submit(_: Any = None) -> None:
        problems = {
            "full_name": None if str(form.get("full_name")).strip() else t("accounts.no_name"),
            "phone": _phone_problem(form, t),
            "password": _password_problem(form, t),
            Purpose.ACCOUNT.value: None if form.get(Purpose.ACCOUNT.value) else t("accounts.need_consent"),
        }
        if form.check(problems):
            send.start()

    content = [
        _crest(t("accounts.sign_up"), services.province.app_name),
        text_field(form, "full_name", t("accounts.name"), icon=ft.Icons.BADGE_OUTLINED, autofill=ft.AutofillHint.NAME),
        _phone_field(form, t, submit),
        _password_field(form, t, submit, ft.AutofillHint.NEW_PASSWORD, helper=t("accounts.password_why")),
        _consents(form, t),
        error_line(t, send.error),
        primary_button(t("accounts.sign_up"), submit, icon=ft.Icons.PERSON_ADD_ALT, running=send.running),
        _crossing(
            t("accounts.have_account"), t("accounts.sign_in"), services, f"/sign-in?next={quote(onward, safe='')}"
        ),
    ]
    return Screen(t("accounts.sign_up"), [_column(content)], back="/" if onward.startswith("/sign") else onward)


def _local(path: str) -> str:
    """Return a path of this application; never somebody else's address that a link smuggled in."""
    parts = urlsplit(path)
    return path if path.startswith("/") and not path.startswith("//") and not parts.netloc else "/"


def _draft(form: Form) -> AccountDraft:
    return AccountDraft(
        phone=form.get("phone"),
        full_name=form.get("full_name"),
        password=SecretStr(form.get("password")),
        consents=[each for each in Purpose if form.get(each.value)],
    )


def _phone_problem(form: Form, t: Text) -> str | None:
    try:
        normalise_phone(str(form.get("phone")))
    except ValueError:
        return t("accounts.wrong_phone")
    return None


def _password_problem(form: Form, t: Text) -> str | None:
    return None if len(str(form.get("password"))) >= _MIN_PASSWORD else t("accounts.short_password")


def _phone_field(form: Form, t: Text, submit: Any) -> ft.Control:
    return text_field(
        form,
        "phone",
        t("accounts.phone"),
        hint=t("accounts.phone_hint"),
        icon=ft.Icons.PHONE_OUTLINED,
        keyboard=ft.KeyboardType.PHONE,
        autofill=ft.AutofillHint.TELEPHONE_NUMBER,
        on_submit=submit,
    )


def _password_field(
    form: Form, t: Text, submit: Any, autofill: ft.AutofillHint, *, helper: str | None = None
) -> ft.Control:
    return text_field(
        form,
        "password",
        t("accounts.password"),
        icon=ft.Icons.LOCK_OUTLINE,
        password=True,
        helper=helper,
        autofill=autofill,
        on_submit=submit,
    )


def _consents(form: Form, t: Text) -> ft.Control:
    boxes = [check_field(form, each.value, t(f"accounts.consent_{each.value}")) for each in Purpose]
    words = [title(t("accounts.consents")), caption(t("accounts.consents_why")), *boxes, caption(t("accounts.law"))]
    return card(ft.Column(words, spacing=Space.S))


def _crest(words: str, why: str) -> ft.Control:
    sign = ft.Image(src="icons/icon-192.png", width=Size.THUMB, height=Size.THUMB, exclude_from_semantics=True)
    lines: list[ft.Control] = [sign, banner(words), body(why)]
    return ft.Column(lines, horizontal_alignment=ft.CrossAxisAlignment.CENTER, spacing=Space.S)


def _crossing(words: str, link: str, services: Services, path: str) -> ft.Control:
    return ft.Row(
        [body(words), link_button(link, lambda: services.go(path))],
        alignment=ft.MainAxisAlignment.CENTER,
        wrap=True,
        spacing=0,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _demo_accounts(t: Text) -> ft.Control:
    return card(ft.Column([title(t("accounts.demo"), small=True), caption(t("accounts.demo_why"))], spacing=Space.XS))


def _column(content: list[ft.Control]) -> ft.Control:
    return ft.AutofillGroup(
        content=ft.Column(content, spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    )
