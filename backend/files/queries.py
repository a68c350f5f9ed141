"""Every select over files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from backend.files.models import File, FileState


def by_ids(session: Session, ids: Iterable[UUID], *, lock: bool = False) -> dict[UUID, File]:
    """Return these files by id, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    statement = select(File).where(col(File.id).in_(wanted))
    if lock:
        statement = statement.with_for_update()
    return {file.id: file for file in session.exec(statement)}


def orphans(session: Session, before: datetime, limit: int) -> Sequence[File]:
    """Return files that nothing used, made before this moment, oldest first."""
    statement = (
        select(File)
        .where(File.state != FileState.CLAIMED, File.created_at < before)
        .order_by(col(File.created_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return session.exec(statement).all()
