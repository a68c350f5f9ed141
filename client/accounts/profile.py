"""One's own profile: name, how the screen looks, signing out."""

import contextlib
from collections.abc import Sequence
from typing import Any

import flet as ft

from client.accounts import api
from client.accounts.lock import lock_panel
from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.preferences import Brightness
from client.core.services import Services
from client.core.store import use_form
from client.core.text import Language
from client.core.theme import Colour, Radius, Size, Space, Tone
from client.offices.parts import my_place
from client.ui.forms import Choice, choice_chips, primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import error_line
from client.ui.text import body, caption, heading, title
from shared.accounts import Account


@ft.component
def ProfileScreen() -> ft.Control:
    """Show who is signed in and how she likes the screen; works without an account too."""
    services = use_services()
    t = services.text
    account = services.session.account

    async def look_again() -> None:
        # A lock, or its end, comes while somebody is signed in.
        if services.session.account is not None:
            with contextlib.suppress(ApiError):
                services.session.set_account(await api.me(services.api))

    ft.use_effect(look_again, [])

    async def leave() -> None:
        await services.session.sign_out()

    def left(_: None) -> None:
        services.tell(t("accounts.signed_out"))
        services.go("/")

    sign_out = use_action(leave, done=left)
    content: list[ft.Control]
    if account is None:
        content = [_guest(services), my_place(), Looks()]
    else:
        button = secondary_button(
            t("accounts.sign_out"), sign_out.start, icon=ft.Icons.LOGOUT, running=sign_out.running
        )
        content = [
            _who(services, account),
            lock_panel(),
            _data(services),
            OwnName(account),
            my_place(),
            Looks(),
            button,
        ]
    return Screen(t("accounts.profile"), content, back="/")


def _who(services: Services, account: Account) -> ft.Control:
    t = services.text
    face = ft.Container(
        content=ft.Text(
            account.given_name[:1].upper(),
            theme_style=ft.TextThemeStyle.HEADLINE_SMALL,
            color=ft.Colors.ON_PRIMARY_CONTAINER,
        ),
        width=Size.THUMB,
        height=Size.THUMB,
        border_radius=Radius.PILL,
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        alignment=ft.Alignment.CENTER,
    )
    role = t(f"accounts.role_{account.role.value}")
    line = f"{role} · {account.unit.name}" if account.unit else role
    words = ft.Column(
        [heading(account.full_name), body(_written(account.phone)), caption(line)], spacing=Space.XS, expand=True
    )
    return card(ft.Row([face, words], spacing=Space.L))


def _data(services: Services) -> ft.Control:
    """Lead to who has seen one's data."""
    t = services.text
    words = ft.Column(
        [title(t("accounts.activity"), small=True), caption(t("accounts.activity_short"))], spacing=0, expand=True
    )
    row = ft.Row(
        [
            ft.Icon(ft.Icons.SHIELD_OUTLINED, color=ft.Colors.SECONDARY),
            words,
            ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Colour.QUIET),
        ],
        spacing=Space.M,
    )
    return card(row, on_click=lambda: services.go("/me/activity"), label=t("accounts.activity"))


def _written(phone: str) -> str:
    """Write a number as people here do: 0912 345 678."""
    local = "0" + phone.removeprefix("+84")
    return f"{local[:4]} {local[4:7]} {local[7:]}"


def _guest(services: Services) -> ft.Control:
    t = services.text
    buttons = ft.Row(
        [
            primary_button(t("accounts.sign_in"), lambda: services.sign_in_first("/profile"), icon=ft.Icons.LOGIN),
            secondary_button(t("accounts.sign_up"), lambda: services.go("/sign-up?next=%2Fprofile")),
        ],
        wrap=True,
        spacing=Space.M,
        run_spacing=Space.S,
    )
    why = body(t("accounts.guest_why"), color=Colour.QUIET)
    return card(ft.Column([heading(t("accounts.guest")), why, buttons], spacing=Space.M))


@ft.component
def OwnName(account: Account) -> ft.Control:
    """Let the person change her own name."""
    services = use_services()
    t = services.text
    form = use_form(None, {"full_name": account.full_name})

    async def work() -> Account:
        return await api.rename(services.api, str(form.get("full_name")).strip())

    def done(changed: Account) -> None:
        services.session.set_account(changed)
        services.tell(t("action.saved"), Tone.SUCCESS)

    save = use_action(work, done=done, failed=form.fail)

    def submit(_: Any = None) -> None:
        if form.check({"full_name": None if str(form.get("full_name")).strip() else t("accounts.no_name")}):
            save.start()

    field = text_field(form, "full_name", t("accounts.name"), icon=ft.Icons.BADGE_OUTLINED, on_submit=submit)
    button = primary_button(t("action.save"), submit, running=save.running)
    return card(
        ft.Column(
            [title(t("accounts.my_name")), field, error_line(t, save.error), ft.Row([button])],
            spacing=Space.M,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )


@ft.component
def Looks() -> ft.Control:
    """Let the person choose language, brightness and easy mode; all are kept on this device."""
    services = use_services()
    t, chosen = services.text, services.preferences

    def pick(**wanted: Any) -> None:
        services.page.run_task(services.prefer, **wanted)

    languages = [Choice(each.value, t(f"accounts.language_{each.value}")) for each in Language]
    modes = [Choice(each.value, t(f"accounts.theme_{each.value}")) for each in Brightness]
    easy = ft.Switch(value=chosen.easy, on_change=lambda e: pick(easy=bool(e.control.value)))
    easy_words = ft.Column(
        [title(t("accounts.easy"), small=True), caption(t("accounts.easy_why"))], spacing=0, expand=True
    )
    return card(
        ft.Column(
            [
                title(t("accounts.screen")),
                ft.MergeSemantics(content=ft.Row([easy_words, easy])),
                *_choice(
                    t("accounts.language"), languages, chosen.language.value, lambda v: pick(language=Language(v))
                ),
                *_choice(t("accounts.theme"), modes, chosen.brightness.value, lambda v: pick(brightness=Brightness(v))),
            ],
            spacing=Space.M,
        )
    )


def _choice(words: str, choices: Sequence[Choice], selected: str, on_select: Any) -> list[ft.Control]:
    return [title(words, small=True), choice_chips(choices, selected, on_select)]
