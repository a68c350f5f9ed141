"""What waits on the person's own device until the backend can be reached, to be sent once.

Each thing is kept under a key of its own (`outbox.<account>.<Idempotency-Key>`), so that two tabs never overwrite each
other's; both may send it, since the backend does what comes with one Idempotency-Key once. It belongs to the account
that wrote it: nobody else on this device sees or sends it.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError

from client.core.api import OFFLINE, ApiError
from client.core.pauses import pauses
from client.core.storage import Storage
from shared.base import Contract, Moment
from shared.errors import ErrorCode, FieldError

logger = logging.getLogger(__name__)

AWAY = frozenset({OFFLINE, ErrorCode.UNAVAILABLE})
"""The errors of a backend that cannot be reached."""

_ATTEMPT_S = 30
_PASSING = AWAY | {
    ErrorCode.INTERNAL,
    ErrorCode.IN_FLIGHT,
    ErrorCode.RATE_LIMITED,
    ErrorCode.STORAGE_FULL,
    ErrorCode.UNAUTHENTICATED,
    ErrorCode.TOKEN_EXPIRED,
}


class Waiting(Contract):
    """One thing that waits: what to show of it, the body to send, and why the backend refused it, where it did.

    `trouble` is the code of the refusal and `faults` its fields; such a thing waits for the person, not for the line.
    """

    key: str
    title: str
    body: dict[str, Any]
    written_at: Moment
    trouble: str = ""
    faults: tuple[FieldError, ...] = ()


Send = Callable[[Waiting], Awaitable[str]]
"""Sends one thing; returns where it now stands in the app. Raises ApiError."""


class Outbox:
    """What waits for the signed-in person. `arrived` says where what was sent in this visit now stands, by key."""

    def __init__(self, storage: Storage, account: Callable[[], str]) -> None:
        """Keep things in this storage, for the account whose id is given (empty: nobody)."""
        self._storage = storage
        self._account = account
        self._items: tuple[Waiting, ...] = ()
        self._of = ""
        self._listeners: list[Callable[[], None]] = []
        self._stirred, self._tried = asyncio.Event(), asyncio.Event()
        self._rest_s = 0.0
        self.arrived: dict[str, str] = {}

    @property
    def items(self) -> tuple[Waiting, ...]:
        """What waits, the oldest first, as far as it has been read."""
        return self._items if self._of == self._account() else ()

    async def load(self) -> None:
        """Read again what waits on this device."""
        account = self._account()
        keys = await self._storage.keys(_name(account, "")) if account else []
        found = [await self._read(key) for key in keys]
        items = tuple(sorted((each for each in found if each is not None), key=lambda each: each.written_at))
        if (account, items) != (self._of, self._items):
            self._of, self._items = account, items
            self._tell()

    async def put(self, item: Waiting) -> bool:
        """Keep a thing, or keep it changed, and try soon. False when this device keeps nothing."""
        account = self._account()
        await self._storage.set(_name(account, item.key), item.model_dump_json())
        if not account or await self._read(_name(account, item.key)) is None:
            return False
        await self.load()
        self.stir()
        return True

    async def remove(self, key: str) -> None:
        """Keep a thing no longer."""
        await self._storage.remove(_name(self._account(), key))
        await self.load()

    def stir(self) -> None:
        """Try now, without waiting for the pause to end."""
        self._stirred.set()

    async def attempt(self, key: str) -> None:
        """Try now and wait for what becomes of it. Raises ApiError(`offline`) when a thing goes on waiting."""
        self._tried.clear()
        self.stir()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ATTEMPT_S):
                await self._tried.wait()
        if any(item.key == key and not item.trouble for item in self.items):
            raise ApiError(OFFLINE)

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` whenever something else waits; returns what ends it."""
        self._listeners.append(changed)
        return lambda: self._listeners.remove(changed)

    async def deliver(self, send: Send) -> None:
        """Send whatever waits until cancelled: at once, when something is put here, and after growing pauses."""
        waits = pauses()
        while True:
            self._stirred.clear()
            self._rest_s = 0.0
            await self.load()
            for item in self.items:
                await self._try(item, send)
            self._tried.set()
            left = any(not item.trouble for item in self.items)
            waits = waits if left else pauses()
            try:
                async with asyncio.timeout(max(next(waits), self._rest_s) if left else None):
                    await self._stirred.wait()
            except TimeoutError:
                continue

    async def _try(self, item: Waiting, send: Send) -> None:
        name = _name(self._of, item.key)
        # Another tab may have sent, changed or discarded it meanwhile.
        known = await self._read(name)
        if known is None or known.trouble:
            return
        try:
            place = await send(known)
        except ApiError as error:
            if error.code in _PASSING:
                self._rest_s = max(self._rest_s, error.retry_after or 0)
                return
            logger.info("what waited was refused: %s", error.code)
            if await self._read(name) is not None:
                refused = known.model_copy(update={"trouble": error.code, "faults": tuple(error.fields)})
                await self._storage.set(name, refused.model_dump_json())
        else:
            self.arrived[item.key] = place
            await self._storage.remove(name)
        await self.load()

    async def _read(self, name: str) -> Waiting | None:
        kept = await self._storage.get(name)
        try:
            return Waiting.model_validate_json(kept) if kept else None
        except ValidationError:
            logger.warning("what waits under a key cannot be read")
            return None

    def _tell(self) -> None:
        for changed in tuple(self._listeners):
            changed()


def _name(account: str, key: str) -> str:
    return f"outbox.{account}.{key}"
