"""The tables of the catalogue's upkeep: checks of the source, proposals, and the changes that they hold."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field, maybe_moment_field, moment_field, new_id
from shared.procedure_sync import ChangeKind, ChangeState, SyncOrigin


class Stage(StrEnum):
    """How far a proposal is. Nobody sees one that is still being PREPARED."""

    PREPARED = "prepared"
    OPEN = "open"
    DONE = "done"
    REPLACED = "replaced"


class ProcedureSource(SQLModel, table=True):
    """The one source that is checked again and again: one row, `key` is always "check".

    `address` is a fingerprint of what the setting said, so that another source starts anew. `etag` and `modified` are
    what the source last gave, `digest` is the last file's. `busy_until` keeps a second worker off while one checks.
    """

    __tablename__ = "procedure_source"

    key: str = Field(primary_key=True, max_length=20)
    address: str = Field(default="", max_length=64)
    etag: str = Field(default="", max_length=200)
    modified: str = Field(default="", max_length=100)
    digest: str = Field(default="", max_length=64)
    asked_at: datetime | None = maybe_moment_field()
    busy_until: datetime | None = maybe_moment_field()
    tried_at: datetime | None = maybe_moment_field()
    outcome: str = Field(default="", max_length=20)
    trouble: str = Field(default="", max_length=30)
    detail: str = Field(default="", max_length=200)


class ProcedureSync(SQLModel, table=True):
    """A proposal. `flags` and `unusable_lines` are as the contract has them; `version` counts decisions."""

    __tablename__ = "procedure_sync"
    __table_args__ = (Index("ix_procedure_sync_origin", "origin", "stage"),)

    id: UUID = id_field()
    origin: SyncOrigin = enum_field(SyncOrigin, 20)
    source: str = Field(max_length=300)
    stage: Stage = enum_field(Stage, 20)
    made_at: datetime = moment_field()
    unchanged: int = 0
    unusable: int = 0
    flags: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    unusable_lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonColumn)
    version: int = 1


class ProcedureSyncChange(SQLModel, table=True):
    """A proposed change; small, since a decision about thousands touches each.

    `base` is the digest of the record that the editor sees as old, `digest` that of what would be written.
    """

    __tablename__ = "procedure_sync_change"
    __table_args__ = (
        Index("ix_procedure_sync_change_list", "sync_id", "kind", "code", unique=True),
        Index("ix_procedure_sync_change_state", "sync_id", "state"),
        Index("ix_procedure_sync_change_decided", "state", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    sync_id: UUID = Field(foreign_key="procedure_sync.id")
    kind: ChangeKind = enum_field(ChangeKind, 20)
    code: str = Field(max_length=40)
    name: str = Field(max_length=2_000)
    name_key: str = Field(max_length=200)
    parts: list[str] = Field(sa_type=JsonColumn)
    base: str = Field(max_length=64)
    digest: str = Field(max_length=64)
    returns: bool
    refused_before: bool
    state: ChangeState = enum_field(ChangeState, 20)
    reason: str = Field(default="", max_length=500)
    decided_at: datetime | None = maybe_moment_field()
    decided_by: UUID | None = None


class ProcedureSyncRecord(SQLModel, table=True):
    """The long part of a proposed change: the source's row (null for a withdrawal), and the columns as they were."""

    __tablename__ = "procedure_sync_record"

    change_id: UUID = Field(foreign_key="procedure_sync_change.id", primary_key=True)
    record: dict[str, Any] | None = Field(sa_type=JsonColumn)
    before: dict[str, Any] = Field(sa_type=JsonColumn)
