"""What is pressed as a whole, and told as one button."""

from collections.abc import Callable
from typing import Any

import flet as ft


def one_button(
    said: str, box: ft.Container | ft.Chip, press: Callable[[], Any] | None = None, **told: Any
) -> ft.Semantics:
    """Make a box one button for a finger, a key and a screen reader, which says `said` instead of what is in it.

    Without `press` it leads where its own `url` does. `told` are further facts of the button: `key`, `selected`,
    `checked`, `expanded`, `expand`.
    """

    def pressed(_: object) -> Any:
        return press() if press is not None else None

    if press is not None:
        box.on_click = pressed
    return ft.Semantics(
        label=said,
        button=True,
        container=True,
        exclude_semantics=True,
        on_tap=pressed if press is not None else None,
        content=box,
        **told,
    )
