"""The public side with few cases and with very many: `python -m bench.million --cases 1000000 --only sqlite`.

Each question is asked one after the other over HTTP, never the same address twice, so nothing comes from memory; p95
is to be under 50 ms, and at most 1.5 times what it is with few cases. Statements are counted, and what the database
would read from end to end is named.
"""

import argparse
from collections.abc import Sequence
from urllib.parse import quote

from bench.asking import Ask, Bench, compare
from bench.million_rows import CROWDED, EMPTY, RARE, SEASON, fill
from tests.support.installations import KINDS

MOST_MS, MOST_TIMES = 50, 1.5
FREQUENT = ("đèn đường", "ngã tư", "rác", "vỉa hè", "ổ gà", "cạnh chợ")


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--only", choices=KINDS)
    asked = parser.parse_args(arguments)
    paths = {name: _at(ask) for name, ask in questions().items()}
    compare(Bench(paths, fill, MOST_MS, MOST_TIMES), asked.cases, asked.only)


def _at(ask: Ask) -> Ask:
    return lambda n: f"/feedback{ask(n)}"


if __name__ == "__main__":
    main()
