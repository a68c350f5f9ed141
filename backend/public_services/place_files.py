"""The files of places: four kinds of CSV, told apart by their header, read row by row."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from backend.core.importing import ImportReport, Unusable

MAX_BYTES = 64 * 1024 * 1024
_CODE = re.compile(r"\d{3,6}")
_HALF = re.compile(r"[\ud800-\udfff]")


class Kind(Enum):
    """The kinds of file, by the columns that must be there. Earlier kinds give way to later ones."""

    MERGE_MAP = ("ma_xa_moi", "ten_xa_moi", "xa_cu_nguyen_van", "mot_phan", "ma_xa_cu", "huyen_cu", "khop")
    CITY = ("ma_xa", "ten", "ten_day_du", "loai", "ten_tinh", "tinh_cu", "dien_tich_km2")
    FORMER = ("ten_tinh", "ten_huyen", "ma_xa", "ten_xa", "ten_xa_day_du")
    TODAY = ("code", "name", "kind", "mainly_former_district", "formed_from", "bbox_centre_lat", "bbox_centre_lon")


_OLD_CODE = {Kind.MERGE_MAP: "ma_xa_moi", Kind.CITY: "ma_xa", Kind.FORMER: "ma_xa", Kind.TODAY: "code"}
_NAME = {Kind.MERGE_MAP: "ten_xa_moi", Kind.CITY: "ten_day_du", Kind.FORMER: "ten_xa_day_du", Kind.TODAY: "name"}
_NUMBERS = {Kind.CITY: ("dien_tich_km2",), Kind.TODAY: ("bbox_centre_lat", "bbox_centre_lon")}


@dataclass(frozen=True)
class PlaceRow:
    """A good row and where it stands."""

    kind: Kind
    path: Path
    line: int
    cells: dict[str, str]

    def number(self, column: str) -> float | None:
        """Return a checked number, None where the cell is empty."""
        return float(self.cells[column]) if self.cells[column] else None


def read(path: Path, report: ImportReport) -> list[PlaceRow]:
    """Return the good rows of a file and report the others; raises Unusable when there is none."""
    text = _text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        kind = _kind(reader.fieldnames or [], path)
        rows = list(_good(reader, kind, path, report))
    except csv.Error as error:
        raise Unusable(f"{path.name}:{reader.line_num}: not CSV: {error}") from error
    if not rows:
        raise Unusable(f"{path.name}: no row can be used")
    return rows


def _text(path: Path) -> str:
    """Return the file's text; bytes that are not UTF-8 become half signs, by which their rows are known."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise Unusable(f"{path.name}: larger than 64 MiB")
    return data.decode("utf-8-sig", errors="surrogateescape")


def _kind(header: object, path: Path) -> Kind:
    columns = set(header) if isinstance(header, list | tuple) else set()
    for kind in Kind:
        if columns.issuperset(kind.value):
            return kind
    raise Unusable(f"{path.name}: its header is none of the four that are known")


def _good(reader: "csv.DictReader[str]", kind: Kind, path: Path, report: ImportReport) -> Iterator[PlaceRow]:
    seen: dict[str, int] = {}
    for raw in reader:
        line = reader.line_num
        if why := _why_bad(raw, kind):
            report.skip(path, line, why)
            continue
        cells = {name: value.strip() for name, value in raw.items()}
        identity = cells[_OLD_CODE[kind]]
        if kind is Kind.MERGE_MAP:
            identity = "/".join((identity, cells["ma_xa_cu"], cells["xa_cu_nguyen_van"]))
        if identity in seen:
            report.skip(path, line, f"{identity} stands already in line {seen[identity]}")
            continue
        seen[identity] = line
        yield PlaceRow(kind, path, line, cells)


def _why_bad(raw: dict[str, str], kind: Kind) -> str | None:  # noqa: PLR0911 - one reason a line
    if None in list[object](raw) or None in list[object](raw.values()):
        return "has more or fewer cells than the header"
    text = "".join(raw.values())
    if _HALF.search(text):
        return "not UTF-8"
    if "\x00" in text:
        return "holds a NUL sign"
    if any(len(value) > 2_000 for value in raw.values()):
        return "a cell is longer than 2000 signs"
    if not _CODE.fullmatch(raw[_OLD_CODE[kind]].strip()):
        return f"{_OLD_CODE[kind]}: not a code"
    name = raw[_NAME[kind]].strip()
    if not 0 < len(name) <= 200:
        return f"{_NAME[kind]}: missing or longer than 200 signs"
    return next((f"{name}: not a number" for name in _NUMBERS.get(kind, ()) if not _is_number(raw[name])), None)


def _is_number(text: str) -> bool:
    return not text.strip() or re.fullmatch(r"\s*-?\d{1,7}(\.\d{1,12})?\s*", text) is not None
