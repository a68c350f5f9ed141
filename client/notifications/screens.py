"""The inbox: what happened, day by day, unread ones marked; a tap opens what it is about."""

from functools import partial
from itertools import groupby

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.services import Services
from client.core.text.dates import now
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.notifications import api, looks
from client.notifications.watch import INBOX
from client.onboarding.events import use_mission
from client.ui.forms import link_button, secondary_button
from client.ui.lists import Pages, card, use_pages
from client.ui.shell import Screen
from client.ui.states import card_skeletons, empty, error_line, failure, require_account
from client.ui.text import body, caption, label, title
from shared.notifications import Notice
from shared.onboarding import Mission
from shared.pages import Page

_DOT = 10


@ft.component
def InboxScreen() -> ft.Control:
    """Show one's notices."""
    services = use_services()
    t = services.text
    unread = services.badges.get(INBOX, 0)

    async def fetch(cursor: str | None) -> Page[Notice]:
        if services.session.account is None:
            return Page[Notice](items=[], next_cursor=None)
        return await api.inbox(services.api, cursor)

    pages = use_pages(fetch, [services.session.key])
    use_mission(Mission.TURN_ON_NOTICES, done=services.session.account is not None)
    # The bell's number changes live: what stands in the list changes with it, without a skeleton in between.
    ft.use_effect(pages.reload, [unread])

    async def read_all() -> int:
        return await api.mark_read(services.api, [])

    def all_read(count: int) -> None:
        services.set_badge(INBOX, count)
        pages.reload()

    mark = use_action(read_all, done=all_read)
    nobody = require_account(services, t)
    if nobody is not None:
        return Screen(t("notifications.title"), [nobody])
    words = t("notifications.unread", n=unread) if unread else t("notifications.all_read")
    head = ft.Row(
        [
            ft.Semantics(live_region=True, content=label(words, color=Colour.QUIET), expand=True),
            *([link_button(t("notifications.read_all"), mark.start, icon=ft.Icons.DONE_ALL)] if unread else []),
        ],
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return Screen(t("notifications.title"), [head, error_line(t, mark.error), _list(services, pages)])


def _list(services: Services, pages: Pages[Notice]) -> ft.Control:
    t = services.text
    if pages.waiting:
        return card_skeletons(4)
    if pages.error is not None and not pages.items:
        return failure(services, t, pages.error, pages.reload)
    if not pages.items:
        report = secondary_button(
            t("notifications.report"), lambda: services.go("/feedback/new"), icon=ft.Icons.ADD_A_PHOTO
        )
        return empty(ft.Icons.NOTIFICATIONS_NONE, t("notifications.empty"), t("notifications.empty_why"), report)
    shown: list[ft.Control] = []
    current = now()
    for day, notices in groupby(pages.items, lambda notice: looks.day_words(t, notice.created_at, current)):
        shown.append(ft.Semantics(header=True, content=title(day, small=True)))
        shown += [_row(services, notice) for notice in notices]
    if pages.more:
        more = secondary_button(t("action.more"), pages.load_more, running=pages.loading_more)
        shown.append(ft.Row([more], alignment=ft.MainAxisAlignment.CENTER))
    shown.append(error_line(t, pages.more_error))
    return ft.Column(shown, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _row(services: Services, notice: Notice) -> ft.Control:
    t = services.text
    icon, tone = looks.look(notice)
    ink, ground = tone_colours(tone)
    sign = ft.Container(
        ft.Icon(icon, color=ink, size=Size.ICON), bgcolor=ground, border_radius=Radius.PILL, padding=Space.S
    )
    said = looks.words(t, notice)
    when = t.ago(notice.created_at)
    about = " · ".join(part for part in (when, notice.code) if part)
    lines: list[ft.Control] = [title(said, small=True), body(notice.subject, max_lines=2)]
    if notice.text:
        lines.append(_quote(notice.text))
    lines.append(caption(about))
    dot = ft.Container(
        width=_DOT, height=_DOT, border_radius=Radius.PILL, bgcolor=None if notice.read else ft.Colors.PRIMARY
    )
    row = ft.Row(
        [sign, ft.Column(lines, spacing=Space.XS, expand=True), dot],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    state = "" if notice.read else t("notifications.new")
    spoken = ". ".join(part for part in (state, said, notice.subject, notice.text, when) if part)
    shown = card(row, on_click=partial(_open, services, notice), label=spoken, key=str(notice.id))
    return shown if not notice.read else ft.Container(shown, opacity=0.86)


def _quote(text: str) -> ft.Control:
    return ft.Container(
        body(text, max_lines=3, color=Colour.QUIET),
        border=ft.Border.only(left=ft.BorderSide(3, Colour.CARD_BORDER)),
        padding=ft.Padding.only(left=Space.M),
    )


def _open(services: Services, notice: Notice) -> None:
    """Show what a notice is about; that it was read is told by the way and need not succeed."""
    if not notice.read:
        services.page.run_task(_tell_read, services, notice)
    if notice.path.startswith("/"):
        services.go(notice.path)


async def _tell_read(services: Services, notice: Notice) -> None:
    try:
        services.set_badge(INBOX, await api.mark_read(services.api, [notice.id]))
    except ApiError as error:
        services.tell(services.text.error(error), Tone.DANGER)
