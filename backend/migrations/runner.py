"""Bring a database to the newest migration; costs one small select when it is there already."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from backend.core.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent

_ONLY_THERE = (
    *("feedback_words", "ix_feedback_counted_tokens"),
    *("article_words", "ix_article_tokens_tokens"),
    *("document_words", "ix_document_tokens_tokens"),
)
"""What one of the two databases has for itself, and no model describes: FTS5's tables, an index on an expression."""


def in_models(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether a thing of a database is to be compared with the models."""
    return not (name or "").startswith(_ONLY_THERE)


def head() -> str:
    """Return the newest revision, read from the files' names (`<revision, a moment>_<slug>.py`)."""
    return max(FOLDER.glob("versions/*.py")).name.split("_")[0]


def current(database: Database) -> str | None:
    """Return the revision that the database is at, None for an empty one."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(database: Database) -> bool:
    """Run what is missing; return whether anything was."""
    if current(database) == head():
        return False
    # Importing Alembic costs over a second: most starts have nothing to migrate.
    from alembic import command  # noqa: PLC0415

    with database.engine.execution_options(writing=True).begin() as connection:
        command.upgrade(config(connection), "head")
    return True


def config(connection: Connection) -> "Config":
    """Return Alembic's configuration, bound to this connection."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.attributes["connection"] = connection
    return made
