"""Deadlines in working hours: Monday to Friday, 8–12 and 13–17 in Vietnam."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from shared.base import VIETNAM
from shared.feedback import Level

OFFICE = ((time(8), time(12)), (time(13), time(17)))
HOURS_A_DAY = 8
ACCEPT_HOURS = 8
DUE_HOURS = {Level.URGENT: 4, Level.NORMAL: 3 * HOURS_A_DAY, Level.COMPLEX: 10 * HOURS_A_DAY}


def _stretches(start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches of office time from a moment on."""
    moment = start.astimezone(VIETNAM)
    day = moment.date()
    while True:
        if day.weekday() < 5:
            for opens, closes in OFFICE:
                begin = datetime.combine(day, opens, VIETNAM)
                end = datetime.combine(day, closes, VIETNAM)
                if end > moment:
                    yield max(begin, moment), end
        day += timedelta(days=1)


def after(start: datetime, working: timedelta) -> datetime:
    """Return the moment when this much working time has passed since `start`."""
    left = working
    for begin, end in _stretches(start):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise AssertionError("office time never ends")


def between(start: datetime, end: datetime) -> timedelta:
    """Return the working time from `start` to `end`; nothing when `end` is earlier."""
    total = timedelta()
    if end <= start:
        return total
    for begin, finish in _stretches(start):
        if begin >= end:
            break
        total += min(finish, end) - begin
    return total


def accept_by(start: datetime, level: Level) -> datetime:
    """Return by when a report is to be accepted: not after it is to be resolved."""
    return after(start, timedelta(hours=min(ACCEPT_HOURS, DUE_HOURS[level])))


def due_at(start: datetime, level: Level) -> datetime:
    """Return by when a case of this level is to be resolved."""
    return after(start, timedelta(hours=DUE_HOURS[level]))
