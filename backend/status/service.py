"""How the service does: the database, the worker, and the source of dossiers. Cheap, and without a secret or a host."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from backend.core import clock, jobs
from backend.core.database import Database
from backend.dossiers.service import Health, SourceHealth
from backend.status.models import Heartbeat
from shared.status import Condition, PartStatus, Status

log = structlog.get_logger(__name__)

WORKER = "worker"
BEAT_SECONDS = 15
SILENT = timedelta(seconds=90)
"""A worker that was not heard for so long is down: it may be busy with one job, but not for that long."""
FRESH_SECONDS = 5.0
_WORST = (Condition.DOWN, Condition.SLOW, Condition.UNKNOWN)


def beat(database: Database) -> None:
    """Say that the worker is alive."""
    try:
        with database.transaction() as session:
            row = session.get(Heartbeat, WORKER)
            if row is None:
                session.add(Heartbeat(name=WORKER, at=clock.now()))
            else:
                row.at = clock.now()
                session.add(row)
    except IntegrityError:
        # Another worker was the first to say so.
        return


class Board:
    """The status of one process, looked at anew every few seconds, however many ask."""

    def __init__(self, database: Database, source: Callable[[], SourceHealth | None]) -> None:
        self._database, self._source = database, source
        self._lock = threading.Lock()
        self._known: Status | None = None
        self._until = 0.0

    def read(self) -> Status:
        """Return the status, at most five seconds old."""
        with self._lock:
            if self._known is None or time.monotonic() > self._until:
                self._known, self._until = self._look(), time.monotonic() + FRESH_SECONDS
            return self._known

    def _look(self) -> Status:
        now = clock.now()
        try:
            with self._database.reading() as session:
                parts, waiting = _held(session, now)
            source = self._source()
        except SQLAlchemyError as error:
            log.error("status_database_away", kind=type(error).__name__)
            parts = [_part("database", Condition.DOWN, now), _part("worker", Condition.UNKNOWN, now)]
            waiting, source = None, SourceHealth("dossiers", Health.UNKNOWN, None, None, "")
        parts.append(_of_source(source, now))
        worst = next((each for each in _WORST if each in {part.condition for part in parts}), Condition.UP)
        return Status(condition=worst, at=now, parts=parts, waiting_jobs=waiting)


def _held(session: Session, now: datetime) -> tuple[list[PartStatus], int]:
    heard = session.get(Heartbeat, WORKER)
    waiting, _ = jobs.counts(session)
    if heard is None:
        worker = _part("worker", Condition.UNKNOWN, now)
    else:
        condition = Condition.UP if now - heard.at < SILENT else Condition.DOWN
        worker = _part("worker", condition, now, last_good_at=heard.at)
    return [_part("database", Condition.UP, now, last_good_at=now), worker], waiting


def _of_source(source: SourceHealth | None, now: datetime) -> PartStatus:
    if source is None:
        return _part("dossiers", Condition.OFF, now)
    condition, breaker = Condition(source.health.value), source.breaker or None
    return _part("dossiers", condition, now, since=source.since, last_good_at=source.last_good_at, breaker=breaker)


def _part(
    name: str,
    condition: Condition,
    now: datetime,
    *,
    since: datetime | None = None,
    last_good_at: datetime | None = None,
    breaker: str | None = None,
) -> PartStatus:
    age = None if last_good_at is None else max(0, int((now - last_good_at).total_seconds()))
    return PartStatus(
        name=name, condition=condition, since=since, last_good_at=last_good_at, age_seconds=age, breaker=breaker
    )
