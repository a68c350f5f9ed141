"""The tables behind the public side: what was last counted of each case, the map's tiles, the figures.

The worker keeps them (`backend/feedback/tally.py`). They can be made again from the cases at any time.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from backend.core.tables import moment_field, number_field


class Counted(SQLModel, table=True):
    """What was last counted of a case, and the tokens by which it is found (`backend/feedback/search.py`).

    `number` sorts as the case's id. `measures` are bits in the order of `figures.MEASURES`, none for what is in no
    figure. A place, in millionths of a degree, is there when the case is on the map.
    """

    __tablename__ = "feedback_counted"

    number: int = number_field()
    feedback_id: UUID = Field(foreign_key="feedback.id", unique=True)
    tokens: str
    month: str = Field(max_length=7)
    unit_code: str = Field(max_length=40)
    category_code: str = Field(max_length=40)
    measures: int
    open: bool
    lat: int | None
    lon: int | None
    code: int = Field(sa_type=BigInteger)


class Tile(SQLModel, table=True):
    """The cases of one cell of the map's grid, of one category or (empty) of all. Sums, so that changes only add.

    `code` is the sum of the cases' codes as numbers: where one case stands alone it is that case's.
    """

    __tablename__ = "feedback_tile"

    level: int = Field(primary_key=True)
    category_code: str = Field(primary_key=True, max_length=40)
    x: int = Field(primary_key=True)
    y: int = Field(primary_key=True)
    count: int
    open: int
    lat: int = Field(sa_type=BigInteger)
    lon: int = Field(sa_type=BigInteger)
    code: int = Field(sa_type=BigInteger)


class Figure(SQLModel, table=True):
    """The counts of one month of a unit and a category; empty codes stand for all of them together."""

    __tablename__ = "feedback_figure"
    __table_args__ = (Index("ix_feedback_figure_unit", "unit_code", "month"),)

    category_code: str = Field(primary_key=True, max_length=40)
    month: str = Field(primary_key=True, max_length=7)
    unit_code: str = Field(primary_key=True, max_length=40)
    received: int
    valid: int
    handled: int
    on_time: int
    late: int
    refused: int
    open: int
    rated: int
    satisfied: int
    counted_at: datetime = moment_field()
