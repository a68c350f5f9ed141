"""Locks against abuse, and what was done with a person's data: each with its reason, none without a trace."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from backend.accounts import queries
from backend.accounts.events import SubmissionsLocked, SubmissionsUnlocked
from backend.accounts.models import Account, Activity, SubmissionLock, Unit
from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict, Forbidden, NotFound
from backend.core.events import emit
from backend.core.memory import remembered
from backend.core.pages import PageRequest, as_page
from backend.core.rows import store
from backend.core.tables import new_id
from shared import accounts as contract
from shared.accounts import UnitRef
from shared.administration import DeskLock, LockDraft, LockRelease
from shared.errors import ErrorCode
from shared.pages import Page

TOPIC = "locks"


class SubmissionsAreLocked(Forbidden):
    """403: this person may not send reports for now; `GET /me` says why. Never stored under an Idempotency-Key."""

    code = ErrorCode.SUBMISSIONS_LOCKED


def check_may_submit(session: Session, account_id: UUID) -> None:
    """Raise SubmissionsAreLocked while this person may not send reports. Costs no statement: locks are few."""
    until = _standing(session).get(account_id)
    if until is not None and until > clock.now():
        raise SubmissionsAreLocked("this account may not send reports now", keep=True)


def _standing(session: Session) -> Mapping[UUID, datetime]:
    def load() -> dict[UUID, datetime]:
        return {row.account_id: row.until for row in queries.standing_locks(session, clock.now())}

    return remembered(session, TOPIC, load)


def lock(session: Session, actor: Actor, account_id: UUID, code: str, wish: LockDraft) -> None:
    """Keep the sender of a case from sending more; raises Conflict when she is locked already."""
    # Held meanwhile, so that two dispatchers do not both lock her.
    session.get_one(Account, account_id, with_for_update=True)
    if queries.lock_of(session, account_id, clock.now()) is not None:
        raise Conflict("this sender is locked already")
    row = store(
        session,
        SubmissionLock,
        id=new_id(),
        account_id=account_id,
        code=code,
        reason=wish.reason,
        made_by=actor.id,
        made_at=clock.now(),
        until=clock.now() + timedelta(days=wish.days),
    )
    note_activity(session, account_id, "lock", actor, code=code, text=wish.reason)
    emit(session, SubmissionsLocked(str(row.id), str(account_id)), actor_id=actor.id)
    changed(session, TOPIC)


def own_lock(session: Session, account_id: UUID) -> contract.SubmissionLock | None:
    """Return the lock that holds a person now."""
    row = queries.lock_of(session, account_id, clock.now())
    if row is None:
        return None
    return contract.SubmissionLock(
        id=row.id, reason=row.reason, until=row.until, appeal=row.appeal, may_appeal=row.appeal is None
    )


def appeal(session: Session, actor: Actor, text: str) -> contract.SubmissionLock:
    """Say once why the lock is wrong; raises NotFound without a lock, Conflict the second time."""
    row = queries.lock_of(session, actor.id, clock.now(), for_update=True)
    if row is None:
        raise NotFound("there is no lock")
    if row.appeal is not None:
        raise Conflict("the appeal was sent already")
    row.appeal, row.appealed_at = text, clock.now()
    session.add(row)
    return contract.SubmissionLock(id=row.id, reason=row.reason, until=row.until, appeal=text, may_appeal=False)


def desk_locks(session: Session, page: PageRequest) -> Page[DeskLock]:
    """Return locks, the newest first."""
    return as_page(session.scalars(queries.locks(page)).all(), page, _desk_lock, lambda row: (row.id,))


def release(session: Session, actor: Actor, lock_id: UUID, wish: LockRelease) -> DeskLock:
    """Lift a lock, or turn its appeal down, with words that the person reads. Raises NotFound, Conflict when over."""
    row = session.get(SubmissionLock, lock_id, with_for_update=True)
    if row is None:
        raise NotFound("no such lock")
    if row.lifted_at is not None or (not wish.lift and row.answer is not None):
        raise Conflict("this was answered already")
    row.answer, row.answered_at = wish.text, clock.now()
    if wish.lift:
        row.lifted_at = clock.now()
        changed(session, TOPIC)
    session.add(row)
    note_activity(session, row.account_id, "unlock" if wish.lift else "lock", actor, code=row.code, text=wish.text)
    emit(session, SubmissionsUnlocked(str(row.id), str(row.account_id), lifted=wish.lift), actor_id=actor.id)
    return _desk_lock(row)


def _desk_lock(row: SubmissionLock) -> DeskLock:
    return DeskLock(
        id=row.id,
        code=row.code,
        reason=row.reason,
        made_at=row.made_at,
        until=row.until,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
        answer=row.answer,
        lifted=row.lifted_at is not None,
    )


def lock_words(session: Session, lock_id: UUID) -> tuple[str, str] | None:
    """Return the case's code and what the person is to read about her lock, for listeners."""
    row = session.get(SubmissionLock, lock_id)
    return None if row is None else (row.code, row.answer or row.reason)


def note_activity(session: Session, account_id: UUID, kind: str, actor: Actor, *, code: str, text: str) -> None:
    """Write down, for a person to read, what was done with her data."""
    store(
        session,
        Activity,
        id=new_id(),
        account_id=account_id,
        kind=kind,
        at=clock.now(),
        actor_id=actor.id,
        unit_code=actor.unit,
        code=code,
        text=text,
    )


def activity(session: Session, actor: Actor, page: PageRequest) -> Page[contract.Activity]:
    """Return what was done with the actor's own data, the newest first. Staff are named by their unit."""
    rows = session.scalars(queries.activity(actor.id, page)).all()
    units = {unit.code: unit for unit in queries.units_of(session, {row.unit_code for row in rows if row.unit_code})}
    return as_page(rows, page, lambda row: _activity(row, units), lambda row: (row.id,))


def _activity(row: Activity, units: Mapping[str, Unit]) -> contract.Activity:
    unit = units.get(row.unit_code or "")
    by = UnitRef(code=unit.code, name=unit.name) if unit else None
    return contract.Activity(id=row.id, kind=row.kind, at=row.at, by=by, code=row.code, text=row.text)
