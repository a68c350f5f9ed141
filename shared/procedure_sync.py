"""Keeping the catalogue of procedures: what a record was before, and what a source proposes that an editor decides."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.base import Contract, Id, Moment, Text

MAX_CODES = 100
"""Procedures that one decision may name."""


class Part(StrEnum):
    """What of a record may change, as a person would name it."""

    NAME = "name"
    FIELD = "field"
    MINISTRY = "ministry"
    KIND = "kind"
    DECISION = "decision"
    LEVELS = "levels"
    AUDIENCES = "audiences"
    AGENCIES = "agencies"
    AUTHORITY = "authority"
    COORDINATING = "coordinating"
    RECEPTION = "reception"
    STEPS = "steps"
    METHODS = "methods"
    TIMES = "times"
    FEES = "fees"
    CHANNEL_NOTES = "channel_notes"
    DOCUMENTS = "documents"
    LAWS = "laws"
    CONDITIONS = "conditions"
    RESULTS = "results"
    RELATED = "related"
    SOURCE = "source"
    FLAGS = "flags"
    OTHER = "other"


class PartChange(Contract):
    """What a part said and says, in lines as the source writes them; `cut` says that a very long one was shortened."""

    part: Part
    old: list[str]
    new: list[str]
    cut: bool


class HistoryKind(StrEnum):
    """What became of a record. RETURNED: it was withdrawn, and its source has it again."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class HistoryCause(StrEnum):
    """What wrote it: an operator's import, or a proposal that an editor accepted."""

    IMPORT = "import"
    SYNC = "sync"


class HistoryPart(Contract):
    """A part that changed; what it said and says is given where both are short, else null."""

    part: Part
    old: str | None
    new: str | None


class HistoryEntry(Contract):
    """One change of a record; `digest` is that of the record after it (SHA-256 over the source's row)."""

    id: Id
    at: Moment
    kind: HistoryKind
    cause: HistoryCause
    parts: list[HistoryPart]
    digest: str


class ChangeKind(StrEnum):
    """What a source would change in the catalogue."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class ChangeState(StrEnum):
    """How far a proposed change is.

    ACCEPTED waits for being written. OVERTAKEN was accepted, but the record had changed otherwise by then: nothing was
    written, and the next check proposes anew.
    """

    PENDING = "pending"
    ACCEPTED = "accepted"
    WRITTEN = "written"
    OVERTAKEN = "overtaken"
    REFUSED = "refused"


class SyncState(StrEnum):
    """OPEN: something waits for a decision. REPLACED: a newer proposal of the same origin took its place."""

    OPEN = "open"
    DONE = "done"
    REPLACED = "replaced"


class SyncOrigin(StrEnum):
    """Who brought the file: the periodic check, or an operator's command."""

    CHECK = "check"
    COMMAND = "command"


class SyncFlag(StrEnum):
    """Why a file looks wrong. Withdrawals of a flagged proposal cannot be accepted all at once."""

    MANY_WITHDRAWN = "many_withdrawn"
    MANY_UNUSABLE = "many_unusable"
    CUT_OFF = "cut_off"


class LineFault(StrEnum):
    """Why a line of a source's file cannot be used."""

    TOO_LONG = "too_long"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    UNSTORABLE = "unstorable"
    WRONG_FIELD = "wrong_field"
    TWICE = "twice"


class UnusableLine(Contract):
    """A line that was left out; `detail` is for whoever keeps the source's file."""

    line: int
    fault: LineFault
    detail: str


class KindCount(Contract):
    """How many changes of a kind there are, and how far they are."""

    kind: ChangeKind
    total: int
    pending: int
    accepted: int
    written: int
    overtaken: int
    refused: int


class SyncSummary(Contract):
    """A proposal: how a source's file differs from the catalogue. One count for each kind, in their order."""

    id: Id
    origin: SyncOrigin
    source: str
    made_at: Moment
    state: SyncState
    counts: list[KindCount]
    unchanged: int
    unusable: int
    flags: list[SyncFlag]


class SyncDetail(SyncSummary):
    """A proposal with the first lines that could not be used; `version` is what `If-Match` wants."""

    version: int
    unusable_lines: list[UnusableLine]


class CheckOutcome(StrEnum):
    """What a check of the source found. SAME: the file is the one of the last time."""

    PROPOSED = "proposed"
    NOTHING_NEW = "nothing_new"
    SAME = "same"
    FAILED = "failed"


class CheckTrouble(StrEnum):
    """Why a check failed."""

    NOT_THERE = "not_there"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    FORBIDDEN_ADDRESS = "forbidden_address"
    TOO_LARGE = "too_large"
    UNUSABLE = "unusable"
    INTERNAL = "internal"


class SyncCheck(Contract):
    """The periodic check: what it reads, whether it runs or is asked for, and how the last try went.

    `source` is the address without what may be secret in it, or the file's name. `detail` is for operators.
    """

    configured: bool
    source: str
    every_hours: float
    running: bool
    asked: bool
    tried_at: Moment | None
    next_at: Moment | None
    outcome: CheckOutcome | None
    trouble: CheckTrouble | None
    detail: str


class SyncPage(Contract):
    """Some proposals, newest first, and the check that makes them."""

    items: list[SyncSummary]
    next_cursor: str | None
    check: SyncCheck


class SyncChange(Contract):
    """A proposed change of one procedure.

    `parts` are those that differ. `returns` says that the procedure is in the catalogue as withdrawn.
    `refused_before` says that an editor refused just this already, in an earlier proposal.
    """

    code: str
    kind: ChangeKind
    name: str
    parts: list[Part]
    state: ChangeState
    returns: bool
    refused_before: bool
    reason: str
    decided_at: Moment | None


class SyncChangeDetail(SyncChange):
    """A proposed change with what every part says now and would say."""

    changes: list[PartChange]


class Decision(StrEnum):
    """What an editor may say to a change."""

    ACCEPT = "accept"
    REFUSE = "refuse"


class SyncDecision(Contract):
    """Accept or refuse changes of a kind: those named, or (`codes` null) all that nobody decided yet."""

    decision: Decision
    kind: ChangeKind
    codes: Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(min_length=1)] | None = Field(
        max_length=MAX_CODES
    )
    reason: Text = Field(max_length=500)
