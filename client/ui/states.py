"""The three states of everything: waiting (a skeleton), what went wrong (with a way to try again), and empty."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.loading import Loaded
from client.core.services import Services
from client.core.store import Form
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.ui.forms import primary_button, secondary_button
from client.ui.text import body, title
from shared.errors import ErrorCode

T = TypeVar("T")


def bone(height: int, width: int | None = None, *, radius: int = Radius.S, expand: bool = False) -> ft.Control:
    """Draw one grey block of a skeleton."""
    return ft.Container(
        height=height, width=width, border_radius=radius, bgcolor=Colour.SKELETON, expand=expand or None
    )


def card_skeletons(count: int = 3) -> ft.Control:
    """Draw the skeleton of a list of cards."""
    line = ft.Column([bone(Space.L), bone(Space.M, 160), bone(Space.M, 96)], spacing=Space.S, expand=True)
    rows: list[ft.Control] = [
        ft.Container(
            content=ft.Row([bone(Size.THUMB, Size.THUMB, radius=Radius.M), line], spacing=Space.M),
            padding=Space.L,
            border_radius=Radius.L,
            bgcolor=Colour.CARD,
            border=ft.Border.all(1, Colour.CARD_BORDER),
        )
        for _ in range(count)
    ]
    return _shimmer(ft.Column(rows, spacing=Space.M))


def text_skeleton(lines: int = 6) -> ft.Control:
    """Draw the skeleton of an article or a detail."""
    return _shimmer(
        ft.Column([bone(Space.XL), bone(180, radius=Radius.L), *[bone(Space.L) for _ in range(lines)]], spacing=Space.M)
    )


def _shimmer(content: ft.Control) -> ft.Control:
    return ft.Semantics(label="…", exclude_semantics=True, content=content)


def message_panel(
    icon: ft.IconData, words: str, why: str = "", action: ft.Control | None = None, *, tone: Tone = Tone.NEUTRAL
) -> ft.Control:
    """Say something in the middle of an otherwise empty place, with what to do next."""
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        content=ft.Icon(icon, size=Size.ICON_L, color=ink),
        bgcolor=ground,
        border_radius=Radius.PILL,
        padding=Space.L,
    )
    said: list[ft.Control] = [sign, title(words)]
    if why:
        said.append(body(why, color=Colour.QUIET))
    if action is not None:
        said.append(action)
    for line in said:
        if isinstance(line, ft.Text):
            line.text_align = ft.TextAlign.CENTER
    column = ft.Column(said, horizontal_alignment=ft.CrossAxisAlignment.CENTER, spacing=Space.M)
    return ft.Container(content=column, padding=Space.XL, alignment=ft.Alignment.CENTER)


def notice(icon: ft.IconData, words: str, why: str, tone: Tone, extra: Sequence[ft.Control] = ()) -> ft.Control:
    """Say something that must not be missed, on a tinted ground."""
    ink, ground = tone_colours(tone)
    lines: list[ft.Control] = [title(words, color=ink)]
    if why:
        lines.append(body(why, color=ink))
    row = ft.Row(
        [ft.Icon(icon, color=ink), ft.Column([*lines, *extra], spacing=Space.XS, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return ft.Container(row, bgcolor=ground, border_radius=Radius.L, padding=Space.L)


def empty(icon: ft.IconData, words: str, why: str = "", action: ft.Control | None = None) -> ft.Control:
    """Say that there is nothing, and what to do next."""
    return message_panel(icon, words, why, action)


def failure(
    services: Services,
    t: Text,
    error: ApiError,
    retry: Callable[[], None] | None = None,
    ways: Sequence[ft.Control] = (),
) -> ft.Control:
    """Say what went wrong in the person's words, with *Thử lại*, or with sign-in when that is what is missing.

    `ways` are buttons that lead on from what was not found.
    """
    if error.code in (ErrorCode.UNAUTHENTICATED, ErrorCode.TOKEN_EXPIRED):
        return _sign_in_panel(services, t)
    if error.code == ErrorCode.NOT_FOUND:
        # To try again would only fail again.
        home = secondary_button(t("state.go_home"), lambda: services.go("/"), icon=ft.Icons.HOME)
        on = ft.Row([*ways, home], wrap=True, spacing=Space.S, alignment=ft.MainAxisAlignment.CENTER)
        return message_panel(ft.Icons.SEARCH_OFF, t("state.gone"), t("state.gone_why"), on)
    button = primary_button(t("action.retry"), retry, icon=ft.Icons.REFRESH) if retry else None
    icon = ft.Icons.WIFI_OFF if error.code == "offline" else ft.Icons.ERROR_OUTLINE
    return message_panel(icon, t("state.failed"), t.error(error), button, tone=Tone.WARNING)


def error_line(t: Text, error: ApiError | None) -> ft.Control:
    """Say beside a button what went wrong; takes no room when nothing did."""
    return _trouble(t.error(error)) if error is not None else ft.Container(visible=False)


def faults_line(form: Form) -> ft.Control:
    """Say beside the button of a long form how many of its fields are wrong; takes no room when none is."""
    return _trouble(form.text("form.faults", n=form.faults)) if form.faults else ft.Container(visible=False)


def _trouble(words: str) -> ft.Control:
    ink, ground = tone_colours(Tone.DANGER)
    row = ft.Row([ft.Icon(ft.Icons.ERROR_OUTLINE, color=ink), ft.Container(body(words, color=ink), expand=True)])
    return ft.Semantics(
        live_region=True, content=ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    )


def require_account(services: Services, t: Text) -> ft.Control | None:
    """Return a friendly "sign in first", or None when somebody is signed in."""
    return None if services.session.account is not None else _sign_in_panel(services, t)


def _sign_in_panel(services: Services, t: Text) -> ft.Control:
    def go() -> None:
        services.sign_in_first()

    button = primary_button(t("action.sign_in"), go, icon=ft.Icons.LOGIN)
    return message_panel(ft.Icons.LOCK_OUTLINE, t("state.sign_in_first"), t("state.sign_in_first_why"), button)


@ft.component
def show(
    loaded: Loaded[T],
    ready: Callable[[T], ft.Control],
    *,
    skeleton: Callable[[], ft.Control] = card_skeletons,
    ways: Sequence[ft.Control] = (),
) -> ft.Control:
    """Show what was asked for: its skeleton, itself, or what went wrong, with `ways` on from what was not found."""
    services = use_services()
    if loaded.value is not None:
        return ready(loaded.value)
    if loaded.error is not None:
        return failure(services, services.text, loaded.error, loaded.reload, ways)
    return skeleton()
