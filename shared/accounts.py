"""Accounts: registering, signing in, one's own profile."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from shared.access import Permission, Role
from shared.base import Contract, Id, Moment, Name, Phone


def _encodable(value: SecretStr) -> SecretStr:
    value.get_secret_value().encode()  # raises a ValueError for lone surrogates
    return value


Password = Annotated[SecretStr, Field(min_length=8, max_length=128), AfterValidator(_encodable)]
"""At least 8 characters and no composition rules (NIST SP 800-63B); at most 128 so that hashing stays bounded."""


class Purpose(StrEnum):
    """What personal data may be used for; each is agreed to by itself (Luật 91/2025/QH15: no default consent)."""

    ACCOUNT = "account"
    NEWS_BY_TOPIC = "news_by_topic"
    SERVICE_IMPROVEMENT = "service_improvement"


class AccountDraft(Contract):
    """A new citizen. `consents` must name `account`, without which there can be none."""

    phone: Phone
    full_name: Name
    password: Password
    consents: list[Purpose] = Field(max_length=10)


class UnitRef(Contract):
    """A unit (đơn vị) as others name it."""

    code: str
    name: str


class SubmissionLock(Contract):
    """Why and until when a person may not send reports; she may appeal once."""

    id: Id
    reason: str
    until: Moment
    appeal: str | None
    may_appeal: bool


class Account(Contract):
    """The signed-in person's own account; `lock` says that she may not send reports now."""

    id: Id
    phone: str
    full_name: str
    given_name: str
    role: Role
    unit: UnitRef | None
    permissions: list[Permission]
    consents: list[Purpose]
    created_at: Moment
    lock: SubmissionLock | None


class Activity(Contract):
    """What somebody did with this person's data: `kind` is `reveal`, `lock`, `unlock` or `help`; staff are units."""

    id: Id
    kind: str
    at: Moment
    by: UnitRef | None
    code: str
    text: str


class AccountChange(Contract):
    """What a person may change about herself; only the fields that are present change."""

    full_name: Name | None = None


class Tokens(Contract):
    """An access token (15 minutes, bearer) and the refresh token that buys the next pair, once."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int


class RefreshRequest(Contract):
    """The refresh token to exchange, or to end."""

    refresh_token: str = Field(min_length=1, max_length=512)
