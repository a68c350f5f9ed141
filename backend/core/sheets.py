"""Tables that offices keep: CSV, XLSX and JSON Lines read alike, row by row, so that one bad row spoils nothing else.

Columns are known by their heads, however they are written: `Số hiệu`, `so_hieu` and `SO HIEU` are one.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from backend.core.importing import MAX_LINE, Unusable, raw_lines, why_unstorable
from shared.vietnamese import fold

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
"""XLSX is a zip: what it says to unpack to is looked at before it is unpacked."""
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

    Raises Unusable when the file cannot be read, or has no column that is `needed`.
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
            names = [_name(head, heads) for head in row]
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


def _name(head: str, heads: Heads) -> str | None:
    said = fold(head)
    return next((name for name, known in heads.items() if said in {fold(name), *map(fold, known)}), None)


def _csv(path: Path) -> Iterator[tuple[int, list[str] | str]]:
    # Bytes that are not UTF-8 become half signs, by which their rows are known.
    text = _bytes(path).decode("utf-8-sig", errors="surrogateescape")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, f"not CSV: {error}"
            continue
        bad = any("\udc80" <= sign <= "\udcff" for cell in row for sign in cell)
        yield reader.line_num, "not UTF-8" if bad else row


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise Unusable(f"{path.name}: larger than 64 MiB")
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
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
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
    for number, line in raw_lines(path):
        if line is None:
            yield Line(number, {}, f"longer than {MAX_LINE // 2**20} MiB")
        elif line.strip():
            yield _object(number, line, heads)


def _object(number: int, line: bytes, heads: Heads) -> Line:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Line(number, {}, f"not UTF-8 (byte {error.start + 1})")
    except (ValueError, RecursionError) as error:
        return Line(number, {}, f"not JSON: {error}")
    if not isinstance(row, dict):
        return Line(number, {}, "not a JSON object")
    odd = [name for name, value in row.items() if isinstance(value, dict | list)]
    if odd:
        return Line(number, {}, f"{odd[0]}: not a text or a number")
    return _line(number, ((_name(name, heads), _text(value)) for name, value in row.items()))
