"""Missions are ticked by doing them: other screens say what was done, and the joined session hears of it."""

import logging

import flet as ft

from client.core.api import ApiError
from client.core.context import use_services
from client.core.services import Services
from client.onboarding import api
from shared.errors import ErrorCode
from shared.onboarding import Mission

logger = logging.getLogger(__name__)

_JOINED = "onboarding.joined"


async def remember(services: Services, code: str) -> None:
    """Keep which session this device has joined."""
    await services.storage.set(_JOINED, code)


def use_mission(mission: Mission, *, done: bool) -> None:
    """Tell the joined session once this is done. A hook: call it at the top of a component."""
    services = use_services()

    async def tell() -> None:
        if done:
            await did(services, mission)

    ft.use_effect(tell, [done])


async def did(services: Services, mission: Mission) -> None:
    """Say that the person has just done this; without a joined session nothing happens, and it never fails."""
    if services.session.account is None:
        return
    code = await services.storage.get(_JOINED)
    if not code:
        return
    try:
        await api.do(services.api, code, mission)
    except ApiError as error:
        if error.code == ErrorCode.SESSION_OVER:
            await services.storage.remove(_JOINED)
        logger.info("a mission was not ticked: %s", error.code)
