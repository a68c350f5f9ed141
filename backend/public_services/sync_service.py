"""The verbs of editors over the catalogue of procedures: see proposals, decide, ask for a check; and its history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import Conflict, NotFound, Stale
from backend.core.events import emit
from backend.core.pages import PageRequest, as_page
from backend.core.settings import Settings
from backend.public_services import queries as catalogue
from backend.public_services import sync_apply, sync_checks
from backend.public_services import sync_queries as queries
from backend.public_services.models import ProcedureVersion
from backend.public_services.procedure_parts import COLUMNS, compare, for_everybody
from backend.public_services.procedure_write import as_columns
from backend.public_services.sync_events import ProcedureChangesDecided, ProcedureCheckAsked
from backend.public_services.sync_models import ProcedureSource, ProcedureSync, ProcedureSyncChange
from shared import procedure_sync as contract
from shared.pages import Page
from shared.procedure_sync import ChangeKind, ChangeState, CheckOutcome, CheckTrouble, Decision, SyncState


def history(session: Session, code: str, page: PageRequest) -> Page[contract.HistoryEntry]:
    """Return what became of a procedure, newest first; raises NotFound."""
    row = catalogue.procedure(session, code)
    if row is None:
        raise NotFound("no such procedure")
    found = as_page(queries.versions(session, row.id, page), page, _entry, lambda version: (version.id,))
    # A change that people are told nothing of is none to them.
    told = [entry for entry in found.items if entry.parts or entry.kind is not contract.HistoryKind.CHANGED]
    return Page(items=told, next_cursor=found.next_cursor)


def _entry(row: ProcedureVersion) -> contract.HistoryEntry:
    parts = for_everybody(compare(row.before, row.after))
    return contract.HistoryEntry(id=row.id, at=row.at, kind=row.kind, cause=row.cause, parts=parts, digest=row.digest)


def syncs(session: Session, settings: Settings, page: PageRequest) -> contract.SyncPage:
    """Return proposals, newest first, and how the check of the source goes."""
    rows = queries.syncs(session, page)
    counts = queries.counts(session, [row.id for row in rows])
    shown = as_page(rows, page, lambda row: _summary(row, counts.get(row.id, {})), lambda row: (row.id,))
    check = _check(queries.source(session), settings)
    return contract.SyncPage(items=shown.items, next_cursor=shown.next_cursor, check=check)


def _summary(row: ProcedureSync, counts: queries.Counts) -> contract.SyncSummary:
    return contract.SyncSummary(**_facts(row, counts))


def _facts(row: ProcedureSync, counts: queries.Counts) -> dict[str, Any]:
    return {
        "id": row.id,
        "origin": row.origin,
        "source": row.source,
        "made_at": row.made_at,
        "state": SyncState(row.stage.value),
        "counts": [_count(kind, counts) for kind in ChangeKind],
        "unchanged": row.unchanged,
        "unusable": row.unusable,
        "flags": row.flags,
    }


def _count(kind: ChangeKind, counts: queries.Counts) -> contract.KindCount:
    states = {state.value: counts.get((kind, state), 0) for state in ChangeState}
    return contract.KindCount(kind=kind, total=sum(states.values()), **states)


def _check(row: ProcedureSource | None, settings: Settings) -> contract.SyncCheck:
    source = settings.procedures_url
    return contract.SyncCheck(
        configured=bool(source),
        source=sync_checks.name_of(source) if source else "",
        every_hours=settings.procedures_every,
        running=sync_checks.busy(row),
        asked=row is not None and row.asked_at is not None,
        tried_at=row.tried_at if row else None,
        next_at=sync_checks.next_at(row, settings),
        outcome=CheckOutcome(row.outcome) if row and row.outcome else None,
        trouble=CheckTrouble(row.trouble) if row and row.trouble else None,
        detail=row.detail if row else "",
    )


def ask_for_check(session: Session, actor: Actor, settings: Settings) -> contract.SyncCheck:
    """Have the source read now; asking twice is asking once. Raises Conflict when no source is set."""
    if not settings.procedures_url:
        raise Conflict("no source is set (SMARTHD_PROCEDURES_URL)")
    row = sync_checks.ask(session)
    emit(session, ProcedureCheckAsked(sync_checks.name_of(settings.procedures_url)), actor_id=actor.id)
    return _check(row, settings)


def sync(session: Session, sync_id: UUID) -> contract.SyncDetail:
    """Return a proposal; raises NotFound."""
    return _detail(session, _known(session, sync_id))


def _known(session: Session, sync_id: UUID, *, to_change: bool = False) -> ProcedureSync:
    row = queries.sync(session, sync_id, to_change=to_change)
    if row is None:
        raise NotFound("no such proposal")
    return row


def _detail(session: Session, row: ProcedureSync) -> contract.SyncDetail:
    counts = queries.counts(session, [row.id]).get(row.id, {})
    return contract.SyncDetail(**_facts(row, counts), version=row.version, unusable_lines=row.unusable_lines)


def changes(
    session: Session, sync_id: UUID, kind: ChangeKind, question: str, page: PageRequest
) -> Page[contract.SyncChange]:
    """Return the changes of a kind; raises NotFound."""
    _known(session, sync_id)
    rows = queries.changes(session, sync_id, kind, question, page)
    return as_page(rows, page, lambda row: contract.SyncChange(**_change(row)), lambda row: (row.code,))


def _change(row: ProcedureSyncChange) -> dict[str, Any]:
    names = ("code", "kind", "name", "parts", "state", "returns", "refused_before", "reason", "decided_at")
    return {name: getattr(row, name) for name in names}


def change(session: Session, sync_id: UUID, code: str) -> contract.SyncChangeDetail:
    """Return one change with what every part says now and would say; raises NotFound."""
    _known(session, sync_id)
    found = queries.change(session, sync_id, code)
    if found is None:
        raise NotFound("no such change")
    row, record = found
    after = as_columns(record.record, clock.now()) if record.record else {}
    # Of what is there already only the columns that differ are told; of a new record all that its source says.
    names = record.before if row.base else COLUMNS
    parts = compare(record.before, {name: after[name] for name in names if name in after})
    return contract.SyncChangeDetail(**_change(row), changes=parts)


def decide(
    session: Session, actor: Actor, sync_id: UUID, wish: contract.SyncDecision, version: int | None
) -> contract.SyncDetail:
    """Accept or refuse changes; the worker writes what is accepted. Raises NotFound, Stale or Conflict."""
    row = _known(session, sync_id, to_change=True)
    if version is not None and version != row.version:
        raise Stale("somebody decided meanwhile")
    if row.stage.value == SyncState.REPLACED:
        raise Conflict("a newer proposal has taken its place")
    at_once = wish.codes is None and wish.kind is ChangeKind.WITHDRAWN and wish.decision is Decision.ACCEPT
    if at_once and row.flags:
        raise Conflict("this file looks wrong: name the procedures that are withdrawn")
    decided = _mark(session, actor, row, wish)
    if not decided or (wish.codes is not None and decided < len(set(wish.codes))):
        raise Conflict("some of it is decided already, or not in this proposal")
    _note(session, actor, row, wish, decided)
    return _detail(session, row)


def _mark(session: Session, actor: Actor, row: ProcedureSync, wish: contract.SyncDecision) -> int:
    """Mark what the decision is about; return how many. What was refused may still be accepted by name."""
    accept = wish.decision is Decision.ACCEPT
    open_to = [ChangeState.PENDING, ChangeState.REFUSED] if accept and wish.codes else [ChangeState.PENDING]
    change = ProcedureSyncChange
    statement = update(change).where(
        col(change.sync_id) == row.id, col(change.kind) == wish.kind, col(change.state).in_(open_to)
    )
    if wish.codes is not None:
        statement = statement.where(col(change.code).in_(set(wish.codes)))
    moment: datetime = clock.now()
    said = {"reason": wish.reason, "decided_at": moment, "decided_by": actor.id, "refused_before": False}
    state = ChangeState.ACCEPTED if accept else ChangeState.REFUSED
    found: Any = session.execute(statement.values(state=state, **said))
    return int(found.rowcount)


def _note(session: Session, actor: Actor, row: ProcedureSync, wish: contract.SyncDecision, decided: int) -> None:
    states = queries.counts(session, [row.id])[row.id]
    waits = any(number for (_, state), number in states.items() if state is ChangeState.PENDING)
    row.stage = type(row.stage)(SyncState.OPEN if waits else SyncState.DONE)
    row.version += 1
    session.add(row)
    fact = ProcedureChangesDecided(str(row.id), wish.decision, wish.kind, decided, wish.codes or [])
    emit(session, fact, actor_id=actor.id)
    if wish.decision is Decision.ACCEPT:
        sync_apply.ask(session, row.id)
