"""What the inbox asks the backend for."""

from collections.abc import AsyncIterator

from client.core.api import Api, ServerEvent
from shared.base import Id
from shared.notifications import Notice, ReadRequest, UnreadCount
from shared.pages import Page

UNREAD_EVENT = "unread"


async def inbox(api: Api, cursor: str | None) -> Page[Notice]:
    """Return one's notices, the newest first."""
    return await api.get("/me/notifications", Page[Notice], params={"cursor": cursor})


async def mark_read(api: Api, ids: list[Id]) -> int:
    """Mark notices as read, all of them when none is named; return how many still wait."""
    return (await api.post("/me/notifications/read", UnreadCount, ReadRequest(ids=ids))).unread


def unread_stream(api: Api) -> AsyncIterator[ServerEvent]:
    """Yield the number of unread notices, at once and whenever it changes."""
    return api.stream("/me/notifications/stream")
