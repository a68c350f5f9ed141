"""Drawing goes on: Flet ends a person's for good when a component raises, or when she went away before the first."""

import asyncio
import logging
import time
from collections.abc import Callable

import flet as ft

logger = logging.getLogger(__name__)


class FirstDrawing:
    """The first drawing of a page, done again at the next connection when nobody was there to see it.

    Who reloads while her page is being made comes back to the same session. Flet drops what is drawn without a
    connection, with the effects that were to load the data, and would leave her with a page that never answers.
    """

    SETTLED_SECONDS = 3.0

    def __init__(self, draw: Callable[[], None]) -> None:
        self._draw = draw
        self._here = True
        self._drawn_at: float | None = None
        self._lost = False

    def now(self) -> None:
        """Draw, or leave it for when the person is back."""
        if self._here:
            self._draw()
            self._drawn_at = time.monotonic()
        else:
            self._lost = True

    def gone(self) -> None:
        """The connection ended: what was drawn only just now may not have arrived."""
        self._here = False
        if self._drawn_at is not None and time.monotonic() - self._drawn_at < self.SETTLED_SECONDS:
            self._lost = True

    def back(self) -> None:
        """The person is here again: draw what she did not get."""
        self._here = True
        if self._lost:
            self._lost = False
            self.now()


def keep_drawing(page: ft.Page, trouble: Callable[[], None]) -> None:
    """Start the drawing of this page again whenever a component has ended it; `trouble` tells the person."""
    # Flet has no public name for the task: found in 1.0.5, and done without where it is called otherwise.
    task: asyncio.Task[None] | None = getattr(page.session, "_Session__updates_task", None)
    if task is None:
        return

    def ended(finished: asyncio.Task[None]) -> None:
        if finished.cancelled() or finished.exception() is None:
            return
        logger.error("a component could not be drawn", exc_info=finished.exception())
        page.session.start_updates_scheduler()  # type: ignore[no-untyped-call]
        keep_drawing(page, trouble)
        trouble()

    task.add_done_callback(ended)
