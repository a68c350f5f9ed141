"""The table of files."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from backend.core.tables import enum_field, id_field, maybe_moment_field, moment_field
from shared.files import FileKind


class FileState(StrEnum):
    """A file is waited for, stored, or used by something."""

    AWAITED = "awaited"
    STORED = "stored"
    CLAIMED = "claimed"


class File(SQLModel, table=True):
    """A file that somebody sends. Its bytes lie in the storage, under its id.

    `name` is kept of documents alone once the content is known; `media_type` is of the original of a video or document.
    `lat` and `lon` say where a picture was taken, until it is used.
    """

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
    kind: FileKind = enum_field(FileKind, 10)
    name: str = Field(default="", max_length=120)
    media_type: str = Field(default="", max_length=20)
    seconds: float | None = None
    lat: float | None = None
    lon: float | None = None
    width: int = 0
    height: int = 0
    created_at: datetime = moment_field()
    stored_at: datetime | None = maybe_moment_field()
