"""Questions asked of a small and of a large installation, one after the other over HTTP, side by side in one table.

No address is asked twice, so nothing comes from memory. Statements are counted, and what the database would read from
end to end is named.
"""

import itertools
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import logs
from backend.core.database import Database
from tests.support import installations
from tests.support.installations import KINDS, Installation, Installations, Kind
from tests.support.plans import recorded, scans
from tests.support.server import Server

FEW = 1_000
ROUNDS = 60
HEAD = (
    "| database | question | p50 ms, {few} | p95 ms, {few} | p50 ms, {many} | p95 ms, {many} | ratio "
    "| statements | reads all of |"
)
Ask = Callable[[int], str]
"""Makes the n-th address of a question, behind `/api/v1`; no two alike."""
Fill = Callable[[Database, int], None]


@dataclass(frozen=True)
class Measured:
    """Times in milliseconds, statements of one request, and where the database would read all rows."""

    p50: float
    p95: float
    statements: int
    scans: Sequence[str]


@dataclass(frozen=True)
class Bench:
    """What is asked, how an installation is filled, and what p95 (ms) and its growth are to stay under."""

    questions: Mapping[str, Ask]
    fill: Fill
    most_ms: float
    most_times: float


def compare(bench: Bench, many: int, only: Kind | None) -> None:
    """Print the table."""
    made = installations.open_run()
    print(HEAD.format(few=f"{FEW:,}", many=f"{many:,}"))
    print("|---" * (HEAD.count("|") - 1) + "|", flush=True)
    try:
        maker = Installations(made)
        for kind in [only] if only else KINDS:
            with tempfile.TemporaryDirectory() as folder:
                _run(bench, kind, maker, Path(folder), many)
            maker.drop_databases()
    finally:
        installations.close_run(made)


def _run(bench: Bench, kind: Kind, maker: Installations, folder: Path, many: int) -> None:
    sizes = {}
    for size in (FEW, many):
        installation = maker.fresh(kind, folder / str(size))
        database = Database(installation.database_url)
        bench.fill(database, size)
        database.close()
        sizes[size] = _measure(bench, installation)
    for name in bench.questions:
        print(_line(bench, kind, name, sizes[FEW][name], sizes[many][name]), flush=True)


def _line(bench: Bench, kind: Kind, name: str, few: Measured, many: Measured) -> str:
    ratio = many.p95 / few.p95
    said = " SLOW" if many.p95 > bench.most_ms or ratio > bench.most_times else ""
    grows = f"{few.statements} → {many.statements}" if many.statements > few.statements else str(many.statements)
    return (
        f"| {kind} | {name}{said} | {few.p50:.1f} | {few.p95:.1f} | {many.p50:.1f} | {many.p95:.1f} "
        f"| {ratio:.2f} | {grows} | {'; '.join(many.scans) or 'none'} |"
    )


def _measure(bench: Bench, installation: Installation) -> dict[str, Measured]:
    """Ask everything of one installation."""
    counted = _looked_at(bench, installation)
    found = {}
    server = Server(installation.data, database_url=installation.database_url, only="api")
    with server, httpx2.Client(base_url=server.url, timeout=60) as client:
        numbers = itertools.count(1)
        for name, ask in bench.questions.items():
            for _ in range(5):
                client.get(f"/api/v1{ask(next(numbers))}").raise_for_status()
            times = sorted(_time(client, f"/api/v1{ask(next(numbers))}") for _ in range(ROUNDS))
            p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
            found[name] = Measured(p50, p95, *counted[name])
    return found


def _time(client: httpx2.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _looked_at(bench: Bench, installation: Installation) -> dict[str, tuple[int, list[str]]]:
    """Return how many statements each question sends, and what they would read from end to end."""
    logs.configure("ERROR")
    app = create_app(installation.settings())
    found = {}
    with TestClient(app) as client:
        database: Database = app.state.database
        for name, ask in bench.questions.items():
            client.get(f"/api/v1{ask(1)}").raise_for_status()
            with recorded(database) as seen:
                client.get(f"/api/v1{ask(2)}").raise_for_status()
            wrong = [line for statement, values in list(seen) for line in scans(database, statement, values)]
            found[name] = (len(seen), wrong)
    return found
