"""What onboarding asks the backend for."""

from client.core.api import Api, path_part
from shared.onboarding import Mission, Participation, SessionBoard, SessionDraft, SessionSummary
from shared.pages import Page

_PATH = "/onboarding/sessions"


async def session(api: Api, code: str) -> SessionSummary:
    """Return a session by its code."""
    return await api.get(f"{_PATH}/{path_part(code)}", SessionSummary)


async def participation(api: Api, code: str) -> Participation:
    """Return one's own way through a session that one has joined."""
    return await api.get(f"{_PATH}/{path_part(code)}/me", Participation)


async def join(api: Api, code: str) -> Participation:
    """Join; asked twice, joined once."""
    return await api.post(f"{_PATH}/{path_part(code)}/join", Participation)


async def do(api: Api, code: str, mission: Mission) -> Participation:
    """Say that a mission was done."""
    return await api.post(f"{_PATH}/{path_part(code)}/missions/{mission}", Participation)


async def own(api: Api, cursor: str | None) -> Page[SessionSummary]:
    """Return the facilitator's sessions, the newest first."""
    return await api.get(_PATH, Page[SessionSummary], params={"cursor": cursor} if cursor else {})


async def create(api: Api, draft: SessionDraft, key: str) -> SessionSummary:
    """Open a session."""
    return await api.post(_PATH, SessionSummary, draft, key=key)


async def board(api: Api, code: str) -> SessionBoard:
    """Return how a session goes, as counts."""
    return await api.get(f"{_PATH}/{path_part(code)}/board", SessionBoard)
