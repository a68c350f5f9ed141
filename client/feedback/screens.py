"""Reports: a list and one report, after each other on a phone and side by side on a wide window."""

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Space
from client.feedback.case_list import MINE, case_list
from client.feedback.case_view import case_view, link_of
from client.ui.shell import Screen
from client.ui.states import empty

_LIST_WIDTH = 440


@ft.component
def FeedbackScreen() -> ft.Control:
    """Show `/feedback`, `/feedback/mine` and `/feedback/<code>`; one component, so that the list stays as it was."""
    services = use_services()
    t = services.text
    asked = ft.use_route_params().get("code") or ""
    mine, set_mine = ft.use_state(asked == MINE)
    code = "" if asked == MINE else asked

    def remember_the_tab() -> None:
        if not code:
            set_mine(asked == MINE)

    ft.use_effect(remember_the_tab, [asked])
    on_mine = asked == MINE if not code else mine
    listed = "/feedback/mine" if on_mine else "/feedback"
    if services.desktop:
        link = [link_of(services, code)] if code else []
        panes = _panes(services, code, mine=on_mine)
        return Screen(code or t("feedback.title"), [panes], full=True, fixed=True, actions=link)
    if code:
        return Screen(code, [case_view(code)], back=listed, actions=[link_of(services, code)])
    return Screen(t("feedback.title"), [case_list(mine=on_mine, chosen="")])


def _panes(services: Services, code: str, *, mine: bool) -> ft.Control:
    t = services.text
    detail: ft.Control = (
        case_view(code)
        if code
        else empty(ft.Icons.TOUCH_APP_OUTLINED, t("feedback.choose_one"), t("feedback.choose_one_why"))
    )
    left = ft.ListView([ft.Container(case_list(mine=mine, chosen=code), padding=Space.L)], width=_LIST_WIDTH)
    right = ft.ListView([ft.Container(detail, padding=Space.XL, key=f"case-{code}")], expand=True)
    return ft.Row(
        [left, ft.VerticalDivider(width=1, color=Colour.CARD_BORDER), right],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )
