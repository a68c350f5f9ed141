"""Every select over accounts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, select

from backend.accounts.models import Account, Activity, RefreshToken, SubmissionLock, Unit
from backend.core.pages import PageRequest, keyset
from shared.access import Role


def by_phone(session: Session, phone: str) -> Account | None:
    """Return the account with this phone (E.164)."""
    return session.exec(select(Account).where(Account.phone == phone)).first()


def token(session: Session, digest: str) -> RefreshToken | None:
    """Return the refresh token with this digest; on PostgreSQL its row is kept from twins until the commit."""
    return session.exec(select(RefreshToken).where(RefreshToken.digest == digest).with_for_update()).first()


def child_used(session: Session, token_id: UUID) -> bool:
    """Whether a token that replaced this one was itself used: then this one is no longer the immediate predecessor."""
    statement = select(RefreshToken.id).where(RefreshToken.parent == token_id, col(RefreshToken.used_at).is_not(None))
    return session.exec(statement).first() is not None


def family(session: Session, family_id: UUID) -> Sequence[RefreshToken]:
    """Return the tokens of a family that still stand."""
    statement = select(RefreshToken).where(RefreshToken.family == family_id, col(RefreshToken.revoked_at).is_(None))
    return session.exec(statement).all()


def units(session: Session) -> Sequence[Unit]:
    """Return every unit, by name."""
    return session.exec(select(Unit).order_by(Unit.name)).all()


def names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the full names of these accounts, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.exec(select(Account.id, Account.full_name).where(col(Account.id).in_(wanted)))
    return {account_id: name for account_id, name in rows}


def staff_ids(session: Session, role: Role, unit_code: str | None) -> Sequence[UUID]:
    """Return the people of a role, of one unit where it is named."""
    statement = select(Account.id).where(Account.role == role)
    if unit_code is not None:
        statement = statement.where(Account.unit_code == unit_code)
    return session.exec(statement).all()


def units_of(session: Session, codes: Iterable[str]) -> Sequence[Unit]:
    """Return these units, in one query."""
    wanted = list(codes)
    return session.exec(select(Unit).where(col(Unit.code).in_(wanted))).all() if wanted else []


def standing_locks(session: Session, moment: datetime) -> Sequence[SubmissionLock]:
    """Return the locks that hold somebody at this moment."""
    return session.exec(
        select(SubmissionLock).where(SubmissionLock.until > moment, col(SubmissionLock.lifted_at).is_(None))
    ).all()


def lock_of(session: Session, account_id: UUID, moment: datetime, *, for_update: bool = False) -> SubmissionLock | None:
    """Return the lock that holds a person at this moment."""
    statement = select(SubmissionLock).where(
        SubmissionLock.account_id == account_id,
        SubmissionLock.until > moment,
        col(SubmissionLock.lifted_at).is_(None),
    )
    return session.exec(statement.with_for_update() if for_update else statement).first()


def locks(page: PageRequest) -> Select[Any]:
    """Return locks, the newest first."""
    return keyset(select(SubmissionLock), page, [col(SubmissionLock.id)], [UUID], descending=True)


def activity(account_id: UUID, page: PageRequest) -> Select[Any]:
    """Return what was done with a person's data, the newest first."""
    statement = select(Activity).where(Activity.account_id == account_id)
    return keyset(statement, page, [col(Activity.id)], [UUID], descending=True)
