"""Working time: how much of it lies between two moments, and when an amount of it has passed.

Offices work on their weekdays except on holidays of the State (Bộ luật Lao động 2019, Điều 112, and the yearly
decisions on exchanged days, as far as they were announced); what an administrator says of a day goes before both.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from functools import cache
from types import MappingProxyType

import holidays

from backend.core.office import DAY, Office
from shared.administration import DayKind
from shared.base import VIETNAM

LOOK_AHEAD_YEARS = 20
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class NationalDay:
    """A day of the State's: off, or worked in exchange for one that is off."""

    kind: DayKind
    name: str


@cache
def national_days(year: int) -> Mapping[date, NationalDay]:
    """Return the State's holidays and exchanged working days of a year, as far as they were announced."""
    known = holidays.country_holidays("VN", language="vi", years=year)
    found = {day: NationalDay(DayKind.OFF, name) for day, name in known.items()}
    for day in known.weekend_workdays:
        if day.year == year:
            found[day] = NationalDay(DayKind.WORK, "Ngày làm bù")
    return MappingProxyType(found)


@dataclass(frozen=True)
class _Year:
    """A year's working days: `before[i]` of them lie before its day `i` (0 is 1 January); the last is their sum."""

    first: int
    before: list[int]


class Calendar:
    """The working time of an installation. Immutable but for the years that it has counted; shared by threads."""

    def __init__(self, office: Office, exceptions: Mapping[date, DayKind] = MappingProxyType({})) -> None:
        self.office, self.exceptions = office, exceptions
        self._years: dict[int, _Year] = {}

    def said(self, day: date) -> DayKind | None:
        """Return what the province, or else the State, said of this very day; None leaves it to its weekday."""
        if (own := self.exceptions.get(day)) is not None:
            return own
        national = national_days(day.year).get(day)
        return national.kind if national is not None else None

    def works(self, day: date) -> bool:
        """Whether offices work on this day."""
        said = self.said(day)
        return day.weekday() in self.office.days if said is None else said is DayKind.WORK

    def after(self, start: datetime, working: timedelta) -> datetime:
        """Return the moment when this much working time has passed since `start`.

        Nothing of it passes in no time. Where no day is worked the search ends after `LOOK_AHEAD_YEARS`.
        """
        left = working // _MICROSECOND
        moment = start.astimezone(VIETNAM)
        if left <= 0:
            return moment
        left += self._since_new_year(moment)
        for number in range(moment.year, min(moment.year + LOOK_AHEAD_YEARS, MAXYEAR + 1)):
            year = self._year(number)
            whole = year.before[-1] * self.office.day
            if left <= whole:
                return self._at(year, left)
            left -= whole
        return max(moment, datetime(min(moment.year + LOOK_AHEAD_YEARS, MAXYEAR), 1, 1, tzinfo=VIETNAM))

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`; nothing when `end` is earlier."""
        if end <= start:
            return timedelta()
        start, end = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
        days = sum(self._year(number).before[-1] for number in range(start.year, end.year))
        amount = days * self.office.day + self._since_new_year(end) - self._since_new_year(start)
        return timedelta(microseconds=amount)

    def days(self, amount: float) -> timedelta:
        """Return the working time of this many whole working days."""
        return timedelta(microseconds=round(amount * self.office.day))

    def longest_pause(self, around: date, days: int) -> int:
        """Return how many days without work follow one another at most, within so many days before and after."""
        longest = row = 0
        for step in range(-days, days + 1):
            row = 0 if self.works(around + timedelta(days=step)) else row + 1
            longest = max(longest, row)
        return longest

    def _since_new_year(self, moment: datetime) -> int:
        year = self._year(moment.year)
        number = moment.toordinal() - year.first
        done = year.before[number] * self.office.day
        if year.before[number + 1] == year.before[number]:
            return done
        clock = (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) // _MICROSECOND
        return done + sum(max(0, min(clock, closes) - opens) for opens, closes in self.office.stretches)

    def _at(self, year: _Year, amount: int) -> datetime:
        """Return the earliest moment of the year by which this much (more than nothing) has been worked."""
        number = bisect_left(year.before, -(-amount // self.office.day)) - 1
        left = amount - year.before[number] * self.office.day
        midnight = datetime.combine(date.fromordinal(year.first + number), datetime.min.time(), VIETNAM)
        for opens, closes in self.office.stretches:
            if left <= closes - opens:
                return midnight + timedelta(microseconds=opens + left)
            left -= closes - opens
        return midnight + timedelta(microseconds=DAY)

    def _year(self, number: int) -> _Year:
        known = self._years.get(number)
        if known is None:
            known = self._years[number] = self._counted(number)
        return known

    def _counted(self, number: int) -> _Year:
        first = date(number, 1, 1).toordinal()
        length = date(number, 12, 31).toordinal() - first + 1
        before = [0]
        for day in range(first, first + length):
            before.append(before[-1] + self.works(date.fromordinal(day)))
        return _Year(first, before)
