"""What people do with a case: the bodies of moves, words and reasons, one for each."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from shared.base import Contract, Id, Message, Text
from shared.case_states import MoveKind
from shared.feedback import MAX_FILES, CaseCode


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
