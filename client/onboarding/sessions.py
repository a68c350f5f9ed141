"""`/sessions`: a facilitator's sessions, and opening a new one."""

from collections.abc import Callable
from datetime import timedelta

import flet as ft

from client.core.action import use_action
from client.core.context import use_services
from client.core.once import use_once
from client.core.services import Services
from client.core.store import Form, use_form
from client.core.text.dates import local, now
from client.core.theme import Colour, Size, Space, Tone
from client.onboarding import api
from client.onboarding.planning import as_day, defaults, draft_of, problems
from client.ui.days import use_day
from client.ui.forms import primary_button, secondary_button, text_field
from client.ui.lists import card, page_list, use_pages
from client.ui.shell import Screen
from client.ui.states import empty, error_line, require_account
from client.ui.status import status_chip
from client.ui.text import body, caption, heading, title
from shared.access import Permission
from shared.onboarding import SessionSummary
from shared.pages import Page

_DAYS_AHEAD = 365


@ft.component
def SessionsScreen() -> ft.Control:
    """Show one's sessions; open one."""
    services = use_services()
    t = services.text
    may = services.session.may(Permission.RUN_SESSIONS)

    async def fetch(cursor: str | None) -> Page[SessionSummary]:
        return await api.own(services.api, cursor) if may else Page[SessionSummary](items=[], next_cursor=None)

    pages = use_pages(fetch, [services.session.key])
    opening, set_opening = ft.use_state(False)

    def opened(session: SessionSummary) -> None:
        set_opening(False)
        services.tell(t("onboarding.created"), Tone.SUCCESS)
        services.go(f"/sessions/{session.code}/board")

    nobody = require_account(services, t)
    if nobody is None and not may:
        nobody = empty(ft.Icons.LOCK_OUTLINE, t("onboarding.not_facilitator"))
    if nobody is not None:
        return Screen(t("onboarding.sessions"), [nobody], back="/")
    new: ft.Control = NewSession(opened, lambda: set_opening(False))
    if not opening:
        new = ft.Row([primary_button(t("onboarding.new"), lambda: set_opening(True), icon=ft.Icons.ADD)])
    none = empty(ft.Icons.GROUPS_OUTLINED, t("onboarding.sessions_none"), t("onboarding.sessions_none_why"))
    rows = page_list(pages, lambda session: _row(services, session), empty=none)
    return Screen(t("onboarding.sessions"), [new, rows], back="/")


@ft.component
def NewSession(opened: Callable[[SessionSummary], None], close: Callable[[], None]) -> ft.Control:
    """Ask for what a session needs: what, where, who, when, for how many."""
    services = use_services()
    t = services.text
    today = local(now()).date()
    form = use_form("onboarding/new", defaults(now()))
    once = use_once()
    day = as_day(str(form.get("day"))) or today
    calendar = use_day(
        max(day, today),
        lambda picked: form.set("day", picked.isoformat()),
        first=today,
        last=today + timedelta(days=_DAYS_AHEAD),
    )

    async def work() -> SessionSummary:
        draft = draft_of(form.values)
        return await api.create(services.api, draft, once.key(draft))

    def done(session: SessionSummary) -> None:
        form.clear()
        once.done()
        opened(session)

    send = use_action(work, done=done, failed=form.fail)

    def press() -> None:
        if form.check(problems(t, form.values, now())):
            send.start()

    buttons = ft.Row(
        [
            secondary_button(t("action.cancel"), close),
            primary_button(t("onboarding.create"), press, icon=ft.Icons.CHECK, running=send.running),
        ],
        alignment=ft.MainAxisAlignment.END,
        spacing=Space.M,
    )
    fields = [heading(t("onboarding.new")), *_fields(services, form, t.weekday_date(day), calendar)]
    return card(
        ft.Column(
            [*fields, error_line(t, send.error), buttons],
            spacing=Space.M,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )


def _fields(services: Services, form: Form, day: str, calendar: Callable[[], None]) -> list[ft.Control]:
    t = services.text
    words = [
        text_field(form, name, t(f"onboarding.{label}"), icon=icon, max_length=120)
        for name, label, icon in (
            ("title", "name", ft.Icons.GROUPS_OUTLINED),
            ("place", "place", ft.Icons.PLACE_OUTLINED),
            ("team", "team", ft.Icons.BADGE_OUTLINED),
        )
    ]
    for field in words:
        field.counter = ""
    times = [
        text_field(form, name, t(f"onboarding.{name}"), icon=ft.Icons.SCHEDULE, keyboard=ft.KeyboardType.DATETIME)
        for name in ("start", "end")
    ]
    target = text_field(
        form, "target", t("onboarding.target"), icon=ft.Icons.FLAG_OUTLINED, keyboard=ft.KeyboardType.NUMBER
    )
    when = secondary_button(t("onboarding.day", day=day), calendar, icon=ft.Icons.EVENT)
    cells: list[ft.Control] = [
        ft.Container(when, col={"xs": 12, "sm": 6}, alignment=ft.Alignment.CENTER_LEFT, height=Size.TARGET + Space.S),
        *(ft.Container(field, col={"xs": 6, "sm": 3}) for field in times),
    ]
    return [*words, ft.ResponsiveRow(cells, spacing=Space.M, run_spacing=Space.M), target]


def _state(services: Services, session: SessionSummary) -> ft.Control:
    t = services.text
    if session.over:
        return status_chip(ft.Icons.EVENT_BUSY, t("onboarding.ended"))
    if session.starts_at > now():
        return status_chip(ft.Icons.EVENT, t("onboarding.ahead"), Tone.INFO)
    return status_chip(ft.Icons.PLAY_CIRCLE_OUTLINE, t("onboarding.running"), Tone.SUCCESS)


def _row(services: Services, session: SessionSummary) -> ft.Control:
    t = services.text
    state = _state(services, session)
    count = t("onboarding.joined", n=session.joined, target=session.target)
    when = t("onboarding.when", day=t.weekday_date(local(session.starts_at).date()), start=t.time(session.starts_at))
    facts = [state, status_chip(ft.Icons.GROUPS_OUTLINED, count), caption(when)]
    words = ft.Column(
        [
            title(session.title),
            body(t("onboarding.by", team=session.team, place=session.place), color=Colour.QUIET),
            ft.Row(
                facts,
                wrap=True,
                spacing=Space.S,
                run_spacing=Space.S,
                vertical_alignment=ft.CrossAxisAlignment.CENTER,
            ),
        ],
        spacing=Space.S,
        expand=True,
    )
    signs = ft.Text(session.code, theme_style=ft.TextThemeStyle.HEADLINE_MEDIUM, color=ft.Colors.PRIMARY)
    signs.semantics_label = t("onboarding.code", code=" ".join(session.code))
    signs.selectable = True
    open_ = secondary_button(
        t("onboarding.board"), lambda: services.go(f"/sessions/{session.code}/board"), icon=ft.Icons.CONNECTED_TV
    )
    side = ft.Column([signs, open_], spacing=Space.S, horizontal_alignment=ft.CrossAxisAlignment.CENTER)
    row: ft.Control = ft.Row([words, side], spacing=Space.L)
    if not services.wide:
        row = ft.Column([ft.Row([words]), side], spacing=Space.M)
    return card(row, key=f"session-{session.code}")
