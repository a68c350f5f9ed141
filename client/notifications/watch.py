"""Keeping the bell right while somebody is signed in: the backend says how many notices wait, live."""

import asyncio
import logging

from client.core.api import ApiError
from client.core.pauses import pauses
from client.core.services import Services
from client.notifications import api
from shared.notifications import UnreadCount

logger = logging.getLogger(__name__)

INBOX = "/inbox"


async def watch(services: Services) -> None:
    """Show the number of unread notices at the bell until cancelled; come back after every break."""
    waits = pauses()
    while True:
        try:
            async for event in api.unread_stream(services.api):
                if event.name == api.UNREAD_EVENT:
                    services.set_badge(INBOX, event.parse(UnreadCount).unread)
                    waits = pauses()
        except ApiError as error:
            logger.info("the stream of notices broke: %s", error.code)
        except ValueError:
            logger.warning("the stream of notices said what is not understood")
        await asyncio.sleep(next(waits))
