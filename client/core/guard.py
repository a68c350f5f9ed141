"""One faulty screen must not freeze the others: Flet ends a person's drawing for good when a component raises."""

import asyncio
import logging
from collections.abc import Callable

import flet as ft

logger = logging.getLogger(__name__)


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
