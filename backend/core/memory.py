"""Small tables that every answer names, kept in memory until a signal says that they changed."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session

from backend.core.signals import Signals

T = TypeVar("T")

FRESH_SECONDS = 60
"""Beside a server on SQLite the command line may write, and its signals are heard by nobody else."""


class Memory:
    """What one database's readers remember, by topic. Values are shared by threads: never change them."""

    def __init__(self, signals: Signals) -> None:
        self._values: dict[str, tuple[Any, float]] = {}
        self._version = 0
        signals.listen(self._heard)

    def _heard(self, word: str) -> None:
        self._version += 1
        if word == "everything":
            self._values = {}
        elif word.startswith("data:"):
            self._values.pop(word.removeprefix("data:"), None)

    def get(self, topic: str, load: Callable[[], T]) -> T:
        """Return the value of a topic; what was read while something changed is used once and not kept."""
        known = self._values.get(topic)
        if known is not None and time.monotonic() < known[1]:
            value: T = known[0]
            return value
        before = self._version
        value = load()
        if before == self._version:
            self._values[topic] = (value, time.monotonic() + FRESH_SECONDS)
        return value


def once(session: Session, key: Any, load: Callable[[], T]) -> T:
    """Return what this session for reading has read before under the key, or read it now; what writes reads anew."""
    seen: dict[Any, Any] | None = session.info.get("once")
    if seen is None:
        return load()
    if key not in seen:
        seen[key] = load()
    value: T = seen[key]
    return value


def remembered(session: Session, topic: str, load: Callable[[], T]) -> T:
    """Return what is remembered of a topic, or read it now. Services say `changed(session, topic)` when they write."""
    memory: Memory = session.info["memory"]
    return memory.get(topic, load)
