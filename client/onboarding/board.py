"""`/sessions/<code>/board`: what the hall's big screen shows; it refreshes by itself. Counts, never names."""

import asyncio
from collections.abc import Iterable

import flet as ft
import flet.canvas as cv
import segno

from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.theme import Colour, Radius, Space
from client.onboarding import api
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import show, text_skeleton
from client.ui.text import banner, body, heading, title
from shared.onboarding import SessionBoard, SessionSummary

_EVERY_S = 4
_AWAY_S = 3600
"""A screen that nobody has looked at for so long is closed for good."""
_HUGE = 72
_LARGE = 44
_QR = 280
_QUIET_ZONE = 4


@ft.component
def BoardScreen() -> ft.Control:
    """Show a hall how its session goes."""
    services = use_services()
    t = services.text
    code = str(ft.use_route_params().get("code", "")).upper()
    board = use_loaded(lambda: api.board(services.api, code), [code])

    async def again() -> None:
        away_s = 0
        while away_s < _AWAY_S:
            await asyncio.sleep(_EVERY_S)
            away_s = 0 if services.connected else away_s + _EVERY_S
            if services.connected:
                board.reload()

    # Its cleanup is what ends it: Flet cancels a running effect only when there is one.
    ft.use_effect(again, [code], lambda: None)
    content = show(board, lambda found: _board(services, found), skeleton=text_skeleton)
    back = "/sessions" if services.session.account else "/"
    return Screen(t("onboarding.board_title"), [content], back=back, full=True)


def _board(services: Services, board: SessionBoard) -> ft.Control:
    t, session = services.text, board.session
    head = ft.Column(
        [
            ft.Semantics(header=True, content=banner(session.title)),
            body(t("onboarding.by", team=session.team, place=session.place), color=Colour.QUIET),
        ],
        spacing=Space.XS,
    )
    return ft.Column(
        [
            head,
            ft.ResponsiveRow(
                [
                    ft.Container(_how(services, session), col={"xs": 12, "lg": 5}),
                    ft.Container(_progress(services, board), col={"xs": 12, "lg": 7}),
                ],
                spacing=Space.L,
                run_spacing=Space.L,
            ),
        ],
        spacing=Space.L,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _how(services: Services, session: SessionSummary) -> ft.Control:
    """Say how to join: scan, or type the address, or type the code."""
    t = services.text
    address = f"{services.origin}/join/{session.code}"
    size = _HUGE if services.desktop else _LARGE
    signs = ft.Text(session.code, size=size, weight=ft.FontWeight.BOLD, color=ft.Colors.PRIMARY)
    signs.style = ft.TextStyle(letter_spacing=Space.S)
    signs.semantics_label = t("onboarding.code", code=" ".join(session.code))
    url = body(t("onboarding.board_how", url=address.partition("://")[2]), large=True)
    url.text_align = ft.TextAlign.CENTER
    url.selectable = True
    lines: list[ft.Control] = [heading(t("onboarding.board_code")), signs, _qr(services, address), url]
    return card(ft.Column(lines, horizontal_alignment=ft.CrossAxisAlignment.CENTER, spacing=Space.M))


def _qr(services: Services, address: str) -> ft.Control:
    """Draw the address as a QR code: dark on white in both themes, for cameras need it so."""
    matrix = segno.make_qr(address, error="l").matrix
    unit = _QR / (len(matrix) + 2 * _QUIET_ZONE)
    ink = ft.Paint(color=ft.Colors.BLACK, anti_alias=False)
    spots: list[cv.Shape] = [
        cv.Rect((x + _QUIET_ZONE) * unit, (y + _QUIET_ZONE) * unit, width * unit, unit, paint=ink)
        for y, row in enumerate(matrix)
        for x, width in _runs(row)
    ]
    drawing = cv.Canvas(spots, width=_QR, height=_QR)
    return ft.Semantics(
        label=services.text("onboarding.qr"),
        image=True,
        content=ft.Container(
            drawing,
            width=_QR,
            height=_QR,
            bgcolor=ft.Colors.WHITE,
            border_radius=Radius.M,
            clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ),
    )


def _runs(row: Iterable[int]) -> list[tuple[int, int]]:
    """Return where dark modules begin and how many there are in a row."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found


def _progress(services: Services, board: SessionBoard) -> ft.Control:
    t, target = services.text, board.session.target
    count = ft.Text(str(board.people), size=_HUGE, weight=ft.FontWeight.BOLD, color=ft.Colors.SECONDARY)
    words = t("onboarding.board_of", target=target)
    people = ft.Row([count, body(words, large=True, color=Colour.QUIET)], spacing=Space.M)
    reached = ft.ProgressBar(
        value=min(board.people / target, 1.0),
        bar_height=Space.L,
        border_radius=Radius.PILL,
        color=ft.Colors.SECONDARY,
        bgcolor=ft.Colors.SECONDARY_CONTAINER,
        semantics_label=f"{board.people} {words}",
    )
    bars = [_bar(services, board, name, n) for name, n in board.missions.items()]
    lines: list[ft.Control] = [heading(t("onboarding.board_people")), people, reached]
    return card(ft.Column([*lines, heading(t("onboarding.board_missions")), *bars], spacing=Space.M))


def _bar(services: Services, board: SessionBoard, mission: str, done: int) -> ft.Control:
    name = services.text(f"onboarding.mission_{mission}")
    words = services.text("onboarding.board_mission", mission=name, n=done, total=board.people)
    bar = ft.ProgressBar(
        value=done / board.people if board.people else 0.0,
        bar_height=Space.M,
        border_radius=Radius.PILL,
        color=ft.Colors.PRIMARY,
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        semantics_label=words,
    )
    head = ft.Row([ft.Container(title(name, small=True), expand=True), title(str(done), small=True)])
    return ft.Column([head, bar], spacing=Space.XS)
