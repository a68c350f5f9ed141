"""The table of notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from backend.core.tables import enum_field, id_field, maybe_moment_field, moment_field
from shared.notifications import NoticeKind

_UNREAD = text("read_at IS NULL")


class Notice(SQLModel, table=True):
    """One row of a person's inbox; one a person and cause, however often the job runs."""

    __table_args__ = (
        Index("ix_notice_inbox", "account_id", "id"),
        Index("ix_notice_unread", "account_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ux_notice_cause", "account_id", "cause", unique=True),
    )

    id: UUID = id_field()
    account_id: UUID = Field(foreign_key="account.id")
    cause: UUID
    kind: NoticeKind = enum_field(NoticeKind, 20)
    event: str = Field(max_length=40)
    code: str = Field(max_length=40)
    subject: str = Field(max_length=300)
    text: str = Field(default="", max_length=500)
    path: str = Field(max_length=200)
    created_at: datetime = moment_field()
    read_at: datetime | None = maybe_moment_field()
