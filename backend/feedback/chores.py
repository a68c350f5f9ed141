"""What time does to cases: promises fall due, results count as accepted, questions stay unanswered."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.database import Database
from backend.core.events import emit
from backend.feedback import queries, rules, story
from backend.feedback.events import FeedbackReminded
from backend.feedback.models import Feedback
from shared.base import VIETNAM
from shared.case_states import AUTO_CLOSE_DAYS, MoveKind, Party, Status
from shared.feedback import Audience

BATCH = 200
UNANSWERED_DAYS = 10
LONG_OVERDUE_DAYS = 10
REMIND_DAYS = 2
"""How long before a case closes by itself its sender is told."""


def pass_time(database: Database) -> None:
    """Make the moves that nobody makes; a batch at a time, each its own transaction."""
    for step in (
        _start_planned,
        _remind_resolved,
        _close_resolved,
        _remind_unanswered,
        _close_unanswered,
        _escalate_overdue,
    ):
        with database.transaction() as session:
            step(session)


def _start_planned(session: Session) -> None:
    today = clock.now().astimezone(VIETNAM).date()
    statement = (
        select(Feedback)
        .where(Feedback.status == Status.PLANNED, col(Feedback.planned_on) <= today, ~col(Feedback.practice))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    for case in session.exec(statement).all():
        story.move(session, case, MoveKind.START, party=Party.SYSTEM, actor_id=None)


def _remind_resolved(session: Session) -> None:
    """Say that a result will count as accepted, while there is still time to say that it is not."""
    since = clock.now() - timedelta(days=AUTO_CLOSE_DAYS - REMIND_DAYS)
    for case in queries.left_alone(session, Status.RESOLVED, since, BATCH, reminded=False):
        _remind(session, case, "close_soon")


def _close_resolved(session: Session) -> None:
    since = clock.now() - timedelta(days=AUTO_CLOSE_DAYS)
    for case in queries.left_alone(session, Status.RESOLVED, since, BATCH, reminded=True):
        story.move(session, case, MoveKind.CLOSE, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)


def _remind_unanswered(session: Session) -> None:
    for case in _unanswered_for(session, UNANSWERED_DAYS - REMIND_DAYS, reminded=False):
        _remind(session, case, "answer_soon")


def _close_unanswered(session: Session) -> None:
    for case in _unanswered_for(session, UNANSWERED_DAYS, reminded=True):
        story.move(session, case, MoveKind.CLOSE, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)


def _unanswered_for(session: Session, days: int, *, reminded: bool) -> Iterator[Feedback]:
    calendar = rules.calendar(session)
    wait = calendar.days(days)
    # So many working days are never less than so many days, so older candidates only are looked at.
    since = clock.now() - timedelta(days=days)
    for case in queries.left_alone(session, Status.WAITING_CITIZEN, since, BATCH, reminded=reminded):
        if calendar.between(case.moved_at, clock.now()) >= wait:
            yield case


def _remind(session: Session, case: Feedback, kind: str) -> None:
    line = story.append(session, case, kind, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)
    case.reminded_at = clock.now()
    session.add(case)
    emit(session, FeedbackReminded(str(case.id), str(line.id)), actor_id=None)


def _escalate_overdue(session: Session) -> None:
    late = clock.now() - timedelta(days=LONG_OVERDUE_DAYS)
    statement = (
        select(Feedback)
        .where(Feedback.status == Status.IN_PROGRESS, Feedback.due_at < late, ~col(Feedback.practice))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    for case in session.exec(statement).all():
        story.move(session, case, MoveKind.ESCALATE, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)
