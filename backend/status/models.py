"""The table of what was last seen alive."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from backend.core.tables import moment_field


class Heartbeat(SQLModel, table=True):
    """When a part of the program that serves no requests last said that it works."""

    name: str = Field(primary_key=True, max_length=40)
    at: datetime = moment_field()
