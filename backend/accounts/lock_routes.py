"""The URLs of locks against abuse, and of what was done with one's data."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from backend.accounts import locks
from backend.core.access import Actor, allow, problems, router
from backend.core.database import ReadingDep, SessionDep
from backend.core.idempotency import OnceDep
from backend.core.limits import limited
from backend.core.pages import PageDep
from shared.access import Permission
from shared.accounts import Activity, SubmissionLock
from shared.administration import DeskLock, LockAppeal, LockRelease
from shared.pages import Page

routes = router("", "accounts")

Me = Annotated[Actor, allow(Permission.OWN_ACCOUNT)]
Dispatcher = Annotated[Actor, allow(Permission.DISPATCH)]


@routes.get("/me/activity")
def activity(actor: Me, page: PageDep, session: ReadingDep) -> Page[Activity]:
    """Return who looked at or helped with one's own data, the newest first."""
    return locks.activity(session, actor, page)


@routes.post(
    "/me/lock/appeal", response_model=SubmissionLock, responses=problems(409), dependencies=[limited("submit")]
)
def appeal(wish: LockAppeal, actor: Me, once: OnceDep, session: SessionDep) -> Response:
    """Say once why one's lock is wrong."""
    return once.run(session, lambda: locks.appeal(session, actor, wish.text), status=200)


@routes.get("/desk/locks")
def desk_locks(_: Dispatcher, page: PageDep, session: ReadingDep) -> Page[DeskLock]:
    """Return locks and appeals, the newest first."""
    return locks.desk_locks(session, page)


@routes.post("/desk/locks/{lock_id}/release", response_model=DeskLock, responses=problems(409))
def release(lock_id: UUID, wish: LockRelease, actor: Dispatcher, once: OnceDep, session: SessionDep) -> Response:
    """Lift a lock, or turn its appeal down."""
    return once.run(session, lambda: locks.release(session, actor, lock_id, wish), status=200)
