"""`make bench`: measure the app and its floors side by side, on SQLite and PostgreSQL, and print the table."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from backend.core.database import Database
from bench import load, queries
from bench.scenarios import Scenario, scenarios
from tests.support import installations
from tests.support.installations import KINDS, Installation, Installations, Kind
from tests.support.needs import ROOT
from tests.support.server import Server, free_port

SECONDS = 2.0
WARM_UP_SECONDS = 0.5
ROUNDS = 3
TABLES = ("feedback", "feedback_entry", "audit_entry", "job", "idempotency_key")
HEAD = "| database | request | app/s | floor/s | ratio | p50 ms | p95 ms | floor p50 | target |"


def main() -> None:
    """Print the tables."""
    run = installations.open_run()
    counted: list[str] = []
    try:
        print(HEAD)
        print("|---" * HEAD.count(" | ") + "|---|")
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                counted += _measure(kind, Installations(run), Path(folder))
    finally:
        installations.close_run(run)
    print(f"\n| database | request | SQL statements, {queries.FEW} rows | {queries.MANY} rows |\n|---|---|---|---|")
    print("\n".join(counted))


def _measure(kind: Kind, maker: Installations, folder: Path) -> list[str]:
    """Print the rates of one database; return the lines of the table of statements."""
    installation = maker.fresh(kind, folder / "app")
    server = Server(installation.data, database_url=installation.database_url, only="api")
    with server, httpx2.Client(base_url=server.url, timeout=30) as client:
        for scenario in scenarios(client, installation.database_url, lambda: _submitted(installation)):
            _compare(kind, scenario, server.url, folder)
    counted = queries.count(maker.fresh(kind, folder / "count"))
    maker.drop_databases()
    return [f"| {kind} | {name} | {few} | {many}{' GROWS' if many > few else ''} |" for name, few, many in counted]


def _compare(kind: Kind, scenario: Scenario, url: str, folder: Path) -> None:
    """Run app and floor in turns, so that what else the machine does hits both alike."""
    with _floor(scenario.spec, folder) as floor_url:
        load.run(url, scenario.make, scenario.status, WARM_UP_SECONDS)
        load.run(floor_url, scenario.make, scenario.status, WARM_UP_SECONDS)
        app, floor = [], []
        for _ in range(ROUNDS):
            app.append(load.run(url, scenario.make, scenario.status, SECONDS))
            floor.append(load.run(floor_url, scenario.make, scenario.status, SECONDS))
    failed = sum(each.failed for each in [*app, *floor])
    app_rate, floor_rate = (statistics.median(each.per_second for each in runs) for runs in (app, floor))
    p50, p95 = statistics.median(each.p50 for each in app), statistics.median(each.p95 for each in app)
    floor_p50 = statistics.median(each.p50 for each in floor)
    target = f"{scenario.target:.0%}" if scenario.target else "–"
    note = f" ({failed} FAILED)" if failed else ""
    print(
        f"| {kind} | {scenario.name}{note} | {app_rate:.0f} | {floor_rate:.0f} | {app_rate / floor_rate:.0%} "
        f"| {p50:.1f} | {p95:.1f} | {floor_p50:.1f} | {target} |",
        flush=True,
    )


@contextmanager
def _floor(spec: dict[str, Any], folder: Path) -> Iterator[str]:
    port, path = free_port(), folder / "floor.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-m", "bench.floors", str(port), str(path)], cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            httpx2.get(url, timeout=1)
            return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise RuntimeError("the floor did not come up")


def _submitted(installation: Installation) -> list[Any]:
    """Return the rows that the newest submission wrote: [table, columns, values], JSON-able."""
    database = Database(installation.database_url)
    found: list[Any] = []
    with database.engine.connect() as connection:
        for table in TABLES:
            newest = "created_at" if table in {"job", "idempotency_key"} else "id"
            # Of the jobs, all that this submission caused.
            last = f"(SELECT {newest} FROM {table} ORDER BY {newest} DESC LIMIT 1)"
            rows = connection.execute(text(f"SELECT * FROM {table} WHERE {newest} = {last}"))
            columns = list(rows.keys())
            found += [[table, columns, [_plain(value) for value in row]] for row in rows]
    database.close()
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8")
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value if isinstance(value, int | float | str | None) else str(value)


if __name__ == "__main__":
    main()
