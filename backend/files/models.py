"""The table of files."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from backend.core.tables import enum_field, id_field, maybe_moment_field, moment_field


class FileState(StrEnum):
    """A file is waited for, stored, or used by something."""

    AWAITED = "awaited"
    STORED = "stored"
    CLAIMED = "claimed"


class File(SQLModel, table=True):
    """A picture that somebody sends. Its bytes lie in the storage, under its id."""

    __table_args__ = (
        Index(
            "ix_file_orphans",
            "created_at",
            sqlite_where=text("state <> 'claimed'"),
            postgresql_where=text("state <> 'claimed'"),
        ),
    )

    id: UUID = id_field()
    owner_id: UUID | None = Field(default=None, index=True)
    size: int = Field(sa_type=BigInteger)
    state: FileState = enum_field(FileState, 10)
    public: bool = False
    width: int = 0
    height: int = 0
    created_at: datetime = moment_field()
    stored_at: datetime | None = maybe_moment_field()
