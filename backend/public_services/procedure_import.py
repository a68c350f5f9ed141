"""Import of procedures from JSON Lines: every field is kept, good rows go in, bad ones are named, none is deleted."""

import hashlib
import json
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.importing import ImportReport, Unusable, parts, raw_lines, why_unstorable
from backend.core.tables import new_id
from backend.public_services.models import Procedure, ProcedureTag
from backend.public_services.source import SourceRecord, levels, method
from shared.public_services import Method
from shared.vietnamese import fold

TOPIC = "procedures"
LEVEL, AUDIENCE = "level", "audience"

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


class _BadRow(ValueError):
    """A row that cannot be taken, and why."""


def import_procedures(session: Session, paths: list[Path]) -> ImportReport:
    """Read files of procedures into the database; the caller commits. All is read before the first write."""
    report = ImportReport("procedures")
    records: dict[str, dict[str, Any]] = {}
    for path in paths:
        try:
            _read(path, records, report)
        except Unusable as error:
            report.unusable.append(str(error))
    if not report.unusable:
        write(session, list(records.values()), report)
    return report


def _read(path: Path, records: dict[str, dict[str, Any]], report: ImportReport) -> None:
    """Add the good rows of one file; raises Unusable when there is none."""
    lines: dict[str, int] = {}
    for number, line in raw_lines(path):
        if line is not None and not line.strip():
            continue
        try:
            row = parse(line)
        except _BadRow as error:
            report.skip(path, number, str(error))
            continue
        code = row["ma"]
        if code in lines:
            report.skip(path, number, f"code {code} stands already in line {lines[code]}")
            continue
        lines[code] = number
        records[code] = row
    if not lines:
        raise Unusable(f"{path.name}: no line is a procedure; the file must be JSON Lines in UTF-8")


def parse(line: bytes | None) -> dict[str, Any]:
    """Return the record of one line, in NFC; raises ValueError with the reason in words."""
    if line is None:
        raise _BadRow("longer than 8 MiB")
    try:
        row = json.loads(unicodedata.normalize("NFC", line.decode("utf-8")), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise _BadRow(f"not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:
        raise _BadRow(f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise _BadRow("not a JSON object")
    if why := why_unstorable(row):
        raise _BadRow(why)
    try:
        SourceRecord.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise _BadRow(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    return row


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def write(session: Session, rows: list[dict[str, Any]], report: ImportReport, *, replace: bool = True) -> None:
    """Insert what is new and update what differs; without `replace` what is there stays as it is."""
    known = {
        code: (key, digest)
        for code, key, digest in session.exec(select(Procedure.code, Procedure.id, Procedure.digest))
    }
    now = clock.now()
    fresh, stale = [], []
    for row in rows:
        key, digest = known.get(row["ma"], (None, ""))
        columns = as_columns(row, now)
        if key is None:
            fresh.append({**columns, "id": new_id()})
        elif replace and digest != columns["digest"]:
            stale.append({**columns, "id": key})
        else:
            report.unchanged += 1
    for part in parts(fresh):
        session.execute(insert(Procedure), part)
        _tag(session, part)
    for part in parts(stale):
        session.execute(update(Procedure), part)
        session.execute(delete(ProcedureTag).where(col(ProcedureTag.procedure_id).in_([row["id"] for row in part])))
        _tag(session, part)
    report.added += len(fresh)
    report.changed += len(stale)
    if fresh or stale:
        changed(session, TOPIC)


def as_columns(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the columns of a checked record; its lists stay word for word."""
    record = SourceRecord.model_validate(row)
    plain = record.model_dump(include=set(_COLUMNS))
    columns = {column: row.get(name, plain[name]) for name, column in _COLUMNS.items()}
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        **columns,
        "name_key": fold(record.ten).strip()[:200],
        "online": any(method(channel.hinh_thuc) is Method.ONLINE for channel in record.cach_thuc),
        "extra": {name: value for name, value in row.items() if name not in _COLUMNS},
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "imported_at": now,
    }


def _tag(session: Session, rows: list[dict[str, Any]]) -> None:
    tags: list[tuple[str, str, UUID]] = []
    for row in rows:
        tags += [(LEVEL, str(value), row["id"]) for value in levels(row["levels"])]
        tags += [(AUDIENCE, value, row["id"]) for value in dict.fromkeys(row["audiences"])]
    if tags:
        values = [{"kind": kind, "value": value, "procedure_id": key} for kind, value, key in tags]
        session.execute(insert(ProcedureTag), values)
