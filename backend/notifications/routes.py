"""The URLs of notifications, and the live stream."""

import asyncio
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import Annotated

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from backend.core.access import Actor, allow, router
from backend.core.database import Database, ReadingDep, SessionDep, database_of
from backend.core.pages import PageDep
from backend.notifications import service
from shared.access import Permission
from shared.notifications import Notice, ReadRequest, UnreadCount
from shared.pages import Page

routes = router("/me/notifications", "notifications")

Reader = Annotated[Actor, allow(Permission.READ_NOTICES)]

KEEP_ALIVE_SECONDS = 15
STREAM_SECONDS = 600
"""A stream ends after ten minutes: the client comes back with a fresh token, so a revoked one is not heard for ever."""


@routes.get("")
def inbox(actor: Reader, page: PageDep, session: ReadingDep) -> Page[Notice]:
    """Return one's notices, the newest first."""
    return service.inbox(session, actor, page)


@routes.get("/unread-count")
def unread(actor: Reader, session: ReadingDep) -> UnreadCount:
    """Return how many wait."""
    return service.unread(session, actor.id)


@routes.post("/read")
def read(wish: ReadRequest, actor: Reader, session: SessionDep) -> UnreadCount:
    """Mark notices as read; all of them when none is named."""
    return service.read(session, actor, wish.ids)


@routes.get("/stream", response_class=EventSourceResponse)
async def stream(request: Request, actor: Reader) -> AsyncIterable[ServerSentEvent]:
    """Send the number of unread notices, at once and whenever it changes (`event: unread`)."""
    database = database_of(request)
    loop = asyncio.get_running_loop()
    wake = asyncio.Event()
    mine = service.inbox_word(actor.id)

    def heard(word: str) -> None:
        if word in {mine, "everything"}:
            loop.call_soon_threadsafe(wake.set)

    deaf = database.signals.listen(heard)
    try:
        ends = loop.time() + STREAM_SECONDS
        last: UnreadCount | None = None
        while loop.time() < ends:
            wake.clear()
            now = await run_in_threadpool(_unread, database, actor)
            yield ServerSentEvent(event="unread", data=now) if now != last else ServerSentEvent(comment="here")
            last = now
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), KEEP_ALIVE_SECONDS)
    finally:
        deaf()


def _unread(database: Database, actor: Actor) -> UnreadCount:
    with database.reading() as session:
        return service.unread(session, actor.id)
