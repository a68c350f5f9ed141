"""Jobs: stored with what causes them, retried, given up loudly, never half done."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, col, select

from backend.cli import main
from backend.core import clock, jobs
from backend.core.database import Database
from backend.core.events import AuditEntry
from backend.core.jobs import Handlers, Job, enqueue, run_pending
from backend.core.tables import new_id
from tests.support.installations import Installation


@pytest.fixture
def bare(installation: Installation) -> Iterator[Database]:
    """A database with nothing to do."""
    database = Database(installation.database_url)
    run_pending(database, _Anything())
    yield database
    database.close()


class _Anything(Handlers):
    def __getitem__(self, kind: str) -> Any:
        return lambda session, payload: None


def ask(database: Database, kind: str, **payload: Any) -> None:
    """Store a job."""
    with database.transaction() as session:
        enqueue(session, kind, payload)


def marks(database: Database) -> list[str]:
    """Return what handlers have written."""
    with database.reading() as session:
        return list(session.exec(select(AuditEntry.kind).where(col(AuditEntry.kind).startswith("mark"))))


def mark(session: Session, payload: Any) -> None:
    """Write something that can be counted."""
    session.add(AuditEntry(id=new_id(), kind=f"mark{payload['n']}", facts={}, at=clock.now()))


def test_a_job_that_was_rolled_back_never_was(bare: Database) -> None:
    with bare.writing() as session:
        enqueue(session, "mark", {"n": 1})
        session.rollback()
    handlers = Handlers()
    handlers.register("mark", mark)
    assert run_pending(bare, handlers) == 0


def test_a_failing_job_waits_longer_each_time_then_lies_dead_until_somebody_looks(
    bare: Database, installation: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers, tries = Handlers(), []

    def fail(session: Session, payload: Any) -> None:
        mark(session, payload)
        session.flush()
        tries.append(clock.now())
        raise ValueError("0912345678 stands in this message")

    handlers.register("mark", fail)
    ask(bare, "mark", n=1)
    waits = []
    for attempt in range(jobs.MAX_ATTEMPTS):
        with clock.moved(timedelta(days=attempt)):
            assert run_pending(bare, handlers) == 1, "tried once, then it waits"
            with bare.reading() as session:
                job = session.exec(select(Job)).one()
                waits.append(job.run_at - clock.now())
    assert len(tries) == jobs.MAX_ATTEMPTS
    assert all(later > sooner for sooner, later in pairwise(waits[:-1]))
    assert marks(bare) == [], "what a failed handler wrote is gone"
    with clock.moved(timedelta(days=30)):
        assert run_pending(bare, handlers) == 0
    monkeypatch.setenv("SMARTHD_DATABASE_URL", installation.database_url)
    data = ["--data", str(installation.data)]
    assert main(["jobs", *data]) == 0
    shown = capsys.readouterr().out
    assert "1 given up" in shown
    assert "ValueError" in shown
    assert "0912345678" not in shown
    assert main(["jobs", "--retry", *data]) == 0
    handlers.register("mark", mark)
    assert run_pending(bare, handlers) == 1
    assert marks(bare) == ["mark1"]


def test_two_workers_do_each_job_once(bare: Database) -> None:
    handlers = Handlers()
    handlers.register("mark", mark)
    for n in range(30):
        ask(bare, "mark", n=n)
    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(lambda _: run_pending(bare, handlers), range(4)))
    assert done == 30
    assert sorted(marks(bare)) == sorted(f"mark{n}" for n in range(30))


def test_a_job_for_later_waits(bare: Database) -> None:
    handlers = Handlers()
    handlers.register("mark", mark)
    with bare.transaction() as session:
        enqueue(session, "mark", {"n": 1}, run_at=clock.now() + timedelta(hours=1))
    assert run_pending(bare, handlers) == 0
    with clock.moved(timedelta(hours=2)):
        assert run_pending(bare, handlers) == 1


def mark_all(session: Session, payloads: Sequence[Any]) -> None:
    """Write something for each, and how many came together; 13 is bad luck."""
    for payload in payloads:
        if payload["n"] == 13:
            raise ValueError("0912345678 is nobody's business")
        mark(session, payload)
    session.add(AuditEntry(id=new_id(), kind=f"together{len(payloads)}", facts={}, at=clock.now()))


def together(database: Database) -> list[str]:
    """Return how many jobs came together, each time."""
    with database.reading() as session:
        return list(session.exec(select(AuditEntry.kind).where(col(AuditEntry.kind).startswith("together"))))


def test_jobs_of_a_kind_are_done_together(bare: Database) -> None:
    handlers = Handlers()
    handlers.register_batch("many", mark_all)
    handlers.register("mark", mark)
    with bare.transaction() as session:
        enqueue(session, "many", {"n": 99}, run_at=clock.now() + timedelta(hours=1))
    for n in range(5):
        ask(bare, "many", n=n)
        ask(bare, "mark", n=100 + n)
    assert run_pending(bare, handlers) == 10
    assert together(bare) == ["together5"]
    assert sorted(marks(bare)) == sorted([*(f"mark{n}" for n in range(5)), *(f"mark{100 + n}" for n in range(5))])


def test_a_batch_has_its_bounds(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 4)
    handlers = Handlers()
    handlers.register_batch("many", mark_all)
    for n in range(10):
        ask(bare, "many", n=n)
    assert run_pending(bare, handlers) == 10
    assert sorted(together(bare)) == ["together2", "together4", "together4"]


def test_a_bad_job_does_not_stop_the_others_of_its_batch(bare: Database) -> None:
    handlers = Handlers()
    handlers.register_batch("many", mark_all)
    for n in range(10, 16):
        ask(bare, "many", n=n)
    assert run_pending(bare, handlers) == 6
    assert sorted(marks(bare)) == ["mark10", "mark11", "mark12", "mark14", "mark15"]
    with bare.reading() as session:
        job = session.exec(select(Job)).one()
    assert (job.payload, job.attempts, job.last_error) == ({"n": 13}, 1, "builtins.ValueError")
    ask(bare, "many", n=20)
    ask(bare, "many", n=21)
    with clock.moved(timedelta(days=1)):
        assert run_pending(bare, handlers) == 3
    assert sorted(together(bare)) == ["together1"] * 5 + ["together2"], "what failed before is tried alone"


def test_workers_share_batches(bare: Database) -> None:
    handlers = Handlers()
    handlers.register_batch("many", mark_all)
    for n in range(100, 160):
        ask(bare, "many", n=n)
    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(lambda _: run_pending(bare, handlers), range(4)))
    assert done == 60
    assert sorted(marks(bare)) == [f"mark{n}" for n in range(100, 160)]
