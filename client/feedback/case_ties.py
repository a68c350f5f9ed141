"""What binds a report to others and its reader to it: merged reports, "me too", following."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import flet as ft

from client.core.action import Action, use_action
from client.core.api import Api, ApiError, new_key
from client.core.context import use_services
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.sending import Board
from client.ui.forms import link_button, primary_button, secondary_button
from client.ui.lists import card
from client.ui.states import error_line
from client.ui.text import body, caption, title
from shared.case_states import OPEN, Status
from shared.errors import ErrorCode
from shared.feedback import FeedbackDetail


@dataclass(frozen=True)
class _Ways:
    """A tie, and how it is undone."""

    do: Callable[[Api, str, str], Awaitable[FeedbackDetail]]
    undo: Callable[[Api, str], Awaitable[FeedbackDetail]]


_SUPPORT = _Ways(api.support, api.unsupport)
_FOLLOW = _Ways(api.follow, api.unfollow)
_CHANGED = {ErrorCode.CASE_MERGED, ErrorCode.CONFLICT, ErrorCode.NOT_FOUND}


def merged_banner(services: Services, case: FeedbackDetail) -> list[ft.Control]:
    """Say that the report was joined to another, and lead there."""
    if case.status is not Status.MERGED:
        return []
    t = services.text
    ink, ground = tone_colours(Tone.INFO)
    into = case.merged_into
    words = t("feedback.merged_into", code=into) if into else t("feedback.merged_hidden")
    lines: list[ft.Control] = [title(words, color=ink), body(t("feedback.merged_why"), color=ink)]
    if into:
        lines.append(
            ft.Row(
                [
                    secondary_button(
                        t("feedback.merged_open"),
                        lambda: services.go(f"/feedback/{into}"),
                        icon=ft.Icons.ARROW_FORWARD,
                    )
                ]
            )
        )
    row = ft.Row(
        [ft.Icon(ft.Icons.MERGE, color=ink), ft.Column(lines, spacing=Space.S, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return [ft.Container(row, bgcolor=ground, border_radius=Space.L, padding=Space.L)]


def merged_list(services: Services, case: FeedbackDetail) -> list[ft.Control]:
    """Show the reports that were joined to this one."""
    if not case.merged:
        return []
    t = services.text
    links: list[ft.Control] = [
        link_button(code, partial(services.go, f"/feedback/{code}"), icon=ft.Icons.MERGE) for code in case.merged
    ]
    parts: list[ft.Control] = [
        title(t("feedback.merged_count", n=len(case.merged)), small=True),
        caption(t("feedback.merged_count_why")),
        ft.Row(links, wrap=True, spacing=0, run_spacing=0),
    ]
    return [card(ft.Column(parts, spacing=Space.XS))]


def _heading(t: Text, case: FeedbackDetail) -> str:
    """Say how many met the same, the reader apart from the others."""
    count = case.supporters
    if case.supporting:
        return t("feedback.supporters_me", n=count - 1) if count > 1 else t("feedback.supporters_only_me")
    if count:
        return t("feedback.supporters", n=count)
    return t("feedback.supporters_none" if case.status in OPEN else "feedback.follow_it")


def _use_tie(case: FeedbackDetail, board: Board, ways: _Ways, thanks: str, *, on: bool) -> Action:
    """Return the action that ties the reader to the report, or unties her. A hook."""
    services = use_services()
    t = services.text

    async def work() -> FeedbackDetail:
        if on:
            return await ways.undo(services.api, case.code)
        return await ways.do(services.api, case.code, new_key())

    def done(after: FeedbackDetail) -> None:
        if not on:
            services.tell(t(thanks), Tone.SUCCESS)
        board.changed(after)

    def failed(error: ApiError) -> None:
        if error.code in _CHANGED:
            services.tell(t.error(error), Tone.WARNING)
            board.reload()

    action = use_action(work, done=done, failed=failed)

    def start() -> None:
        if services.session.account is None:
            services.sign_in_first(f"/feedback/{case.code}")
        else:
            action.start()

    return Action(start, action.running, action.error)


@ft.component
def ties_panel(case: FeedbackDetail, board: Board) -> ft.Control:
    """Let others say "me too" and follow; the sender sees how many did."""
    services = use_services()
    t = services.text
    joined = _use_tie(case, board, _SUPPORT, "feedback.support_done", on=case.supporting)
    follow = _use_tie(case, board, _FOLLOW, "feedback.follow_done", on=case.following)
    count, running = case.supporters, case.status in OPEN
    said: ft.Control = ft.Row(
        [
            ft.Icon(ft.Icons.GROUPS_OUTLINED, size=Size.ICON, color=Colour.QUIET),
            ft.Semantics(live_region=True, content=title(_heading(t, case), small=True), expand=True),
        ],
        spacing=Space.S,
    )
    if case.mine:
        return card(said) if count else ft.Container(visible=False)
    parts: list[ft.Control] = [said]
    buttons: list[ft.Control] = []
    if running:
        make = secondary_button if case.supporting else primary_button
        label = t("feedback.support_back" if case.supporting else "feedback.support")
        icon = ft.Icons.CHECK if case.supporting else ft.Icons.BACK_HAND_OUTLINED
        buttons.append(make(label, joined.start, icon=icon, running=joined.running, expand=True))
    label = t("feedback.follow_back" if case.following else "feedback.follow")
    icon = ft.Icons.NOTIFICATIONS_ACTIVE_OUTLINED if case.following else ft.Icons.NOTIFICATION_ADD_OUTLINED
    buttons.append(secondary_button(label, follow.start, icon=icon, running=follow.running, expand=True))
    parts.append(ft.Row(buttons, spacing=Space.S))
    why = "following" if case.following else "support" if running else "follow"
    parts.append(caption(t(f"feedback.{why}_why")))
    parts.append(error_line(t, joined.error or follow.error))
    return card(ft.Column(parts, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))
