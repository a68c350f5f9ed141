"""Hours as people write them: `07:30-11:30, 13h30-17h` for a day, `T2-T6 07:30-11:30,13:30-17:00; T7 …` for a week."""

import re

from shared.offices import OpenHours, checked_hours
from shared.vietnamese import fold

EXAMPLE = "T2-T6 07:30-11:30,13:30-17:00; T7 07:30-11:30"
ALWAYS = {"24 7", "24 24", "ca ngay", "ngay dem"}
_DAYS = {"t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6}
_GROUP = re.compile(r"\s*(?P<days>(?:t[2-7]|cn)(?:\s*[-,]\s*(?:t[2-7]|cn))*)\s*:?\s+(?P<hours>[\d:h.,\s–-]+?)\s*", re.I)
_STRETCH = re.compile(r"(?P<oh>\d{1,2})[:h.](?P<om>\d{2})?\s*[-–]\s*(?P<ch>\d{1,2})[:h.](?P<cm>\d{2})?", re.I)


def parse(text: str) -> list[OpenHours]:
    """Return the stretches that a text says, none for an empty one; raises ValueError saying how it is written."""
    if not text.strip():
        return []
    if fold(text) in ALWAYS:
        return [OpenHours(weekday=day, opens="00:00", closes="24:00") for day in range(7)]
    found: list[OpenHours] = []
    for part in text.split(";"):
        if not part.strip():
            continue
        group = _GROUP.fullmatch(part)
        if group is None:
            raise ValueError(f"hours are written as {EXAMPLE}")
        found += [row for day in _days(group["days"]) for row in of_day(day, group["hours"])]
    return checked_hours(found)


def of_day(weekday: int, text: str) -> list[OpenHours]:
    """Return the stretches of one day (0 is Monday), none for an empty text; raises ValueError as `parse` does."""
    if not text.strip():
        return []
    stretches = [_stretch(part) for part in text.split(",")]
    return checked_hours([OpenHours(weekday=weekday, opens=opens, closes=closes) for opens, closes in stretches])


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.lower().split(","):
        first, _, last = (each.strip() for each in part.partition("-"))
        start, end = _DAYS[first], _DAYS[last or first]
        if start > end:
            raise ValueError("days go from T2 to CN")
        days += range(start, end + 1)
    return list(dict.fromkeys(days))


def _stretch(text: str) -> tuple[str, str]:
    found = _STRETCH.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"hours are written as {EXAMPLE}")
    return _clock(found["oh"], found["om"]), _clock(found["ch"], found["cm"])


def _clock(hour: str, minute: str | None) -> str:
    return f"{int(hour):02d}:{minute or '00'}"
