"""Taking in what sources say: the dossier as it stands now, its history, and who has to hear of a change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlmodel import Session, col

from backend.core import clock
from backend.core.events import emit
from backend.core.tables import new_id
from backend.dossiers import queries
from backend.dossiers.events import DossierMoved
from backend.dossiers.models import LOCAL, Dossier, DossierStep
from backend.dossiers.snapshot import Snapshot
from shared.dossiers import DossierState


@dataclass
class Taken:
    """How many dossiers were new, changed, or the same as before."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class _Batch:
    """What one batch writes."""

    fresh: list[dict[str, Any]] = field(default_factory=list)
    stale: list[dict[str, Any]] = field(default_factory=list)
    same: list[UUID] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    moved: dict[UUID, tuple[UUID, DossierState]] = field(default_factory=dict)


def take(session: Session, snapshots: Sequence[Snapshot], *, origin: str, source: str) -> Taken:
    """Keep what a source says; no code may stand twice. Raises IntegrityError when another writer was faster.

    A change of state appends to the history and is told to whoever follows, once. The last digits of the phone, or
    anything else, may change without a word.
    """
    known = queries.by_codes(session, [snapshot.code for snapshot in snapshots])
    told = queries.known_steps(session, [row.id for row in known.values()])
    now = clock.now()
    batch = _Batch()
    for snapshot in snapshots:
        row = known.get(snapshot.code)
        columns = {**snapshot.columns(), "origin": origin, "source": snapshot.source or source}
        columns |= {"fetched_at": now, "gone_at": None} | ({"ask_at": None} if origin == LOCAL else {})
        if row is not None and _same(row, columns):
            batch.same.append(row.id)
            continue
        key = row.id if row is not None else new_id()
        (batch.fresh if row is None else batch.stale).append({**columns, "id": key})
        _history(batch, key, snapshot, row, told, now)
    _write(session, batch, now)
    return Taken(len(batch.fresh), len(batch.stale), len(batch.same))


def _same(row: Dossier, columns: dict[str, Any]) -> bool:
    alike = ("digest", "origin", "source", "gone_at")
    return all(getattr(row, name) == columns[name] for name in alike)


def _history(
    batch: _Batch,
    key: UUID,
    snapshot: Snapshot,
    row: Dossier | None,
    told: set[tuple[UUID, datetime, str]],
    now: datetime,
) -> None:
    steps = [
        {"id": new_id(), "dossier_id": key, **step.model_dump()}
        for step in snapshot.steps()
        if (key, step.at, step.state) not in told
    ]
    moved = row is None or row.state is not snapshot.state
    if moved and not any(step["state"] is snapshot.state for step in steps):
        # The source does not say when; we know when it told us.
        at = snapshot.received_at if row is None and snapshot.state is DossierState.RECEIVED else None
        step = {"dossier_id": key, "at": at or now, "state": snapshot.state, "note": snapshot.note}
        steps.append({"id": new_id(), **step})
    batch.steps += steps
    if moved and row is not None:
        last = next(step for step in reversed(steps) if step["state"] is snapshot.state)
        batch.moved[key] = (last["id"], snapshot.state)


def _write(session: Session, batch: _Batch, now: datetime) -> None:
    if batch.fresh:
        session.execute(insert(Dossier), batch.fresh)
    if batch.stale:
        session.execute(update(Dossier), batch.stale)
    if batch.same:
        session.execute(update(Dossier).where(col(Dossier.id).in_(batch.same)).values(fetched_at=now))
    if batch.steps:
        session.execute(insert(DossierStep), batch.steps)
    for key in queries.followed(session, list(batch.moved)) if batch.moved else ():
        step_id, state = batch.moved[key]
        emit(session, DossierMoved(str(key), str(step_id), state.value), actor_id=None)
