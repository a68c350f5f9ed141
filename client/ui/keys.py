"""The keyboard of a screen: who listens last hears first, and says whether the key was meant for it."""

from collections.abc import Callable
from typing import Any, cast

import flet as ft

Heard = Callable[[ft.KeyboardEvent], bool]


class Keys:
    """Who listens to the keyboard, in the order in which they came."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._ears: list[_Ear] = []

    def heard(self, event: ft.KeyboardEvent) -> None:
        """Ask the listeners, the latest first, until one has dealt with the key."""
        for ear in reversed(self._ears):
            if ear.hears(event):
                return

    def add(self, ear: "_Ear") -> None:
        """Let somebody listen."""
        self._ears.append(ear)

    def remove(self, ear: "_Ear") -> None:
        """Let somebody go."""
        if ear in self._ears:
            self._ears.remove(ear)


class _Ear:
    """One listener, whose meaning is renewed at every drawing."""

    def __init__(self) -> None:
        self.hears: Heard = _deaf


def use_keyboard() -> Keys:
    """Return the keyboard of this page, for a whole screen to share."""
    page = ft.context.page
    keys = cast(Keys, ft.use_ref(cast(Any, Keys)).current)

    def listen() -> None:
        page.on_keyboard_event = keys.heard

    def leave() -> None:
        page.on_keyboard_event = None

    ft.use_effect(listen, [], leave)
    return keys


def use_keys(keys: Keys, hears: Heard) -> None:
    """Listen while the component is on the screen. `hears` returns True for what it has dealt with."""
    ear = cast(_Ear, ft.use_ref(cast(Any, _Ear)).current)
    ear.hears = hears
    ft.use_effect(lambda: keys.add(ear), [], lambda: keys.remove(ear))


def _deaf(_: ft.KeyboardEvent) -> bool:
    return False
