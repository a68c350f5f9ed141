"""Asking for something to show: waiting, ready, or failed with a way to try again. The one hook for it."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import flet as ft

from client.core.api import ApiError
from client.core.hooks import use_kept
from shared.errors import ErrorCode

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """What became of a question. `value` stays while it is asked again; `set` replaces it without asking."""

    value: T | None
    error: ApiError | None
    refreshing: bool
    reload: Callable[[], None]
    set: Callable[[T], None]

    @property
    def waiting(self) -> bool:
        """Whether there is nothing to show yet."""
        return self.value is None and self.error is None

    @property
    def failed(self) -> bool:
        """Whether it went wrong and there is nothing older to show."""
        return self.value is None and self.error is not None


@dataclass(frozen=True)
class _State(Generic[T]):
    value: T | None = None
    error: ApiError | None = None
    refreshing: bool = False


@dataclass
class _Notes:
    run: int = 0
    deps: list[object] | None = None


def use_loaded(loader: Callable[[], Awaitable[T]], deps: Sequence[object]) -> Loaded[T]:
    """Ask at first, whenever `deps` change, and at `reload()`. A loader must return something: None stays waiting.

    An answer that comes after the question has changed is dropped.
    """
    state, set_state = ft.use_state(_State[T]())
    round_no, set_round = ft.use_state(0)
    notes = use_kept(_Notes)

    async def ask() -> None:
        notes.run += 1
        run = notes.run
        changed = notes.deps != list(deps)
        notes.deps = list(deps)
        set_state(lambda old: _State(refreshing=True) if changed else _State(old.value, None, True))
        try:
            value = await loader()
        except ApiError as error:
            outcome = error
        except Exception:
            logger.exception("a loader failed")
            outcome = ApiError(ErrorCode.INTERNAL)
        else:
            if run == notes.run:
                set_state(_State(value))
            return
        if run == notes.run:
            set_state(lambda old: _State(old.value, outcome))

    ft.use_effect(ask, [*deps, round_no])
    return Loaded(
        state.value,
        state.error,
        state.refreshing,
        lambda: set_round(lambda n: n + 1),
        lambda value: set_state(_State(value)),
    )
