"""Alembic's entry: the connection comes from `runner`, the tables from the features."""

from typing import Literal

from alembic import context
from sqlalchemy import JSON
from sqlmodel.sql.sqltypes import AutoString

from backend import features
from backend.core.tables import EnumText, UtcMoment
from backend.migrations.runner import in_models


def _render(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Write our own column type as what it is in the database, so that migrations do not depend on our code."""
    if kind != "type":
        return False
    if isinstance(thing, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, EnumText):
        return f"sa.String(length={thing.length})"
    if isinstance(thing, JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if isinstance(thing, AutoString):
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=features.metadata(),
    render_as_batch=True,
    compare_type=True,
    render_item=_render,
    include_name=in_models,
)
with context.begin_transaction():
    context.run_migrations()
