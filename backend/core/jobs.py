"""Jobs: work that a change causes, stored with it, done by the worker, retried, and given up loudly.

A transactional outbox: `enqueue` writes a row in the caller's transaction. The worker runs a job's handler and deletes
its row in one transaction, so what a handler writes to the database happens exactly once. Handlers take ids, read
again, and must be idempotent where they reach outside the database.

A kind may have a batch handler: whoever claims one such job takes the others that are due with it, and does them
together. When that fails each is done alone, so that a bad one does not stop the others.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Index, delete, func, text
from sqlmodel import Field, Session, SQLModel, col, select

from backend.core import clock
from backend.core.database import Database
from backend.core.rows import store_values
from backend.core.signals import signal
from backend.core.tables import JsonColumn, id_field, maybe_moment_field, moment_field, new_id

log = structlog.get_logger(__name__)

WORD = "jobs"
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=2)
BATCH = 200
"""Jobs done together. On SQLite nobody else writes meanwhile, so it is a tenth of a second's work, not a second's."""
_WINDOW = 5 * BATCH

Payload = Mapping[str, Any]
Handler = Callable[[Session, Payload], None]
BatchHandler = Callable[[Session, Sequence[Payload]], None]


class Job(SQLModel, table=True):
    """Work to do. `dead_at` is set when it was given up: a person must look (`smarthd jobs`)."""

    __table_args__ = (
        Index(
            "ix_job_due", "run_at", "id", sqlite_where=text("dead_at IS NULL"), postgresql_where=text("dead_at IS NULL")
        ),
    )

    id: UUID = id_field()
    kind: str = Field(max_length=120)
    payload: dict[str, Any] = Field(sa_type=JsonColumn)
    run_at: datetime = moment_field()
    attempts: int = 0
    last_error: str = Field(default="", max_length=500)
    created_at: datetime = moment_field()
    dead_at: datetime | None = maybe_moment_field()


class Handlers:
    """Which handler does which kind of job; filled once, by `backend/features.py`."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._batches: dict[str, BatchHandler] = {}

    def register(self, kind: str, handler: Handler) -> None:
        """Let `handler` do the jobs of this kind."""
        self._handlers[kind] = handler

    def register_batch(self, kind: str, handler: BatchHandler) -> None:
        """Let `handler` do the jobs of this kind, many at a time."""
        self._batches[kind] = handler
        self._handlers[kind] = lambda session, payload: handler(session, [payload])

    def batch(self, kind: str) -> BatchHandler | None:
        """Return what does many jobs of this kind at a time."""
        return self._batches.get(kind)

    def __getitem__(self, kind: str) -> Handler:
        return self._handlers[kind]


def enqueue(session: Session, kind: str, payload: Payload, *, run_at: datetime | None = None) -> None:
    """Store work that is to be done after this transaction commits, or later at `run_at`."""
    enqueue_all(session, [kind], payload, run_at=run_at)


def enqueue_all(session: Session, kinds: Sequence[str], payload: Payload, *, run_at: datetime | None = None) -> None:
    """Store several kinds of work on the same payload."""
    if not kinds:
        return
    moment = clock.now()
    common = {
        "payload": dict(payload),
        "run_at": run_at or moment,
        "attempts": 0,
        "last_error": "",
        "created_at": moment,
    }
    store_values(session, Job, [{"id": new_id(), "kind": kind, **common} for kind in kinds])
    signal(session, WORD)


def run_next(database: Database, handlers: Handlers) -> int:
    """Do one job that is due, or a batch; return how many. A failed job waits longer each time, then lies dead."""
    with database.writing() as session:
        job = session.exec(_due()).first()
        if job is None:
            session.rollback()
            return 0
        together = handlers.batch(job.kind)
        if together is not None and job.attempts == 0:
            others = _due_with(session, job)
            if others:
                return _do_together(database, session, handlers, [job, *others])
        _do(database, session, handlers, job)
        return 1


def _do(database: Database, session: Session, handlers: Handlers, job: Job) -> None:
    job_id, kind = job.id, job.kind
    try:
        handlers[kind](session, job.payload)
        session.delete(job)
        session.commit()
    except Exception as error:
        session.rollback()
        _failed(database, job_id, error)


def _do_together(database: Database, session: Session, handlers: Handlers, jobs: Sequence[Job]) -> int:
    kind, ids = jobs[0].kind, [job.id for job in jobs]
    together = handlers.batch(kind)
    assert together is not None
    try:
        together(session, [job.payload for job in jobs])
        session.execute(delete(Job).where(col(Job.id).in_(ids)))
        session.commit()
    except Exception as error:
        session.rollback()
        log.warning("batch_failed", kind=kind, jobs=len(ids), error=type(error).__name__)
        for job_id in ids:
            _do_alone(database, handlers, job_id)
    return len(ids)


def _do_alone(database: Database, handlers: Handlers, job_id: UUID) -> None:
    """Do one job of a batch that failed, unless another worker holds it or has done it."""
    with database.writing() as session:
        job = session.exec(select(Job).where(Job.id == job_id).with_for_update(skip_locked=True)).first()
        if job is None:
            session.rollback()
            return
        _do(database, session, handlers, job)


def run_pending(database: Database, handlers: Handlers, *, limit: int = 10_000) -> int:
    """Do what is due now, until `limit` jobs are reached; return how many were tried."""
    done = 0
    while done < limit:
        tried = run_next(database, handlers)
        if not tried:
            break
        done += tried
    return done


def _due() -> Any:
    """One due job that no other worker holds (SKIP LOCKED on PostgreSQL; SQLite has one writer at a time)."""
    return (
        select(Job)
        .where(col(Job.dead_at).is_(None), col(Job.run_at) <= clock.now())
        .order_by(col(Job.run_at), col(Job.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _due_with(session: Session, job: Job) -> Sequence[Job]:
    """Claim jobs of the same kind that are due and never failed, among those that are due next whatever their kind."""
    near = (
        select(Job.id)
        .where(col(Job.dead_at).is_(None), col(Job.run_at) <= clock.now())
        .order_by(col(Job.run_at), col(Job.id))
        .limit(_WINDOW)
    )
    statement = (
        select(Job)
        .where(col(Job.id).in_(near.scalar_subquery()), Job.kind == job.kind, Job.attempts == 0, Job.id != job.id)
        .limit(BATCH - 1)
        .with_for_update(skip_locked=True)
    )
    return session.exec(statement).all()


def _failed(database: Database, job_id: UUID, error: Exception) -> None:
    with database.transaction() as session:
        job = session.get(Job, job_id)
        if job is None:
            return
        job.attempts += 1
        # The kind of error only: a message may quote a row, and rows hold personal data.
        job.last_error = f"{type(error).__module__}.{type(error).__name__}"
        if job.attempts >= MAX_ATTEMPTS:
            job.dead_at = clock.now()
            log.error("job_dead", kind=job.kind, job=str(job_id), error=job.last_error)
        else:
            job.run_at = clock.now() + FIRST_WAIT * 4 ** (job.attempts - 1)
            log.warning("job_failed", kind=job.kind, job=str(job_id), attempts=job.attempts, error=job.last_error)
        session.add(job)


def dead(session: Session) -> list[Job]:
    """Return the jobs that were given up, oldest first."""
    return list(session.exec(select(Job).where(col(Job.dead_at).is_not(None)).order_by(col(Job.dead_at)).limit(1000)))


def revive(session: Session) -> int:
    """Let every dead job be tried again; return how many."""
    jobs = dead(session)
    for job in jobs:
        job.dead_at, job.attempts, job.run_at = None, 0, clock.now()
        session.add(job)
    signal(session, WORD)
    return len(jobs)


def counts(session: Session) -> tuple[int, int]:
    """Return how many jobs wait and how many are dead."""
    statement = select(
        func.count().filter(col(Job.dead_at).is_(None)), func.count().filter(col(Job.dead_at).is_not(None))
    ).select_from(Job)
    waiting, given_up = session.exec(statement).one()
    return waiting, given_up


class Chore:
    """Something to do again and again, every `seconds`; it must be idempotent and do without the process's memory."""

    def __init__(self, name: str, seconds: float, run: Callable[[Database], None]) -> None:
        self.name, self.seconds, self.run = name, seconds, run
        self.next_at = 0.0


class Worker:
    """A thread that does jobs as they come, and chores as they fall due."""

    def __init__(
        self, database: Database, handlers: Handlers, chores: list[Chore], *, poll_seconds: float = 1.0
    ) -> None:
        self._database, self._handlers, self._chores, self._poll = database, handlers, chores, poll_seconds
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._deaf: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to work."""
        self._deaf = self._database.signals.listen(self._heard)
        self._thread.start()

    def stop(self) -> None:
        """Finish the job at hand and stop."""
        self._stopping.set()
        self._wake.set()
        self._deaf()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def _heard(self, word: str) -> None:
        if word in {WORD, "everything"}:
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if not run_pending(self._database, self._handlers, limit=100):
                    self._do_chores()
                    self._wake.wait(self._poll)
            except Exception as error:
                # The database may be away; the work is stored and waits.
                log.error("worker_failed", kind=type(error).__name__)
                self._stopping.wait(self._poll)

    def _do_chores(self) -> None:
        moment = clock.now().timestamp()
        for chore in self._chores:
            if chore.next_at > moment:
                continue
            chore.next_at = moment + chore.seconds
            try:
                chore.run(self._database)
            except Exception as error:
                log.error("chore_failed", chore=chore.name, kind=type(error).__name__, exc_info=error)
