"""A page without a screen: components are drawn for real, and what would go to the browser is looked at here."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import flet as ft
import msgpack  # type: ignore[import-untyped]
from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page
from flet.messaging.connection import Connection
from flet.messaging.protocol import Message, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

# A screen is at rest when nothing was drawn in this many glances, each after as many steps of the loop.
QUIET_GLANCES, STEPS_A_GLANCE, PATIENCE_SECONDS = 5, 20, 10


class _Deaf(Connection):
    """A connection whose other end shows nothing."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.sent = 0
        self.loop = asyncio.get_running_loop()
        self.pubsubhub = PubSubHub(self.loop)

    def send_message(self, message: Message) -> None:
        """Write the message as for a browser, which is when Flet notes what the browser knows; then let it fall."""
        self.sent += 1
        _write([message.action, message.body])


def _write(value: Any) -> None:
    msgpack.packb(value, default=configure_encode_object_for_msgpack(BaseControl))  # type: ignore[no-untyped-call]


class Headless:
    """Draws one component and reads what it shows."""

    def __init__(self, component: Callable[..., Any], *args: Any) -> None:
        """Draw the component; needs a running loop."""
        self._connection = _Deaf()
        self._session = Session(self._connection)
        self.page: ft.Page = self._session.page
        _context_page.set(self.page)
        _write(self._session.get_page_patch())  # type: ignore[no-untyped-call]
        self.page.render(component, *args)

    async def settle(self, seconds: float = 0.05) -> None:
        """Let effects run and what they changed be drawn: `seconds` at least, more while a busy machine still draws."""
        loop, still = asyncio.get_running_loop(), 0
        enough = loop.time() + seconds
        too_long = enough + PATIENCE_SECONDS
        while loop.time() < enough or (still < QUIET_GLANCES and loop.time() < too_long):
            before = self._connection.sent
            for _ in range(STEPS_A_GLANCE):
                await asyncio.sleep(0)
            await asyncio.sleep(0.01)
            still = still + 1 if self._connection.sent == before else 0

    def texts(self) -> list[str]:
        """Return the words on the screen, in order."""
        return [control.value for control in self.controls() if isinstance(control, ft.Text) and control.value]

    def controls(self) -> Iterator[Any]:
        """Yield all that is shown, whole before part."""
        yield from self.within(self.page.views[0].controls)

    @staticmethod
    def within(shown: Any) -> Iterator[Any]:
        """Yield what is shown and all that it holds."""
        yield from _within(shown)

    def close(self) -> None:
        """End the drawing."""
        self._session.close()  # type: ignore[no-untyped-call]


def _within(shown: Any) -> Iterator[Any]:
    if isinstance(shown, list):
        for part in shown:
            yield from _within(part)
    elif isinstance(shown, Component):
        yield from _within(shown._b)
    elif isinstance(shown, ft.Control):
        yield shown
        for name in ("controls", "content", "actions"):
            yield from _within(getattr(shown, name, None))
