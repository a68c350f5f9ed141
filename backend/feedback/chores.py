"""What time does to cases: promises fall due, results count as accepted, questions stay unanswered."""

from datetime import timedelta

from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.database import Database
from backend.feedback import deadlines, queries, story
from backend.feedback.models import Feedback
from shared.base import VIETNAM
from shared.feedback import AUTO_CLOSE_DAYS, Audience, MoveKind, Party, Status

BATCH = 200
UNANSWERED_DAYS = 10
LONG_OVERDUE_DAYS = 10


def pass_time(database: Database) -> None:
    """Make the moves that nobody makes; a batch at a time, each its own transaction."""
    for step in (_start_planned, _close_resolved, _close_unanswered, _escalate_overdue):
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


def _close_resolved(session: Session) -> None:
    since = clock.now() - timedelta(days=AUTO_CLOSE_DAYS)
    for case in queries.left_alone(session, Status.RESOLVED, since, BATCH):
        story.move(session, case, MoveKind.CLOSE, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)


def _close_unanswered(session: Session) -> None:
    wait = timedelta(hours=UNANSWERED_DAYS * deadlines.HOURS_A_DAY)
    # Ten working days are never less than ten days, so older candidates only are looked at.
    for case in queries.left_alone(session, Status.WAITING_CITIZEN, clock.now() - timedelta(days=10), BATCH):
        if deadlines.between(case.moved_at, clock.now()) >= wait:
            story.move(session, case, MoveKind.CLOSE, party=Party.SYSTEM, actor_id=None, audience=Audience.CITIZEN)


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
