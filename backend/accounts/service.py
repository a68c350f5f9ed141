"""The verbs of accounts. Passwords arrive hashed where hashing is slow: the caller does it before a transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from backend.accounts import queries
from backend.accounts.events import AccountRegistered, SignInsLocked, TokensStolen
from backend.accounts.locks import check_may_submit, lock, lock_words, note_activity, own_lock
from backend.accounts.models import Account, RefreshToken, Unit
from backend.accounts.units import add_unit, serve_place, ward_offices
from backend.core import clock, security
from backend.core.access import Actor
from backend.core.errors import Conflict, Invalid, NotFound, Unauthenticated
from backend.core.events import emit
from backend.core.settings import Settings
from backend.core.tables import new_id
from shared import accounts as contract
from shared.access import GRANTS, Role
from shared.errors import ErrorCode

__all__ = [
    "Unit",
    "add_unit",
    "check_may_submit",
    "lock",
    "lock_words",
    "note_activity",
    "serve_place",
    "ward_offices",
]


@dataclass(frozen=True)
class Credentials:
    """What is needed to check a password outside a transaction."""

    account_id: UUID | None
    password_hash: str | None


def register(session: Session, draft: contract.AccountDraft, password_hash: str) -> Account:
    """Make a citizen's account; raises Conflict when the phone has one, Invalid without the needed consent."""
    if contract.Purpose.ACCOUNT not in draft.consents:
        raise Invalid.field("consents", ErrorCode.INVALID, "an account needs the consent `account`")
    return add(
        session,
        phone=draft.phone,
        full_name=draft.full_name,
        password_hash=password_hash,
        consents=[purpose.value for purpose in dict.fromkeys(draft.consents)],
    )


def add(
    session: Session,
    *,
    phone: str,
    full_name: str,
    password_hash: str,
    role: Role = Role.CITIZEN,
    unit: str | None = None,
    consents: Sequence[str] = (),
) -> Account:
    """Make an account of any role; raises Conflict when the phone is taken, Invalid for an unknown unit."""
    if queries.by_phone(session, phone) is not None:
        raise Conflict("this phone has an account", code=ErrorCode.PHONE_TAKEN)
    if unit is not None and session.get(Unit, unit) is None:
        raise Invalid.field("unit", ErrorCode.UNKNOWN_UNIT, "no such unit")
    account = Account(
        phone=phone,
        full_name=full_name,
        password_hash=password_hash,
        role=role,
        unit_code=unit,
        consents=list(consents),
        created_at=clock.now(),
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        # Somebody took the phone between the look and the leap.
        raise Conflict("this phone has an account", code=ErrorCode.PHONE_TAKEN) from error
    emit(session, AccountRegistered(str(account.id), role.value), actor_id=account.id)
    return account


def credentials(session: Session, phone: str) -> Credentials:
    """Return what to check a password against; raises Unauthenticated while the account is locked."""
    account = queries.by_phone(session, phone)
    if account is None:
        return Credentials(None, None)
    if account.locked_until is not None and account.locked_until > clock.now():
        raise Unauthenticated("too many wrong passwords; wait", code=ErrorCode.ACCOUNT_LOCKED)
    return Credentials(account.id, account.password_hash)


def sign_in(
    session: Session, who: Credentials, *, fits: bool, settings: Settings, keys: security.Keys
) -> contract.Tokens:
    """Return the first tokens of a new family; raises Unauthenticated (and counts it) when the password was wrong."""
    account = session.get(Account, who.account_id, with_for_update=True) if who.account_id else None
    if account is None or not fits:
        if account is not None:
            _count_failure(session, account, settings)
        raise Unauthenticated("wrong phone or password", code=ErrorCode.WRONG_CREDENTIALS, keep=True)
    account.failures, account.locked_until = 0, None
    session.add(account)
    return _issue(session, account, new_id(), None, settings=settings, keys=keys)


def _count_failure(session: Session, account: Account, settings: Settings) -> None:
    account.failures += 1
    if account.failures >= settings.lock_after:
        account.failures = 0
        account.locked_until = clock.now() + timedelta(seconds=settings.lock_seconds)
        emit(session, SignInsLocked(str(account.id)), actor_id=None)
    session.add(account)


def refresh(session: Session, token: str, *, settings: Settings, keys: security.Keys) -> contract.Tokens:
    """Exchange a refresh token for the next pair.

    A token used twice means that it was stolen, so the whole family ends; the immediate predecessor is forgiven for
    `forgive_seconds`, for lost replies and two tabs (RFC 9700, section 4.14.2). Raises Unauthenticated.
    """
    row = queries.token(session, security.digest(token))
    moment = clock.now()
    if row is None or row.revoked_at is not None or row.expires_at <= moment:
        raise Unauthenticated("the refresh token is not valid")
    if row.used_at is not None:
        forgiven = moment - row.used_at <= timedelta(seconds=settings.forgive_seconds)
        if not forgiven or queries.child_used(session, row.id):
            _revoke(session, row.family)
            emit(session, TokensStolen(str(row.account_id)), actor_id=None)
            raise Unauthenticated("the refresh token was used before", keep=True)
    account = session.get(Account, row.account_id)
    if account is None:
        raise Unauthenticated("the account is gone")
    row.used_at = row.used_at or moment
    session.add(row)
    return _issue(session, account, row.family, row.id, settings=settings, keys=keys)


def sign_out(session: Session, token: str) -> None:
    """End the family of a refresh token; quietly does nothing for a token that is not known."""
    row = queries.token(session, security.digest(token))
    if row is not None:
        _revoke(session, row.family)


def _revoke(session: Session, family: UUID) -> None:
    for row in queries.family(session, family):
        row.revoked_at = clock.now()
        session.add(row)


def _issue(
    session: Session,
    account: Account,
    family: UUID,
    parent: UUID | None,
    *,
    settings: Settings,
    keys: security.Keys,
) -> contract.Tokens:
    token, stored = security.new_refresh_token()
    moment = clock.now()
    session.add(
        RefreshToken(
            family=family,
            account_id=account.id,
            digest=stored,
            parent=parent,
            created_at=moment,
            expires_at=moment + timedelta(seconds=settings.refresh_seconds),
        )
    )
    actor = Actor(id=account.id, role=account.role, unit=account.unit_code)
    return contract.Tokens(
        access_token=keys.access_token(actor, seconds=settings.access_seconds),
        refresh_token=token,
        token_type="bearer",  # noqa: S106 - the name of a scheme
        expires_in=settings.access_seconds,
    )


def own(session: Session, actor: Actor) -> contract.Account:
    """Return the actor's own account; raises Unauthenticated when it is gone."""
    return show(session, _own_row(session, actor))


def change(session: Session, actor: Actor, wish: contract.AccountChange) -> contract.Account:
    """Change what the wish names."""
    account = _own_row(session, actor)
    if wish.full_name is not None:
        account.full_name = wish.full_name
    session.add(account)
    return show(session, account)


def _own_row(session: Session, actor: Actor) -> Account:
    account = session.get(Account, actor.id)
    if account is None:
        raise Unauthenticated("the account is gone")
    return account


def show(session: Session, account: Account) -> contract.Account:
    """Return an account as its owner sees it."""
    unit = session.get(Unit, account.unit_code) if account.unit_code else None
    return contract.Account(
        id=account.id,
        phone=account.phone,
        full_name=account.full_name,
        given_name=account.full_name.split()[-1],
        role=account.role,
        unit=contract.UnitRef(code=unit.code, name=unit.name) if unit else None,
        permissions=sorted(GRANTS[account.role]),
        consents=[contract.Purpose(value) for value in account.consents],
        created_at=account.created_at,
        lock=own_lock(session, account.id),
    )


def units(session: Session) -> list[contract.UnitRef]:
    """Return every unit."""
    return [contract.UnitRef(code=unit.code, name=unit.name) for unit in queries.units(session)]


def unit(session: Session, code: str) -> contract.UnitRef:
    """Return one unit; raises NotFound."""
    row = session.get(Unit, code)
    if row is None:
        raise NotFound("no such unit")
    return contract.UnitRef(code=row.code, name=row.name)


def reporter(session: Session, account_id: UUID) -> tuple[str, str]:
    """Return the full name and phone of the sender of a case, for those who may know."""
    account = session.get(Account, account_id)
    return (account.full_name, account.phone) if account else ("", "")


def names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these people, in one query."""
    return queries.names(session, ids)


def dispatchers(session: Session) -> Sequence[UUID]:
    """Return who receives new reports."""
    return queries.staff_ids(session, Role.DISPATCHER, None)


def handlers(session: Session, unit_code: str) -> Sequence[UUID]:
    """Return the officers of a unit."""
    return queries.staff_ids(session, Role.OFFICER, unit_code)


def leaders(session: Session, unit_code: str) -> Sequence[UUID]:
    """Return the leaders of a unit."""
    return queries.staff_ids(session, Role.LEADER, unit_code)
