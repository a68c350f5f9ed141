"""Every select over dossiers, their followers and the guesses at them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_rows
from sqlalchemy import update
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, keyset
from backend.dossiers.models import Dossier, DossierFollower, DossierGuard, DossierStep

_MINE: tuple[Any, ...] = (DossierFollower, Dossier)


def second_factor(session: Session, code: str) -> str | None:
    """Return the last digits of the phone on a dossier; costs the same when there is none."""
    statement = select(Dossier.phone_last4).where(Dossier.code == code, col(Dossier.gone_at).is_(None))
    return session.exec(statement).first()


def by_code(session: Session, code: str, *, lock: bool = False) -> Dossier | None:
    """Return the dossier with this code; `lock` keeps its changes out until the transaction ends."""
    statement = select(Dossier).where(Dossier.code == code)
    return session.exec(statement.with_for_update() if lock else statement).first()


def held(session: Session, code: str) -> tuple[str, datetime] | None:
    """Return where a dossier comes from, and when its source last said something of it."""
    found = session.exec(select(Dossier.origin, Dossier.fetched_at).where(Dossier.code == code)).first()
    return None if found is None else (found[0], found[1])


def by_codes(session: Session, codes: Iterable[str]) -> dict[str, Dossier]:
    """Return dossiers by code, held until the transaction ends; in one order, so that two batches do not embrace."""
    statement = select(Dossier).where(col(Dossier.code).in_(list(codes))).order_by(Dossier.code).with_for_update()
    return {row.code: row for row in session.exec(statement)}


def steps(session: Session, dossier_id: UUID) -> Sequence[DossierStep]:
    """Return the history of a dossier, the newest last."""
    order = (col(DossierStep.at), col(DossierStep.id))
    return session.exec(select(DossierStep).where(DossierStep.dossier_id == dossier_id).order_by(*order)).all()


def known_steps(session: Session, dossier_ids: Sequence[UUID]) -> set[tuple[UUID, datetime, str]]:
    """Return which steps of these dossiers are kept."""
    statement = select(DossierStep.dossier_id, DossierStep.at, DossierStep.state)
    found = session.exec(statement.where(col(DossierStep.dossier_id).in_(dossier_ids)))
    return {(key, at, state) for key, at, state in found}


def followed(session: Session, dossier_ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these dossiers anybody follows."""
    statement = select(DossierFollower.dossier_id).where(col(DossierFollower.dossier_id).in_(dossier_ids))
    return set(session.exec(statement.distinct()))


def follower(session: Session, dossier_id: UUID, account_id: UUID) -> DossierFollower | None:
    """Return what binds a person to a dossier."""
    statement = select(DossierFollower).where(
        DossierFollower.dossier_id == dossier_id, DossierFollower.account_id == account_id
    )
    return session.exec(statement).first()


def followers(session: Session, dossier_id: UUID, after: UUID | None, most: int) -> Sequence[UUID]:
    """Return the accounts of those who follow a dossier, in one order, those after `after`."""
    statement = select(DossierFollower.account_id).where(DossierFollower.dossier_id == dossier_id)
    if after is not None:
        statement = statement.where(DossierFollower.account_id > after)
    return session.exec(statement.order_by(col(DossierFollower.account_id)).limit(most)).all()


def mine(session: Session, account_id: UUID, page: PageRequest) -> Sequence[Any]:
    """Return what a person follows with the dossiers themselves, the newest first."""
    statement = (
        select_rows(*_MINE)
        .join(Dossier, col(Dossier.id) == col(DossierFollower.dossier_id))
        .where(col(DossierFollower.account_id) == account_id)
    )
    return session.execute(keyset(statement, page, [col(DossierFollower.id)], [UUID], descending=True)).all()


def postpone(session: Session, code: str, at: datetime | None) -> None:
    """Say when a dossier that is asked for by itself is asked for again; one that is not stays so."""
    statement = update(Dossier).where(col(Dossier.code) == code, col(Dossier.ask_at).is_not(None))
    session.execute(statement.values(ask_at=at))


def claim(session: Session, now: datetime, again_at: datetime, most: int) -> Sequence[str]:
    """Return the codes of dossiers that are to be asked for by now, and put them off so that nobody else asks."""
    due = (
        select(Dossier.id)
        .where(col(Dossier.ask_at).is_not(None), col(Dossier.ask_at) <= now)
        .order_by(col(Dossier.ask_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    keys = session.exec(due).all()
    if not keys:
        return []
    claimed = update(Dossier).where(col(Dossier.id).in_(keys)).values(ask_at=again_at).returning(col(Dossier.code))
    return session.scalars(claimed).all()


def guards(session: Session, subjects: Sequence[str], *, lock: bool = False) -> dict[str, DossierGuard]:
    """Return what is counted of wrong guesses, in one order."""
    statement = select(DossierGuard).where(col(DossierGuard.subject).in_(subjects)).order_by(DossierGuard.subject)
    rows = session.exec(statement.with_for_update() if lock else statement)
    return {row.subject: row for row in rows}
