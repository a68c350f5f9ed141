"""Feedback (phản ánh): the contract of a case."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.accounts import UnitRef
from shared.base import Contract, Id, Latitude, Longitude, Moment, Text
from shared.case_states import MoveKind, Party, Status
from shared.files import FileRef

CaseCode = Annotated[str, StringConstraints(pattern=r"^PA-\d{6}-[0-9A-HJKMNP-TV-Z]{4}$")]
"""`PA-<yymmdd>-<4 signs of Crockford's base32>`: random, so that nobody finds cases by counting."""

MAX_FILES = 8


class Level(StrEnum):
    """How pressing a category is; it sets the deadline."""

    URGENT = "urgent"
    NORMAL = "normal"
    COMPLEX = "complex"


class Audience(StrEnum):
    """Who may read an entry of the story: everybody, the reporter and staff, or staff alone."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    STAFF = "staff"


class Category(Contract):
    """What a report is about. `icon` names a Material icon."""

    code: str
    name: str
    icon: str
    level: Level


class Usual(Contract):
    """What was measured: the median from sending to the first result in days, and how many cases it rests on."""

    days: float
    cases: int


class Expectation(Contract):
    """What a sender may count on before sending: who receives it, and by when it is to be answered.

    `place` names the ward or commune that the point lies in, null where no boundaries are known; `usual` is null where
    too few cases were handled to say anything.
    """

    unit: UnitRef
    place: str | None
    level: Level
    accept_by: Moment
    due_at: Moment
    usual: Usual | None


class FeedbackDraft(Contract):
    """A new report. The name is never public.

    `show_name` lets the handlers see it; `blur_place` rounds the public place to about 100 m; a `practice` report
    reaches no real queue. `system` names where a person's data is wrong (category "my data is wrong").
    """

    category: str = Field(min_length=1, max_length=40)
    description: Text = Field(min_length=10, max_length=5_000)
    lat: Latitude
    lon: Longitude
    address: Text = Field(default="", max_length=300)
    system: Text = Field(default="", max_length=80)
    file_ids: list[Id] = Field(default=[], max_length=MAX_FILES)
    public: bool = True
    show_name: bool = False
    blur_place: bool = False
    practice: bool = False


class Entry(Contract):
    """One line of a case's story. `kind` is a MoveKind, or `submit`, `reply`, `note`, `reveal`, `joined`.

    `due_at` is the deadline since this line, where the line moved it; `about` is the code of another case that the line
    names (merge, split).
    """

    id: Id
    kind: str
    at: Moment
    party: Party
    by: str
    mine: bool
    audience: Audience
    status: Status
    text: str
    unit: UnitRef | None
    planned_on: date | None
    due_at: Moment | None
    about: str | None
    files: list[FileRef]


class Rating(Contract):
    """The citizen's word on the result."""

    score: int = Field(ge=1, le=5)
    text: Text = Field(default="", max_length=1_000)


class FeedbackSummary(Contract):
    """A case in a list. The place is rounded where the sender asked for it and the reader is not a party.

    `working_left` is what is left of the deadline in working minutes (negative when it is over), null where no clock
    runs or waits; `supporters` counts the people who said "me too", each once, those of merged cases included.
    """

    id: Id
    code: str
    title: str
    category: Category
    status: Status
    level: Level
    unit: UnitRef | None
    address: str
    lat: float
    lon: float
    thumb_url: str | None
    created_at: Moment
    accept_by: Moment
    due_at: Moment
    resolved_at: Moment | None
    working_left: int | None
    overdue: bool
    on_time: bool | None
    supporters: int
    public: bool
    practice: bool


class FeedbackDetail(FeedbackSummary):
    """A whole case as its reader may see it; `moves` are what this reader may do now.

    `first_due_at` is the deadline that was promised at the beginning; `masked` says that phone or ID numbers in the
    words are hidden from the public; `merged_into` is the case that this one was joined to, `merged` are those joined
    to it; `following` and `supporting` are about the reader.
    """

    description: str
    system: str
    masked: bool
    first_due_at: Moment
    merged_into: str | None
    merged: list[str]
    following: bool
    supporting: bool
    files: list[FileRef]
    story: list[Entry]
    rating: Rating | None
    planned_on: date | None
    mine: bool
    show_name: bool
    blur_place: bool
    moves: list[MoveKind]
    version: int


class Reporter(Contract):
    """Who sent a case, as far as the sender lets the handlers know."""

    name: str | None
    phone: str | None


class DeskDetail(FeedbackDetail):
    """A whole case as staff see it; `revealed` says that a dispatcher had the sender's name shown."""

    reporter: Reporter
    revealed: bool
    officer: str | None
    place: str | None


class QueueCount(Contract):
    """How many cases wait behind one entry of the desk's menu."""

    queue: str
    count: int


class Template(Contract):
    """A ready reason for a refusal, to start from."""

    code: str
    text: str
