"""Requests that write alike, done together: many in one transaction, one commit, then all their replies leave.

While one transaction runs, the next requests wait anyway (SQLite has one writer, and threads share an interpreter); so
whoever waits goes together. Nothing is acknowledged before its commit. When one of them fails, or cannot share a
transaction, nothing of the batch is kept and each is done again by itself, as if it had come alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Protocol, Self

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Depends, Request
from sqlmodel import Session

from backend.core.database import Database
from backend.core.errors import ProblemError

MOST = 32
Endpoint = Callable[..., Any]


class Keyed(Protocol):
    """What knows the Idempotency-Key of a request (`backend/core/idempotency.py`)."""

    @classmethod
    def look_up(cls, session: Session, asked: Sequence[Self]) -> None:
        """Ask for the keys of a batch at once."""


@dataclass
class _Item:
    """One request that waits for its turn."""

    endpoint: Endpoint
    arguments: dict[str, Any]
    answer: "asyncio.Future[Any]"
    context: Context = field(default_factory=copy_context)

    def run(self, session: Session) -> Any:
        return self.context.run(self.endpoint, session=session, **self.arguments)


class Batches:
    """The requests of one database that wait to write together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Item] = deque()
        # SQLite has one writer. On PostgreSQL a second batch works while the first waits for its answers.
        self._free = 1 if database.sqlite else 2
        self._limiter = CapacityLimiter(self._free)
        self._tasks: set[asyncio.Task[None]] = set()

    async def do(self, endpoint: Endpoint, arguments: dict[str, Any]) -> Any:
        """Run an endpoint in the next batch; return, or raise, what came of it, after the commit."""
        item = _Item(endpoint, arguments, asyncio.get_running_loop().create_future())
        self._waiting.append(item)
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._go_on())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await item.answer

    async def _go_on(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                outcomes = await anyio.to_thread.run_sync(self._write, batch, limiter=self._limiter)
                for item, outcome in zip(batch, outcomes, strict=True):
                    if item.answer.done():
                        continue
                    if isinstance(outcome, Exception):
                        item.answer.set_exception(outcome)
                    else:
                        item.answer.set_result(outcome)
        finally:
            self._free += 1

    def _write(self, batch: Sequence[_Item]) -> list[Any]:
        """Do a batch in one transaction; return an answer, or an exception, for each."""
        if len(batch) > 1:
            try:
                with self._database.transaction(shared=True) as session:
                    keyed: list[Keyed] = [item.arguments["once"] for item in batch]
                    type(keyed[0]).look_up(session, keyed)
                    return [item.run(session) for item in batch]
            except Exception:  # noqa: S110 - whatever it was, it comes again to the one whose it is
                pass
        return [self._alone(item) for item in batch]

    def _alone(self, item: _Item) -> Any:
        try:
            with self._database.transaction() as session:
                try:
                    return item.run(session)
                except ProblemError as error:
                    if not error.keep:
                        raise
                    return error
        except Exception as error:
            return error


async def _batches(request: Request) -> Batches:
    batches: Batches = request.app.state.batches
    return batches


TogetherDep = Annotated[Session, Depends(_batches)]
"""The session of a sync endpoint that may share its transaction with others; it needs an `once: OnceDep`."""


def together(endpoint: Endpoint) -> Callable[..., Awaitable[Any]]:
    """Return an endpoint that waits for its batch, and gets the batch's session."""

    @wraps(endpoint)
    async def waiting(session: Batches, **arguments: Any) -> Any:
        return await session.do(endpoint, arguments)

    return waiting
