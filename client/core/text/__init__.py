"""Words by key, dates and errors in the person's language."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 - the methods here have the plain names
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from client.core.text import dates

if TYPE_CHECKING:
    from client.core.api import ApiError

logger = logging.getLogger(__name__)


class Language(StrEnum):
    """The languages of the screen; Vietnamese comes first."""

    VI = "vi"
    EN = "en"


Words = Mapping[Language, Mapping[str, str]]


class Text:
    """Words and dates in one person's language; `language` may change at any time."""

    def __init__(self, words: Iterable[Words], language: Language = Language.VI) -> None:
        """Join the words of all features."""
        self._words: dict[Language, dict[str, str]] = {each: {} for each in Language}
        for part in words:
            for each in Language:
                self._words[each].update(part[each])
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key, with `{name}` places filled."""
        words = self._words[self.language].get(key)
        if words is None:
            logger.warning("no words for %s", key)
            return key
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in self._words[self.language]

    def error(self, error: "ApiError") -> str:
        """Say what went wrong in the person's words; developers' detail is never shown."""
        if error.code == "rate_limited" and error.retry_after:
            return self("error.rate_limited_for", wait=self._wait(error.retry_after))
        key = f"error.{error.code}"
        return self(key) if self.has(key) else self("error.internal")

    def field_error(self, code: str) -> str:
        """Say what is wrong with one field, from the code of its error: `too_short`, or `outside_area`."""
        keys = (f"field.{code}", f"error.{code}", "field.invalid")
        return self(next(key for key in keys if self.has(key)))

    def number(self, value: float) -> str:
        """2.834 or 2,5, after the signs of the language: thousands apart, at most one decimal."""
        whole, _, tenth = f"{value:,.1f}".partition(".")
        whole = whole.replace(",", self("number.thousands"))
        return whole if tenth == "0" else whole + self("number.point") + tenth

    def date(self, day: Date) -> str:
        """29/11/2026."""
        return dates.date(day)

    def time(self, at: datetime) -> str:
        """17:00, Vietnam time."""
        return dates.time(at)

    def moment(self, at: datetime) -> str:
        """17:00 29/11/2026, Vietnam time."""
        return dates.moment(at)

    def weekday_date(self, day: Date) -> str:
        """Thứ Tư 29/11, with the year when it is another one."""
        return f"{self._weekday(day)} {dates.short(day)}"

    def deadline(self, at: datetime) -> str:
        """Hạn 17:00 thứ Tư 29/11, written to stand within a sentence."""
        return self("date.deadline", time=dates.time(at), day=self.weekday_date(dates.local(at).date()))

    def ago(self, at: datetime, now: datetime | None = None) -> str:
        """Say how long ago something was: vừa xong, 5 phút trước, hôm qua 15:42, 20/11 08:15."""
        key, values = dates.ago(at, now or dates.now())
        return self(key, **values)

    def working_left(self, minutes: int) -> str:
        """Say how much working time is left (negative: overdue): còn 5 giờ làm việc, quá hạn 2 ngày làm việc."""
        key, numbers = dates.working_left(minutes)
        return self(key, **numbers)

    def _weekday(self, day: Date) -> str:
        return self(f"weekday.{day.weekday()}")

    def _wait(self, seconds: int) -> str:
        minutes = -(-seconds // 60)
        return self("date.minutes", n=minutes) if seconds >= 60 else self("date.seconds", n=seconds)
