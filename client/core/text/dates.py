"""Dates as people in Vietnam write them: dd/MM/yyyy, 24 hours, UTC+7, whatever the clock of the device says."""

from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - the functions here have the plain names

from shared.base import VIETNAM

WORKING_DAY = 480
"""Working minutes of a day."""


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """Return the moment on a Vietnamese clock."""
    return at.astimezone(VIETNAM)


def date(day: Date) -> str:
    """29/11/2026."""
    return f"{day:%d/%m/%Y}"


def short(day: Date) -> str:
    """29/11, or 29/11/2027 when it is not this year."""
    return f"{day:%d/%m}" if day.year == local(now()).year else date(day)


def time(at: datetime) -> str:
    """17:00."""
    return f"{local(at):%H:%M}"


def moment(at: datetime) -> str:
    """17:00 29/11/2026."""
    return f"{time(at)} {date(local(at).date())}"


def ago(at: datetime, current: datetime) -> tuple[str, dict[str, object]]:
    """Return the key of the words for how long ago, and what they need."""
    passed = current - at
    days = (local(current).date() - local(at).date()).days
    if passed < timedelta(minutes=1):
        return "date.just_now", {}
    if passed < timedelta(hours=1):
        return "date.minutes_ago", {"n": int(passed.total_seconds() // 60)}
    if days == 0:
        return "date.hours_ago", {"n": int(passed.total_seconds() // 3600)}
    if days == 1:
        return "date.yesterday", {"time": time(at)}
    if days < 7:
        return "date.days_ago", {"n": days}
    return "date.on", {"day": short(local(at).date()), "time": time(at)}


def working_left(minutes: int) -> tuple[str, dict[str, int]]:
    """Return the key of the words for working minutes that are left (negative: overdue), and the numbers in it.

    Hours beside days are said only where they matter: while one or two days are left.
    """
    start = "date.working_overdue" if minutes < 0 else "date.working_left"
    days, rest = divmod(abs(minutes), WORKING_DAY)
    hours = rest // 60
    if minutes >= 0 and 1 <= days <= 2 and hours:
        return f"{start}_days_hours", {"n": days, "hours": hours}
    if days:
        return f"{start}_days", {"n": days}
    if hours:
        return f"{start}_hours", {"n": hours}
    return f"{start}_minutes", {"n": max(1, rest)}
