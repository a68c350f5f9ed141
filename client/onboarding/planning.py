"""From the fields of a new session to what is posted, and what is not right yet."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from client.core.text import Text
from client.core.text.dates import local
from shared.base import VIETNAM
from shared.onboarding import SessionDraft

_CLOCK = re.compile(r"^([01]?\d|2[0-3])[:hg.]([0-5]\d)$")
_LONG = timedelta(hours=3)
_MAX_TARGET = 100_000


def defaults(at: datetime) -> dict[str, Any]:
    """Return the fields of a session that begins now, in three hours of work or by midnight."""
    start = local(at)
    end = min(start + _LONG, start.replace(hour=23, minute=59))
    day = start.date().isoformat()
    return {
        "title": "",
        "place": "",
        "team": "",
        "day": day,
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "target": "30",
    }


def as_day(value: str) -> date | None:
    """Read a day out of a form."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def as_clock(value: str) -> time | None:
    """Read a time of day as people write it: 8:30, 08:30, 8h30, 8g30."""
    found = _CLOCK.match(value.strip())
    return time(int(found[1]), int(found[2])) if found else None


def problems(t: Text, values: Mapping[str, Any], at: datetime) -> dict[str, str | None]:
    """Say what is missing or wrong at each field; None where nothing is."""
    found: dict[str, str | None] = {
        name: None if str(values[name]).strip() else t("onboarding.missing") for name in ("title", "place", "team")
    }
    start, end = as_clock(str(values["start"])), as_clock(str(values["end"]))
    found["start"] = None if start else t("onboarding.clock_wrong")
    found["end"] = None if end else t("onboarding.clock_wrong")
    if start and end:
        over = datetime.combine(as_day(str(values["day"])) or local(at).date(), end, VIETNAM)
        if end <= start:
            found["end"] = t("onboarding.end_wrong")
        elif over <= at:
            found["end"] = t("onboarding.past")
    target = str(values["target"]).strip()
    right = target.isascii() and target.isdigit() and 1 <= int(target) <= _MAX_TARGET
    found["target"] = None if right else t("onboarding.target_wrong")
    return found


def draft_of(values: Mapping[str, Any]) -> SessionDraft:
    """Return the session that the fields describe; `problems` must have found none."""
    day = date.fromisoformat(str(values["day"]))
    start, end = as_clock(str(values["start"])), as_clock(str(values["end"]))
    assert start is not None
    assert end is not None
    return SessionDraft(
        title=values["title"],
        place=values["place"],
        team=values["team"],
        starts_at=datetime.combine(day, start, VIETNAM),
        ends_at=datetime.combine(day, end, VIETNAM),
        target=int(str(values["target"])),
    )
