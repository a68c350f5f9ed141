"""What a feature hands to the application."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import flet as ft

from client.core.text import Words
from shared.access import Permission

if TYPE_CHECKING:
    from client.core.services import Services

Watcher = Callable[["Services"], Awaitable[None]]


@dataclass(frozen=True)
class Feature:
    """Routes, words, and what runs in the background while somebody is signed in."""

    routes: Sequence[ft.Route]
    words: Words
    watchers: Sequence[Watcher] = ()


@dataclass(frozen=True)
class Destination:
    """One entry of the bar or rail, `bar` puts it on a phone's bar; hidden from who has none of the `permissions`."""

    path: str
    word: str
    icon: ft.IconData
    selected_icon: ft.IconData
    bar: bool = True
    permissions: tuple[Permission, ...] = ()
    also: tuple[str, ...] = ()
    """Other paths that belong to this destination."""
