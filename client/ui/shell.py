"""The frame of every screen: app bar, bar or rail, and a column of content as wide as reads well."""

from collections.abc import Sequence
from functools import partial
from typing import cast

import flet as ft

from client.core.context import use_services
from client.core.feature import Destination
from client.core.services import Services
from client.core.theme import Colour, Radius, Size, Space
from client.ui.forms import icon_button
from client.ui.pressing import one_button
from client.ui.text import title as title_text

INBOX = "/inbox"
PROFILE = "/profile"
SEARCH = "/search"


def Screen(
    title: str,
    controls: Sequence[ft.Control],
    *,
    back: str | None = None,
    actions: Sequence[ft.Control] = (),
    header: ft.Control | None = None,
    footer: ft.Control | None = None,
    button: ft.FloatingActionButton | None = None,
    full: bool = False,
    fixed: bool = False,
) -> ft.View:
    """Return a whole screen. Counts as a hook: call it once, at the end of a route's component.

    `back` is where the arrow leads (screens below a destination). `header` replaces the app bar. `footer` stays at the
    foot. `full` uses the whole width. `fixed` lets the controls scroll by themselves (two panes) instead of the page.
    """
    services = use_services()
    place = ft.use_route_location()

    def name_the_page() -> None:
        services.page.title = f"{title} · {services.province.app_name}"

    ft.use_effect(name_the_page, [title])
    up = back if back is not None or place == "/" else "/"
    shown = _shown(services)
    column: list[ft.Control] = [_content(title, controls, header=header, full=full, fixed=fixed, services=services)]
    if header is None and services.wide:
        column.insert(0, _top(services, title, back, [*actions, *_find(services, place)]))
    if footer is not None:
        column.append(_foot(footer, full=full))
    frame: ft.Control = ft.Column(column, spacing=0, expand=True)
    bar = None
    if services.wide:
        frame = _beside_rail(services, shown, _selected(shown, place), frame)
    elif back is None:
        bar = _bar(services, [each for each in shown if each.bar], place)
    return ft.View(
        route="/",
        appbar=None if header is not None or services.wide else _app_bar(services, title, back, actions),
        controls=[ft.SafeArea(content=frame, expand=True) if header is None else frame],
        navigation_bar=bar,
        floating_action_button=button,
        padding=0,
        spacing=0,
        bgcolor=Colour.BACKGROUND,
        # The back button of a phone: one step up, and out of the application from the home page alone.
        can_pop=up is None,
        on_confirm_pop=None if up is None else partial(_step_up, services, up),
    )


def _beside_rail(
    services: Services, shown: Sequence[Destination], selected: int | None, inner: ft.Control
) -> ft.Control:
    return ft.Row(
        [_rail(services, shown, selected), ft.VerticalDivider(width=1, color=Colour.CARD_BORDER), inner],
        spacing=0,
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


async def _step_up(services: Services, path: str, event: ft.ControlEvent) -> None:
    services.go(path)
    await cast(ft.View, event.control).confirm_pop(False)


def _shown(services: Services) -> list[Destination]:
    may = services.session.may
    return [each for each in services.destinations if not each.permissions or any(map(may, each.permissions))]


def _selected(shown: Sequence[Destination], place: str) -> int | None:
    """Return the destination with the longest path that `place` lies under."""
    best, length = None, -1
    for index, destination in enumerate(shown):
        for path in (destination.path, *destination.also):
            inside = place == path or (path != "/" and place.startswith(path + "/"))
            if inside and len(path) > length:
                best, length = index, len(path)
    return best


def _icon(services: Services, destination: Destination, *, selected: bool) -> ft.Control:
    count = services.badges.get(destination.path, 0)
    icon = destination.selected_icon if selected else destination.icon
    color = ft.Colors.ON_PRIMARY_CONTAINER if selected else Colour.QUIET
    return ft.Icon(icon, color=color, badge=ft.Badge(label=_short(count)) if count else None)


def _short(count: int) -> str:
    return str(count) if count < 100 else "99+"


def _bar(services: Services, shown: Sequence[Destination], place: str) -> ft.NavigationBar:
    t = services.text
    selected = _selected(shown, place)
    return ft.NavigationBar(
        # Flutter's bar always has one selected; where the screen is none of them, it is not shown as such.
        selected_index=selected or 0,
        indicator_color=ft.Colors.TRANSPARENT if selected is None else None,
        destinations=[
            ft.NavigationBarDestination(
                icon=_icon(services, each, selected=False),
                selected_icon=_icon(services, each, selected=selected is not None),
                label=t(each.word),
            )
            for each in shown
        ],
        on_change=lambda e: services.go(shown[int(e.control.selected_index)].path),
    )


def _rail(services: Services, shown: Sequence[Destination], selected: int | None) -> ft.Control:
    t = services.text
    return ft.NavigationRail(
        selected_index=selected,
        label_type=ft.NavigationRailLabelType.ALL,
        bgcolor=Colour.CARD,
        min_width=92,
        indicator_color=ft.Colors.PRIMARY_CONTAINER,
        group_alignment=-1,
        scrollable=True,
        destinations=[
            ft.NavigationRailDestination(
                icon=_icon(services, each, selected=False),
                selected_icon=_icon(services, each, selected=True),
                label=t(each.word),
                padding=ft.Padding.symmetric(vertical=Space.XS),
            )
            for each in shown
        ],
        on_change=lambda e: services.go(shown[int(e.control.selected_index or 0)].path),
    )


def _back_button(services: Services, back: str | None) -> ft.Control | None:
    if back is None:
        return None
    return icon_button(ft.Icons.ARROW_BACK, services.text("action.back"), lambda: services.go(back))


def _app_bar(services: Services, title: str, back: str | None, actions: Sequence[ft.Control]) -> ft.AppBar:
    """Head a phone's screen; below a destination the person's own buttons give way to the screen's."""
    lead = _back_button(services, back)
    return ft.AppBar(
        leading=lead,
        automatically_imply_leading=False,
        title=title_text(title, max_lines=1),
        center_title=False,
        title_spacing=Space.S if lead else Space.L,
        bgcolor=Colour.CARD,
        elevation=0,
        elevation_on_scroll=0,
        actions=[*actions, *(person_buttons(services) if back is None else [])],
        actions_padding=ft.Padding.only(right=Space.S),
    )


def _top(services: Services, title: str, back: str | None, actions: Sequence[ft.Control]) -> ft.Control:
    """Head a wide screen beside the rail, so that the rail never moves."""
    lead = _back_button(services, back)
    name = ft.Semantics(header=True, expand=True, content=title_text(title, max_lines=1))
    row = ft.Row(
        [*([lead] if lead else []), name, *actions, *person_buttons(services)],
        spacing=Space.S,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return ft.Container(
        content=row,
        bgcolor=Colour.CARD,
        padding=ft.Padding.only(left=Space.S if lead else Space.XL, right=Space.L, top=Space.XS, bottom=Space.XS),
    )


def _find(services: Services, place: str) -> list[ft.Control]:
    """Lead to the one search box, from everywhere but there."""
    if place == SEARCH:
        return []
    return [icon_button(ft.Icons.SEARCH, services.text("nav.search"), lambda: services.go(SEARCH))]


def person_buttons(services: Services, *, on_banner: bool = False) -> list[ft.Control]:
    """Return the bell with what is unread, the account, and for staff on a phone the way to their desk."""
    t = services.text
    unread = services.badges.get(INBOX, 0)
    ink = Colour.ON_BANNER if on_banner else None
    bell_name = t("nav.inbox_unread", n=unread) if unread else t("nav.inbox")
    bell_icon = ft.Icons.NOTIFICATIONS if unread else ft.Icons.NOTIFICATIONS_OUTLINED
    number = _short(unread) if unread else None
    bell = icon_button(bell_icon, bell_name, lambda: services.go(INBOX), color=ink, badge=number)
    account = services.session.account
    initial = account.given_name[:1].upper() if account else ""
    face: ft.Control = (
        ft.Text(initial, weight=ft.FontWeight.W_600, color=ft.Colors.ON_PRIMARY_CONTAINER)
        if initial
        else ft.Icon(ft.Icons.PERSON_OUTLINE, color=ft.Colors.ON_PRIMARY_CONTAINER)
    )
    avatar = ft.Container(
        content=face,
        width=Size.TARGET - Space.S,
        height=Size.TARGET - Space.S,
        border_radius=Radius.PILL,
        bgcolor=ft.Colors.PRIMARY_CONTAINER,
        alignment=ft.Alignment.CENTER,
    )
    box = ft.Container(content=avatar, padding=Space.XS)
    profile = one_button(t("nav.profile"), box, partial(services.go, PROFILE))
    desks: list[ft.Control] = [
        icon_button(each.icon, t(each.word), partial(services.go, each.path), color=ink)
        for each in _shown(services)
        if not each.bar and not services.wide
    ]
    return [*desks, bell, profile]


def _content(
    title: str,
    controls: Sequence[ft.Control],
    *,
    header: ft.Control | None,
    full: bool,
    fixed: bool,
    services: Services,
) -> ft.Control:
    side = Space.XL if services.wide else Space.L
    if fixed:
        return ft.Column([*([header] if header else []), *controls], expand=True, spacing=0)
    column = ft.Column(list(controls), spacing=Space.L, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    body: ft.Control = column if full else reading_width(column)
    padded = ft.Container(content=body, padding=ft.Padding.symmetric(horizontal=side, vertical=Space.L))
    # Another page begins at its top: without a key of its own it would be read out from where the last one stood.
    return ft.ListView([*([header] if header else []), padded], expand=True, spacing=0, padding=0, key=f"page {title}")


def reading_width(content: ft.Control) -> ft.Control:
    """Centre content that is at most as wide as reads well."""
    return ft.ResponsiveRow(
        [ft.Container(content=content, col={"xs": 12, "md": 10, "lg": 8, "xl": 7})],
        alignment=ft.MainAxisAlignment.CENTER,
    )


def _foot(footer: ft.Control, *, full: bool) -> ft.Control:
    return ft.Container(
        content=footer if full else reading_width(footer),
        padding=Space.M,
        bgcolor=Colour.CARD,
        border=ft.Border.only(top=ft.BorderSide(1, Colour.CARD_BORDER)),
    )
