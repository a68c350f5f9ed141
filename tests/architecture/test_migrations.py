"""Migrations make exactly the tables that the models describe, on both databases, in one line of history."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import backend.features  # noqa: F401 - it knows every table
from backend.migrations.runner import in_models
from tests.support.installations import KINDS, Installations, Kind
from tests.support.needs import ROOT


def scripts() -> ScriptDirectory:
    """Return the migrations."""
    return ScriptDirectory(str(ROOT / "backend/migrations"))


def test_there_is_one_head() -> None:
    assert len(scripts().get_heads()) == 1


def test_names_are_dated() -> None:
    """A name says when and what: 2026_11_23_first_tables.py."""
    names = [Path(revision.path).name for revision in scripts().walk_revisions()]
    assert not [name for name in names if not name[:4].isdigit()]


@pytest.mark.parametrize("kind", KINDS)
def test_models_and_migrations_agree(kind: Kind, installer: Installations, tmp_path: Path) -> None:
    engine = create_engine(installer.fresh(kind, tmp_path, "bare").database_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": False, "include_name": in_models}
        context = MigrationContext.configure(connection, opts=options)
        difference = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    installer.drop_databases()
    assert not difference, "\n".join(map(str, difference))
