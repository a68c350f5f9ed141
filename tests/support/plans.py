"""What is asked of the database, and how it would find the answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from backend.core.database import Database

LARGE = (
    "feedback",
    "feedback_entry",
    "notice",
    "job",
    "account",
    "file",
    "audit_entry",
    "idempotency_key",
    "feedback_counted",
    "feedback_tile",
    "feedback_figure",
    "office",
    "office_place",
    "article",
    "article_tokens",
    "document",
    "document_tokens",
    "dossier",
    "dossier_step",
    "dossier_follower",
    "dossier_guard",
)


@contextmanager
def recorded(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement and its parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith(("BEGIN", "SELECT pg_notify", "SAVEPOINT")):
            seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def scans(database: Database, statement: str, parameters: Any) -> list[str]:
    """Return where the database would read one of the large tables from end to end, past every index."""
    tables = "|".join(LARGE)
    explain, wrong = (
        ("EXPLAIN QUERY PLAN", rf"^SCAN ({tables})\b(?! USING (COVERING )?INDEX)")
        if database.sqlite
        else ("EXPLAIN", rf"Seq Scan on ({tables})\b")
    )
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
    return [line for line in (str(row[-1]).strip() for row in rows) if re.search(wrong, line)]
