"""Every select over the history of procedures, proposals and checks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import false, func, or_
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, keyset
from backend.public_services.models import ProcedureVersion
from backend.public_services.sync_models import (
    ProcedureSource,
    ProcedureSync,
    ProcedureSyncChange,
    ProcedureSyncRecord,
    Stage,
)
from shared.procedure_sync import ChangeKind, ChangeState, SyncOrigin
from shared.vietnamese import fold

CHECK = "check"
Both = tuple[ProcedureSyncChange, ProcedureSyncRecord]
Counts = dict[tuple[ChangeKind, ChangeState], int]


def versions(session: Session, procedure_id: UUID, page: PageRequest) -> Sequence[ProcedureVersion]:
    """Return the changes of a procedure, newest first, one more than the page holds."""
    statement: Any = select(ProcedureVersion).where(ProcedureVersion.procedure_id == procedure_id)
    return session.scalars(keyset(statement, page, [col(ProcedureVersion.id)], [UUID], descending=True)).all()


def source(session: Session) -> ProcedureSource | None:
    """Return what is known of the source that is checked again and again."""
    return session.get(ProcedureSource, CHECK)


def syncs(session: Session, page: PageRequest) -> Sequence[ProcedureSync]:
    """Return the proposals that are whole, newest first, one more than the page holds."""
    statement: Any = select(ProcedureSync).where(col(ProcedureSync.stage) != Stage.PREPARED)
    return session.scalars(keyset(statement, page, [col(ProcedureSync.id)], [UUID], descending=True)).all()


def sync(session: Session, sync_id: UUID, *, to_change: bool = False) -> ProcedureSync | None:
    """Return a proposal that is whole; held against others when it is to be changed."""
    row = session.get(ProcedureSync, sync_id, with_for_update=to_change or None)
    return row if row is not None and row.stage is not Stage.PREPARED else None


def of_origin(session: Session, origin: SyncOrigin, *stages: Stage) -> Sequence[ProcedureSync]:
    """Return the proposals of an origin at these stages, held against others."""
    statement = select(ProcedureSync).where(ProcedureSync.origin == origin, col(ProcedureSync.stage).in_(stages))
    return session.exec(statement.with_for_update()).all()


def counts(session: Session, ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """Return how many changes each proposal has, by kind and state, in one query."""
    change = ProcedureSyncChange
    statement = (
        select(change.sync_id, change.kind, change.state, func.count())
        .where(col(change.sync_id).in_(list(ids)))
        .group_by(col(change.sync_id), col(change.kind), col(change.state))
    )
    found: dict[UUID, Counts] = {}
    for sync_id, kind, state, number in session.exec(statement):
        found.setdefault(sync_id, {})[ChangeKind(kind), ChangeState(state)] = number
    return found


def changes(
    session: Session, sync_id: UUID, kind: ChangeKind, question: str, page: PageRequest
) -> Sequence[ProcedureSyncChange]:
    """Return changes of a kind by code, perhaps those whose code or name holds the question; one more than asked."""
    change = ProcedureSyncChange
    statement: Any = select(change).where(change.sync_id == sync_id, change.kind == kind)
    if question:
        folded = fold(question).strip()
        in_name = col(change.name_key).contains(folded, autoescape=True) if folded else false()
        statement = statement.where(or_(in_name, col(change.code).startswith(question, autoescape=True)))
    return session.scalars(keyset(statement, page, [col(change.code)], [str], descending=False)).all()


def change(session: Session, sync_id: UUID, code: str) -> Both | None:
    """Return a change of a proposal with its record."""
    both: Any = select(ProcedureSyncChange, ProcedureSyncRecord)
    statement = both.join(ProcedureSyncRecord, col(ProcedureSyncRecord.change_id) == ProcedureSyncChange.id)
    found = statement.where(ProcedureSyncChange.sync_id == sync_id, ProcedureSyncChange.code == code)
    row: Both | None = session.execute(found).first()
    return row


def accepted(session: Session, sync_id: UUID, limit: int) -> Sequence[Both]:
    """Claim accepted changes that are not written yet, with their records."""
    both: Any = select(ProcedureSyncChange, ProcedureSyncRecord)
    statement = (
        both.join(ProcedureSyncRecord, col(ProcedureSyncRecord.change_id) == ProcedureSyncChange.id)
        .where(ProcedureSyncChange.sync_id == sync_id, ProcedureSyncChange.state == ChangeState.ACCEPTED)
        .order_by(col(ProcedureSyncChange.code))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows: Sequence[Both] = session.execute(statement).all()
    return rows


def refused(session: Session) -> set[tuple[ChangeKind, str, str]]:
    """Return what editors last refused: kind, code and the digest of what would have been written."""
    change = ProcedureSyncChange
    decided = select(change.kind, change.code, change.digest, change.state).where(
        col(change.state).in_([ChangeState.REFUSED, ChangeState.WRITTEN])
    )
    last = {(kind, code, digest): state for kind, code, digest, state in session.exec(decided.order_by(col(change.id)))}
    return {
        (ChangeKind(kind), code, digest) for (kind, code, digest), state in last.items() if state is ChangeState.REFUSED
    }
