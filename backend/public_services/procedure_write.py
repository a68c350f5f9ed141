"""Writing procedures: what is new goes in, what differs is replaced, and what it was is kept in its history."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.importing import ImportReport, parts
from backend.core.tables import new_id
from backend.public_services.models import Procedure, ProcedureTag, ProcedureVersion
from backend.public_services.procedure_parts import COLUMNS
from backend.public_services.source import SourceRecord, levels, method
from shared.procedure_sync import HistoryCause, HistoryKind
from shared.public_services import Method
from shared.vietnamese import fold

TOPIC = "procedures"
LEVEL, AUDIENCE = "level", "audience"

_TAGGED = {"levels", "audiences"}
_ALWAYS = ("id", "name_key", "online", "digest", "imported_at", "withdrawn_at")
"""What is written whenever a record changes, beside the columns that differ."""

Rows = dict[str, dict[str, Any]]

_COLUMNS = {
    "ma": "code",
    "ten": "name",
    "linh_vuc": "field",
    "bo_nganh": "ministry",
    "loai_thu_tuc": "kind",
    "so_quyet_dinh": "decision",
    "cap_thuc_hien": "levels",
    "doi_tuong": "audiences",
    "co_quan_thuc_hien": "agencies",
    "co_quan_co_tham_quyen": "authority",
    "co_quan_phoi_hop": "coordinating",
    "dia_chi_tiep_nhan": "reception_address",
    "trinh_tu": "steps",
    "cach_thuc": "channels",
    "thanh_phan_ho_so": "documents",
    "can_cu_so_hieu": "legal_numbers",
    "can_cu_phap_ly": "legal_basis",
    "yeu_cau_dieu_kien": "conditions",
    "ket_qua": "results",
    "thu_tuc_lien_quan": "related",
    "nguon_url": "source_url",
    "nguon": "source",
    "co": "flags",
}
"""The source's field → our column. What is not named here goes to `extra`."""


@dataclass(frozen=True)
class Held:
    """A procedure of the catalogue, as far as a comparison needs it."""

    id: UUID
    digest: str
    withdrawn: bool


def held(session: Session) -> dict[str, Held]:
    """Return the whole catalogue by code."""
    rows = session.exec(select(Procedure.code, Procedure.id, Procedure.digest, Procedure.withdrawn_at))
    return {code: Held(key, digest, withdrawn_at is not None) for code, key, digest, withdrawn_at in rows}


def standing(session: Session) -> set[str]:
    """Return the codes of the procedures that are not withdrawn."""
    return set(session.exec(select(Procedure.code).where(col(Procedure.withdrawn_at).is_(None))))


def write(session: Session, rows: list[dict[str, Any]], report: ImportReport, *, replace: bool = True) -> None:
    """Insert what is new and update what differs; without `replace` what is there stays as it is."""
    known = held(session)
    now = clock.now()
    fresh, stale = [], []
    for row in rows:
        columns = as_columns(row, now)
        there = known.get(columns["code"])
        if there is None:
            fresh.append(columns)
        elif replace and (there.withdrawn or there.digest != columns["digest"]):
            stale.append({**columns, "id": there.id})
        else:
            report.unchanged += 1
    add(session, fresh, HistoryCause.IMPORT)
    replace_with(session, stale, HistoryCause.IMPORT)
    report.added += len(fresh)
    report.changed += len(stale)


def add(session: Session, rows: Sequence[dict[str, Any]], cause: HistoryCause) -> None:
    """Put in procedures that are not there yet."""
    for part in parts([{**row, "id": new_id()} for row in rows]):
        session.execute(insert(Procedure), part)
        _tag(session, part)
        _keep(session, [_version(row, HistoryKind.ADDED, cause) for row in part])


def replace_with(session: Session, rows: Sequence[dict[str, Any]], cause: HistoryCause) -> None:
    """Write rows over the procedures with their ids, keeping what they were; a withdrawn one comes back."""
    for part in parts(rows):
        old = as_they_are(session, [row["id"] for row in part])
        versions, updates, tagged = [], [], []
        for row in part:
            was, becomes = differences(old[row["id"]], row)
            kind = HistoryKind.CHANGED if old[row["id"]]["withdrawn_at"] is None else HistoryKind.RETURNED
            versions.append(_version(row, kind, cause, was, becomes))
            updates.append({**becomes, **{name: row[name] for name in _ALWAYS}})
            tagged += [row] if _TAGGED & becomes.keys() else []
        # Only what differs is sent; statements of one form go together.
        session.execute(update(Procedure), sorted(updates, key=sorted))
        stale = [row["id"] for row in tagged]
        session.execute(delete(ProcedureTag).where(col(ProcedureTag.procedure_id).in_(stale)))
        _tag(session, tagged)
        _keep(session, versions)


def withdraw(session: Session, rows: Iterable[Procedure]) -> None:
    """Note that procedures are no longer valid."""
    now = clock.now()
    versions = []
    for row in rows:
        # `imported_at` moves with every change, since what is kept in memory is built again by it.
        row.withdrawn_at = row.imported_at = now
        session.add(row)
        facts = {"id": row.id, "digest": row.digest, "imported_at": now}
        versions.append(_version(facts, HistoryKind.WITHDRAWN, HistoryCause.SYNC))
    _keep(session, versions)


def as_they_are(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what the source said of procedures until now, by id."""
    columns = [getattr(Procedure, name) for name in ("id", "digest", "name_key", "withdrawn_at", *COLUMNS)]
    statement: Any = select(*columns).where(col(Procedure.id).in_(ids))
    return {row.id: row._asdict() for row in session.execute(statement)}


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns that differ, as they were and as they become."""
    names = [name for name in COLUMNS if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _version(
    row: dict[str, Any],
    kind: HistoryKind,
    cause: HistoryCause,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "procedure_id": row["id"],
        "at": row["imported_at"],
        "kind": kind,
        "cause": cause,
        "digest": row["digest"],
        "before": before or {},
        "after": after or {},
    }


def _keep(session: Session, versions: list[dict[str, Any]]) -> None:
    if versions:
        session.flush()
        session.execute(insert(ProcedureVersion), versions)
        changed(session, TOPIC)


def as_columns(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the columns of a checked record; its lists stay word for word."""
    record = SourceRecord.model_validate(row)
    plain = record.model_dump(include=set(_COLUMNS))
    columns = {column: row.get(name, plain[name]) for name, column in _COLUMNS.items()}
    return {
        **columns,
        "name_key": fold(record.ten).strip()[:200],
        "online": any(method(channel.hinh_thuc) is Method.ONLINE for channel in record.cach_thuc),
        "extra": {name: value for name, value in row.items() if name not in _COLUMNS},
        "digest": digest(row),
        "imported_at": now,
        "withdrawn_at": None,
    }


def digest(row: dict[str, Any]) -> str:
    """Return the SHA-256 of a record, whatever the order of its fields."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _tag(session: Session, rows: list[dict[str, Any]]) -> None:
    tags: list[tuple[str, str, UUID]] = []
    for row in rows:
        tags += [(LEVEL, str(value), row["id"]) for value in levels(row["levels"])]
        tags += [(AUDIENCE, value, row["id"]) for value in dict.fromkeys(row["audiences"])]
    if tags:
        values = [{"kind": kind, "value": value, "procedure_id": key} for kind, value, key in tags]
        session.execute(insert(ProcedureTag), values)
