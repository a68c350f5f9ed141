"""The URLs of onboarding."""

from typing import Annotated

from fastapi import Path, Response

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.database import ReadingDep, SessionDep
from backend.core.idempotency import OnceDep
from backend.core.pages import PageDep
from backend.onboarding import service
from shared.access import Permission
from shared.onboarding import Mission, Participation, SessionBoard, SessionDraft, SessionSummary
from shared.pages import Page

routes = router("/onboarding/sessions", "onboarding")

Facilitator = Annotated[Actor, allow(Permission.RUN_SESSIONS)]
Joiner = Annotated[Actor, allow(Permission.JOIN_SESSIONS)]
SessionCode = Annotated[str, Path(pattern=r"^[0-9A-Za-z]{6}$")]


@routes.post("", status_code=201, response_model=SessionSummary, responses=problems(409))
def create(draft: SessionDraft, actor: Facilitator, once: OnceDep, session: SessionDep) -> Response:
    """Open a session."""
    return once.run(session, lambda: service.create(session, actor, draft))


@routes.get("")
def own(actor: Facilitator, page: PageDep, session: ReadingDep) -> Page[SessionSummary]:
    """Return one's own sessions."""
    return service.own(session, actor, page)


@routes.get("/{code}")
def read(code: SessionCode, _: Anyone, session: ReadingDep) -> SessionSummary:
    """Return a session by its code."""
    return service.read(session, code)


@routes.post("/{code}/join", responses=problems(409))
def join(code: SessionCode, actor: Joiner, session: SessionDep) -> Participation:
    """Join; asked twice, joined once."""
    return service.join(session, actor, code)


@routes.get("/{code}/me")
def participation(code: SessionCode, actor: Joiner, session: ReadingDep) -> Participation:
    """Return one's own way through the session."""
    return service.participation(session, actor, code)


@routes.post("/{code}/missions/{mission}", responses=problems(409))
def do(code: SessionCode, mission: Mission, actor: Joiner, session: SessionDep) -> Participation:
    """Tick a mission that was done; asked twice, ticked once."""
    return service.do(session, actor, code, mission)


@routes.get("/{code}/board")
def board(code: SessionCode, _: Anyone, session: ReadingDep) -> SessionBoard:
    """Return how the session goes, as counts."""
    return service.board(session, code)
