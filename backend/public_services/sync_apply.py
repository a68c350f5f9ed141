"""Writing what an editor accepted: a few at a time, each in the transaction that marks it as written.

The handler and the job that called it are one transaction (`backend/core/jobs.py`), so a crash at any moment leaves
each change either written and marked, or neither.
"""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.jobs import Payload, enqueue
from backend.public_services import sync_queries as queries
from backend.public_services.models import Procedure
from backend.public_services.procedure_write import add, as_columns, replace_with, withdraw
from backend.public_services.sync_models import ProcedureSyncChange
from shared.procedure_sync import ChangeKind, ChangeState, HistoryCause

WRITE = "public_services.sync_apply.write_accepted"
AT_ONCE = 50
"""Changes of one transaction: about a tenth of a second in which nobody else writes on SQLite."""


def ask(session: Session, sync_id: UUID) -> None:
    """Let the worker write what was accepted of a proposal."""
    enqueue(session, WRITE, {"sync_id": str(sync_id)})


def write_accepted(session: Session, payload: Payload) -> None:
    """Write some of what was accepted, and ask for the rest to be written next."""
    sync_id = UUID(payload["sync_id"])
    rows = queries.accepted(session, sync_id, AT_ONCE)
    codes = [change.code for change, _ in rows]
    statement = select(Procedure).where(col(Procedure.code).in_(codes)).with_for_update()
    there = {row.code: row for row in session.exec(statement)}
    now = clock.now()
    fresh: list[dict[str, Any]] = []
    stale: list[dict[str, Any]] = []
    gone: list[Procedure] = []
    for change, record in rows:
        procedure = there.get(change.code)
        change.state = ChangeState.WRITTEN if _still_fits(change, procedure) else ChangeState.OVERTAKEN
        session.add(change)
        if change.state is ChangeState.OVERTAKEN or _done_already(change, procedure):
            continue
        columns = as_columns(record.record, now) if record.record else {}
        if procedure is None:
            fresh.append(columns)
        elif change.kind is ChangeKind.WITHDRAWN:
            gone.append(procedure)
        else:
            stale.append({**columns, "id": procedure.id})
    withdraw(session, gone)
    add(session, fresh, HistoryCause.SYNC)
    replace_with(session, stale, HistoryCause.SYNC)
    if len(rows) == AT_ONCE:
        ask(session, sync_id)


def _still_fits(change: ProcedureSyncChange, procedure: Procedure | None) -> bool:
    """Whether the record is as the editor saw it, or is already as she wants it."""
    if procedure is None:
        return change.kind is ChangeKind.NEW and not change.returns
    withdrawn = procedure.withdrawn_at is not None
    as_seen = procedure.digest == change.base and withdrawn is change.returns
    return as_seen or _done_already(change, procedure)


def _done_already(change: ProcedureSyncChange, procedure: Procedure | None) -> bool:
    if procedure is None:
        return False
    withdrawn = procedure.withdrawn_at is not None
    if change.kind is ChangeKind.WITHDRAWN:
        return withdrawn and procedure.digest == change.base
    return procedure.digest == change.digest and not withdrawn
