"""Write the migration from what the database is to what the models say: `python scripts/new_migration.py "words"`."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alembic import command

from backend.core.database import Database
from backend.migrations.runner import FOLDER, config


def main() -> None:
    """Upgrade an empty SQLite database, then compare it with the models."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        with database.engine.execution_options(writing=True).begin() as connection:
            made = config(connection)
            if list(FOLDER.glob("versions/*.py")):
                command.upgrade(made, "head")
            revision = datetime.now(UTC).strftime("%H%M%S")
            command.revision(made, sys.argv[1], autogenerate=True, rev_id=f"{datetime.now(UTC):%Y%m%d}{revision}")


if __name__ == "__main__":
    main()
