"""Tables that offices keep: CSV, XLSX and JSON Lines read alike, row by row, so that one bad row spoils nothing else.

Columns are known by their heads, however they are written: `Số hiệu`, `so_hieu` and `SO HIEU` are one.
"""

import csv
import io
import json
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from backend.core.importing import MAX_LINE, Unusable, check_encoding, raw_lines, why_unstorable
from shared.vietnamese import fold

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
"""XLSX is a zip: what it says to unpack to is looked at before it is unpacked."""
MAX_ROWS = 100_000
MOST_LINES = 50
"""Lines that one quoted cell may go on over."""
_DELIMITERS = ",;\t|"

Heads = Mapping[str, Sequence[str]]
"""Our name of a column → the heads under which it may stand."""


@dataclass(frozen=True)
class Line:
    """A row of a file by our names of the columns, or why it cannot be read; `number` is its line, from 1."""

    number: int
    cells: Mapping[str, str]
    wrong: str = ""


def read(path: Path, heads: Heads, needed: Iterable[str]) -> Iterator[Line]:
    """Yield the rows of a file by its kind (`.csv`, `.jsonl`, `.xlsx`), cells trimmed, columns of no name left out.

    CSV and JSON Lines of any size are read as a stream, a workbook only up to 64 MiB and 100,000 rows. Raises Unusable
    when the file cannot be read, is of another encoding than UTF-8, or has no column that is `needed`.
    """
    kind = path.suffix.lower()
    if kind in {".jsonl", ".ndjson"}:
        yield from _objects(path, heads)
    elif kind in {".csv", ".tsv", ".txt"}:
        yield from _table(_csv(path), heads, needed, path)
    elif kind in {".xlsx", ".xlsm", ".xls", ".ods"}:
        yield from _table(_sheet(path), heads, needed, path)
    else:
        raise Unusable(f"{path.name}: must be .csv, .xlsx or .jsonl")


def _table(
    rows: Iterator[tuple[int, list[str] | str]], heads: Heads, needed: Iterable[str], path: Path
) -> Iterator[Line]:
    names: list[str | None] | None = None
    for number, row in rows:
        if isinstance(row, str):
            yield Line(number, {}, row)
        elif not any(row):
            continue
        elif names is None:
            names = [name_of(head, heads) for head in row]
            if missing := [name for name in needed if name not in names]:
                said = ", ".join(heads[name][0] for name in missing)
                raise Unusable(f"{path.name}: its first line has no column {said}")
        else:
            yield _line(number, zip(names, row, strict=False), too_long=any(row[len(names) :]))
    if names is None:
        raise Unusable(f"{path.name}: is empty")


def _line(number: int, cells: Iterable[tuple[str | None, str]], *, too_long: bool = False) -> Line:
    found = {name: value.strip() for name, value in cells if name is not None}
    if too_long:
        return Line(number, found, "has more cells than the first line")
    return Line(number, found, why_unstorable(found) or "")


def _csv(path: Path) -> Iterator[tuple[int, list[str] | str]]:
    check_encoding(path)
    lines = _Lines(raw_lines(path))
    head = lines.take()
    if head is None:
        return
    lines.put_back([head])
    delimiter = max(_DELIMITERS, key=(head[1] or b"").decode("utf-8", errors="replace").count)
    while (found := lines.take()) is not None:
        number, line = found
        if line is None:
            yield number, f"longer than {MAX_LINE // 2**20} MiB"
            continue
        row = _cells(line, delimiter) if not _open(line) else _closed(line, lines, delimiter)
        bad = any("\udc80" <= sign <= "\udcff" for cell in row for sign in cell)
        yield number, "not UTF-8" if bad and not isinstance(row, str) else row


def _cells(record: bytes, delimiter: str) -> list[str] | str:
    # Bytes that are not UTF-8 become half signs, by which their rows are known.
    text = io.StringIO(record.decode("utf-8", errors="surrogateescape"), newline="")
    try:
        return next(csv.reader(text, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return f"not CSV: {error}"


def _closed(line: bytes, lines: "_Lines", delimiter: str) -> list[str] | str:
    """Return a row whose quoted cell goes on over some lines; a quote that is never closed costs its own line only."""
    record, more = line, list[tuple[int, bytes | None]]()
    while _open(record) and len(more) < MOST_LINES and (following := lines.take()) is not None:
        more.append(following)
        if following[1] is None:
            break
        record += following[1]
    row = "not CSV: a quote is not closed" if _open(record) else _cells(record, delimiter)
    if isinstance(row, str):
        lines.put_back(more)
    return row


def _open(text: bytes) -> bool:
    return text.count(b'"') % 2 == 1


class _Lines:
    """Lines that may be put back."""

    def __init__(self, lines: Iterator[tuple[int, bytes | None]]) -> None:
        self._lines, self._back = lines, deque[tuple[int, bytes | None]]()

    def take(self) -> tuple[int, bytes | None] | None:
        return self._back.popleft() if self._back else next(self._lines, None)

    def put_back(self, lines: Sequence[tuple[int, bytes | None]]) -> None:
        self._back.extendleft(reversed(lines))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise Unusable(f"{path.name}: larger than 64 MiB; save it as CSV UTF-8, which may be of any size")
    return data


def _sheet(path: Path) -> Iterator[tuple[int, list[str] | str]]:
    data = _bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise Unusable(f"{path.name}: unpacks to more than 512 MiB")
    except zipfile.BadZipFile:
        if path.suffix.lower() != ".xls":
            raise Unusable(f"{path.name}: not a workbook") from None
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.total_height > MAX_ROWS:
            raise Unusable(f"{path.name}: more than {MAX_ROWS:,} rows; save it as CSV UTF-8, which may have any number")
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise Unusable(f"{path.name}: not a workbook: {error}") from error
    for number, row in enumerate(rows, 1):
        yield number, [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _objects(path: Path, heads: Heads) -> Iterator[Line]:
    for number, row in objects(path):
        yield Line(number, {}, row) if isinstance(row, str) else _flat(number, row, heads)


def objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield the objects of a file of JSON Lines, nested ones too, or why a line is none; raises Unusable."""
    check_encoding(path)
    for number, line in raw_lines(path):
        if line is None:
            yield number, f"longer than {MAX_LINE // 2**20} MiB"
        elif line.strip():
            yield number, _object(line)


def _object(line: bytes) -> dict[str, Any] | str:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"not UTF-8 (byte {error.start + 1})"
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    return row if isinstance(row, dict) else "not a JSON object"


def name_of(head: str, heads: Heads) -> str | None:
    """Return our name of a column, by the head under which it stands; None for one that we do not know."""
    said = fold(head)
    return next((name for name, known in heads.items() if said in {fold(name), *map(fold, known)}), None)


def _flat(number: int, row: dict[str, Any], heads: Heads) -> Line:
    odd = [name for name, value in row.items() if isinstance(value, dict | list)]
    if odd:
        return Line(number, {}, f"{odd[0]}: not a text or a number")
    return _line(number, ((name_of(name, heads), _text(value)) for name, value in row.items()))
