"""Every select over notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, update
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, keyset
from backend.notifications.models import Notice


def inbox(account_id: UUID, page: PageRequest) -> Select[Any]:
    """Return a person's notices, the newest first."""
    statement = select(Notice).where(Notice.account_id == account_id)
    return keyset(statement, page, [col(Notice.id)], [UUID], descending=True)


def unread(session: Session, account_id: UUID) -> int:
    """Return how many notices wait."""
    statement = (
        select(func.count()).select_from(Notice).where(Notice.account_id == account_id, col(Notice.read_at).is_(None))
    )
    return int(session.exec(statement).one())


def mark_read(session: Session, account_id: UUID, ids: Sequence[UUID], moment: datetime) -> None:
    """Mark these notices of a person, or all when none is named, as read."""
    statement = update(Notice).where(col(Notice.account_id) == account_id, col(Notice.read_at).is_(None))
    if ids:
        statement = statement.where(col(Notice.id).in_(ids))
    session.execute(statement.values(read_at=moment))


def known(session: Session, cause: UUID, account_ids: Sequence[UUID]) -> set[UUID]:
    """Return who has a notice of this cause already."""
    statement = select(Notice.account_id).where(Notice.cause == cause, col(Notice.account_id).in_(account_ids))
    return set(session.exec(statement))
