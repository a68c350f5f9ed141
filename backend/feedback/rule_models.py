"""The tables of rules: who receives a case, by when it is to be handled, which days offices work, how long it takes."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from backend.core.tables import enum_field, id_field, moment_field
from shared.administration import DayKind
from shared.feedback import Level


class RoutingRule(SQLModel, table=True):
    """Cases of a category (none: any) in a place (none: anywhere) go to a unit (none: the place's ward office).

    `about` is category and place as one text, since databases do not hold two unknown ones for equal.
    """

    __tablename__ = "feedback_routing"

    id: UUID = id_field()
    about: str = Field(max_length=80, unique=True)
    category_code: str | None = Field(default=None, max_length=40, foreign_key="feedback_category.code")
    place_code: str | None = Field(default=None, max_length=20)
    unit_code: str | None = Field(default=None, max_length=40, foreign_key="unit.code")


class DeadlineRule(SQLModel, table=True):
    """Working hours of a level, perhaps of one category or one unit alone; `about` is all three as one text."""

    __tablename__ = "feedback_deadline"

    id: UUID = id_field()
    about: str = Field(max_length=120, unique=True)
    level: Level = enum_field(Level, 10)
    category_code: str | None = Field(default=None, max_length=40, foreign_key="feedback_category.code")
    unit_code: str | None = Field(default=None, max_length=40, foreign_key="unit.code")
    accept_hours: float
    due_hours: float


class CalendarDay(SQLModel, table=True):
    """A day on which this province's offices are off, or work, against weekday and holidays of the State."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    kind: DayKind = enum_field(DayKind, 10)
    note: str = Field(max_length=200)


class Pace(SQLModel, table=True):
    """How long a unit usually takes for a category: the median from sending to the first result, and of how many."""

    __tablename__ = "feedback_pace"

    unit_code: str = Field(primary_key=True, max_length=40)
    category_code: str = Field(primary_key=True, max_length=40)
    days: float
    cases: int
    measured_at: datetime = moment_field()
