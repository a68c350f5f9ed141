"""The only clock: everything that asks for the time asks here, so that tests can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class _Clock:
    shift = timedelta()


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC) + _Clock.shift


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Move the clock by this much for the length of a `with` block (tests only)."""
    _Clock.shift += by
    try:
        yield
    finally:
        _Clock.shift -= by
