"""When an office is open: its hours of the week, and the days that differ from their weekday."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from shared.administration import DayKind
from shared.base import VIETNAM
from shared.offices import OpenHours

LOOK_AHEAD_DAYS = 40
"""Offices are never closed by the calendar for longer than 30 days on end."""
Said = Callable[[date], DayKind | None]
Stretch = tuple[datetime, datetime]
_WEEK = {(day, "00:00", "24:00") for day in range(7)}


def state(hours: Sequence[OpenHours], moment: datetime, said: Said) -> tuple[bool | None, datetime | None]:
    """Return whether an office is open, and when it next opens or closes; nulls where its hours are not known.

    On a day off (`said`) it is closed; on one that is worked in exchange it keeps the hours of its first working day
    unless that weekday has hours of its own. Who is open day and night is so on every day, and never changes.
    """
    if not hours:
        return None, None
    if {(row.weekday, row.opens, row.closes) for row in hours} == _WEEK:
        return True, None
    moment = moment.astimezone(VIETNAM)
    for opens, closes in _joined(_stretches(hours, moment.date(), said)):
        if moment < opens:
            return False, opens
        if moment < closes:
            return True, closes
    return False, None


def _stretches(hours: Sequence[OpenHours], first: date, said: Said) -> Iterator[Stretch]:
    for step in range(LOOK_AHEAD_DAYS):
        day = first + timedelta(days=step)
        for row in _of_day(hours, day, said(day)):
            yield _at(day, row.opens), _at(day, row.closes)


def _of_day(hours: Sequence[OpenHours], day: date, kind: DayKind | None) -> list[OpenHours]:
    if kind is DayKind.OFF:
        return []
    own = [row for row in hours if row.weekday == day.weekday()]
    if own or kind is None:
        return own
    first = min(row.weekday for row in hours)
    return [row for row in hours if row.weekday == first]


def _at(day: date, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(hours=int(hour), minutes=int(minute))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Join what follows without a gap: over midnight an office does not close."""
    kept: Stretch | None = None
    for opens, closes in stretches:
        if kept is not None and opens <= kept[1]:
            kept = kept[0], max(kept[1], closes)
            continue
        if kept is not None:
            yield kept
        kept = opens, closes
    if kept is not None:
        yield kept
