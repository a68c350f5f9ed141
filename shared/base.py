"""What every contract is made of: the base model and the named field types."""

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam has kept UTC+7 without daylight saving since 1975; a fixed offset needs no time-zone database on a phone."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PHONE = re.compile(r"^\+84[35789]\d{8}$")


class Contract(BaseModel):
    """A message between backend and client: frozen, strict about names, readable from table rows."""

    model_config = ConfigDict(frozen=True, from_attributes=True, extra="forbid", allow_inf_nan=False)


def clean_text(value: str) -> str:
    """Return the text in Unicode NFC, with Unix line ends and without outer blanks.

    Raises ValueError for control characters (NUL included) and lone surrogates, which databases refuse.
    """
    if _CONTROL.search(value) or _SURROGATE.search(value):
        raise ValueError("control characters are not allowed")
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def normalise_phone(value: str) -> str:
    """Return a Vietnamese mobile number in E.164 (`+84901234567`), from any common way of writing it.

    Raises ValueError when it is not a mobile number of today's plan: ten digits, 03, 05, 07, 08 or 09
    (Thông tư 22/2014/TT-BTTTT and the 2018 move from eleven digits to ten).
    """
    digits = re.sub(r"[\s.\-()]", "", value)
    for prefix in ("+84", "0084", "84"):
        if digits.startswith(prefix):
            digits = digits.removeprefix(prefix).removeprefix("0")
            break
    else:
        if not digits.startswith("0"):
            raise ValueError("not a Vietnamese mobile number")
        digits = digits[1:]
    phone = f"+84{digits}"
    if not _PHONE.fullmatch(phone):
        raise ValueError("not a Vietnamese mobile number")
    return phone


def _as_text(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _as_phone(value: object) -> object:
    return normalise_phone(value) if isinstance(value, str) else value


def _in_vietnam(value: datetime) -> datetime:
    try:
        return value.astimezone(VIETNAM)
    except OverflowError as error:
        raise ValueError("a moment beyond the calendar") from error


Text = Annotated[str, BeforeValidator(_as_text)]
"""Any cleaned text; give it a length with `Field(max_length=…)` where it is used."""
Name = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=120)]
Title = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=300)]
Message = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=5_000)]
Phone = Annotated[str, BeforeValidator(_as_phone), Field(max_length=20)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_vietnam)]
"""A point in time with its offset; leaves as RFC 3339 at +07:00."""
Id = UUID
"""A UUIDv7: sorts by time of creation (RFC 9562)."""
