"""The tables of official documents."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.core.tables import id_field, moment_field, number_field


class Document(SQLModel, table=True):
    """An official document (văn bản).

    Numbers begin again every year and for every agency: `key` is the number, the day and the agency, folded.
    `digest` tells whether a later import changes anything.
    """

    __table_args__ = (
        Index("ix_document_list", "issued_on", "id"),
        Index("ix_document_agency_list", "agency", "issued_on", "id"),
        Index("ix_document_kind_list", "kind", "issued_on", "id"),
    )

    id: UUID = id_field()
    key: str = Field(max_length=400, unique=True)
    number: str = Field(max_length=60)
    title: str = Field(max_length=2_000)
    kind: str = Field(max_length=100)
    agency: str = Field(max_length=300)
    field: str = Field(max_length=300)
    issued_on: date
    link: str | None = Field(default=None, max_length=500)
    sample: bool
    digest: str = Field(max_length=64)
    imported_at: datetime = moment_field()


class DocumentTokens(SQLModel, table=True):
    """By what a document is found (`backend/core/fulltext.py`); `number` sorts as `issued_on`."""

    __tablename__ = "document_tokens"

    number: int = number_field()
    document_id: UUID = Field(foreign_key="document.id", unique=True)
    tokens: str
