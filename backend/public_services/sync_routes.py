"""The URLs of the catalogue's upkeep: everybody reads what became of a procedure, editors decide what becomes of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.cache import public
from backend.core.database import ReadingDep, SessionDep
from backend.core.deps import SettingsDep, VersionDep
from backend.core.idempotency import OnceDep
from backend.core.pages import PageDep
from backend.public_services import sync_service as service
from shared.access import Permission
from shared.base import Text
from shared.pages import Page
from shared.procedure_sync import (
    ChangeKind,
    HistoryEntry,
    SyncChange,
    SyncChangeDetail,
    SyncCheck,
    SyncDecision,
    SyncDetail,
    SyncPage,
)

procedures = router("/procedures", "public services")
desk = router("/desk/procedures/syncs", "procedures")

Editor = Annotated[Actor, allow(Permission.EDIT_NEWS)]
Code = Annotated[Text, Path(max_length=40)]


@procedures.get("/{code}/history", dependencies=[public("procedures")])
def history(_: Anyone, session: ReadingDep, page: PageDep, code: Code) -> Page[HistoryEntry]:
    """Return what changed in a procedure and when, newest first."""
    return service.history(session, code, page)


@desk.get("")
def syncs(_: Editor, session: ReadingDep, settings: SettingsDep, page: PageDep) -> SyncPage:
    """Return proposals, newest first, and how the check of the source goes."""
    return service.syncs(session, settings, page)


@desk.post("", status_code=202, response_model=SyncCheck, responses=problems(409))
def check_now(actor: Editor, once: OnceDep, settings: SettingsDep, session: SessionDep) -> Response:
    """Have the source read now; the worker does it within seconds."""
    return once.run(session, lambda: service.ask_for_check(session, actor, settings), status=202)


@desk.get("/{sync_id}")
def sync(_: Editor, sync_id: UUID, response: Response, session: ReadingDep) -> SyncDetail:
    """Return a proposal; the ETag is what `If-Match` of a decision wants."""
    found = service.sync(session, sync_id)
    response.headers["ETag"] = f'"{found.version}"'
    return found


@desk.get("/{sync_id}/changes")
def changes(
    _: Editor,
    sync_id: UUID,
    session: ReadingDep,
    page: PageDep,
    kind: ChangeKind,
    q: Annotated[Text, Query(max_length=200)] = "",
) -> Page[SyncChange]:
    """Return the changes of a kind, perhaps only those whose name or code is asked for."""
    return service.changes(session, sync_id, kind, q, page)


@desk.get("/{sync_id}/changes/{code}")
def change(_: Editor, sync_id: UUID, code: Code, session: ReadingDep) -> SyncChangeDetail:
    """Return one change with what each part says now and would say."""
    return service.change(session, sync_id, code)


@desk.post("/{sync_id}/decisions", response_model=SyncDetail, responses=problems(409, 412, 428))
def decide(
    sync_id: UUID, wish: SyncDecision, actor: Editor, once: OnceDep, version: VersionDep, session: SessionDep
) -> Response:
    """Accept or refuse changes, some by name or all of a kind; the worker writes what is accepted."""
    return once.run(session, lambda: service.decide(session, actor, sync_id, wish, version), status=200)


routes = APIRouter()
for _part in (procedures, desk):
    routes.include_router(_part)
