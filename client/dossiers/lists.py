"""Dossiers in lists: those that the person follows, and those that were looked up on this device."""

from collections.abc import Callable, Sequence
from functools import partial

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.text import Text
from client.core.theme import Colour, Radius, Size, Space, tone_colours
from client.dossiers import api
from client.dossiers.due import when_words
from client.dossiers.events import state_look
from client.dossiers.recent import Recent
from client.ui.forms import icon_button, link_button
from client.ui.lists import card, page_list, section, use_pages
from client.ui.pressing import one_button
from client.ui.states import empty
from client.ui.status import status_chip
from client.ui.text import caption, title
from shared.dossiers import ENDED, DossierState, FollowedDossier
from shared.pages import Page


@ft.component
def followed_list() -> ft.Control:
    """Show the dossiers that the signed-in person follows; nothing for a stranger."""
    services = use_services()
    t = services.text

    async def fetch(cursor: str | None) -> Page[FollowedDossier]:
        if services.session.account is None:
            return Page[FollowedDossier](items=[], next_cursor=None)
        return await api.followed(services.api, cursor)

    pages = use_pages(fetch, [services.session.key])
    if services.session.account is None:
        return ft.Container(visible=False)
    none = empty(ft.Icons.NOTIFICATION_ADD_OUTLINED, t("dossiers.none_followed"), t("dossiers.none_followed_why"))
    return section(t("dossiers.followed"), [page_list(pages, lambda each: _followed(services, each), empty=none)])


def _followed(services: Services, dossier: FollowedDossier) -> ft.Control:
    t = services.text
    word = t(f"dossiers.state_{dossier.state.value}")
    due = ""
    if dossier.late:
        due = t("dossiers.timing_late")
    elif dossier.due_at is not None and dossier.state not in ENDED:
        due = t("dossiers.due_on", when=when_words(t, dossier.due_at))
    about = " · ".join(part for part in (due, dossier.agency) if part)
    return card(
        _row(t, dossier.state, dossier.procedure_name, about),
        on_click=partial(services.go, f"/dossiers/{dossier.code}"),
        label=f"{dossier.procedure_name}. {word}. {about}",
        key=dossier.code,
    )


def recent_list(services: Services, found: Sequence[Recent], forget: Callable[[str | None], None]) -> list[ft.Control]:
    """Show what was looked up on this device. `forget` is called with the code to remove, or None for all of them."""
    if not found:
        return []
    t = services.text
    rows = [_recent(services, each, forget) for each in found]
    why = ft.Row(
        [
            ft.Icon(ft.Icons.PHONELINK_LOCK, size=Size.ICON_S, color=Colour.QUIET),
            ft.Container(caption(t("dossiers.recent_why")), expand=True),
        ],
        spacing=Space.S,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    clear = ft.Row([link_button(t("dossiers.forget_all"), lambda: forget(None), icon=ft.Icons.DELETE_SWEEP_OUTLINED)])
    return [section(t("dossiers.recent"), [why, *rows, clear])]


def _recent(services: Services, dossier: Recent, forget: Callable[[str | None], None]) -> ft.Control:
    """Show one; its button stands beside the tappable part, so that both can be read out."""
    t = services.text
    word = t(f"dossiers.state_{dossier.state.value}")
    about = t("dossiers.looked_up", when=t.ago(dossier.at))
    if dossier.remembered:
        about = f"{about} · {t('dossiers.remembered')}"

    said = f"{dossier.procedure_name}. {dossier.code}. {word}. {about}"
    box = ft.Container(
        _row(t, dossier.state, dossier.procedure_name, about, code=dossier.code),
        padding=ft.Padding.only(left=Space.L, top=Space.M, bottom=Space.M),
        ink=True,
    )
    row = one_button(said, box, lambda: services.go(f"/dossiers/{dossier.code}"), expand=True)
    away = icon_button(ft.Icons.CLOSE, t("dossiers.forget", code=dossier.code), lambda: forget(dossier.code))
    inside = ft.Row([row, away], spacing=Space.XS, vertical_alignment=ft.CrossAxisAlignment.START)
    return card(inside, padding=0, key=f"recent-{dossier.code}")


def _row(t: Text, state: DossierState, name: str, about: str, *, code: str = "") -> ft.Control:
    look = state_look(state)
    ink, ground = tone_colours(look.tone)
    sign = ft.Container(
        ft.Icon(ft.Icons.FOLDER_OUTLINED, color=ink, size=Size.ICON),
        bgcolor=ground,
        border_radius=Radius.M,
        padding=Space.S,
    )
    lines: list[ft.Control] = [
        title(name, small=True, max_lines=2),
        ft.Row([status_chip(look.icon, t(f"dossiers.state_{state.value}"), look.tone)]),
        *([caption(code)] if code else []),
        *([caption(about)] if about else []),
    ]
    return ft.Row(
        [sign, ft.Column(lines, spacing=Space.XS, expand=True)],
        spacing=Space.M,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
