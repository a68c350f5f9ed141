"""Where a case stands, what may be done with it and by whom: the state table that both sides obey."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
