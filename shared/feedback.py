"""Feedback (phản ánh): the contract of a case, and the state table that both sides obey."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.accounts import UnitRef
from shared.base import Contract, Id, Latitude, Longitude, Message, Moment, Text
from shared.files import FileRef

CaseCode = Annotated[str, StringConstraints(pattern=r"^PA-\d{6}-[0-9A-HJKMNP-TV-Z]{4}$")]
"""`PA-<yymmdd>-<4 signs of Crockford's base32>`: random, so that nobody finds cases by counting."""

MAX_FILES = 8
REOPEN_DAYS = 30
AUTO_CLOSE_DAYS = 7


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    HELD = "held"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_CITIZEN = "waiting_citizen"
    PLANNED = "planned"
    RESOLVED = "resolved"
    ESCALATED = "escalated"
    CLOSED = "closed"
    REFUSED = "refused"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class MoveKind(StrEnum):
    """What may be done with a case so that it stands elsewhere."""

    ACCEPT = "accept"
    ASSIGN = "assign"
    REFUSE = "refuse"
    MERGE = "merge"
    SPLIT = "split"
    HOLD = "hold"
    RELEASE = "release"
    START = "start"
    ASK = "ask"
    ANSWER = "answer"
    PLAN = "plan"
    RESOLVE = "resolve"
    TRANSFER = "transfer"
    RETURN = "return"
    ESCALATE = "escalate"
    CLOSE = "close"
    RATE = "rate"
    REOPEN = "reopen"
    APPEAL = "appeal"
    WITHDRAW = "withdraw"


class Party(StrEnum):
    """As what somebody acts on a case."""

    CITIZEN = "citizen"
    DISPATCHER = "dispatcher"
    OFFICER = "officer"
    LEADER = "leader"
    SYSTEM = "system"


@dataclass(frozen=True)
class Rule:
    """Where a move leads and who may make it."""

    to: Status
    by: frozenset[Party]


_DISPATCHER = frozenset({Party.DISPATCHER})
_OFFICER = frozenset({Party.OFFICER})
_LEADER = frozenset({Party.LEADER})
_CITIZEN = frozenset({Party.CITIZEN})
_SYSTEM = frozenset({Party.SYSTEM})

_REFUSE = {MoveKind.REFUSE: Rule(Status.REFUSED, _DISPATCHER)}
_MERGE = {MoveKind.MERGE: Rule(Status.MERGED, _DISPATCHER)}
_ASSIGN = {MoveKind.ASSIGN: Rule(Status.ASSIGNED, _DISPATCHER)}
_WITHDRAW = {MoveKind.WITHDRAW: Rule(Status.WITHDRAWN, _CITIZEN)}
_TRANSFER = {MoveKind.TRANSFER: Rule(Status.ASSIGNED, _OFFICER)}
_WORK = {
    MoveKind.ASK: Rule(Status.WAITING_CITIZEN, _OFFICER),
    MoveKind.PLAN: Rule(Status.PLANNED, _OFFICER),
    MoveKind.RESOLVE: Rule(Status.RESOLVED, _OFFICER),
    MoveKind.RETURN: Rule(Status.ACCEPTED, _OFFICER),
}

MOVES: Mapping[Status, Mapping[MoveKind, Rule]] = {
    Status.NEW: {
        MoveKind.ACCEPT: Rule(Status.ACCEPTED, _DISPATCHER),
        MoveKind.HOLD: Rule(Status.HELD, _DISPATCHER),
        **_ASSIGN,
        **_REFUSE,
        **_MERGE,
        **_WITHDRAW,
    },
    Status.HELD: {MoveKind.RELEASE: Rule(Status.NEW, _DISPATCHER), **_REFUSE},
    Status.ACCEPTED: {**_ASSIGN, **_REFUSE, **_MERGE, **_WITHDRAW},
    Status.ASSIGNED: {
        MoveKind.START: Rule(Status.IN_PROGRESS, _OFFICER),
        MoveKind.ESCALATE: Rule(Status.ESCALATED, _OFFICER),
        **_WORK,
        **_TRANSFER,
        **_MERGE,
        **_WITHDRAW,
    },
    Status.IN_PROGRESS: {
        MoveKind.ESCALATE: Rule(Status.ESCALATED, _OFFICER | _SYSTEM),
        **_WORK,
        **_TRANSFER,
        **_MERGE,
        **_WITHDRAW,
    },
    Status.WAITING_CITIZEN: {
        MoveKind.ANSWER: Rule(Status.IN_PROGRESS, _CITIZEN),
        MoveKind.CLOSE: Rule(Status.CLOSED, _SYSTEM),
        **_TRANSFER,
        **_WITHDRAW,
    },
    Status.PLANNED: {
        MoveKind.START: Rule(Status.IN_PROGRESS, _OFFICER | _SYSTEM),
        MoveKind.PLAN: Rule(Status.PLANNED, _OFFICER),
        MoveKind.RESOLVE: Rule(Status.RESOLVED, _OFFICER),
        **_TRANSFER,
        **_WITHDRAW,
    },
    Status.RESOLVED: {
        MoveKind.RATE: Rule(Status.CLOSED, _CITIZEN),
        MoveKind.REOPEN: Rule(Status.IN_PROGRESS, _CITIZEN),
        MoveKind.CLOSE: Rule(Status.CLOSED, _SYSTEM),
    },
    Status.ESCALATED: {
        MoveKind.START: Rule(Status.IN_PROGRESS, _LEADER),
        MoveKind.RESOLVE: Rule(Status.RESOLVED, _LEADER),
        MoveKind.CLOSE: Rule(Status.CLOSED, _LEADER),
    },
    Status.CLOSED: {MoveKind.REOPEN: Rule(Status.IN_PROGRESS, _CITIZEN)},
    Status.REFUSED: {MoveKind.APPEAL: Rule(Status.NEW, _CITIZEN)},
    Status.MERGED: {MoveKind.SPLIT: Rule(Status.ACCEPTED, _DISPATCHER)},
    Status.WITHDRAWN: {},
}
"""status → move → where it leads and who may. The once-only moves (reopen, appeal) are narrowed by the service."""

OPEN: frozenset[Status] = frozenset(Status) - {Status.CLOSED, Status.REFUSED, Status.MERGED, Status.WITHDRAWN}


def legal_moves(status: Status, parties: frozenset[Party]) -> list[MoveKind]:
    """Return the moves that these parties may make from this status, in the table's order."""
    return [kind for kind, rule in MOVES[status].items() if rule.by & parties]


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


class Accept(Contract):
    """Take a new case in."""

    move: Literal[MoveKind.ACCEPT]


class Assign(Contract):
    """Give a case to a unit, and perhaps to one officer of it."""

    move: Literal[MoveKind.ASSIGN]
    unit: str = Field(min_length=1, max_length=40)
    officer: Id | None = None


class Refuse(Contract):
    """Turn a case down, always with a reason from the list and in words."""

    move: Literal[MoveKind.REFUSE]
    reason_code: str = Field(min_length=1, max_length=40)
    text: Message


class Merge(Contract):
    """Join a case into another about the same thing."""

    move: Literal[MoveKind.MERGE]
    into: CaseCode
    text: Message


class Split(Contract):
    """Undo a merge."""

    move: Literal[MoveKind.SPLIT]


class Hold(Contract):
    """Keep a case back for an abuse check."""

    move: Literal[MoveKind.HOLD]
    text: Message


class Release(Contract):
    """Let a held case go on."""

    move: Literal[MoveKind.RELEASE]


class Start(Contract):
    """Begin the work."""

    move: Literal[MoveKind.START]


class Ask(Contract):
    """Ask the citizen; the clock pauses."""

    move: Literal[MoveKind.ASK]
    text: Message


class Plan(Contract):
    """Promise a date; a promise is not a result."""

    move: Literal[MoveKind.PLAN]
    date: date
    text: Message


class Resolve(Contract):
    """Say it is done, and show it."""

    move: Literal[MoveKind.RESOLVE]
    text: Message
    proof_file_ids: list[Id] = Field(min_length=1, max_length=MAX_FILES)


class Transfer(Contract):
    """Hand a case to another unit."""

    move: Literal[MoveKind.TRANSFER]
    unit: str = Field(min_length=1, max_length=40)
    text: Message


class Return(Contract):
    """Give a case back to the dispatcher."""

    move: Literal[MoveKind.RETURN]
    text: Message


class Escalate(Contract):
    """Bring a case before the unit's leader."""

    move: Literal[MoveKind.ESCALATE]
    text: Message


class Close(Contract):
    """End an escalated case, with a reason."""

    move: Literal[MoveKind.CLOSE]
    text: Message


Move = Annotated[
    Accept
    | Assign
    | Refuse
    | Merge
    | Split
    | Hold
    | Release
    | Start
    | Ask
    | Plan
    | Resolve
    | Transfer
    | Return
    | Escalate
    | Close,
    Field(discriminator="move"),
]
"""What staff may post to `/desk/feedback/{code}/moves`."""


class Reply(Contract):
    """A word to the citizen that does not move the case."""

    text: Message
    file_ids: list[Id] = Field(default=[], max_length=MAX_FILES)


class Note(Contract):
    """A word among staff."""

    text: Message


class Answer(Contract):
    """The citizen's answer to a question."""

    text: Message
    file_ids: list[Id] = Field(default=[], max_length=MAX_FILES)


class Reason(Contract):
    """Why the citizen reopens or appeals."""

    text: Message


class Withdrawal(Contract):
    """Why the citizen takes a report back, if she says."""

    text: Text = Field(default="", max_length=1_000)


class Reveal(Contract):
    """Why a dispatcher needs the sender's name; the sender reads it."""

    reason: Message


class Template(Contract):
    """A ready reason for a refusal, to start from."""

    code: str
    text: str
