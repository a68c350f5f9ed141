"""While a report is written: near cases that may be the same, and numbers that will be hidden."""

from collections.abc import Callable

import flet as ft

from client.core.action import use_action
from client.core.api import ApiError, new_key
from client.core.context import use_services
from client.core.hooks import use_kept
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Radius, Size, Space, Tone, tone_colours
from client.feedback import api
from client.feedback.case_card import category_icon
from client.feedback.states import state_chip
from client.feedback.typing import Typed, use_typed
from client.ui.forms import link_button, primary_button
from client.ui.lists import card
from client.ui.media import picture
from client.ui.text import body, caption, heading, title
from shared.feedback import FeedbackDetail
from shared.masking import has_numbers
from shared.public_feedback import NearbyCase

_SHOWN = 3
PAUSE_S = 0.8
_ENOUGH, _LONGEST = 10, 200


@ft.component
def mask_note(typed: Typed, *, public: bool) -> ft.Control:
    """Say under the words that phone and ID numbers in them will be hidden, as soon as there are some."""
    t = use_services().text
    found = use_typed(typed, has_numbers)
    if not (found and public):
        return ft.Container(visible=False)
    ink, ground = tone_colours(Tone.INFO)
    row = ft.Row(
        [
            ft.Icon(ft.Icons.VISIBILITY_OFF_OUTLINED, color=ink),
            ft.Container(body(t("feedback.numbers_hidden"), color=ink), expand=True),
        ],
        spacing=Space.M,
    )
    return ft.Semantics(
        live_region=True, content=ft.Container(row, bgcolor=ground, border_radius=Radius.M, padding=Space.M)
    )


@ft.component
def near_step(
    category: str,
    lat: float | None,
    lon: float | None,
    typed: Typed,
    *,
    joined: Callable[[FeedbackDetail], None],
    sign_in: Callable[[], None],
) -> ft.Control:
    """Offer near open cases instead of a twin; shows nothing when there are none, or nobody can say."""
    services = use_services()
    t = services.text
    hidden, hide = ft.use_state(frozenset[str]())
    words = use_typed(typed, _question, pause_s=PAUSE_S)
    keys = use_kept(dict[str, str])

    async def ask() -> list[NearbyCase]:
        if lat is None or lon is None or not (category or words):
            return []
        try:
            return await api.nearby(services.api, lat, lon, category=category, q=words)
        except ApiError:
            # A convenience: it never stands in the way of sending.
            return []

    async def join(code: str) -> FeedbackDetail:
        return await api.support(services.api, code, keys.setdefault(code, new_key()))

    def failed(error: ApiError) -> None:
        services.tell(t.error(error), Tone.WARNING)

    support = use_action(join, done=joined, failed=failed)
    found = use_loaded(ask, [category, lat, lon, words])
    shown = [case for case in found.value or [] if case.code not in hidden][:_SHOWN]
    if not shown:
        return ft.Container(visible=False)

    def press(code: str) -> Callable[[], None]:
        return sign_in if services.session.account is None else lambda: support.start(code)

    def other(code: str) -> Callable[[], None]:
        return lambda: hide(hidden | {code})

    rows = [_row(services, case, press(case.code), other(case.code), running=support.running) for case in shown]
    head: list[ft.Control] = [heading(t("feedback.near")), caption(t("feedback.near_why"))]
    column = ft.Column([*head, *rows], spacing=Space.M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Semantics(live_region=True, container=True, content=card(column))


def _question(text: str) -> str:
    """Return what is asked for: nothing as long as it says too little."""
    words = " ".join(text.split())
    return words[:_LONGEST] if len(words) >= _ENOUGH else ""


def _row(
    services: Services, case: NearbyCase, me_too: Callable[[], None], other: Callable[[], None], *, running: bool
) -> ft.Control:
    t = services.text
    photo = picture(
        services,
        case.thumb_url,
        case.title,
        width=Size.THUMB,
        height=Size.THUMB,
        icon=category_icon(case.category.icon),
    )
    away = t("feedback.near_at", distance=distance_words(t, case.distance_m))
    state = ft.Row(
        [state_chip(t, case.status), caption(away)],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    words = ft.Column([title(case.title, max_lines=2), state], spacing=Space.XS, expand=True)
    buttons = ft.Row(
        [
            primary_button(t("feedback.near_me_too"), me_too, icon=ft.Icons.PAN_TOOL_OUTLINED, disabled=running),
            link_button(t("feedback.near_other"), other),
        ],
        spacing=Space.S,
        run_spacing=Space.XS,
        wrap=True,
    )
    return ft.Column(
        [
            ft.Divider(height=1),
            ft.Row([photo, words], spacing=Space.M, vertical_alignment=ft.CrossAxisAlignment.START),
            buttons,
        ],
        key=f"near-{case.code}",
        spacing=Space.M,
    )


def distance_words(t: Text, metres: int) -> str:
    """Say a distance as people do: to 10 m, from a kilometre on to 100 m."""
    if metres >= 1000:
        return t("feedback.near_km", n=t.number(metres / 1000))
    return t("feedback.near_m", n=max(round(metres, -1), 10))
