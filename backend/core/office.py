"""Office hours: on which weekdays, and in which stretches of the day, the offices of this installation work."""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Self

HOURS = "08:00-12:00,13:00-17:00"
DAYS = "0-4"
_STRETCH = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)")
_DAYS = re.compile(r"[0-6](-[0-6])?")
MINUTE = 60_000_000
"""Microseconds: working time is counted in whole ones, so that nothing is lost on the way there and back."""
DAY = 24 * 60 * MINUTE


@dataclass(frozen=True)
class Office:
    """Weekdays (0 is Monday) and stretches of a working day, in microseconds since midnight."""

    days: frozenset[int]
    stretches: tuple[tuple[int, int], ...]

    @property
    def day(self) -> int:
        """The working time of a whole day, in microseconds."""
        return sum(closes - opens for opens, closes in self.stretches)

    @classmethod
    def parse(cls, hours: str = HOURS, days: str = DAYS) -> Self:
        """Read the settings' words; raises ValueError, saying what is wrong and how it is written."""
        return cls(_days(days), _stretches(hours))

    def texts(self) -> list[tuple[str, str]]:
        """Return the stretches as `("08:00", "12:00")`."""
        return [(_clock(opens), _clock(closes)) for opens, closes in self.stretches]


def _days(words: str) -> frozenset[int]:
    found: set[int] = set()
    for part in words.replace(" ", "").split(","):
        if not _DAYS.fullmatch(part) or part[0] > part[-1]:
            raise ValueError(f"SMARTHD_OFFICE_DAYS={words!r}: write weekdays as 0-4 or 0,2,5 (0 is Monday, 6 Sunday)")
        found.update(range(int(part[0]), int(part[-1]) + 1))
    return frozenset(found)


def _stretches(words: str) -> tuple[tuple[int, int], ...]:
    said = f"SMARTHD_OFFICE_HOURS={words!r}"
    found = []
    for part in words.replace(" ", "").split(","):
        if not _STRETCH.fullmatch(part):
            raise ValueError(f"{said}: write stretches of the day as {HOURS}")
        opens, closes = (_of_day(moment) for moment in part.split("-"))
        if opens >= closes:
            raise ValueError(f"{said}: {part} closes before it opens")
        found.append((opens, closes))
    if any(before[1] > after[0] for before, after in pairwise(found)):
        raise ValueError(f"{said}: the stretches must follow one another")
    return tuple(found)


def _of_day(moment: str) -> int:
    hour, minute = moment.split(":")
    return (int(hour) * 60 + int(minute)) * MINUTE


def _clock(moment: int) -> str:
    minutes = moment // MINUTE
    return "24:00" if moment == DAY else f"{time(minutes // 60, minutes % 60):%H:%M}"
