"""Following what is being typed without drawing its field again: that could swallow a keystroke."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import flet as ft

from client.core.hooks import use_kept

T = TypeVar("T")


class Typed:
    """The words of one field, and who follows them."""

    def __init__(self) -> None:
        """Start empty."""
        self.text = ""
        self.followers: list[Callable[[], None]] = []

    def say(self, text: str) -> None:
        """Take over what stands in the field now."""
        if text != self.text:
            self.text = text
            for follow in tuple(self.followers):
                follow()


@dataclass
class _Follower:
    heard: Callable[[], None] = lambda: None
    waiting: "asyncio.Task[None] | None" = None

    def hear(self) -> None:
        self.heard()

    def stop(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


def use_typed(typed: Typed, read: Callable[[str], T], *, pause_s: float = 0.0) -> T:
    """Return what `read` makes of the words; draws again when that changes and the typing rests. A hook."""
    value, set_value = ft.use_state(read(typed.text))
    follower = use_kept(_Follower)

    async def rest() -> None:
        await asyncio.sleep(pause_s)
        set_value(read(typed.text))

    def heard() -> None:
        follower.stop()
        if pause_s:
            follower.waiting = asyncio.create_task(rest())
        else:
            set_value(read(typed.text))

    def begin() -> None:
        typed.followers.append(follower.hear)
        set_value(read(typed.text))

    def end() -> None:
        follower.stop()
        typed.followers.remove(follower.hear)

    follower.heard = heard
    ft.use_effect(begin, [], end)
    return value
