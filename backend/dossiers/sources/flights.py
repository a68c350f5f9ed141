"""One call for all who want the same at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Calls under way, by what they ask for. Who gives up waiting ends the call for nobody."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[T]] = {}

    async def join(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        """Return what the call under way returns, or begin one."""
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.ensure_future(_run(make))
            self._tasks[key] = task
            task.add_done_callback(lambda _: self._tasks.pop(key, None))
        return await asyncio.shield(task)


async def _run(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
