"""Life events: a vocabulary of the product that leads to procedures by their codes and fields.

The words are ours; a code or a field that the catalogue lacks (yet) does no harm.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from shared.public_services import Who


@dataclass(frozen=True)
class Event:
    """A life event, and what belongs to it: whole fields, and single codes of others."""

    key: str
    who: Who
    icon: str
    name: str
    name_en: str
    text: str
    text_en: str
    codes: tuple[str, ...]
    fields: tuple[str, ...]


def _read() -> dict[str, Event]:
    rows = json.loads(Path(__file__).with_name("life_events.json").read_text(encoding="utf-8"))
    lists = ("codes", "fields")
    events = [Event(**{**row, "who": Who(row["who"]), **{name: tuple(row[name]) for name in lists}}) for row in rows]
    return {event.key: event for event in events}


EVENTS = _read()
"""Every life event by its key, in the order in which they are shown."""

AUDIENCES: dict[Who, tuple[str, ...]] = {
    Who.CITIZEN: (
        "Công dân Việt Nam",
        "Người Việt Nam định cư ở nước ngoài",
        "Người nước ngoài",
        "Người nước ngoài cư trú tại Việt Nam",
    ),
    Who.BUSINESS: (
        "Doanh nghiệp",
        "Doanh nghiệp Việt Nam",
        "Doanh nghiệp có vốn đầu tư nước ngoài",
        "Hợp tác xã",
    ),
}
"""Whom the records name, by door."""
