"""Dates as people in Vietnam write them, whatever the clock of the device says; errors in words."""

from datetime import UTC, datetime, timedelta

import pytest

from client.core.api import OFFLINE, ApiError
from client.core.text import Language, Text
from client.core.text.words import CORE_WORDS
from shared.errors import ErrorCode

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 10:00 on a Tuesday in Hải Dương


@pytest.fixture
def t() -> Text:
    return Text([CORE_WORDS])


def test_a_deadline_is_said_in_the_words_of_the_house(t: Text) -> None:
    at = datetime(datetime.now(UTC).year, 11, 29, 10, 0, tzinfo=UTC)
    assert t.deadline(at).startswith("hạn 17:00 ")
    assert t.deadline(at).endswith(" 29/11")
    assert t.deadline(at.replace(year=2031)) == "hạn 17:00 thứ Bảy 29/11/2031"
    assert t.moment(datetime(2026, 12, 31, 18, 30, tzinfo=UTC)) == "01:30 01/01/2027"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "vừa xong"),
        (timedelta(minutes=5), "5 phút trước"),
        (timedelta(hours=9), "9 giờ trước"),
        (timedelta(hours=11), "hôm qua 23:00"),
        (timedelta(days=3), "3 ngày trước"),
    ],
)
def test_how_long_ago(t: Text, before: timedelta, said: str) -> None:
    assert t.ago(NOW - before, NOW) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (3 * 480, "còn 3 ngày làm việc"),
        (3 * 480 - 1, "còn 2 ngày 7 giờ làm việc"),
        (480, "còn 1 ngày làm việc"),
        (479, "còn 7 giờ làm việc"),
        (59, "còn 59 phút làm việc"),
        (0, "còn 1 phút làm việc"),
        (-1, "quá hạn 1 phút làm việc"),
        (-60, "quá hạn 1 giờ làm việc"),
        (-2 * 480 - 300, "quá hạn 2 ngày làm việc"),
    ],
)
def test_working_time(t: Text, minutes: int, said: str) -> None:
    assert t.working_left(minutes) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.VI, ["2.834", "2,5", "1.234.567", "3", "950"]),
        (Language.EN, ["2,834", "2.5", "1,234,567", "3", "950"]),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(t: Text, language: Language, said: list[str]) -> None:
    t.language = language
    assert [t.number(n) for n in (2_834, 2.5, 1_234_567, 3.0, 950)] == said


def test_every_error_is_said_in_both_languages(t: Text) -> None:
    for language in Language:
        t.language = language
        for code in [*ErrorCode, OFFLINE]:
            said = t.error(ApiError(code))
            assert said
            assert "error." not in said
    t.language = Language.VI
    assert t.error(ApiError(ErrorCode.RATE_LIMITED, retry_after=90)) == "Thao tác quá nhanh. Thử lại sau 2 phút."
