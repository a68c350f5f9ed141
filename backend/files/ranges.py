"""Parts of a file, as players ask for them (RFC 9110, section 14)."""

import re

from backend.core.errors import ProblemError
from shared.errors import ErrorCode

# More than nineteen digits are no place in any file, and Python takes its time with thousands of them.
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


class NoSuchRange(ProblemError):
    """416: the part begins behind the end."""

    status = 416
    code = ErrorCode.INVALID

    def __init__(self, size: int) -> None:
        super().__init__("no such part of the file", headers={"Content-Range": f"bytes */{size}"})


def wanted(header: str | None, size: int) -> tuple[int, int] | None:
    """Return (begin, end) of the one part that is asked for, the end not included; None means the whole file.

    What is not understood, and several parts at once, are answered with the whole, as the standard allows. Raises
    NoSuchRange.
    """
    found = _RANGE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        begin, end = max(size - int(last), 0), size
    else:
        begin, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
    if begin >= size or begin >= end:
        raise NoSuchRange(size)
    return begin, end
