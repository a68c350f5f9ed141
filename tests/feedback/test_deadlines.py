"""Deadlines count office time: over nights, weekends, Tết, exchanged days, exceptions of the province, and pauses."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.core.office import Office
from backend.core.settings import Settings
from backend.feedback.deadlines import LOOK_AHEAD_YEARS, Calendar, national_days
from backend.feedback.rules import DEFAULTS
from shared.administration import DayKind
from shared.base import VIETNAM
from shared.feedback import Level

OFFICES = [
    Office.parse(),
    Office.parse("07:30-11:30,13:30-17:00", "0-5"),
    Office.parse("00:00-24:00", "0-6"),
    Office.parse("22:15-23:45", "2"),
]
moments = st.datetimes(datetime(2024, 11, 1), datetime(2027, 3, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - aware by `timezones`
amounts = st.timedeltas(timedelta(microseconds=1), timedelta(hours=300))
calendars = st.builds(
    Calendar,
    st.sampled_from(OFFICES),
    st.dictionaries(st.dates(date(2024, 11, 1), date(2027, 6, 1)), st.sampled_from(DayKind), max_size=60),
)
PLAIN = Calendar(Office.parse())


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in Vietnam."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_what_is_counted_forth_is_counted_back(calendar: Calendar, start: datetime, working: timedelta) -> None:
    assert calendar.between(start, calendar.after(start, working)) == working


@settings(deadline=None)
@given(calendars, moments, moments, moments)
def test_stretches_add_up(calendar: Calendar, one: datetime, other: datetime, third: datetime) -> None:
    first, middle, last = sorted((one, other, third))
    assert calendar.between(first, last) == calendar.between(first, middle) + calendar.between(middle, last)
    assert calendar.between(last, first) == timedelta()
    assert calendar.between(first.astimezone(UTC), last) == calendar.between(first, last)


@settings(deadline=None)
@given(calendars, moments, moments, amounts, amounts)
def test_later_is_not_earlier(
    calendar: Calendar, one: datetime, other: datetime, less: timedelta, more: timedelta
) -> None:
    less, more = sorted((less, more))
    first, last = sorted((one, other))
    assert first < calendar.after(first, less) <= calendar.after(first, more)
    assert calendar.after(first, less) <= calendar.after(last, less)


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_a_deadline_lies_in_office_time(calendar: Calendar, start: datetime, working: timedelta) -> None:
    due = calendar.after(start, working)
    # What ends at 24:00 is midnight of the next day.
    day = (due - timedelta(microseconds=1)).date()
    since_midnight = (due - datetime.combine(day, time(), VIETNAM)) / timedelta(microseconds=1)
    assert calendar.works(day)
    assert any(opens < since_midnight <= closes for opens, closes in calendar.office.stretches)


@settings(deadline=None)
@given(calendars, moments, amounts, amounts, amounts)
def test_a_pause_shifts_by_exactly_the_pause(
    calendar: Calendar, start: datetime, working: timedelta, before: timedelta, pause: timedelta
) -> None:
    due = calendar.after(start, working)
    paused = min(start + before, due)
    again = paused + pause
    moved = calendar.after(again, calendar.between(paused, due))
    assert calendar.between(start, paused) + calendar.between(again, moved) == working
    if calendar.between(paused, due):
        assert calendar.between(due, moved) == calendar.between(paused, again)


@settings(deadline=None, max_examples=30)
@given(calendars, moments, st.integers(0, 12 * 24 * 60))
def test_it_agrees_with_counting_minutes(calendar: Calendar, start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    national = {day: said.kind for year in range(2024, 2028) for day, said in national_days(year).items()}

    hours = calendar.office.texts()

    def open_at(moment: datetime) -> bool:
        day, clock = moment.date(), f"{moment:%H:%M}"
        weekday = DayKind.WORK if day.weekday() in calendar.office.days else DayKind.OFF
        kind = calendar.exceptions.get(day) or national.get(day) or weekday
        return kind is DayKind.WORK and any(opens <= clock < closes for opens, closes in hours)

    counted = sum(open_at(start + timedelta(minutes=number)) for number in range(minutes))
    assert calendar.between(start, start + timedelta(minutes=minutes)) == timedelta(minutes=counted)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (at(2026, 11, 20, 16), 2, at(2026, 11, 23, 9)),
        (at(2026, 11, 20, 16), 1, at(2026, 11, 20, 17)),
        (at(2026, 11, 21, 10), 1, at(2026, 11, 23, 9)),
        # Tết Bính Ngọ: Monday 16 to Friday 20 February 2026.
        (at(2026, 2, 13, 16), 2, at(2026, 2, 23, 9)),
        (at(2026, 2, 18, 9), 8, at(2026, 2, 23, 17)),
        # Giỗ Tổ on Sunday 26 April 2026 is made up for on Monday; then 30/4 and 1/5, a Thursday and a Friday.
        (at(2026, 4, 24, 16), 2, at(2026, 4, 28, 9)),
        (at(2026, 4, 29, 16, 30), 1, at(2026, 5, 4, 8, 30)),
        # Monday 31 August 2026 is off, and Saturday 22 August worked for it.
        (at(2026, 8, 21, 16), 2, at(2026, 8, 22, 9)),
        (at(2026, 8, 28, 16), 2, at(2026, 9, 3, 9)),
    ],
)
def test_the_state_s_holidays(start: datetime, hours: int, due: datetime) -> None:
    assert PLAIN.after(start, timedelta(hours=hours)) == due
    assert PLAIN.between(start, due) == timedelta(hours=hours)


def test_the_province_s_word_goes_before_the_state_s() -> None:
    own = {date(2026, 2, 18): DayKind.WORK, date(2026, 2, 23): DayKind.OFF, date(2026, 2, 28): DayKind.WORK}
    calendar = Calendar(Office.parse(), own)
    assert calendar.after(at(2026, 2, 13, 16), timedelta(hours=2)) == at(2026, 2, 18, 9)
    assert calendar.after(at(2026, 2, 18, 16), timedelta(hours=2)) == at(2026, 2, 24, 9)
    assert calendar.after(at(2026, 2, 27, 16), timedelta(hours=2)) == at(2026, 2, 28, 9)


def test_years_without_a_working_day_come_to_an_end() -> None:
    first = date(2026, 1, 1)
    never = {first + timedelta(days=number): DayKind.OFF for number in range(366 * (LOOK_AHEAD_YEARS + 1))}
    start = at(2026, 3, 1, 9)
    calendar = Calendar(Office.parse(), never)
    assert calendar.after(start, timedelta(hours=1)) == at(2026 + LOOK_AHEAD_YEARS, 1, 1, 0)
    assert calendar.between(start, start + timedelta(days=3_000)) == timedelta()


def test_the_last_day_of_the_calendar_is_no_end_of_the_program() -> None:
    last = datetime(9999, 12, 31, 23, tzinfo=VIETNAM)
    assert PLAIN.after(last, timedelta(hours=1)) >= last


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("office_hours", "8-12", "write stretches of the day as 08:00-12:00"),
        ("office_hours", "", "write stretches"),
        ("office_hours", "12:00-08:00", "closes before it opens"),
        ("office_hours", "08:00-12:00,11:00-17:00", "follow one another"),
        ("office_hours", "08:00-25:00", "write stretches"),
        ("office_days", "", "write weekdays"),
        ("office_days", "1-7", "write weekdays"),
        ("office_days", "4-0", "write weekdays"),
    ],
)
def test_office_hours_that_are_none_are_refused_in_words(name: str, value: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why) as refused:
        Settings.model_validate({name: value})
    assert f"SMARTHD_{name.upper()}" in str(refused.value)


def test_office_hours_are_read() -> None:
    office = Settings(office_hours="07:00 - 11:30, 13:30-24:00", office_days="0-2,5").office
    assert office.texts() == [("07:00", "11:30"), ("13:30", "24:00")]
    assert office.days == {0, 1, 2, 5}
    assert office.day == timedelta(hours=15) / timedelta(microseconds=1)


def test_a_case_is_accepted_before_it_is_due() -> None:
    for level in Level:
        assert 0 < DEFAULTS[level].accept <= DEFAULTS[level].due
