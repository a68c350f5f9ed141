"""The tables of public services. Records keep the source's own words; what they mean is decided on reading."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field, maybe_moment_field, moment_field
from shared.procedure_sync import HistoryCause, HistoryKind


class Procedure(SQLModel, table=True):
    """A procedure (thủ tục hành chính) as its source records it.

    `channels`, `documents` and `results` are the source's rows word for word, `extra` its fields that we do not know.
    `digest` tells whether a later import changes anything. A procedure with `withdrawn_at` is no longer valid: its page
    stays, lists and search leave it out.
    """

    __table_args__ = (
        Index("ix_procedure_list", "name_key", "code"),
        Index("ix_procedure_field_list", "field", "name_key"),
    )

    id: UUID = id_field()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=2_000)
    name_key: str = Field(max_length=200)
    field: str = Field(max_length=300)
    ministry: str = Field(max_length=300)
    kind: str = Field(max_length=300)
    decision: str = Field(max_length=100)
    online: bool = Field(index=True)
    levels: list[str] = Field(sa_type=JsonColumn)
    audiences: list[str] = Field(sa_type=JsonColumn)
    agencies: list[str] = Field(sa_type=JsonColumn)
    authority: str
    coordinating: str
    reception_address: str
    steps: str
    channels: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    documents: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    legal_numbers: list[str] = Field(sa_type=JsonColumn)
    legal_basis: str
    conditions: str
    results: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    related: str
    source_url: str = Field(max_length=500)
    source: str = Field(max_length=200)
    flags: list[str] = Field(sa_type=JsonColumn)
    extra: dict[str, Any] = Field(sa_type=JsonColumn)
    digest: str = Field(max_length=64)
    imported_at: datetime = moment_field(index=True)
    withdrawn_at: datetime | None = maybe_moment_field()


class ProcedureVersion(SQLModel, table=True):
    """One change of a procedure: the columns that changed as they were and as they became, word for word.

    `digest` is that of the record after the change.
    """

    __tablename__ = "procedure_version"
    __table_args__ = (Index("ix_procedure_version_story", "procedure_id", "id"),)

    id: UUID = id_field()
    procedure_id: UUID = Field(foreign_key="procedure.id")
    at: datetime = moment_field()
    kind: HistoryKind = enum_field(HistoryKind, 20)
    cause: HistoryCause = enum_field(HistoryCause, 20)
    digest: str = Field(max_length=64)
    before: dict[str, Any] = Field(sa_type=JsonColumn)
    after: dict[str, Any] = Field(sa_type=JsonColumn)


class ProcedureTag(SQLModel, table=True):
    """What a list of procedures may be narrowed by: one row for each level and each audience of a procedure."""

    __tablename__ = "procedure_tag"

    kind: str = Field(max_length=20, primary_key=True)
    value: str = Field(max_length=200, primary_key=True)
    procedure_id: UUID = Field(foreign_key="procedure.id", primary_key=True, index=True)


class Place(SQLModel, table=True):
    """A ward or commune, of today or of before 1/7/2025.

    Codes were used again in 2025, so a place is its code and the day it began: `key` is both, since databases do not
    hold two unknown days for equal.
    """

    id: UUID = id_field()
    key: str = Field(max_length=32, unique=True)
    code: str = Field(max_length=20, index=True)
    name: str = Field(max_length=200)
    kind: str = Field(max_length=60)
    parent: str = Field(max_length=200)
    former_district: str = Field(max_length=200)
    valid_from: date | None = None
    valid_to: date | None = None
    formed_from_text: str
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None
    extra: dict[str, Any] = Field(sa_type=JsonColumn)
    imported_at: datetime = moment_field(index=True)


class PlaceLink(SQLModel, table=True):
    """One old place went, wholly or in part, into one new place. An old place with several links was split."""

    __tablename__ = "place_link"

    old_id: UUID = Field(foreign_key="place.id", primary_key=True)
    new_id: UUID = Field(foreign_key="place.id", primary_key=True, index=True)
    match: str = Field(max_length=40)


class Boundary(SQLModel, table=True):
    """Where a place of today lies: `shape` is a polygon or several in WKB, degrees of WGS84, always valid.

    `sample` marks what is only an illustration, which gives way to the first import.
    """

    id: UUID = id_field()
    code: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=200)
    kind: str = Field(max_length=60)
    shape: bytes = Field(sa_type=LargeBinary)
    sample: bool
    imported_at: datetime = moment_field()
