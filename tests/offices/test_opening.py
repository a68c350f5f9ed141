"""When an office is open, over breaks, nights, weekends, holidays and exchanged days."""

from datetime import date, datetime

import pytest

from backend.feedback.deadlines import national_days
from backend.offices.opening import state
from shared.administration import DayKind
from shared.base import VIETNAM
from shared.opening_hours import of_day, parse

USUAL = "T2-T6 07:30-11:30,13:30-17:00; T7 07:30-11:30"
TET_EVE, AFTER_TET = "2026-02-13 17:30", "2026-02-23 07:30"
CASES = [
    (USUAL, "2026-11-25 09:00", True, "2026-11-25 11:30"),
    (USUAL, "2026-11-25 11:30", False, "2026-11-25 13:30"),
    (USUAL, "2026-11-28 12:00", False, "2026-11-30 07:30"),
    # 24/11 is the day of Vietnamese culture, off since 2026.
    (USUAL, "2026-11-24 09:00", False, "2026-11-25 07:30"),
    (USUAL.partition(";")[0], TET_EVE, False, AFTER_TET),
    (USUAL.partition(";")[0], "2026-08-22 09:00", True, "2026-08-22 11:30"),
    ("T2 22:00-24:00; T3 00:00-06:00", "2026-11-16 23:00", True, "2026-11-17 06:00"),
    ("T2-CN 07:00-12:00,12:00-18:00", "2026-11-25 08:00", True, "2026-11-25 18:00"),
    ("24/7", "2026-02-17 03:00", True, None),
    ("", "2026-11-25 09:00", None, None),
]


def moment(text: str) -> datetime:
    """Return a moment on a Vietnamese clock."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def said(day: date) -> DayKind | None:
    """Say what the State does, and one Saturday that this province works."""
    if day == date(2026, 8, 22):
        return DayKind.WORK
    national = national_days(day.year).get(day)
    return national.kind if national else None


@pytest.mark.parametrize(("hours", "at", "opened", "changes"), CASES)
def test_open_now_and_when_it_changes(hours: str, at: str, opened: bool | None, changes: str | None) -> None:
    assert state(parse(hours), moment(at), said) == (opened, moment(changes) if changes else None)


def test_hours_are_read_as_people_write_them() -> None:
    assert [(row.opens, row.closes) for row in of_day(0, "7h30-11h30, 13.30 – 17h")] == [
        ("07:30", "11:30"),
        ("13:30", "17:00"),
    ]
    for bad in ("T8 07:00-11:00", "07:00-11:00", "T2 11:00-07:00", "T6-T2 07:00-11:00", "T2 25:00-26:00", "T2 nghỉ"):
        with pytest.raises(ValueError, match=r"."):
            parse(bad)
    with pytest.raises(ValueError, match="overlap"):
        parse("T2 07:00-11:00,10:00-12:00")
