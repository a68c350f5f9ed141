"""Every select over the people of a case: its sender, its followers, and those of all that was joined to it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, func, union
from sqlmodel import Session, col, select

from backend.feedback.models import Feedback, Follower
from backend.feedback.queries import shown


def _below(main_id: UUID) -> CTE:
    """Return the ids of all cases that were joined to this one, over any number of steps; a circle would end, too."""
    tree = select(col(Feedback.id).label("id")).where(Feedback.merged_into == main_id).cte("joined", recursive=True)
    return tree.union(select(col(Feedback.id)).join(tree, col(Feedback.merged_into) == tree.c.id))


def public_code(session: Session, feedback_id: UUID) -> str | None:
    """Return the code of a case, if everybody may see it."""
    return session.exec(select(Feedback.code).where(Feedback.id == feedback_id, shown())).first()


def has_merged(session: Session, feedback_id: UUID) -> bool:
    """Whether something was joined to this case."""
    return session.exec(select(Feedback.id).where(Feedback.merged_into == feedback_id).limit(1)).first() is not None


def merged_ids(session: Session, main_id: UUID) -> Sequence[UUID]:
    """Return the ids of what was joined to a case directly."""
    return session.exec(select(Feedback.id).where(Feedback.merged_into == main_id).order_by(col(Feedback.id))).all()


def merged_cases(session: Session, main_id: UUID) -> Sequence[Feedback]:
    """Return what was joined to a case directly, held, in the order of ids."""
    statement = select(Feedback).where(Feedback.merged_into == main_id).order_by(col(Feedback.id)).with_for_update()
    return session.exec(statement).all()


def counted_below(session: Session, main_id: UUID, account_id: UUID) -> bool:
    """Whether a person sent, or supports, a case that was joined to this one."""
    tree = _below(main_id)
    sent = select(Feedback.id).join(tree, col(Feedback.id) == tree.c.id).where(Feedback.reporter_id == account_id)
    if session.exec(sent.limit(1)).first() is not None:
        return True
    supports = (
        select(Follower.feedback_id)
        .join(tree, col(Follower.feedback_id) == tree.c.id)
        .where(Follower.account_id == account_id, col(Follower.supports))
    )
    return session.exec(supports.limit(1)).first() is not None


def count_supporters(session: Session, case: Feedback) -> int:
    """Count who met the same besides the sender: each person once, over all that was joined to the case."""
    tree = _below(case.id)
    joined: Any = select(tree.c.id)
    senders: Any = select(col(Feedback.reporter_id).label("person")).where(col(Feedback.id).in_(joined))
    supporters: Any = select(col(Follower.account_id).label("person")).where(
        col(Follower.supports), (col(Follower.feedback_id) == case.id) | col(Follower.feedback_id).in_(joined)
    )
    people = union(senders, supporters).subquery()
    counted = select(func.count()).select_from(people).where(people.c.person != case.reporter_id)
    return int(session.exec(counted).one())


def followers(session: Session, feedback_id: UUID, after: UUID | None, limit: int) -> Sequence[UUID]:
    """Return who follows or supports a case, in the order of their ids, after one of them."""
    statement = select(Follower.account_id).where(Follower.feedback_id == feedback_id)
    if after is not None:
        statement = statement.where(col(Follower.account_id) > after)
    return session.exec(statement.order_by(col(Follower.account_id)).limit(limit)).all()
