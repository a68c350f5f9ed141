"""What was searched for on this device, the latest first; it never leaves it, and can be removed."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from client.core.context import use_services
from client.core.storage import Storage

KEY = "search.recent"
MOST = 8
_LONGEST = 100


async def read(storage: Storage) -> tuple[str, ...]:
    """Return what was kept; what cannot be read is nothing."""
    try:
        kept = json.loads(await storage.get(KEY) or "[]")
    except ValueError:
        return ()
    return tuple(each for each in kept if isinstance(each, str))[:MOST] if isinstance(kept, list) else ()


def with_first(kept: tuple[str, ...], question: str) -> tuple[str, ...]:
    """Return what is kept with a question put first; it stands there once, however it was written."""
    said = " ".join(question.split())[:_LONGEST]
    others = tuple(each for each in kept if each.casefold() != said.casefold())
    return (said, *others)[:MOST] if said else kept


@dataclass(frozen=True)
class _Kept:
    questions: tuple[str, ...] | None = None
    """None while it is being read."""


@dataclass(frozen=True)
class Recent:
    """What was searched for, and how to keep, to remove one, to remove all."""

    questions: tuple[str, ...]
    keep: Callable[[str], None]
    remove: Callable[[str], None]
    clear: Callable[[], None]


def use_recent() -> Recent:
    """Return what was searched for on this device. A hook."""
    services = use_services()
    state, set_state = ft.use_state(_Kept())
    run = services.page.run_task

    async def load() -> None:
        set_state(_Kept(await read(services.storage)))

    async def write(left: tuple[str, ...]) -> None:
        if left:
            await services.storage.set(KEY, json.dumps(left, ensure_ascii=False))
        else:
            await services.storage.remove(KEY)
        set_state(_Kept(left))

    async def put_first(question: str) -> None:
        # What was read before is not read again: who leaves in the meantime would lose what she searched for.
        kept = await read(services.storage) if state.questions is None else state.questions
        await write(with_first(kept, question))

    def keep(question: str) -> None:
        run(put_first, question)

    def remove(question: str) -> None:
        run(write, tuple(each for each in state.questions or () if each != question))

    def clear() -> None:
        run(write, ())

    ft.use_effect(load, [])
    return Recent(state.questions or (), keep, remove, clear)
