"""Facts about accounts."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class AccountRegistered(Event):
    """Somebody has an account now."""

    account_id: str
    role: str


@dataclass(frozen=True)
class SignInsLocked(Event):
    """Too many wrong passwords: signing in is closed for a while."""

    account_id: str


@dataclass(frozen=True)
class TokensStolen(Event):
    """A refresh token was used twice, so its family was ended."""

    account_id: str


@dataclass(frozen=True)
class SubmissionsLocked(Event):
    """Somebody may send no reports for a while."""

    lock_id: str
    account_id: str


@dataclass(frozen=True)
class SubmissionsUnlocked(Event):
    """A lock was lifted, or its appeal turned down."""

    lock_id: str
    account_id: str
    lifted: bool
