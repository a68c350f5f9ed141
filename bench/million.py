"""The public side with few cases and with very many: `python -m bench.million --cases 1000000 --only sqlite`.

Each question is asked one after the other over HTTP, never the same address twice, so nothing comes from memory; p95
is to be under 50 ms, and at most 1.5 times what it is with few cases. Statements are counted, and what the database
would read from end to end is named.
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx2
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import logs
from backend.core.database import Database
from bench.million_rows import CROWDED, EMPTY, RARE, SEASON, fill
from tests.support import installations
from tests.support.installations import KINDS, Installation, Installations, Kind
from tests.support.plans import recorded, scans
from tests.support.server import Server

FEW = 1_000
ROUNDS = 60
MOST_MS, MOST_TIMES = 50, 1.5
FREQUENT = ("đèn đường", "ngã tư", "rác", "vỉa hè", "ổ gà", "cạnh chợ")
HEAD = (
    "| database | question | p50 ms, {few} | p95 ms, {few} | p50 ms, {many} | p95 ms, {many} | ratio "
    "| statements | reads all of |"
)
Ask = Callable[[int], str]


@dataclass(frozen=True)
class Measured:
    """Times in milliseconds, statements of one request, and where the database would read all rows."""

    p50: float
    p95: float
    statements: int
    scans: Sequence[str]


def questions() -> dict[str, Ask]:
    """Return what is asked: each makes its n-th address, no two alike."""
    lat, lon = CROWDED
    return {
        "list": lambda n: f"?limit=20&n={n}",
        "list, category and status": lambda n: f"?category=dien&status=closed&n={n}",
        "list, place and open": lambda n: f"?place={10_500 + n % 60}&open=true&n={n}",
        "list, unit and refused": lambda n: f"?unit=ubnd-hai-duong&status=refused&n={n}",
        "q, frequent": lambda n: f"?q={quote(FREQUENT[n % len(FREQUENT)])}&n={n}",
        "q, frequent, filtered": lambda n: f"?q={quote(FREQUENT[n % len(FREQUENT)])}&status=planned&n={n}",
        "q, rare": lambda n: f"?q={quote(RARE[n % len(RARE)])}&n={n}",
        "q, frequent long ago": lambda n: f"?q={quote(SEASON)}&n={n}",
        "q, nothing": lambda n: f"?q=khongco{n}",
        "map, zoom 8": lambda n: _map(8, lat, lon, 2.0, n),
        "map, zoom 11": lambda n: _map(11, lat, lon, 0.35, n),
        "map, zoom 14": lambda n: _map(14, lat, lon, 0.045, n),
        "map, zoom 17": lambda n: _map(17, lat, lon, 0.0055, n),
        "nearby, crowded": lambda n: f"/nearby?lat={lat + n / 1e5:.5f}&lon={lon}&q={quote('đèn đường tắt')}&n={n}",
        "nearby, empty": lambda n: f"/nearby?lat={EMPTY[0] + n / 1e5:.5f}&lon={EMPTY[1]}&q={quote('đèn đường')}&n={n}",
        "statistics": lambda n: f"/statistics?n={n}",
        "statistics of a unit": lambda n: f"/statistics?unit=ubnd-hai-duong&since=2025-01&n={n}",
    }


def _map(zoom: int, lat: float, lon: float, half: float, n: int) -> str:
    west = lon - half + n / 1e4 * half
    return f"/map?zoom={zoom}&bbox={west:.4f},{lat - half:.4f},{west + 2 * half:.4f},{lat + half:.4f}&n={n}"


def measure(installation: Installation) -> dict[str, Measured]:
    """Ask everything of one installation."""
    counted = _looked_at(installation)
    found = {}
    server = Server(installation.data, database_url=installation.database_url, only="api")
    with server, httpx2.Client(base_url=server.url, timeout=60) as client:
        numbers = itertools.count(1)
        for name, ask in questions().items():
            for _ in range(5):
                client.get(f"/api/v1/feedback{ask(next(numbers))}").raise_for_status()
            times = sorted(_time(client, f"/api/v1/feedback{ask(next(numbers))}") for _ in range(ROUNDS))
            p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
            found[name] = Measured(p50, p95, *counted[name])
    return found


def _time(client: httpx2.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _looked_at(installation: Installation) -> dict[str, tuple[int, list[str]]]:
    """Return how many statements each question sends, and what they would read from end to end."""
    logs.configure("ERROR")
    app = create_app(installation.settings())
    found = {}
    with TestClient(app) as client:
        database: Database = app.state.database
        for name, ask in questions().items():
            client.get(f"/api/v1/feedback{ask(1)}").raise_for_status()
            with recorded(database) as seen:
                client.get(f"/api/v1/feedback{ask(2)}").raise_for_status()
            wrong = [line for statement, values in list(seen) for line in scans(database, statement, values)]
            found[name] = (len(seen), wrong)
    return found


def run(kind: Kind, maker: Installations, folder: Path, cases: int) -> None:
    """Print the table of one database."""
    sizes = {}
    for size in (FEW, cases):
        installation = maker.fresh(kind, folder / str(size))
        database = Database(installation.database_url)
        fill(database, size)
        database.close()
        sizes[size] = measure(installation)
    for name in questions():
        few, many = sizes[FEW][name], sizes[cases][name]
        ratio = many.p95 / few.p95
        said = " SLOW" if many.p95 > MOST_MS or ratio > MOST_TIMES else ""
        grows = f"{few.statements} → {many.statements}" if many.statements > few.statements else str(many.statements)
        print(
            f"| {kind} | {name}{said} | {few.p50:.1f} | {few.p95:.1f} | {many.p50:.1f} | {many.p95:.1f} "
            f"| {ratio:.2f} | {grows} | {'; '.join(many.scans) or 'none'} |",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--only", choices=KINDS)
    asked = parser.parse_args(arguments)
    made = installations.open_run()
    print(HEAD.format(few=f"{FEW:,}", many=f"{asked.cases:,}"))
    print("|---" * (HEAD.count("|") - 1) + "|", flush=True)
    try:
        maker = Installations(made)
        for kind in [asked.only] if asked.only else KINDS:
            with tempfile.TemporaryDirectory() as folder:
                run(kind, maker, Path(folder), asked.cases)
            maker.drop_databases()
    finally:
        installations.close_run(made)


if __name__ == "__main__":
    main()
