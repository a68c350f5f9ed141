"""What an import did, for people and for scripts; and how files are read so that one bad line spoils nothing else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

MAX_DEPTH = 50
MAX_LINE = 8 * 1024 * 1024
SHOWN = 50
"""Lines of trouble that are printed; the rest is counted."""
KEPT = 10_000
"""Lines of trouble that are kept: a file may be nothing but trouble, and larger than memory."""


_HALF = re.compile(r"[\ud800-\udfff]")

_JUDGED = 256 * 1024

BATCH = 200
Row = TypeVar("Row")


class Unusable(Exception):
    """A file that cannot be imported at all."""


@dataclass
class ImportReport:
    """Counts of rows, what was left out and why, and what else a person should know.

    `exit_code` is 0 when all went in, 1 when some rows were left out, 2 when a file could not be used at all.
    """

    what: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    more_skipped: int = 0

    @property
    def exit_code(self) -> int:
        """What the command returns to the shell."""
        if self.unusable:
            return 2
        return 1 if self.skipped else 0

    def skip(self, path: Path, line: int, why: str) -> None:
        """Note a row that was left out."""
        if len(self.skipped) < KEPT:
            self.skipped.append(f"{path.name}:{line}: {why}")
        else:
            self.more_skipped += 1

    def lines(self) -> list[str]:
        """Return the report, a line each."""
        head = f"{self.what}: {self.added} added, {self.changed} changed, {self.unchanged} unchanged"
        skipped = len(self.skipped) + self.more_skipped
        lines = [f"{head}, {skipped} skipped"]
        lines += [f"  skipped {row}" for row in self.skipped[:SHOWN]]
        if skipped > SHOWN:
            lines.append(f"  … and {skipped - SHOWN} more")
        lines += [f"  note {row}" for row in self.notes]
        lines += [f"  cannot use {row}" for row in self.unusable]
        return lines


def raw_lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield the numbered lines of a file, None for one beyond 8 MiB; raises Unusable when it cannot be read."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE + 1):
                number += 1
                if len(line) <= MAX_LINE:
                    yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                    continue
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE)
                yield number, None
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error


def check_encoding(path: Path) -> None:
    """Raise Unusable for a file of another encoding than UTF-8, judged by its first 256 KiB.

    Single bad lines are not meant: a file is of another encoding when none of its lines with marks is UTF-8.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_JUDGED)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or type(error).__name__}") from error
    advice = "save it as UTF-8 (in Excel: CSV UTF-8)"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(b"\x00") * 10 > len(head):
        raise Unusable(f"{path.name}: is UTF-16 or no text at all, not UTF-8; {advice}")
    lines = head.split(b"\n")
    marked = [line for line in (lines[:-1] if len(lines) > 1 else lines) if not line.isascii()]
    if marked and not any(_is_utf8(line) for line in marked):
        raise Unusable(f"{path.name}: is not UTF-8 but another encoding, such as Windows-1258 or TCVN3; {advice}")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def why_unstorable(value: object, depth: int = 0) -> str | None:
    """Return why databases would refuse a piece of JSON, or None: NUL and half signs, wherever they hide."""
    if depth > MAX_DEPTH:
        return "nested too deeply"
    if isinstance(value, str):
        if "\x00" in value:
            return "holds a NUL sign"
        return "holds half of a sign (lone surrogate)" if _HALF.search(value) else None
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, list):
        inner = value
    else:
        return None
    return next((why for part in inner if (why := why_unstorable(part, depth + 1))), None)


def parts(rows: Sequence[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """Cut rows into lists that one statement can carry."""
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])
