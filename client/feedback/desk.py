"""The desk: queues, the list of one of them, and the chosen case; side by side where there is room."""

import flet as ft

from client.core.context import use_services
from client.core.services import Services
from client.core.theme import Colour, Space
from client.feedback.desk_case import CasePane
from client.feedback.desk_list import case_rows, list_head, queue_chips, queue_menu, searched
from client.feedback.desk_state import Desk, neighbour, use_desk
from client.ui.forms import icon_button
from client.ui.keys import use_keyboard, use_keys
from client.ui.shell import Screen
from client.ui.states import message_panel, require_account
from shared.access import Permission

_MENU = 208
_LIST = 420
_LIST_TABLET = 320
_STEPS = {"Arrow Down": 1, "Arrow Up": -1}


@ft.component
def DeskScreen() -> ft.Control:
    """Draw the desk; `/desk/<code>` is the desk with that case chosen."""
    services = use_services()
    t = services.text
    code = ft.use_route_params().get("code")
    content = _refused(services) or ft.Container(DeskPanes(code), expand=True, key=services.session.key)
    alone = code is not None and not services.wide
    name = code if alone and code else t("desk.title")
    return Screen(
        name, [content], fixed=True, back="/desk" if alone else None, actions=[] if alone else _locks(services)
    )


def _locks(services: Services) -> list[ft.Control]:
    if not services.session.may(Permission.DISPATCH):
        return []
    return [
        icon_button(ft.Icons.LOCK_PERSON_OUTLINED, services.text("desk.locks"), lambda: services.go("/admin/locks"))
    ]


def _refused(services: Services) -> ft.Control | None:
    t = services.text
    if services.session.may(Permission.SEE_DESK):
        return None
    return require_account(services, t) or message_panel(
        ft.Icons.LOCK_OUTLINE, t("desk.not_staff"), t("desk.not_staff_why")
    )


@ft.component
def DeskPanes(code: str | None) -> ft.Control:
    """Put the panes side by side, as many as there is room for."""
    services = use_services()
    desk = use_desk(code)
    keys = use_keyboard()

    def hears(event: ft.KeyboardEvent) -> bool:
        step = _STEPS.get(event.key) if event.alt else None
        if step is None:
            return False
        picked = neighbour([case.code for case in desk.pages.items], desk.chosen, step)
        if picked is not None:
            desk.pick(picked)
        return True

    use_keys(keys, hears)
    case = CasePane(desk.chosen, keys, desk.refresh) if desk.chosen else _nothing_chosen(services)
    # The key makes another case a new pane: what is being typed belongs to its own case.
    pane = ft.Container(case, expand=True, key=f"pane-{desk.chosen}")
    if not services.wide:
        return ft.Column([pane if code else _listed(services, desk)], spacing=0, expand=True)
    listed = ft.Container(_listed(services, desk), width=_LIST if services.desktop else _LIST_TABLET)
    panes: list[ft.Control] = [listed, _line(), pane]
    if services.desktop:
        menu = queue_menu(services, desk.counts, desk.queue, desk.pick_queue)
        panes = [ft.Container(menu, width=_MENU, bgcolor=Colour.CARD), _line(), *panes]
    return ft.Row(panes, spacing=0, expand=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


def _listed(services: Services, desk: Desk) -> ft.Control:
    head = [list_head(services, desk.view, desk.show, desk.refresh), searched(services, desk.view)]
    if not services.desktop:
        head.insert(1, queue_chips(services, desk.counts, desk.queue, desk.pick_queue))
    rows = case_rows(services, desk.pages, desk.view, desk.chosen, desk.pick)
    side = Space.L if services.desktop or not services.wide else Space.M
    above = ft.Container(
        ft.Column(head, spacing=Space.S),
        padding=ft.Padding.only(left=side, right=side, top=Space.M, bottom=Space.S),
    )
    below = ft.ListView([rows], expand=True, padding=ft.Padding.only(left=side, right=side, bottom=Space.L))
    return ft.Column([above, below], spacing=0, expand=True)


def _nothing_chosen(services: Services) -> ft.Control:
    t = services.text
    panel = message_panel(ft.Icons.TOUCH_APP_OUTLINED, t("desk.choose"), t("desk.choose_why"))
    return ft.Container(panel, alignment=ft.Alignment.CENTER, expand=True)


def _line() -> ft.Control:
    return ft.VerticalDivider(width=1, color=Colour.CARD_BORDER)
