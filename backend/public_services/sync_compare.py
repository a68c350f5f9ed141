"""Comparing a source's file with the catalogue: what is new, changed, withdrawn, unusable. It ends in a proposal.

The file is read once, line by line, and what differs is stored some lines at a time, so that neither memory nor other
writers feel its size. A proposal is seen when it is whole; what a crash left half done goes with the next comparison.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.database import Database
from backend.core.tables import new_id
from backend.public_services import sync_queries as queries
from backend.public_services.procedure_import import BadRow, nothing, rows
from backend.public_services.procedure_parts import compare as compare_parts
from backend.public_services.procedure_write import Held, as_columns, as_they_are, differences, digest, held
from backend.public_services.sync_models import ProcedureSync, ProcedureSyncChange, ProcedureSyncRecord, Stage
from shared.procedure_sync import ChangeKind, ChangeState, LineFault, SyncFlag, SyncOrigin

AT_ONCE = 50
SHOWN_LINES = 50
MANY_WITHDRAWN = 0.2
MANY_UNUSABLE = 0.05
_LONGEST_DETAIL = 200


@dataclass
class Found:
    """What a comparison found; `sync_id` is None when nothing needs a decision."""

    sync_id: UUID | None = None
    counts: dict[ChangeKind, int] = field(default_factory=lambda: dict.fromkeys(ChangeKind, 0))
    unchanged: int = 0
    unusable: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    flags: list[SyncFlag] = field(default_factory=list)


@dataclass(frozen=True)
class _Change:
    """What is to be stored of one procedure that differs."""

    kind: ChangeKind
    code: str
    there: Held | None
    row: dict[str, Any] | None


def propose(
    database: Database, path: Path, origin: SyncOrigin, source: str, beat: Callable[[], None] = lambda: None
) -> Found:
    """Compare a file with the catalogue and store what differs; `beat` is called often. Raises Unusable."""
    with database.transaction() as session:
        unfinished = [row.id for row in queries.of_origin(session, origin, Stage.PREPARED)]
    for sync_id in unfinished:
        _forget(database, sync_id)
    sync_id = new_id()
    with database.transaction() as session:
        session.add(
            ProcedureSync(id=sync_id, origin=origin, source=source[:300], stage=Stage.PREPARED, made_at=clock.now())
        )
        known, refused = held(session), queries.refused(session)
    found = Found()
    try:
        for some in _gathered(_differing(path, known, found)):
            beat()
            with database.transaction() as session:
                _store(session, sync_id, some, refused)
        _finish(database, sync_id, origin, found)
    except Exception:
        _forget(database, sync_id)
        raise
    return found


def _gathered(changes: Iterator[_Change | None]) -> Iterator[list[_Change]]:
    """Gather changes as they come, a list for each transaction; None is a line that changes nothing."""
    some: list[_Change] = []
    for read, change in enumerate(changes, 1):
        some += [change] if change else []
        if len(some) == AT_ONCE or read % 1_000 == 0:
            yield some
            some = []
    yield some


def _differing(path: Path, known: dict[str, Held], found: Found) -> Iterator[_Change | None]:
    """Yield what differs, the withdrawn ones last; count the rest. Raises Unusable when no line is a procedure."""
    seen: set[str] = set()
    cut_off = False
    for number, row in rows(path):
        cut_off = isinstance(row, BadRow) and row.fault in {LineFault.NOT_JSON, LineFault.NOT_UTF8}
        if isinstance(row, BadRow):
            _note(found, number, row)
            yield None
            continue
        code, there = row["ma"], known.get(row["ma"])
        seen.add(code)
        same = there is not None and there.digest == digest(row)
        found.unchanged += same and not (there and there.withdrawn)
        if there is None or there.withdrawn:
            yield _Change(ChangeKind.NEW, code, there, row)
        else:
            yield None if same else _Change(ChangeKind.CHANGED, code, there, row)
    if not seen:
        raise nothing(path)
    standing = {code: there for code, there in known.items() if not there.withdrawn}
    missing = sorted(standing.keys() - seen)
    found.flags += [SyncFlag.MANY_WITHDRAWN] if len(missing) > MANY_WITHDRAWN * len(standing) else []
    found.flags += [SyncFlag.MANY_UNUSABLE] if found.unusable > MANY_UNUSABLE * len(seen) else []
    found.flags += [SyncFlag.CUT_OFF] if cut_off and _ends_midway(path) else []
    yield from (_Change(ChangeKind.WITHDRAWN, code, standing[code], None) for code in missing)


def _ends_midway(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _note(found: Found, number: int, row: BadRow) -> None:
    found.unusable += 1
    if len(found.lines) < SHOWN_LINES:
        found.lines.append({"line": number, "fault": row.fault.value, "detail": str(row)[:_LONGEST_DETAIL]})


def _store(session: Session, sync_id: UUID, changes: list[_Change], refused: set[tuple[ChangeKind, str, str]]) -> None:
    if not changes:
        return
    now = clock.now()
    old = as_they_are(session, [change.there.id for change in changes if change.there])
    short, long = [], []
    for change in changes:
        before = old[change.there.id] if change.there else None
        after = as_columns(change.row, now) if change.row else before
        assert after is not None
        was, becomes = differences(before, after) if before else ({}, {})
        row = _row(change, after, was, becomes)
        if (change.kind, change.code, row["digest"]) in refused:
            row |= {"state": ChangeState.REFUSED, "refused_before": True}
        short.append({**row, "sync_id": sync_id})
        long.append({"change_id": row["id"], "record": change.row, "before": was})
    session.execute(insert(ProcedureSyncChange), short)
    session.execute(insert(ProcedureSyncRecord), long)


def _row(change: _Change, after: dict[str, Any], was: dict[str, Any], becomes: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": change.kind,
        "code": change.code,
        "name": after["name"],
        "name_key": after["name_key"],
        "parts": [each.part.value for each in compare_parts(was, becomes)],
        "base": change.there.digest if change.there else "",
        "digest": after["digest"],
        "returns": bool(change.there and change.there.withdrawn),
        "state": ChangeState.PENDING,
        "refused_before": False,
    }


def _finish(database: Database, sync_id: UUID, origin: SyncOrigin, found: Found) -> None:
    """Let the proposal be seen in the place of undecided older ones; without anything to decide it goes."""
    with database.transaction() as session:
        states = queries.counts(session, [sync_id]).get(sync_id, {})
        for (kind, _), number in states.items():
            found.counts[kind] += number
        older = queries.of_origin(session, origin, Stage.OPEN)
        for row in older:
            row.stage = Stage.REPLACED
            row.version += 1
            session.add(row)
        if any(state is ChangeState.PENDING for _, state in states):
            made = session.get_one(ProcedureSync, sync_id)
            facts = {"unchanged": found.unchanged, "unusable": found.unusable, "unusable_lines": found.lines}
            made.sqlmodel_update({**facts, "stage": Stage.OPEN, "flags": [flag.value for flag in found.flags]})
            session.add(made)
            found.sync_id = sync_id
        replaced = [row.id for row in older]
    if found.sync_id is None:
        _forget(database, sync_id)
    for each in replaced:
        _drop_changes(database, each, undecided=True)


def _forget(database: Database, sync_id: UUID) -> None:
    """Delete a proposal that nobody has seen."""
    _drop_changes(database, sync_id, undecided=False)
    with database.transaction() as session:
        session.execute(delete(ProcedureSync).where(col(ProcedureSync.id) == sync_id))


def _drop_changes(database: Database, sync_id: UUID, *, undecided: bool) -> None:
    """Delete changes some at a time, with their records."""
    change = ProcedureSyncChange
    wanted = select(change.id).where(change.sync_id == sync_id)
    if undecided:
        wanted = wanted.where(change.state == ChangeState.PENDING)
    while True:
        with database.transaction() as session:
            ids = list(session.exec(wanted.limit(10 * AT_ONCE)))
            for table, column in (
                (ProcedureSyncRecord, ProcedureSyncRecord.change_id),
                (ProcedureSyncChange, ProcedureSyncChange.id),
            ):
                session.execute(delete(table).where(col(column).in_(ids)))
        if not ids:
            return
