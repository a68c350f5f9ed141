"""The tables of feedback. A case's story is its entries; the case row only caches where the story stands."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, enum_field, id_field, maybe_moment_field, moment_field
from shared.case_states import Party, Status
from shared.feedback import Audience, Level

# SQLite has no booleans, and takes a partial index only for a question in the index's own words: these are the ones
# that SQLAlchemy writes for `queries.shown`, `queries.open_to_all` and `queries.handled_by`.
_SHOWN: dict[str, Any] = {
    "sqlite_where": text("public = 1 AND practice = 0 AND status NOT IN ('held', 'withdrawn')"),
    "postgresql_where": text("public AND NOT practice AND status NOT IN ('held', 'withdrawn')"),
}
_OVER = "'closed', 'held', 'merged', 'refused', 'withdrawn'"
_OPEN_TO_ALL: dict[str, Any] = {
    "sqlite_where": text(f"public = 1 AND practice = 0 AND status NOT IN ({_OVER})"),
    "postgresql_where": text(f"public AND NOT practice AND status NOT IN ({_OVER})"),
}
_WORKED_ON: dict[str, Any] = {"sqlite_where": text("practice = 0"), "postgresql_where": text("NOT practice")}
_HANDLED: dict[str, Any] = {
    "sqlite_where": text("handled_at IS NOT NULL"),
    "postgresql_where": text("handled_at IS NOT NULL"),
}
_NEVER_PLACED: dict[str, Any] = {"sqlite_where": text("cell = 0"), "postgresql_where": text("cell = 0")}


class Category(SQLModel, table=True):
    """What a report is about, how pressing that is, and which unit receives it."""

    __tablename__ = "feedback_category"

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    icon: str = Field(max_length=60)
    level: Level = enum_field(Level, 10)
    unit_code: str = Field(max_length=40, foreign_key="unit.code")
    position: int = 0


class Template(SQLModel, table=True):
    """A ready reason for a refusal."""

    __tablename__ = "feedback_template"

    code: str = Field(primary_key=True, max_length=40)
    text: str = Field(max_length=1_000)
    position: int = 0


class Feedback(SQLModel, table=True):
    """A case (phản ánh)."""

    __table_args__ = (
        # What follows the id is looked at in the index, when several filters leave little of a long list.
        Index("ix_feedback_public", "id", **_SHOWN),
        Index("ix_feedback_public_category", "category_code", "id", "status", "unit_code", "place_code", **_SHOWN),
        Index("ix_feedback_public_unit", "unit_code", "id", "status", "category_code", "place_code", **_SHOWN),
        Index("ix_feedback_public_place", "place_code", "id", "status", "category_code", "unit_code", **_SHOWN),
        Index("ix_feedback_public_status", "status", "id", "category_code", "unit_code", "place_code", **_SHOWN),
        Index("ix_feedback_near", "cell", "id", "category_code", **_OPEN_TO_ALL),
        Index("ix_feedback_never_placed", "id", **_NEVER_PLACED),
        Index("ix_feedback_reporter", "reporter_id", "id"),
        Index("ix_feedback_due", "due_at", "id", **_WORKED_ON),
        Index("ix_feedback_queue", "status", "due_at", "id", **_WORKED_ON),
        Index(
            "ix_feedback_unit_queue",
            "unit_code",
            "status",
            "due_at",
            "id",
            **_WORKED_ON,
        ),
        Index("ix_feedback_handled", "handled_at", "unit_code", "category_code", "created_at", **_HANDLED),
        Index("ix_feedback_officer", "officer_id", "status", "due_at", "id"),
    )

    id: UUID = id_field()
    code: str = Field(max_length=14, unique=True)
    reporter_id: UUID = Field(foreign_key="account.id")
    category_code: str = Field(max_length=40, foreign_key="feedback_category.code")
    title: str = Field(max_length=120)
    description: str = Field(max_length=5_000)
    folded: str = Field(max_length=6_000)
    address: str = Field(default="", max_length=300)
    system: str = Field(default="", max_length=80)
    masked: bool = False
    lat: float
    lon: float
    place_code: str | None = Field(default=None, max_length=20)
    cell: int = Field(default=0, sa_type=BigInteger)
    public: bool
    show_name: bool
    blur_place: bool
    practice: bool
    status: Status = enum_field(Status, 20)
    level: Level = enum_field(Level, 10)
    unit_code: str | None = Field(default=None, max_length=40, foreign_key="unit.code")
    officer_id: UUID | None = Field(default=None)
    thumb_id: UUID | None = Field(default=None)
    created_at: datetime = moment_field()
    accept_by: datetime = moment_field()
    first_due_at: datetime = moment_field()
    due_at: datetime = moment_field()
    moved_at: datetime = moment_field()
    paused_at: datetime | None = maybe_moment_field()
    resolved_at: datetime | None = maybe_moment_field()
    handled_at: datetime | None = maybe_moment_field()
    reminded_at: datetime | None = maybe_moment_field()
    revealed_at: datetime | None = maybe_moment_field()
    planned_on: date | None = None
    merged_into: UUID | None = Field(default=None, foreign_key="feedback.id", index=True)
    supporters: int = 0
    reopened: int = 0
    appealed: bool = False
    score: int | None = None
    score_text: str = Field(default="", max_length=1_000)
    version: int = 1


class Entry(SQLModel, table=True):
    """One line of a case's story: never changed, never deleted."""

    __tablename__ = "feedback_entry"
    __table_args__ = (Index("ix_feedback_entry_story", "feedback_id", "id"),)

    id: UUID = id_field()
    feedback_id: UUID = Field(foreign_key="feedback.id")
    kind: str = Field(max_length=20)
    at: datetime = moment_field()
    party: Party = enum_field(Party, 20)
    actor_id: UUID | None = Field(default=None)
    audience: Audience = enum_field(Audience, 10)
    status: Status = enum_field(Status, 20)
    text: str = Field(default="", max_length=5_000)
    unit_code: str | None = Field(default=None, max_length=40)
    planned_on: date | None = None
    file_ids: list[str] = Field(sa_type=JsonColumn)
    facts: dict[str, Any] = Field(sa_type=JsonColumn)


class Follower(SQLModel, table=True):
    """Somebody who hears of a case that another sent; `supports` says that she met the same ("me too")."""

    __tablename__ = "feedback_follower"

    feedback_id: UUID = Field(foreign_key="feedback.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    supports: bool
    at: datetime = moment_field()


class HeldWord(SQLModel, table=True):
    """Words that make a new report wait for a look; `folded` is what is compared."""

    __tablename__ = "feedback_held_word"

    id: UUID = id_field()
    words: str = Field(max_length=60)
    folded: str = Field(max_length=60, unique=True)
