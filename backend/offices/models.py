"""The tables of offices and of numbers to call."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field
from shared.offices import OfficeKind


class Office(SQLModel, table=True):
    """An office. `square` numbers where it stands (`backend/core/geo.py`), null where that is not known.

    `hours` are rows of `weekday, opens, closes`, empty where they are not known. `sample` marks made-up content of the
    demo, which gives way to the first import.
    """

    __table_args__ = (
        Index("ix_office_list", "name_key", "code"),
        Index("ix_office_kind_list", "kind", "name_key", "code"),
        Index("ix_office_kind_square", "kind", "square"),
    )

    id: UUID = id_field()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=300)
    name_key: str = Field(max_length=200)
    kind: OfficeKind = enum_field(OfficeKind, 20)
    address: str = Field(max_length=500)
    phone: str = Field(max_length=40)
    lat: float | None = None
    lon: float | None = None
    square: int | None = Field(default=None, sa_type=BigInteger, index=True)
    hours: list[dict[str, Any]] = Field(sa_type=JsonColumn)
    note: str = Field(max_length=1_000)
    source: str = Field(max_length=200)
    sample: bool = Field(index=True)
    version: int = 1


class OfficePlace(SQLModel, table=True):
    """The people of this place of today go to this office."""

    __tablename__ = "office_place"

    office_id: UUID = Field(foreign_key="office.id", primary_key=True)
    place_code: str = Field(max_length=20, primary_key=True, index=True)


class Hotline(SQLModel, table=True):
    """A number to call, in the order in which it is shown."""

    id: UUID = id_field()
    number: str = Field(max_length=20, unique=True)
    name: str = Field(max_length=200)
    description: str = Field(max_length=500)
    emergency: bool
    position: int
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
