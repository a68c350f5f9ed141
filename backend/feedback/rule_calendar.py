"""The verbs of administrators over the calendar: which days differ from their weekday, and why."""

from datetime import date

from sqlmodel import Session, select

from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Invalid, NotFound
from backend.core.events import emit
from backend.feedback import rules, story
from backend.feedback.deadlines import Calendar, national_days
from backend.feedback.rule_events import CalendarChanged
from backend.feedback.rule_models import CalendarDay
from shared import administration as contract
from shared.administration import DayKind
from shared.errors import ErrorCode

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_PAUSE = 30
"""Days off in a row that are believed; Tết takes nine or ten. More would let deadlines run away."""


def year(session: Session, number: int) -> contract.CalendarYear:
    """Return the days of a year that differ from their weekday, and the office hours."""
    office = rules.calendar(session).office
    plain = Calendar(office)
    days = {
        day: contract.CalendarDay(day=day, kind=national.kind, note=national.name, national=True)
        for day, national in national_days(number).items()
        if plain.works(day) != (day.weekday() in office.days)
    }
    first, last = date(number, 1, 1), date(number, 12, 31)
    own = session.exec(select(CalendarDay).where(CalendarDay.day >= first, CalendarDay.day <= last))
    days |= {row.day: _shown(row) for row in own}
    hours = contract.OfficeHours(
        days=sorted(office.days), stretches=office.texts(), hours_a_day=office.day / 3_600_000_000
    )
    return contract.CalendarYear(year=number, hours=hours, days=[days[day] for day in sorted(days)])


def _shown(row: CalendarDay) -> contract.CalendarDay:
    return contract.CalendarDay(day=row.day, kind=row.kind, note=row.note, national=False)


def set_day(session: Session, actor: Actor, wish: contract.CalendarDayDraft) -> contract.CalendarDay:
    """Make a day off, or worked; what was said of it before is replaced. Raises Invalid with the field.

    Deadlines that were promised stay as they are: only what is counted from now on is counted anew.
    """
    if not FIRST_YEAR <= wish.day.year <= LAST_YEAR:
        raise Invalid.field("day", ErrorCode.INVALID, f"the calendar goes from {FIRST_YEAR} to {LAST_YEAR}")
    _keep_working(session, wish.day, wish.kind)
    row = session.merge(CalendarDay(**wish.model_dump()))
    session.flush()
    _say(session, actor, row, removed=False)
    return _shown(row)


def drop_day(session: Session, actor: Actor, day: date) -> None:
    """Let a day be what its weekday and the State say; raises NotFound, or Invalid when offices would not open."""
    row = session.get(CalendarDay, day, with_for_update=True)
    if row is None:
        raise NotFound("nothing was said of this day")
    _keep_working(session, day, None)
    _say(session, actor, row, removed=True)
    session.delete(row)


def _keep_working(session: Session, day: date, kind: DayKind | None) -> None:
    """Raises Invalid when offices would be closed for more than 30 days on end. What the database holds is asked."""
    own = {row.day: row.kind for row in session.exec(select(CalendarDay))}
    own.pop(day, None)
    after = Calendar(rules.calendar(session).office, {**own, day: kind} if kind else own)
    if not after.works(day) and after.longest_pause(day, LONGEST_PAUSE) > LONGEST_PAUSE:
        message = f"offices would be closed for more than {LONGEST_PAUSE} days on end"
        raise Invalid.field("day", ErrorCode.INVALID, message)


def _say(session: Session, actor: Actor, row: CalendarDay, *, removed: bool) -> None:
    emit(session, CalendarChanged(row.day.isoformat(), row.kind.value, removed=removed), actor_id=actor.id)
    changed(session, rules.CALENDAR)
    # Public cases say how much working time is left.
    changed(session, story.TOPIC)
