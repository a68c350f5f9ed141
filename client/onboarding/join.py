"""`/join/<code>`: which session it is, one button to join, then the missions as a checklist."""

import re
from collections.abc import Callable

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.store import use_form
from client.core.text.dates import local
from client.core.theme import Colour, Radius, Size, Space, Tone, tone_colours
from client.onboarding import api
from client.onboarding.events import remember
from client.ui.forms import primary_button, secondary_button, text_field
from client.ui.lists import card
from client.ui.shell import Screen
from client.ui.states import empty, error_line, show, text_skeleton
from client.ui.status import status_chip
from client.ui.text import body, caption, heading, title
from shared.errors import ErrorCode
from shared.onboarding import Mission, MissionState, Participation, SessionSummary

_CODE = re.compile(r"^[0-9A-Z]{6}$")
_WAYS = {
    Mission.READ_NEWS: "/news",
    Mission.LOOK_UP_PROCEDURE: "/services",
    Mission.PRACTICE_REPORT: "/feedback/new?practice=1&session={code}",
    Mission.TURN_ON_NOTICES: "/inbox",
}


@ft.component
def JoinScreen() -> ft.Control:
    """Join a session and do its missions; without a code, ask for it."""
    services = use_services()
    code = str(ft.use_route_params().get("code") or "").upper()
    content: ft.Control = ft.Container(JoinSession(code), key=f"session-{code}") if code else EnterCode()
    return Screen(services.text("onboarding.join_title"), [content], back="/")


@ft.component
def EnterCode() -> ft.Control:
    """Ask for the six signs that stand on the hall's screen."""
    services = use_services()
    t = services.text
    form = use_form(None, {"code": ""})

    def go_on() -> None:
        code = "".join(str(form.get("code")).split()).upper()
        if form.check({"code": None if _CODE.fullmatch(code) else t("onboarding.enter_wrong")}):
            services.go(f"/join/{code}")

    field = text_field(
        form, "code", t("onboarding.enter_code"), icon=ft.Icons.TAG, on_submit=lambda _: go_on(), autofocus=True
    )
    field.text_style = ft.TextStyle(letter_spacing=Space.XS, weight=ft.FontWeight.W_600)
    field.capitalization = ft.TextCapitalization.CHARACTERS
    lines: list[ft.Control] = [
        heading(t("onboarding.enter")),
        body(t("onboarding.enter_why"), color=Colour.QUIET),
        field,
        primary_button(t("onboarding.enter_go"), go_on, icon=ft.Icons.ARROW_FORWARD),
    ]
    return card(ft.Column(lines, spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


@ft.component
def JoinSession(code: str) -> ft.Control:
    """Show a session: the invitation, then the missions."""
    services = use_services()
    t = services.text
    session = use_loaded(lambda: api.session(services.api, code), [code])
    part = use_loaded(lambda: _participation(services, code), [code, services.session.key])

    async def work() -> Participation:
        joined = await api.join(services.api, code)
        await remember(services, code)
        return joined

    join = use_action(work, done=lambda joined: part.set((joined,)))

    def ready(found: SessionSummary) -> ft.Control:
        if part.waiting:
            return ft.Column([_head(services, found), text_skeleton(2)], spacing=Space.L)
        joined = part.value[0] if part.value else None
        invitation = _invitation(services, found, join.start, running=join.running)
        return ft.Column(
            [
                _head(services, found),
                *(_missions(services, joined) if joined else invitation),
                error_line(t, join.error or part.error),
            ],
            spacing=Space.L,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )

    if session.error is not None and session.error.code in {ErrorCode.NOT_FOUND, ErrorCode.INVALID}:
        other = secondary_button(t("onboarding.enter_other"), lambda: services.go("/join"), icon=ft.Icons.TAG)
        return empty(ft.Icons.SEARCH_OFF, t("onboarding.not_found"), t("onboarding.not_found_why"), other)
    return show(session, ready, skeleton=text_skeleton)


async def _participation(services: Services, code: str) -> tuple[Participation, ...]:
    """Return one's own way through the session, or nothing when there is none yet."""
    if services.session.account is None:
        return ()
    try:
        joined = await api.participation(services.api, code)
    except ApiError as error:
        if error.code == ErrorCode.NOT_FOUND:
            return ()
        raise
    # Whoever joined on another device goes on with the missions on this one.
    await remember(services, code)
    return (joined,)


def _head(services: Services, session: SessionSummary) -> ft.Control:
    t = services.text
    day = t.weekday_date(local(session.starts_at).date())
    when = t("onboarding.when_until", day=day, start=t.time(session.starts_at), end=t.time(session.ends_at))
    ink, ground = tone_colours(Tone.ACCENT)
    sign = ft.Container(
        ft.Icon(ft.Icons.GROUPS, color=ink, size=Size.ICON_L), bgcolor=ground, border_radius=Radius.L, padding=Space.M
    )
    words = ft.Column(
        [
            heading(session.title),
            _fact(ft.Icons.PLACE_OUTLINED, session.place),
            _fact(ft.Icons.BADGE_OUTLINED, session.team),
            _fact(ft.Icons.SCHEDULE, when),
            _fact(ft.Icons.TAG, t("onboarding.code", code=session.code)),
        ],
        spacing=Space.XS,
        expand=True,
    )
    return card(ft.Row([sign, words], spacing=Space.L, vertical_alignment=ft.CrossAxisAlignment.START))


def _fact(icon: ft.IconData, words: str) -> ft.Control:
    line = ft.Container(body(words, color=Colour.QUIET), expand=True)
    return ft.Row(
        [ft.Icon(icon, size=Size.ICON_S, color=Colour.QUIET), line],
        spacing=Space.S,
        visible=bool(words),
    )


def _invitation(
    services: Services, session: SessionSummary, join: Callable[..., None], *, running: bool
) -> list[ft.Control]:
    t = services.text
    if session.over:
        return [empty(ft.Icons.EVENT_BUSY, t("onboarding.over"))]
    here = f"/join/{session.code}"
    if services.session.account is None:
        return [
            body(t("onboarding.join_why")),
            primary_button(t("onboarding.sign_up"), lambda: services.go(f"/sign-up?next={here}")),
            secondary_button(t("onboarding.sign_in"), lambda: services.sign_in_first(here)),
        ]
    return [
        body(t("onboarding.join_why")),
        primary_button(t("onboarding.join"), join, icon=ft.Icons.GROUP_ADD, running=running),
    ]


def _missions(services: Services, part: Participation) -> list[ft.Control]:
    t = services.text
    done = sum(state.done_at is not None for state in part.missions)
    total = len(part.missions)
    words = t("onboarding.all_done") if done == total else t("onboarding.done_count", n=done, total=total)
    bar = ft.ProgressBar(
        value=done / total,
        bar_height=Space.S,
        border_radius=Radius.PILL,
        color=ft.Colors.SECONDARY,
        bgcolor=ft.Colors.SECONDARY_CONTAINER,
        semantics_label=words,
    )
    head = ft.Column([heading(t("onboarding.missions")), body(words), bar], spacing=Space.S)
    following = next((state.mission for state in part.missions if state.done_at is None), None)
    rows = [_mission(services, part, state, following=state.mission is following) for state in part.missions]
    home = secondary_button(t("onboarding.start_now"), lambda: services.go("/"), icon=ft.Icons.HOME)
    return [head, ft.Column(rows, spacing=Space.M), *([home] if following is None else [])]


def _mission(services: Services, part: Participation, state: MissionState, *, following: bool) -> ft.Control:
    t = services.text
    done = state.done_at is not None
    ink = tone_colours(Tone.SUCCESS if done else Tone.ACCENT if following else Tone.NEUTRAL)[0]
    icon = ft.Icons.CHECK_CIRCLE if done else ft.Icons.RADIO_BUTTON_UNCHECKED
    name = t(f"onboarding.mission_{state.mission}")
    words: list[ft.Control] = [title(name, small=True), caption(t(f"onboarding.mission_{state.mission}_why"))]
    way = _WAYS.get(state.mission, "").format(code=part.session.code)
    if done:
        words.append(status_chip(ft.Icons.CHECK, t("onboarding.done"), Tone.SUCCESS))
    elif way and not part.session.over:
        make = primary_button if following else secondary_button
        words.append(make(t("onboarding.begin"), lambda: services.go(way), icon=ft.Icons.ARROW_FORWARD))
    lines = ft.Column(words, spacing=Space.S, expand=True)
    row = ft.Row(
        [ft.Icon(icon, color=ink, size=Size.ICON_L), lines],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return card(row, selected=following, key=f"mission-{state.mission}")
