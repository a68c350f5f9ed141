"""Import of dossiers from CSV, XLSX or JSON Lines: any size, bad rows named by line, and good ones go in.

See docs/dossiers.md for the columns. Files are read as a stream and written part by part, with a pause between two
parts in which others may write: the database is never locked for long.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from backend.core import sheets
from backend.core.database import Database
from backend.core.importing import ImportReport, Unusable, why_unstorable
from backend.dossiers import holding
from backend.dossiers.models import LOCAL
from backend.dossiers.reading import read_moment, read_state
from backend.dossiers.snapshot import Snapshot

SOURCE = "Dữ liệu của bộ phận một cửa"
PART = 250
REST = 0.25
"""Others may write for this share of the time that a part took."""

HEADS: sheets.Heads = {
    "code": ("Mã hồ sơ", "MaHoSo", "Số hồ sơ"),
    "phone_last4": ("4 số cuối điện thoại",),
    "phone": ("Số điện thoại", "SoDienThoai", "Điện thoại"),
    "applicant": ("Chủ hồ sơ", "ChuHoSo", "Người nộp"),
    "procedure_code": ("Mã thủ tục", "MaTTHC"),
    "procedure_name": ("Tên thủ tục", "TenTTHC"),
    "agency": ("Cơ quan", "Đơn vị xử lý", "DonViXuLy"),
    "state": ("Trạng thái", "TrangThaiHoSo"),
    "state_at": ("Thời điểm trạng thái",),
    "note": ("Ghi chú", "GhiChu"),
    "received_at": ("Ngày tiếp nhận", "NgayTiepNhan"),
    "due_at": ("Ngày hẹn trả", "NgayHenTra"),
    "finished_at": ("Ngày kết thúc", "NgayKetThucXuLy"),
    "paused_at": ("Ngày tạm dừng", "NgayTamDung"),
    "apology": ("Xin lỗi", "Thư xin lỗi"),
    "new_due_at": ("Ngày hẹn mới", "NgayHenMoi"),
    "missing_paper": ("Giấy tờ cần bổ sung",),
    "missing_field": ("Mục cần bổ sung",),
    "missing_reason": ("Lý do bổ sung",),
    "contact_name": ("Nơi liên hệ",),
    "contact_phone": ("Điện thoại liên hệ",),
    "source": ("Nguồn",),
    "missing": (),
    "history": (),
}
NEEDED = ("code", "applicant", "procedure_name", "state")
_STARTS = ("state_at", "received_at", "finished_at", "paused_at")
_ENDS = ("due_at", "new_due_at")


def import_dossiers(database: Database, paths: list[Path]) -> ImportReport:
    """Read files into the table. A part that is in stays in, whatever comes after; run again, nothing changes."""
    report = ImportReport("dossiers")
    with closing(_Seen()) as seen:
        for path in paths:
            try:
                for part in _parts(_good_rows(path, seen, report)):
                    _write(database, part, report)
            except Unusable as error:
                report.unusable.append(str(error))
    return report


def _good_rows(path: Path, seen: "_Seen", report: ImportReport) -> Iterator[Snapshot]:
    found = 0
    for number, cells in _rows(path):
        if isinstance(cells, str):
            report.skip(path, number, cells)
            continue
        try:
            snapshot = parse(cells)
        except ValueError as error:
            report.skip(path, number, str(error))
            continue
        found += 1
        if first := seen.before(snapshot.code, f"{path.name}:{number}"):
            report.skip(path, number, f"code {snapshot.code} stands already in {first}")
            continue
        yield snapshot
    if not found:
        raise Unusable(f"{path.name}: no row is a dossier; see docs/dossiers.md for the columns")


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        for number, row in sheets.objects(path):
            yield number, row if isinstance(row, str) else why_unstorable(row) or _named(row)
        return
    for line in sheets.read(path, HEADS, NEEDED):
        yield line.number, line.wrong or line.cells


def _named(row: dict[str, Any]) -> dict[str, Any]:
    names = {head: head if head in HEADS else sheets.name_of(head, HEADS) for head in row}
    return {name: row[head] for head, name in names.items() if name is not None}


def parse(cells: Mapping[str, Any]) -> Snapshot:
    """Return the dossier of a row; raises ValueError with the field and the reason, without what stood there."""
    said = {name: value for name, value in cells.items() if value not in ("", None)}
    try:
        for name in (*_STARTS, *_ENDS):
            if name in said:
                said[name] = _moment(name, said[name])
        if "state" in said:
            said["state"] = _field("state", read_state, str(said["state"]))
        if isinstance(said.get("history"), list):
            said["history"] = [_step(step) for step in said["history"]]
        end = _phone_end(said)
        return Snapshot.model_validate({**_missing(said), "phone_last4": end})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "row"
        raise ValueError(f"{where}: {first['msg']}") from None


def _field(name: str, reader: Any, value: Any, **options: Any) -> Any:
    try:
        return reader(value, **options)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _moment(name: str, value: Any) -> Any:
    return _field(name, read_moment, str(value), ends_day=name in _ENDS)


def _step(step: Any) -> Any:
    if not isinstance(step, dict):
        return step
    read = dict(step)
    if "at" in read:
        read["at"] = _moment("history.at", read["at"])
    if "state" in read:
        read["state"] = _field("history.state", read_state, str(read["state"]))
    return read


def _phone_end(said: dict[str, Any]) -> str:
    """Return the last four digits of the phone; a spreadsheet may have taken the zeros before them."""
    whole, end = said.pop("phone", None), said.pop("phone_last4", None)
    if end is not None:
        return str(end).strip().zfill(4)
    return "".join(sign for sign in str(whole or "") if sign in "0123456789")[-4:]


def _missing(said: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the papers that are wanted; in a table several stand in one cell, between bars."""
    cells = [str(said.pop(f"missing_{part}", "")).split("|") for part in ("paper", "field", "reason")]
    if "missing" in said or not any(map(any, cells)):
        return said
    papers, fields, reasons = cells
    if max(len(fields), len(reasons)) > len(papers):
        raise ValueError("missing_paper: fewer papers than fields or reasons")
    fields, reasons = (part + [""] * (len(papers) - len(part)) for part in (fields, reasons))
    rows = zip(papers, fields, reasons, strict=True)
    return {**said, "missing": [{"paper": p, "field": f, "reason": r} for p, f, r in rows]}


def _parts(rows: Iterator[Snapshot]) -> Iterator[list[Snapshot]]:
    part: list[Snapshot] = []
    for row in rows:
        part.append(row)
        if len(part) == PART:
            yield part
            part = []
    if part:
        yield part


def _write(database: Database, part: Sequence[Snapshot], report: ImportReport) -> None:
    def work(session: Session) -> holding.Taken:
        return holding.take(session, part, origin=LOCAL, source=SOURCE)

    began = time.monotonic()
    try:
        with database.transaction() as session:
            taken = work(session)
    except IntegrityError:
        # The platform, or another import, brought one of them in the same moment.
        with database.transaction() as session:
            taken = work(session)
    report.added += taken.added
    report.changed += taken.changed
    report.unchanged += taken.unchanged
    time.sleep((time.monotonic() - began) * REST)


class _Seen:
    """Which codes stood before, and where: on disk, for there may be more than memory holds."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (code TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def before(self, code: str, place: str) -> str | None:
        """Return where a code stood first, or note that it stands here."""
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (code, place))
        if added.rowcount:
            return None
        return str(self._database.execute("SELECT place FROM seen WHERE code = ?", (code,)).fetchone()[0])

    def close(self) -> None:
        """Forget it all."""
        self._database.close()
