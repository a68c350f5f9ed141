"""Reading the notes that condition a fee: which are the same, and which speak of a time that is over."""

import re
from collections.abc import Iterable
from datetime import date

from shared.procedure_text import says_nothing
from shared.public_services import Channel

_UNTIL = re.compile(
    r"\b(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})\s*(?:/|tháng\s)\s*(\d{1,2})\s*(?:/|năm\s)\s*(\d{4})\b",
    re.IGNORECASE,
)


def has_words(note: str) -> bool:
    """Whether a note of the source says anything."""
    return not says_nothing(note) and any(sign.isalpha() for sign in note)


def same_note(note: str) -> str:
    """Return what two notes have in common that differ in blanks or a full stop alone."""
    return " ".join(note.split()).rstrip(" .;,")


def fee_notes(channels: Iterable[Channel]) -> list[str]:
    """Return what conditions the fees, each note once."""
    found: dict[str, str] = {}
    for channel in channels:
        if has_words(channel.fee_note):
            found.setdefault(same_note(channel.fee_note), channel.fee_note)
    return list(found.values())


def ended(note: str, today: date) -> list[date]:
    """Return the last days that a note names (“đến hết ngày 31/12/2025”) and that are over, in order."""
    found = set()
    for match in _UNTIL.finditer(note):
        day, month, year = map(int, match.groups())
        try:
            last = date(year, month, day)
        except ValueError:
            continue
        if last < today:
            found.add(last)
    return sorted(found)
