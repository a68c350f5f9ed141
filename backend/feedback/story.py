"""How a case moves: the state table is asked, an entry is appended, the case row follows, the fact is said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict
from backend.core.events import emit
from backend.core.rows import store
from backend.core.tables import new_id
from backend.feedback import queries, rules
from backend.feedback.events import FeedbackMoved
from backend.feedback.models import Entry, Feedback
from backend.feedback.parties import moves, parties
from backend.files import service as files
from shared.case_states import MOVES, MoveKind, Party, Status
from shared.errors import ErrorCode
from shared.feedback import Audience

TOPIC = "feedback"


class IllegalMove(Conflict):
    """The case does not stand where this move starts, or this person may not make it; names the legal ones."""

    code = ErrorCode.ILLEGAL_MOVE


def party_for(actor: Actor, case: Feedback, kind: MoveKind) -> Party:
    """Return as what this person makes the move; raises IllegalMove, naming what is legal, when she may not."""
    legal = moves(actor, case)
    if kind not in legal:
        names = ", ".join(legal) or "none"
        raise IllegalMove(f"{kind} is not legal from {case.status}; legal for you now: {names}")
    able = MOVES[case.status][kind].by & parties(actor, case)
    return sorted(able, key=list(Party).index)[0]


def append(
    session: Session,
    case: Feedback,
    kind: str,
    *,
    party: Party,
    actor_id: UUID | None,
    text: str = "",
    audience: Audience = Audience.PUBLIC,
    unit: str | None = None,
    planned_on: date | None = None,
    files: Sequence[UUID] = (),
    facts: dict[str, Any] | None = None,
) -> Entry:
    """Append one line to the story; the case's version counts it."""
    return store(
        session,
        Entry,
        id=new_id(),
        feedback_id=case.id,
        kind=kind,
        at=clock.now(),
        party=party,
        actor_id=actor_id,
        audience=audience,
        status=case.status,
        text=text,
        unit_code=unit or case.unit_code,
        planned_on=planned_on,
        file_ids=[str(file_id) for file_id in files],
        facts=facts or {},
    )


def move(
    session: Session,
    case: Feedback,
    kind: MoveKind,
    *,
    party: Party,
    actor_id: UUID | None,
    to: Status | None = None,
    due_at: datetime | None = None,
    **entry: Any,
) -> Entry:
    """Make a move that was found legal: status, clock, story, version, fact.

    A deadline never moves silently: the entry says the new one, whether it is given (`due_at`) or a pause ended.
    """
    target = to or MOVES[case.status][kind].to
    due_at = _clock(session, case, target) or due_at
    if due_at is not None:
        case.due_at = due_at
        entry["facts"] = {**(entry.get("facts") or {}), "due_at": due_at.isoformat()}
    _pictures(session, case, target)
    case.status, case.moved_at = target, clock.now()
    case.version += 1
    case.reminded_at = None
    if target is Status.RESOLVED:
        case.resolved_at = clock.now()
        # The first result is what medians are made of; a later one after reopening is not.
        case.handled_at = case.handled_at or case.resolved_at
    session.add(case)
    line = append(session, case, kind, party=party, actor_id=actor_id, **entry)
    emit(session, FeedbackMoved(str(case.id), str(line.id), kind.value), actor_id=actor_id)
    changed(session, TOPIC)
    return line


def _pictures(session: Session, case: Feedback, target: Status) -> None:
    """What is held or taken back is hidden with its pictures, and shown with them again."""
    hides = target in queries.HIDDEN
    if case.public and hides != (case.status in queries.HIDDEN):
        entries = queries.story(session, case.id, (Audience.PUBLIC,))
        files.show(session, [UUID(file_id) for entry in entries for file_id in entry.file_ids], public=not hides)


def _clock(session: Session, case: Feedback, target: Status) -> datetime | None:
    """Waiting for the citizen pauses the deadline: the working time that was left then is left again afterwards.

    Returns the deadline that this makes, if any. One that had passed already stays where it was: a question does not
    make a late case punctual.
    """
    moment, paused_at = clock.now(), case.paused_at
    if target is Status.WAITING_CITIZEN:
        case.paused_at = moment
        return None
    case.paused_at = None
    if paused_at is None or paused_at >= case.due_at:
        return None
    working = rules.calendar(session)
    return working.after(moment, working.between(paused_at, case.due_at))
