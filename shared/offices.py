"""Offices (bộ phận một cửa and others) and hotlines: where to go, when they are open, whom to call."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.base import Contract, Latitude, Longitude, Moment, Name, Text, Title


class OfficeKind(StrEnum):
    """What an office is."""

    ONE_STOP = "one_stop"
    POLICE = "police"
    HEALTH = "health"
    POST = "post"
    OTHER = "other"


Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class OpenHours(Contract):
    """A stretch of one weekday (0 is Monday) in which an office is open."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: Clock
    closes: Clock


def checked_hours(hours: list[OpenHours]) -> list[OpenHours]:
    """Return the stretches in order; raises ValueError where one ends before it begins, or two overlap."""
    ordered = sorted(hours, key=lambda stretch: (stretch.weekday, stretch.opens))
    if any(stretch.opens >= stretch.closes for stretch in ordered):
        raise ValueError("an office closes after it opens")
    if any(a.weekday == b.weekday and a.closes > b.opens for a, b in pairwise(ordered)):
        raise ValueError("two stretches of a day overlap")
    return ordered


WeekHours = Annotated[list[OpenHours], Field(max_length=50), AfterValidator(checked_hours)]


class Office(Contract):
    """An office. `serves` are the codes of today's places whose people go there.

    `open_now` is null where the hours are not known; `changes_at` is when it next opens or closes. `distance_m` is the
    way as the crow flies from the point that was asked about. `sample` marks made-up demo content (dữ liệu minh họa).
    """

    code: str
    name: str
    kind: OfficeKind
    address: str
    phone: str
    lat: float | None
    lon: float | None
    hours: list[OpenHours]
    note: str
    serves: list[str]
    open_now: bool | None
    changes_at: Moment | None
    distance_m: int | None
    source: str
    sample: bool


OfficeCode = Annotated[Text, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]
Telephone = Annotated[Text, Field(max_length=40, pattern=r"^(\+?[0-9][0-9 .()-]{1,38})?$")]
"""A telephone number as it is written, a landline or a short one too; empty where there is none."""
PlaceCodes = Annotated[list[Annotated[Text, Field(pattern=r"^[0-9]{3,20}$")]], Field(max_length=500)]


class OfficeFields(Contract):
    """What is said of an office but for its code. A position has both its numbers or neither."""

    name: Title
    kind: OfficeKind
    address: Annotated[Text, Field(max_length=500)]
    phone: Telephone
    lat: Latitude | None
    lon: Longitude | None
    hours: WeekHours
    note: Annotated[Text, Field(max_length=1_000)]
    serves: PlaceCodes


class OfficeDraft(OfficeFields):
    """What an editor writes of an office; `code` is chosen once."""

    code: OfficeCode


class OfficeChange(OfficeFields):
    """What an editor changes of an office: what is left out stays."""

    name: Title = "-"
    kind: OfficeKind = OfficeKind.OTHER
    address: Annotated[Text, Field(max_length=500)] = ""
    phone: Telephone = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    hours: WeekHours = Field(default_factory=list)
    note: Annotated[Text, Field(max_length=1_000)] = ""
    serves: PlaceCodes = Field(default_factory=list)


CallNumber = Annotated[Text, Field(pattern=r"^\+?[0-9]{3,15}$")]


class HotlineDraft(Contract):
    """What an editor writes of a number to call."""

    number: CallNumber
    name: Name
    description: Annotated[Text, Field(max_length=500)]
    emergency: bool


class HotlineChange(Contract):
    """What an editor changes of a number to call: what is left out stays."""

    number: CallNumber = "112"
    name: Name = "-"
    description: Annotated[Text, Field(max_length=500)] = ""
    emergency: bool = False


class DeskHotline(Contract):
    """A number to call as editors see it; `version` is what `If-Match` wants."""

    number: str
    name: str
    description: str
    emergency: bool
    version: int


class HotlineOrder(Contract):
    """All numbers in the order in which they are to be shown."""

    numbers: Annotated[list[CallNumber], Field(max_length=500)]
