"""Small typed helpers around Flet's hooks."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import flet as ft

T = TypeVar("T")


def use_kept(make: Callable[[], T]) -> T:
    """Return something that is made once and lives as long as the component; changing it draws nothing."""
    return cast(T, ft.use_ref(cast(Any, make)).current)
