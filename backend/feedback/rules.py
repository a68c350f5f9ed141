"""The rules as they hold now, from memory: the calendar, the promises of deadlines, and how long it usually takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import Session, select

from backend.core.memory import remembered
from backend.core.office import Office
from backend.feedback.deadlines import Calendar
from backend.feedback.rule_models import CalendarDay, DeadlineRule, Pace
from shared.feedback import Level, Usual

CALENDAR = "calendar"
DEADLINES = "deadlines"
PACE = "pace"

About = tuple[Level, str | None, str | None]
"""Level, category, unit."""


@dataclass(frozen=True)
class Hours:
    """Working hours to accept a case, and to resolve it."""

    accept: float
    due: float


DEFAULTS: Mapping[Level, Hours] = MappingProxyType(
    {Level.URGENT: Hours(4, 4), Level.NORMAL: Hours(8, 24), Level.COMPLEX: Hours(8, 80)}
)
"""What holds while an administrator has set nothing else: 8 hours to accept; 4 hours, 3 and 10 days to resolve."""


@dataclass(frozen=True)
class Promise:
    """By when a case is to be accepted, and resolved."""

    accept_by: datetime
    due_at: datetime


def calendar(session: Session) -> Calendar:
    """Return the working time of this installation."""
    return remembered(session, CALENDAR, lambda: _read_calendar(session))


def _read_calendar(session: Session) -> Calendar:
    office: Office = session.info["office"]
    return Calendar(office, {row.day: row.kind for row in session.exec(select(CalendarDay))})


def hours(session: Session, level: Level, category: str, unit: str | None) -> Hours:
    """Return the hours of the most particular rule: category and unit, then unit, then category, then the level's."""
    table = remembered(session, DEADLINES, lambda: _read_hours(session))
    for about in ((level, category, unit), (level, None, unit), (level, category, None), (level, None, None)):
        if (found := table.get(about)) is not None:
            return found
    return DEFAULTS[level]


def _read_hours(session: Session) -> dict[About, Hours]:
    rows = session.exec(select(DeadlineRule)).all()
    return {(row.level, row.category_code, row.unit_code): Hours(row.accept_hours, row.due_hours) for row in rows}


def promise(session: Session, start: datetime, level: Level, category: str, unit: str | None) -> Promise:
    """Return the deadlines of a case whose clock starts now: it is never to be accepted after it is to be resolved."""
    found = hours(session, level, category, unit)
    working = calendar(session)
    due = timedelta(hours=found.due)
    return Promise(working.after(start, min(timedelta(hours=found.accept), due)), working.after(start, due))


def usual(session: Session, unit: str, category: str) -> Usual | None:
    """Return what was measured of this unit and category, None where it rests on too few cases."""
    return remembered(session, PACE, lambda: _read_pace(session)).get((unit, category))


def _read_pace(session: Session) -> dict[tuple[str, str], Usual]:
    rows = session.exec(select(Pace)).all()
    return {(row.unit_code, row.category_code): Usual(days=row.days, cases=row.cases) for row in rows}
