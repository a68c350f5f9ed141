"""The tables of dossiers. Names come in masked, of a phone only its last digits: what is not held cannot leak."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlalchemy import ForeignKey as ForeignKeyTo
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field, maybe_moment_field, moment_field
from shared.dossiers import DossierState

LOCAL, LGSP = "local", "lgsp"
"""Where a dossier comes from: from files that were imported, or from the integration platform."""


FINAL = frozenset({DossierState.NOT_RECEIVED, DossierState.RETURNED})
"""States that nothing follows: the platform is not asked any more by itself."""

_ASKED = text("ask_at IS NOT NULL")
_KEPT = text("origin = 'lgsp'")


class Dossier(SQLModel, table=True):
    """A dossier as its source last told it. `due_at` is the first date, `new_due_at` the one given when it was late.

    `fetched_at` is when the source last said all this, `gone_at` when it began to know nothing of it any more.
    `digest` tells whether what it says now is anything new. `ask_at` is when the platform is asked again by itself,
    for those who follow the dossier; null where nobody does.
    """

    __table_args__ = (
        Index("ix_dossier_ask", "ask_at", sqlite_where=_ASKED, postgresql_where=_ASKED),
        Index("ix_dossier_kept", "fetched_at", sqlite_where=_KEPT, postgresql_where=_KEPT),
    )

    id: UUID = id_field()
    code: str = Field(max_length=40, unique=True)
    origin: str = Field(max_length=20)
    source: str = Field(max_length=200)
    phone_last4: str = Field(max_length=4)
    procedure_code: str | None = Field(default=None, max_length=40)
    procedure_name: str = Field(max_length=500)
    agency: str = Field(max_length=300)
    applicant: str = Field(max_length=200)
    state: DossierState = enum_field(DossierState, 20)
    received_at: datetime | None = maybe_moment_field()
    due_at: datetime | None = maybe_moment_field()
    finished_at: datetime | None = maybe_moment_field()
    paused_at: datetime | None = maybe_moment_field()
    apology: str = Field(max_length=1_000)
    new_due_at: datetime | None = maybe_moment_field()
    missing: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    contact_name: str = Field(max_length=200)
    contact_phone: str = Field(max_length=40)
    digest: str = Field(max_length=64)
    fetched_at: datetime = moment_field()
    gone_at: datetime | None = maybe_moment_field()
    ask_at: datetime | None = maybe_moment_field()


class DossierStep(SQLModel, table=True):
    """One step of a dossier's history: append-only, in the order of `at`."""

    __tablename__ = "dossier_step"
    __table_args__ = (Index("ix_dossier_step_of", "dossier_id", "at", "id"),)

    id: UUID = id_field()
    dossier_id: UUID = Field(sa_column=Column(ForeignKeyTo("dossier.id", ondelete="CASCADE"), nullable=False))
    at: datetime = moment_field()
    state: DossierState = enum_field(DossierState, 20)
    note: str = Field(max_length=1_000)


class DossierFollower(SQLModel, table=True):
    """Who hears of a dossier: she gave its second factor once."""

    __tablename__ = "dossier_follower"
    __table_args__ = (
        UniqueConstraint("dossier_id", "account_id"),
        Index("ix_dossier_follower_mine", "account_id", "id"),
    )

    id: UUID = id_field()
    dossier_id: UUID = Field(sa_column=Column(ForeignKeyTo("dossier.id", ondelete="CASCADE"), nullable=False))
    account_id: UUID = Field(foreign_key="account.id")
    at: datetime = moment_field()


class DossierGuard(SQLModel, table=True):
    """Wrong guesses at one code, or from one address, and until when nothing is answered there.

    `subject` is a fingerprint: the table tells nobody who asked for what. `tried` holds fingerprints too.
    """

    __tablename__ = "dossier_guard"

    subject: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=10)
    failures: int
    tried: list[str] = Field(sa_type=JsonColumn)
    counted_until: datetime = moment_field(index=True)
    locked_until: datetime | None = maybe_moment_field()


class ReceiptReading(SQLModel, table=True):
    """The codes that a picture showed, kept for some minutes under its sender's key, of which a digest is here."""

    __tablename__ = "receipt_reading"
    __table_args__ = (Index("ix_receipt_reading_key", "key", "id"),)

    id: UUID = id_field()
    key: str = Field(max_length=64)
    codes: list[str] = Field(sa_type=JsonColumn)
    at: datetime = moment_field(index=True)


class DossierSourceState(SQLModel, table=True):
    """How a source was when it was last asked, by whichever process: since when, and its last good answer."""

    __tablename__ = "dossier_source_state"

    name: str = Field(primary_key=True, max_length=20)
    health: str = Field(max_length=10)
    since: datetime = moment_field()
    last_good_at: datetime | None = maybe_moment_field()
