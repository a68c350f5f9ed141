"""The tables of accounts: units, accounts, refresh tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index
from sqlalchemy import ForeignKey as ForeignKeyTo
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field, maybe_moment_field, moment_field
from shared.access import Role


class Unit(SQLModel, table=True):
    """Who handles cases: a sở, a ward office, a utility. `place_code` is the place that a ward office serves."""

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=200)
    phone: str = Field(default="", max_length=40)
    place_code: str | None = Field(default=None, max_length=20, unique=True, index=True)


class Account(SQLModel, table=True):
    """A person with a phone and a password."""

    id: UUID = id_field()
    phone: str = Field(max_length=20, unique=True)
    full_name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    role: Role = enum_field(Role, 20)
    unit_code: str | None = Field(default=None, max_length=40, foreign_key="unit.code", index=True)
    consents: list[str] = Field(sa_type=JsonColumn)
    failures: int = 0
    locked_until: datetime | None = maybe_moment_field()
    created_at: datetime = moment_field()


class RefreshToken(SQLModel, table=True):
    """One refresh token, by its digest; all that grew from one sign-in share a family."""

    __tablename__ = "refresh_token"

    id: UUID = id_field()
    family: UUID = Field(index=True)
    account_id: UUID = Field(
        sa_column=Column(ForeignKeyTo("account.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    digest: str = Field(max_length=64, unique=True)
    parent: UUID | None = Field(default=None)
    created_at: datetime = moment_field()
    expires_at: datetime = moment_field(index=True)
    used_at: datetime | None = maybe_moment_field()
    revoked_at: datetime | None = maybe_moment_field()


class SubmissionLock(SQLModel, table=True):
    """Somebody may send no reports for a while: why, until when, what she says to it, and what was answered."""

    __tablename__ = "submission_lock"

    id: UUID = id_field()
    account_id: UUID = Field(foreign_key="account.id", index=True)
    code: str = Field(max_length=14)
    reason: str = Field(max_length=5_000)
    made_by: UUID
    made_at: datetime = moment_field()
    until: datetime = moment_field(index=True)
    appeal: str | None = Field(default=None, max_length=5_000)
    appealed_at: datetime | None = maybe_moment_field()
    answer: str | None = Field(default=None, max_length=5_000)
    answered_at: datetime | None = maybe_moment_field()
    lifted_at: datetime | None = maybe_moment_field()


class Activity(SQLModel, table=True):
    """What somebody did with a person's data; she reads it under `/me/activity`. Append-only."""

    __table_args__ = (Index("ix_activity_of", "account_id", "id"),)

    id: UUID = id_field()
    account_id: UUID = Field(foreign_key="account.id")
    kind: str = Field(max_length=20)
    at: datetime = moment_field()
    actor_id: UUID
    unit_code: str | None = Field(default=None, max_length=40)
    code: str = Field(default="", max_length=40)
    text: str = Field(default="", max_length=5_000)
