"""Import of documents: rows are checked one by one, then written; a second run changes nothing."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator, model_validator
from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.importing import ImportReport, Unusable, parts
from backend.core.sheets import Line, read
from backend.core.tables import new_id
from backend.documents import search
from backend.documents.models import Document
from shared.base import VIETNAM, Contract, Text
from shared.vietnamese import fold

TOPIC = "documents"
FIRST_DAY = date(1945, 9, 2)
HEADS = {
    "number": ("so_hieu", "số ký hiệu", "số, ký hiệu", "number"),
    "title": ("trich_yeu", "trích yếu nội dung", "nội dung", "title"),
    "issued_on": ("ngay_ban_hanh", "ngày", "ngày ký", "issued_on"),
    "agency": ("co_quan", "cơ quan ban hành", "đơn vị ban hành", "agency"),
    "kind": ("loai", "loại văn bản", "hình thức văn bản", "kind"),
    "field": ("linh_vuc", "field"),
    "link": ("lien_ket", "đường dẫn", "link", "url", "tệp"),
}
NEEDED = ("number", "title", "issued_on", "agency")
# Nghị định 30/2020/NĐ-CP, Phụ lục III: how kinds are written in numbers.
_KINDS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "TB": "Thông báo", "HD": "Hướng dẫn",
    "KH": "Kế hoạch", "BC": "Báo cáo", "TTR": "Tờ trình", "CĐ": "Công điện", "NĐ": "Nghị định", "TT": "Thông tư",
    "QH": "Luật",
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class DocumentRow(Contract):
    """A row of a file, checked; without a kind it is what the number says."""

    number: Annotated[Text, Field(min_length=1, max_length=60)]
    title: Annotated[Text, Field(min_length=1, max_length=2_000)]
    issued_on: date
    agency: Annotated[Text, Field(min_length=1, max_length=300)]
    kind: Annotated[Text, Field(max_length=100)] = ""
    field: Annotated[Text, Field(max_length=300)] = ""
    link: Annotated[Text, Field(max_length=500)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_off_the_number(cls, row: dict[str, Any]) -> dict[str, Any]:
        return row if row.get("kind") else {**row, "kind": kind_of(str(row.get("number", "")))}

    @field_validator("issued_on", mode="before")
    @classmethod
    def _as_people_write(cls, value: object) -> object:
        match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        return f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else value

    @field_validator("issued_on")
    @classmethod
    def _in_our_time(cls, value: date) -> date:
        if not FIRST_DAY <= value <= clock.now().astimezone(VIETNAM).date() + timedelta(days=1):
            raise ValueError("a day before 2/9/1945 or yet to come")
        return value

    @field_validator("link", mode="before")
    @classmethod
    def _nothing_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("link")
    @classmethod
    def _leads_to_the_web(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^\s/]+", value):
            raise ValueError("not an address of the web (https://…)")
        return value

    @property
    def key(self) -> str:
        """What tells a document from another: numbers begin again every year and for every agency."""
        return f"{fold(self.number)}|{self.issued_on.isoformat()}|{fold(self.agency)}"[:400]


def kind_of(number: str) -> str:
    """Return the kind that a number names (`685/QĐ-UBND` is a Quyết định), else `Văn bản`."""
    signs = re.findall(r"[^\W\d_]+", number.upper())
    return next((_KINDS[sign] for sign in signs if sign in _KINDS), "Văn bản")


def import_documents(session: Session, paths: list[Path]) -> ImportReport:
    """Read files of documents into the database; the caller commits. All is read before the first write."""
    report = ImportReport("documents")
    rows: dict[str, DocumentRow] = {}
    for path in paths:
        try:
            _read(path, rows, report)
        except Unusable as error:
            report.unusable.append(str(error))
    if not report.unusable:
        write(session, list(rows.values()), report)
    return report


def _read(path: Path, rows: dict[str, DocumentRow], report: ImportReport) -> None:
    lines: dict[str, int] = {}
    for line in read(path, HEADS, NEEDED):
        row = _checked(line)
        if isinstance(row, str):
            report.skip(path, line.number, row)
        elif row.key in lines:
            report.skip(path, line.number, f"{row.number} stands already in line {lines[row.key]}")
        else:
            lines[row.key] = line.number
            rows[row.key] = row
    if not lines:
        raise Unusable(f"{path.name}: no row is a document")


def _checked(line: Line) -> DocumentRow | str:
    if line.wrong:
        return line.wrong
    try:
        return DocumentRow.model_validate(dict(line.cells))
    except ValidationError as error:
        first = error.errors()[0]
        return f"{HEADS[str(first['loc'][0])][0]}: {first['msg'].removeprefix('Value error, ')}"


def write(
    session: Session, rows: Sequence[DocumentRow], report: ImportReport, *, sample: bool = False, replace: bool = True
) -> None:
    """Insert what is new and update what differs; without `replace` what is there stays as it is."""
    now = clock.now()
    touched = False
    for part in parts(rows):
        keys = [row.key for row in part]
        statement = select(Document.key, Document.id, Document.digest).where(col(Document.key).in_(keys))
        known = {key: (own, digest) for key, own, digest in session.exec(statement)}
        fresh, stale = [], []
        for row in part:
            own, digest = known.get(row.key, (None, ""))
            columns = _columns(row, now, sample=sample)
            if own is None:
                fresh.append({**columns, "id": new_id()})
            elif replace and digest != columns["digest"]:
                stale.append({**columns, "id": own})
            else:
                report.unchanged += 1
        if fresh:
            session.execute(insert(Document), fresh)
        if stale:
            session.execute(update(Document), stale)
        search.index(session, [*fresh, *stale])
        report.added += len(fresh)
        report.changed += len(stale)
        touched = touched or bool(fresh or stale)
    if touched:
        changed(session, TOPIC)


def _columns(row: DocumentRow, now: datetime, *, sample: bool) -> dict[str, Any]:
    digest = hashlib.sha256(f"{row.model_dump_json()}{sample}".encode()).hexdigest()
    return {**row.model_dump(), "key": row.key, "sample": sample, "digest": digest, "imported_at": now}
