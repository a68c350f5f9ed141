"""Doing something once: an action knows that it runs, cannot be started twice, and keeps what went wrong."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import flet as ft

from client.core.api import ApiError
from shared.errors import ErrorCode

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Action:
    """`start(…)` runs it unless it runs already; arguments go to the work. It may stand in `on_click` as it is."""

    start: Callable[..., None]
    running: bool
    error: ApiError | None


@dataclass(frozen=True)
class _State:
    running: bool = False
    error: ApiError | None = None


def use_action(
    work: Callable[..., Awaitable[T]],
    *,
    done: Callable[[T], None] | None = None,
    failed: Callable[[ApiError], None] | None = None,
) -> Action:
    """Return an action around async work. `done` gets its answer, `failed` its error (for `form.fail`)."""
    state, set_state = ft.use_state(_State())
    busy = ft.use_ref(False)
    page = ft.context.page

    async def run(*args: Any) -> None:
        try:
            answer = await work(*args)
        except ApiError as error:
            _end(error)
            return
        except Exception:
            logger.exception("an action failed")
            _end(ApiError(ErrorCode.INTERNAL))
            return
        _end(None)
        if done is not None:
            done(answer)

    def _end(error: ApiError | None) -> None:
        busy.current = False
        set_state(_State(error=error))
        if error is not None and failed is not None:
            failed(error)

    def start(*args: Any) -> None:
        if busy.current:
            return
        busy.current = True
        set_state(_State(running=True))
        # Flet passes its event when a handler takes arguments; the work never wants it.
        page.run_task(run, *[arg for arg in args if not isinstance(arg, ft.Event)])

    return Action(start, state.running, state.error)
