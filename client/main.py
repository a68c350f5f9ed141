"""The entry of the client: builds services for *this* person, puts on the theme, draws the application."""

from collections.abc import Awaitable, Callable

import flet as ft

from client.app import App, dress
from client.core.api import Http, open_http
from client.core.guard import FirstDrawing, keep_drawing
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.theme import Tone
from client.features import DESTINATIONS, FEATURES

Main = Callable[[ft.Page], Awaitable[None]]


def build_main(settings: ClientSettings) -> Main:
    """Return the `main` of this installation, for `flet_web.fastapi.app` or `ft.run`.

    The connection pool to the backend is shared by all who are served; it is opened when the first arrives, in the
    loop that serves them.
    """
    pool: list[Http] = []

    async def main(page: ft.Page) -> None:
        """Serve one person."""
        if not pool:
            pool.append(open_http(settings))
        services = Services(page, settings, pool[0], features=FEATURES, destinations=DESTINATIONS)
        first = FirstDrawing(lambda: _draw(page, services))

        def connected(_: object) -> None:
            services.set_connected(True)
            first.back()

        def disconnected(_: object) -> None:
            services.set_connected(False)
            first.gone()

        page.on_connect = connected
        page.on_disconnect = disconnected
        page.on_close = lambda _: services.set_connected(False)
        await services.start()
        page.title = services.province.app_name
        dress(services)
        first.now()

    return main


def _draw(page: ft.Page, services: Services) -> None:
    page.render_views(App, services)
    keep_drawing(page, lambda: services.tell(services.text("error.screen"), Tone.DANGER))


async def main(page: ft.Page) -> None:
    """Serve one person by the settings of the environment."""
    await build_main(ClientSettings.from_environment())(page)
