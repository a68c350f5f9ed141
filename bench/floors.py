"""The floors: the least that could answer the same. Run as a process: `python -m bench.floors PORT SPEC.json`.

Reading: a bare ASGI handler that sends the same bytes. Writing: a FastAPI handler that parses the same JSON with the
same model and writes the same rows with the raw driver, in one transaction. Signing in: the same hash verified.
"""

import json
import sqlite3
import sys
import threading
import uuid
from pathlib import Path
from typing import Any

import psycopg
import uuid_utils
import uvicorn
from fastapi import FastAPI, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.core import security
from backend.core.database import _prepare
from shared.feedback import FeedbackDraft


def reading(body: bytes) -> ASGIApp:
    """Return the handler that sends these bytes to whoever asks."""
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


class Rows:
    """The rows that one submission writes, taken from the app's own database, written again with fresh keys."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._url = spec["database_url"]
        self._sqlite = self._url.startswith("sqlite")
        self._rows: list[tuple[str, list[str], list[Any]]] = [
            (self._statement(table, columns), columns, values) for table, columns, values in spec["rows"]
        ]
        self._turn = threading.Lock()
        self._local = threading.local()

    def _statement(self, table: str, columns: list[str]) -> str:
        """Table and column names come from the database's own catalogue."""
        marks = ", ".join(["?" if self._sqlite else "%s"] * len(columns))
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"

    def _connection(self) -> Any:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._open()
        return self._local.connection

    def _open(self) -> Any:
        if not self._sqlite:
            return psycopg.connect(self._url.replace("postgresql+psycopg", "postgresql"))
        connection = sqlite3.connect(self._url.removeprefix("sqlite:///"), timeout=10, isolation_level=None)
        _prepare(connection, None)
        return connection

    def write(self) -> None:
        """Write all rows of one submission in one transaction."""
        connection = self._connection()
        fresh: dict[str, str] = {}
        if self._sqlite:
            with self._turn:
                connection.execute("BEGIN IMMEDIATE")
                self._insert(connection, fresh)
                connection.execute("COMMIT")
        else:
            self._insert(connection, fresh)
            connection.commit()

    def _insert(self, connection: Any, fresh: dict[str, str]) -> None:
        for statement, columns, values in self._rows:
            renewed = [_renewed(column, value, fresh) for column, value in zip(columns, values, strict=True)]
            connection.execute(statement, renewed)


def _renewed(column: str, value: Any, fresh: dict[str, str]) -> Any:
    """Give keys new values, the same new value wherever the old one stood."""
    if column in {"id", "feedback_id"} and value is not None:
        return fresh.setdefault(str(value), uuid.UUID(bytes=uuid_utils.uuid7().bytes).hex)
    if column in {"code", "scope"}:
        return fresh.setdefault(str(value), uuid.uuid4().hex[: len(str(value))])
    return value


def writing(spec: dict[str, Any]) -> ASGIApp:
    """Return the handler that takes a report in with the raw driver."""
    rows, answer = Rows(spec), spec["answer"].encode()
    app = FastAPI()

    @app.post("/api/v1/feedback", status_code=201)
    def submit(_draft: FeedbackDraft) -> Response:
        rows.write()
        return Response(answer, status_code=201, media_type="application/json")

    return app


def signing_in(spec: dict[str, Any]) -> ASGIApp:
    """Return the handler that verifies the same password against the same kind of hash."""
    hashed, answer = security.hash_password(spec["password"]), spec["answer"].encode()
    app = FastAPI()

    @app.post("/api/v1/auth/token")
    def sign_in() -> Response:
        assert security.verify_password(spec["password"], hashed)
        return Response(answer, media_type="application/json")

    return app


def main() -> None:
    """Serve one floor."""
    port, path = int(sys.argv[1]), Path(sys.argv[2])
    spec = json.loads(path.read_text(encoding="utf-8"))
    app = {
        "read": lambda: reading(spec["answer"].encode()),
        "write": lambda: writing(spec),
        "sign": lambda: signing_in(spec),
    }
    uvicorn.run(app[spec["kind"]](), port=port, access_log=False, log_config=None, server_header=False)


if __name__ == "__main__":
    main()
