"""Every select over cases: what one may see, filters, order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, false, func, literal_column
from sqlmodel import Session, and_, col, or_, select

from backend.core import clock
from backend.core.access import Actor
from backend.core.pages import PageRequest, keyset
from backend.feedback.models import Category, Entry, Feedback, Follower, HeldWord, Template
from shared.access import Permission
from shared.case_states import OPEN, Status
from shared.feedback import Audience

RUNNING = (Status.NEW, Status.ACCEPTED, Status.ASSIGNED, Status.IN_PROGRESS, Status.ESCALATED)
"""Where the clock runs."""
HIDDEN = (Status.HELD, Status.WITHDRAWN)
"""What nobody but the parties sees, pictures included."""
DUE_SOON = timedelta(hours=24)
REMINDED_FOR = timedelta(days=1)

Where = ColumnElement[bool]


def shown() -> Where:
    """Cases that everybody may see: neither held back nor taken back. The same words as the partial indexes."""
    return _public_but(HIDDEN)


def open_to_all() -> Where:
    """Those of them that are still open."""
    return _public_but((*HIDDEN, *(frozenset(Status) - OPEN)))


def _public_but(without: Sequence[Status]) -> Where:
    hidden: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in sorted(set(without))]
    return and_(col(Feedback.public), ~col(Feedback.practice), col(Feedback.status).not_in(hidden))


def visible_to(actor: Actor | None) -> Where:
    """Everybody sees public cases; citizens also their own."""
    return shown() if actor is None else or_(shown(), col(Feedback.reporter_id) == actor.id)


def handled_by(actor: Actor) -> Where:
    """Overseers see all real cases, handlers their unit's, nobody else any."""
    real = ~col(Feedback.practice)
    if actor.may(Permission.SEE_ALL_CASES):
        return real
    if actor.unit is None or not actor.may(Permission.SEE_DESK):
        return false()
    return and_(real, col(Feedback.unit_code) == actor.unit)


def queue(name: str, actor: Actor) -> Where | None:
    """Return what stands behind one entry of the desk's menu, or None for a name that is none."""
    status = col(Feedback.status)
    moment = clock.now()
    queues: dict[str, Where] = {
        "new": status == Status.NEW,
        "held": status == Status.HELD,
        "accepted": status == Status.ACCEPTED,
        "mine": and_(col(Feedback.officer_id) == actor.id, status.in_(RUNNING)),
        "unit": status.in_((Status.ASSIGNED, Status.IN_PROGRESS)),
        "due_soon": and_(status.in_(RUNNING), col(Feedback.due_at).between(moment, moment + DUE_SOON)),
        "overdue": and_(status.in_(RUNNING), col(Feedback.due_at) < moment),
        "waiting": status == Status.WAITING_CITIZEN,
        "planned": status == Status.PLANNED,
        "escalated": status == Status.ESCALATED,
        "resolved": status == Status.RESOLVED,
        "all": col(Feedback.id).is_not(None),
    }
    return queues.get(name)


@dataclass(frozen=True)
class Filters:
    """What a list of cases may be narrowed by."""

    status: Status | None = None
    category: str | None = None
    unit: str | None = None
    place: str | None = None
    open: bool | None = None
    q: str | None = None

    def where(self) -> list[Where]:
        """Return the conditions, but for the words `q` (`backend/feedback/search.py`)."""
        found: list[Where] = []
        if self.status is not None:
            found.append(col(Feedback.status) == self.status)
        if self.category is not None:
            found.append(col(Feedback.category_code) == self.category)
        if self.unit is not None:
            found.append(col(Feedback.unit_code) == self.unit)
        if self.place is not None:
            found.append(col(Feedback.place_code) == self.place)
        if self.open is not None:
            # Said as what it is not: SQLite would rather read all open cases, and sort them, than a list in its order.
            found.append(col(Feedback.status).not_in(frozenset(Status) - OPEN if self.open else OPEN))
        return found


def newest(where: Sequence[Where], page: PageRequest) -> Select[Any]:
    """Return the cases, the newest first (ids sort by time)."""
    return keyset(select(Feedback).where(*where), page, [col(Feedback.id)], [UUID], descending=True)


def most_pressing(where: Sequence[Where], page: PageRequest) -> Select[Any]:
    """Return the cases, those due first at the top."""
    columns = [col(Feedback.due_at), col(Feedback.id)]
    return keyset(select(Feedback).where(*where), page, columns, [datetime, UUID], descending=False)


def queue_counts(session: Session, actor: Actor, names: Sequence[str]) -> list[int]:
    """Return how many cases stand in each queue, in one pass over the open ones."""
    behind = [queue(name, actor) for name in names]
    columns = [func.count(case((condition, 1))) for condition in behind if condition is not None]
    open_ = col(Feedback.status).in_([*RUNNING, Status.HELD, Status.WAITING_CITIZEN, Status.PLANNED, Status.RESOLVED])
    row = session.execute(select(*columns).where(handled_by(actor), open_)).one()
    return [int(count) for count in row]


def by_code(session: Session, code: str, where: Where, *, lock: bool = False) -> Feedback | None:
    """Return the case with this code, if it is one of these; `lock` keeps others from moving it meanwhile."""
    statement = select(Feedback).where(Feedback.code == code, where)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement).first()


def story(session: Session, feedback_id: UUID, audiences: Sequence[Audience]) -> Sequence[Entry]:
    """Return the entries that this audience may read, oldest first."""
    statement = (
        select(Entry)
        .where(Entry.feedback_id == feedback_id, col(Entry.audience).in_(audiences))
        .order_by(col(Entry.id))
    )
    return session.exec(statement).all()


def follower(session: Session, feedback_id: UUID, account_id: UUID) -> Follower | None:
    """Return how somebody is bound to a case that another sent."""
    return session.get(Follower, (feedback_id, account_id))


def pair(session: Session, codes: Sequence[str]) -> None:
    """Hold the rows of these cases, always in the order of their ids, so that nobody waits in a circle."""
    statement = select(Feedback.id).where(col(Feedback.code).in_(codes)).order_by(col(Feedback.id)).with_for_update()
    session.exec(statement).all()


def held_words(session: Session) -> Sequence[HeldWord]:
    """Return the words that make a report wait."""
    return session.exec(select(HeldWord).order_by(col(HeldWord.folded))).all()


def categories(session: Session) -> Sequence[Category]:
    """Return every category, in their order."""
    return session.exec(select(Category).order_by(col(Category.position), col(Category.code))).all()


def templates(session: Session) -> Sequence[Template]:
    """Return every refusal template, in their order."""
    return session.exec(select(Template).order_by(col(Template.position), col(Template.code))).all()


def left_alone(session: Session, status: Status, since: datetime, limit: int, *, reminded: bool) -> Sequence[Feedback]:
    """Return cases that have stood in this status since before a moment, those that waited longest first.

    `reminded`: those whose sender was told a day ago at least, else those whose sender was not told.
    """
    told = col(Feedback.reminded_at)
    statement = (
        select(Feedback)
        .where(
            Feedback.status == status,
            Feedback.moved_at < since,
            ~col(Feedback.practice),
            told < clock.now() - REMINDED_FOR if reminded else told.is_(None),
        )
        .order_by(col(Feedback.moved_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.exec(statement).all()
