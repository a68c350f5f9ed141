"""What tables are made of: ids, moments and JSON columns that behave alike on SQLite and PostgreSQL."""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import uuid_utils
from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no time zones, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs an offset")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum kept as its value; comes back as the enum, on both databases."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.kind, self.length = kind, length

    def process_bind_param(self, value: StrEnum | str | None, _dialect: Dialect) -> str | None:
        """Store the value; refuse one that is not of the enum."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """Return the enum."""
        return None if value is None else self.kind(value)


def enum_field(kind: type[StrEnum], length: int, *, primary_key: bool = False) -> Any:
    """Return a required column for a StrEnum."""
    return Field(sa_column=Column(EnumText(kind, length), nullable=False, primary_key=primary_key))


JsonColumn = JSON().with_variant(JSONB(), "postgresql")


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): unique, and sorted by time of making."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def id_field() -> Any:
    """Return the primary key of a table."""
    return Field(default_factory=new_id, primary_key=True)


# SQLite knows a row by an INTEGER PRIMARY KEY itself, and a VACUUM leaves that number alone.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def number_field() -> Any:
    """Return a primary key by which an inverted index knows the row; whoever writes it chooses it."""
    return Field(primary_key=True, sa_type=_NUMBER, sa_column_kwargs={"autoincrement": False})


def moment_field(*, index: bool = False) -> Any:
    """Return a column for a required moment."""
    return Field(sa_type=UtcMoment, index=index, nullable=False)


def maybe_moment_field(*, index: bool = False) -> Any:
    """Return a column for a moment that may not have come."""
    return Field(default=None, sa_type=UtcMoment, index=index, nullable=True)
