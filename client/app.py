"""The application: one person's services as context, the look she chose, one router of every feature's routes."""

from typing import cast

import flet as ft

from client.core.context import ServicesContext, use_services
from client.core.preferences import Brightness
from client.core.services import Services
from client.core.theme import Size, dark_theme, light_theme
from client.features import FEATURES
from client.ui.forms import primary_button
from client.ui.shell import Screen
from client.ui.states import message_panel

_MODES = {
    Brightness.SYSTEM: ft.ThemeMode.SYSTEM,
    Brightness.LIGHT: ft.ThemeMode.LIGHT,
    Brightness.DARK: ft.ThemeMode.DARK,
}


@ft.component
def NotFound() -> ft.Control:
    """Say kindly that an address leads nowhere."""
    services = use_services()
    t = services.text
    home = primary_button(t("state.go_home"), lambda: services.go("/"), icon=ft.Icons.HOME)
    panel = message_panel(ft.Icons.EXPLORE_OFF_OUTLINED, t("state.not_found"), t("state.not_found_why"), home)
    return Screen(t("state.not_found"), [panel], back="/")


ROUTES = [*(route for feature in FEATURES for route in feature.routes), ft.Route(path=":rest*", component=NotFound)]


@ft.component
def App(services: Services) -> list[ft.View]:
    """Draw everything for one person; again when she signs in or out, changes her preferences, or turns her phone."""
    _, redraw = ft.use_state(0)

    def changed() -> None:
        dress(services)
        redraw(lambda n: n + 1)

    def listen() -> None:
        services.changed = changed
        last = [_layout(services)]

        def resized(_: ft.PageResizeEvent) -> None:
            if _layout(services) != last[0]:
                last[0] = _layout(services)
                changed()

        services.page.on_resize = resized

    ft.use_effect(listen, [])
    return cast(
        "list[ft.View]", ServicesContext(services, lambda: ft.Router(ROUTES, not_found=NotFound, manage_views=True))
    )


def dress(services: Services) -> None:
    """Put on the theme, brightness and language that the person chose."""
    page, chosen = services.page, services.preferences
    page.theme = light_theme(easy=chosen.easy)
    page.dark_theme = dark_theme(easy=chosen.easy)
    page.theme_mode = _MODES[chosen.brightness]
    page.locale_configuration = ft.LocaleConfiguration(
        supported_locales=[ft.Locale("vi", "VN"), ft.Locale("en", "GB")],
        current_locale=ft.Locale("vi", "VN") if chosen.language == "vi" else ft.Locale("en", "GB"),
    )


def _layout(services: Services) -> int:
    width = services.page.width or 0
    return (width >= Size.PHONE_MAX) + (width >= Size.DESKTOP_MIN)
