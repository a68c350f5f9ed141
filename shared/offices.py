"""Offices (bộ phận một cửa and others) and hotlines: where to go, when they are open, whom to call."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

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


class OfficeDraft(Contract):
    """What an editor writes of an office; `code` is chosen once."""

    code: Annotated[Text, Field(pattern=r"^[0-9A-Za-z._-]{1,40}$")]
    name: Title
    kind: OfficeKind
    address: Annotated[Text, Field(max_length=500)]
    phone: Annotated[Text, Field(max_length=40)]
    lat: Latitude | None
    lon: Longitude | None
    hours: Annotated[list[OpenHours], Field(max_length=50)]
    note: Annotated[Text, Field(max_length=1_000)]
    serves: Annotated[list[Annotated[Text, Field(max_length=20)]], Field(max_length=500)]


class HotlineDraft(Contract):
    """What an editor writes of a number to call."""

    number: Annotated[Text, Field(pattern=r"^\+?[0-9]{3,15}$")]
    name: Name
    description: Annotated[Text, Field(max_length=500)]
    emergency: bool
