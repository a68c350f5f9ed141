"""Guessing is answered a few times, then not at all for a while: rows, so that it holds everywhere and after restarts.

Ten thousand endings of a phone are few: five wrong ones close a code for a quarter of an hour, thirty over any codes
close an address. Whoever then knows the right ones waits as well, else the answer would tell the guesser.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from backend.core import clock
from backend.core.errors import RateLimited
from backend.core.events import emit
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.dossiers import queries
from backend.dossiers.events import DossierGuessed
from backend.dossiers.models import DossierGuard

log = structlog.get_logger(__name__)

CODE, ADDRESS = "code", "address"


@dataclass(frozen=True)
class Limits:
    """How many wrong guesses are answered, of one code and from one address, and for how long they count."""

    code: int
    address: int
    seconds: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return what the settings say."""
        return cls(settings.dossier_guesses_code, settings.dossier_guesses_address, settings.dossier_lock_seconds)


@dataclass(frozen=True)
class Guess:
    """Somebody who asks for one dossier; all but the code is a fingerprint. `actor_id` where she is signed in."""

    code: str
    code_subject: str
    address_subject: str
    digits: str
    actor_id: UUID | None

    @classmethod
    def of(cls, keys: Keys, code: str, digits: str, address: str, actor_id: UUID | None) -> "Guess":
        """Return who asks for what. An address of IPv6 counts by its network: a household has as many as it likes."""
        return cls(
            code=code,
            code_subject=keys.fingerprint(f"dossier-code\n{code}".encode()),
            address_subject=keys.fingerprint(f"dossier-address\n{_network(address)}".encode()),
            digits=keys.fingerprint(f"dossier-digits\n{code}\n{digits}".encode())[:16],
            actor_id=actor_id,
        )

    @property
    def subjects(self) -> list[str]:
        """What is counted."""
        return [self.code_subject, self.address_subject]


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def check(session: Session, guess: Guess) -> None:
    """Raise RateLimited while the code or the address is locked."""
    waits = [_wait(guard) for guard in queries.guards(session, guess.subjects).values()]
    if any(waits):
        raise RateLimited(max(waits))


def _wait(guard: DossierGuard) -> int:
    """Return for how many seconds this is still locked."""
    if guard.locked_until is None:
        return 0
    return max(0, int((guard.locked_until - clock.now()).total_seconds() + 1))


def count(session: Session, guess: Guess, limits: Limits, *, repeats: bool) -> None:
    """Count a wrong guess; raises RateLimited, and counts nothing, when a lock fell meanwhile.

    Without `repeats` digits that were tried before do not count again.
    """
    rows = _held(session, guess)
    waits = [_wait(guard) for guard in rows.values()]
    if any(waits):
        raise RateLimited(max(waits))
    _add(session, rows[guess.code_subject], guess, limits, limits.code, repeats=repeats)
    _add(session, rows[guess.address_subject], guess, limits, limits.address, repeats=repeats)


def _held(session: Session, guess: Guess) -> dict[str, DossierGuard]:
    """Return the two rows, made where they were not, and held until the transaction ends."""
    kinds = {guess.code_subject: CODE, guess.address_subject: ADDRESS}
    blank = {"failures": 0, "tried": [], "counted_until": clock.now(), "locked_until": None}
    values = [{"subject": subject, "kind": kinds[subject], **blank} for subject in sorted(kinds)]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(DossierGuard).values(values).on_conflict_do_nothing())
    return queries.guards(session, guess.subjects, lock=True)


def _add(session: Session, guard: DossierGuard, guess: Guess, limits: Limits, most: int, *, repeats: bool) -> None:
    now = clock.now()
    if guard.counted_until <= now:
        guard.failures, guard.tried, guard.locked_until = 0, [], None
        guard.counted_until = now + timedelta(seconds=limits.seconds)
    session.add(guard)
    if guess.digits in guard.tried and not repeats:
        return
    guard.failures += 1
    guard.tried = [*guard.tried, guess.digits][-most:]
    if guard.failures >= most:
        guard.locked_until = guard.counted_until = now + timedelta(seconds=limits.seconds)
        _tell(session, guard, guess, limits.seconds)


def _tell(session: Session, guard: DossierGuard, guess: Guess, seconds: int) -> None:
    subject = guess.code if guard.kind == CODE else guard.subject[:16]
    # The log tells locks apart, and which code it was stands in the record alone.
    log.warning("dossier_guessing_locked", kind=guard.kind, subject=guard.subject[:16], failures=guard.failures)
    emit(session, DossierGuessed(guard.kind, subject, guard.failures, seconds), actor_id=guess.actor_id)


def forget(session: Session) -> None:
    """Delete what counts no more."""
    session.execute(delete(DossierGuard).where(col(DossierGuard.counted_until) < clock.now()))
