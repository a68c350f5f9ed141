"""The circuit breaker: after several failures in a row nobody asks for a while, then one tries."""

import time
from contextlib import suppress

import pybreaker


class Breaker:
    """pybreaker keeps the state and is told afterwards: its own way of calling holds a lock while the call runs."""

    def __init__(self, failures: int, seconds: float) -> None:
        self._storage = pybreaker.CircuitMemoryStorage(pybreaker.STATE_CLOSED)
        self._breaker = pybreaker.CircuitBreaker(failures, seconds, state_storage=self._storage)
        self._seconds = seconds
        self._trying = False

    @property
    def state(self) -> str:
        """`closed` (all is asked), `open` (nothing is) or `half-open` (one tries)."""
        if self._breaker.current_state != pybreaker.STATE_OPEN:
            return str(self._breaker.current_state)
        return pybreaker.STATE_HALF_OPEN if self._trying else pybreaker.STATE_OPEN

    def wait(self) -> float:
        """Return in how many seconds one may ask; 0 for now."""
        opened = self._storage.opened_at
        if self._breaker.current_state != pybreaker.STATE_OPEN or opened is None:
            return 0
        left = opened.timestamp() + self._seconds - time.time()
        return max(left, 1 if self._trying else 0)

    def enter(self) -> bool:
        """Whether one may ask now; whoever may must say how it went."""
        if self.wait() > 0:
            return False
        self._trying = self._breaker.current_state == pybreaker.STATE_OPEN
        return True

    def went(self, *, well: bool) -> None:
        """Say how it went."""
        self._trying = False
        # It raises what it is told, and that it is open when it was asked just before and has opened since.
        with suppress(_Failed, pybreaker.CircuitBreakerError):
            self._breaker.call(_nothing if well else _fail)


class _Failed(Exception):
    """What the breaker is told of."""


def _nothing() -> None:
    """Succeed."""


def _fail() -> None:
    raise _Failed
