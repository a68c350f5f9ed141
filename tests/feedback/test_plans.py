"""Every question of the public side reads by an index, on both databases; what grows is never read from end to end."""

from starlette.testclient import TestClient

from backend.core.database import Database
from bench.million import questions
from bench.million_rows import fill
from tests.support.people import API, expect
from tests.support.plans import recorded, scans

CASES = 6_000


def test_no_question_reads_all_cases(api: TestClient, database: Database) -> None:
    fill(database, CASES)
    wrong, counts = [], {}
    for name, ask in questions().items():
        expect(200, api.get(f"{API}/feedback{ask(1)}"))
        with recorded(database) as seen:
            expect(200, api.get(f"{API}/feedback{ask(2)}"))
        counts[name] = len(seen)
        wrong += [(name, line, sql) for sql, values in list(seen) for line in scans(database, sql, values)]
    assert not wrong, "\n".join(map(str, wrong))
    assert max(counts.values()) <= 3, counts
    assert all(count for count in counts.values()), "each was asked of the database"


def test_what_reads_all_cases_is_found(api: TestClient, database: Database) -> None:
    fill(database, CASES)
    assert scans(database, "SELECT id FROM feedback WHERE folded = 'x'", ())
    assert scans(database, "SELECT tokens FROM feedback_counted WHERE month = 'x'", ())
