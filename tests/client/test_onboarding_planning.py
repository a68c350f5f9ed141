"""A facilitator plans a session: times as people write them, and what is wrong said at its field."""

from datetime import date, datetime, time
from typing import Any

import pytest

from client.core.text import Language, Text
from client.onboarding.planning import as_clock, as_day, defaults, draft_of, problems
from client.onboarding.words import WORDS
from shared.base import VIETNAM

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=VIETNAM)
T = Text([WORDS], Language.VI)


def filled(**changes: Any) -> dict[str, Any]:
    """Return a session that can be opened, with some fields changed."""
    return {**defaults(NOON), "title": "Ngày CĐS", "place": "Chợ Hội Đô", "team": "Tổ số 5", **changes}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:30", time(8, 30)),
        ("8h30", time(8, 30)),
        (" 8g05 ", time(8, 5)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("8:60", None),
        ("tám giờ", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, read: time | None) -> None:
    assert as_clock(typed) == read


def test_a_day_that_is_none_is_none() -> None:
    assert as_day("2026-11-23") == date(2026, 11, 23)
    assert as_day("hôm nay") is None


def test_a_new_session_begins_now_and_ends_the_same_day() -> None:
    assert (defaults(NOON)["start"], defaults(NOON)["end"]) == ("12:00", "15:00")
    late = defaults(NOON.replace(hour=23))
    assert (late["day"], late["start"], late["end"]) == ("2026-11-23", "23:00", "23:59")


def test_a_filled_form_becomes_a_session_in_vietnam() -> None:
    values = filled(start="8h30", end="11:00", day="2026-11-24", target="60")
    assert not any(problems(T, values, NOON).values())
    draft = draft_of(values)
    assert draft.starts_at == datetime(2026, 11, 24, 8, 30, tzinfo=VIETNAM)
    assert draft.ends_at == datetime(2026, 11, 24, 11, 0, tzinfo=VIETNAM)
    assert draft.target == 60


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  "}),
        ("place", {"place": ""}),
        ("team", {"team": ""}),
        ("start", {"start": "sáng"}),
        ("end", {"end": "25:00"}),
        ("end", {"start": "14:00", "end": "14:00"}),
        ("end", {"start": "08:00", "end": "11:00"}),
        ("target", {"target": "0"}),
        ("target", {"target": "nhiều"}),
        ("target", {"target": "100001"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, changes: dict[str, Any]) -> None:
    found = problems(T, filled(**changes), NOON)
    assert [name for name, words in found.items() if words] == [field]
