"""What administrators set for feedback: routing, deadlines, the calendar, held words; and locks with their appeals."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from shared.accounts import UnitRef
from shared.base import Contract, Id, Message, Moment, Text
from shared.feedback import Level


class RoutingRuleDraft(Contract):
    """A rule: cases of this category (null: any) in this place (null: anywhere) go to a unit.

    `unit` null means the ward office of the place where the case lies. The most particular rule wins: category and
    place, then place, then category, then the rule for all.
    """

    category: str | None = Field(max_length=40)
    place: str | None = Field(max_length=20)
    unit: str | None = Field(max_length=40)


class RoutingRule(Contract):
    """A routing rule with the names of what it is about."""

    id: Id
    category: str | None
    category_name: str | None
    place: str | None
    place_name: str | None
    unit: UnitRef | None


class DeadlineRuleDraft(Contract):
    """How many working hours a level of cases has, perhaps for one category or one unit alone."""

    level: Level
    category: str | None = Field(max_length=40)
    unit: str | None = Field(max_length=40)
    accept_hours: float = Field(gt=0, le=2_000)
    due_hours: float = Field(gt=0, le=2_000)


class DeadlineRule(Contract):
    """A row of the table of deadlines; the row of a level alone is its default and cannot be deleted."""

    id: Id
    level: Level
    category: str | None
    category_name: str | None
    unit: UnitRef | None
    accept_hours: float
    due_hours: float
    default: bool


class DayKind(StrEnum):
    """What a day is for offices, against the rule of the week and the State's holidays."""

    OFF = "off"
    WORK = "work"


class CalendarDayDraft(Contract):
    """An exception of this province: a day off, or a day worked instead."""

    day: date
    kind: DayKind
    note: Text = Field(min_length=1, max_length=200)


class CalendarDay(Contract):
    """A day that differs from its weekday: a holiday of the State (`national`) or an exception of this province."""

    day: date
    kind: DayKind
    note: str
    national: bool


class OfficeHours(Contract):
    """When offices work: weekdays (0 is Monday), and stretches `["08:00", "12:00"]` of each."""

    days: list[int]
    stretches: list[tuple[str, str]]
    hours_a_day: float


class CalendarYear(Contract):
    """A year's days that differ from their weekday, and the office hours."""

    year: int
    hours: OfficeHours
    days: list[CalendarDay]


class HeldWordDraft(Contract):
    """Words that make a new report wait for a look (with or without marks, upper or lower case)."""

    words: Text = Field(min_length=2, max_length=60)


class HeldWord(Contract):
    """A word of the list."""

    id: Id
    words: str


class LockDraft(Contract):
    """Keep the sender of a case from sending more, for some days, with a reason that she reads."""

    days: int = Field(ge=1, le=90)
    reason: Message


class LockAppeal(Contract):
    """Why the lock is wrong."""

    text: Message


class LockRelease(Contract):
    """Why a lock is lifted, or (`lift` false) why the appeal is turned down."""

    lift: bool
    text: Message


class DeskLock(Contract):
    """A lock as dispatchers see it: of whom is not said, only for which case."""

    id: Id
    code: str
    reason: str
    made_at: Moment
    until: Moment
    appeal: str | None
    appealed_at: Moment | None
    answer: str | None
    lifted: bool


class UnitDraft(Contract):
    """A new unit; `place_code` is the place whose ward office it is."""

    code: str = Field(max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: Text = Field(min_length=2, max_length=200)
    phone: Text = Field(default="", max_length=40)
    place_code: str | None = Field(default=None, max_length=20)


class UnitChange(Contract):
    """Which place the unit serves as its ward office; null: none."""

    place_code: str | None = Field(max_length=20)


class UnitDetail(UnitRef):
    """A unit as administrators see it."""

    phone: str
    place_code: str | None
    place_name: str | None


class PlaceBoundary(Contract):
    """A place with a boundary, for choosing one in a rule."""

    code: str
    name: str
    kind: str
    unit: UnitRef | None
