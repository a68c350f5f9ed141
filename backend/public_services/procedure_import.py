"""Import of procedures from JSON Lines: every field is kept, good rows go in, bad ones are named, none is deleted."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from backend.core.importing import ImportReport, Unusable, raw_lines, why_unstorable
from backend.public_services.procedure_write import Rows, standing, write
from backend.public_services.source import SourceRecord
from shared.procedure_sync import LineFault

MAX_BYTES = 256 * 1024 * 1024
MAX_ROWS = 200_000
"""The national catalogue has some six thousand; a file with far more is none of it."""


class BadRow(ValueError):
    """A row that cannot be taken, and why: in words, and as its kind."""

    def __init__(self, fault: LineFault, why: str) -> None:
        super().__init__(why)
        self.fault = fault


def import_procedures(session: Session, paths: list[Path]) -> ImportReport:
    """Read files of procedures into the database; the caller commits. All is read before the first write."""
    report = ImportReport("procedures")
    records: Rows = {}
    for path in paths:
        try:
            _read(path, records, report)
        except Unusable as error:
            report.unusable.append(str(error))
    if not report.unusable:
        write(session, list(records.values()), report)
        missing = len(standing(session) - records.keys())
        if missing:
            report.notes.append(f"{missing} in the catalogue are not in the file, and stay as they are (withdrawn?)")
    return report


def _read(path: Path, records: Rows, report: ImportReport) -> None:
    """Add the good rows of one file; raises Unusable when there is none."""
    found = 0
    for number, row in rows(path):
        if isinstance(row, BadRow):
            report.skip(path, number, str(row))
        else:
            records[row["ma"]] = row
            found += 1
    if not found:
        raise nothing(path)


def nothing(path: Path) -> Unusable:
    """Return what is said of a file without a procedure."""
    return Unusable(f"{path.name}: no line is a procedure; the file must be JSON Lines in UTF-8")


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadRow]]:
    """Yield the numbered rows of a file as it is read, good or bad, each code once; raises Unusable."""
    lines: dict[str, int] = {}
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise Unusable(f"{path.name}: larger than {MAX_BYTES >> 20} MiB")
    for number, line in raw_lines(path):
        if len(lines) > MAX_ROWS:
            raise Unusable(f"{path.name}: more than {MAX_ROWS} procedures")
        if line is not None and not line.strip():
            continue
        try:
            row = parse(line)
        except BadRow as error:
            yield number, error
            continue
        code = row["ma"]
        if code in lines:
            yield number, BadRow(LineFault.TWICE, f"code {code} stands already in line {lines[code]}")
            continue
        lines[code] = number
        yield number, row


def parse(line: bytes | None) -> dict[str, Any]:
    """Return the record of one line, in NFC; raises BadRow with the reason in words."""
    if line is None:
        raise BadRow(LineFault.TOO_LONG, "longer than 8 MiB")
    try:
        row = json.loads(unicodedata.normalize("NFC", line.decode("utf-8")), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise BadRow(LineFault.NOT_UTF8, f"not UTF-8 (byte {error.start + 1})") from error
    except (ValueError, RecursionError) as error:
        raise BadRow(LineFault.NOT_JSON, f"not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadRow(LineFault.NOT_JSON, "not a JSON object")
    if why := why_unstorable(row):
        raise BadRow(LineFault.UNSTORABLE, why)
    try:
        SourceRecord.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadRow(LineFault.WRONG_FIELD, f"{where}: {first['msg']}") from error
    return row


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")
