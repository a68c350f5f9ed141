"""The integration platform as a source: asked when what the table holds is old, by one for all who wait."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

import anyio.to_thread
import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from backend.core import clock
from backend.core.database import Database
from backend.core.settings import Settings
from backend.dossiers import holding, queries
from backend.dossiers.models import FINAL, LGSP, LOCAL, DossierSourceState
from backend.dossiers.snapshot import Snapshot
from backend.dossiers.sources import Health, SourceHealth, Standing
from backend.dossiers.sources.breaker import Breaker
from backend.dossiers.sources.flights import Flights
from backend.dossiers.sources.lgsp_client import Away, LgspClient
from backend.dossiers.sources.lgsp_record import Wrong, read

log = structlog.get_logger(__name__)

T = TypeVar("T")

_LATELY = 20
_LONGEST_USUAL = 2.0
_NOTE_EVERY = timedelta(seconds=30)


class Lgsp:
    """Asks the platform, and keeps what it says."""

    remote = True

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._client: LgspClient | None = None
        self._flights: Flights[Standing] = Flights()
        self._breaker = Breaker(settings.lgsp_breaker_failures, settings.lgsp_breaker_seconds)
        self._not_before = 0.0
        self._took: deque[float] = deque(maxlen=_LATELY)

    @property
    def usual_seconds(self) -> float:
        """The longest of the last good answers, at most two seconds."""
        return min(max(self._took, default=0.0), _LONGEST_USUAL)

    @property
    def retry_after(self) -> int:
        """When the breaker lets somebody try, or the platform said that it may be asked."""
        return int(max(self._breaker.wait(), self._not_before - time.monotonic(), 1) + 0.999)

    async def bring(self, code: str) -> Standing:
        """Ask for a dossier, unless what is held is fresh or was imported."""
        held = await anyio.to_thread.run_sync(self._held, code)
        fresh = timedelta(seconds=self._settings.lgsp_fresh_seconds)
        if held is not None and (held[0] == LOCAL or clock.now() - held[1] < fresh):
            return Standing.CURRENT
        return await self.refresh(code)

    async def refresh(self, code: str) -> Standing:
        """Ask for a dossier now; join who asks for it already."""
        return await self._flights.join(code, lambda: self._ask(code))

    async def _ask(self, code: str) -> Standing:
        if self._not_before > time.monotonic() or not self._breaker.enter():
            return Standing.AWAY
        self._client = self._client or LgspClient(self._settings)
        started = time.monotonic()
        try:
            body = await self._client.get(code)
            took = time.monotonic() - started
            snapshot = None if body is None else read(body, code)
        except Away as error:
            log.warning("lgsp_away", why=str(error))
            return await self._failed(error.retry_after)
        except Wrong as error:
            log.error("lgsp_wrong", why=str(error))
            if error.whole:
                return await self._failed(None)
            # The platform is well; one record of it is not.
            self._breaker.went(well=True)
            return Standing.AWAY
        except BaseException:
            self._breaker.went(well=False)
            raise
        self._breaker.went(well=True)
        self._took.append(took)
        health = Health.SLOW if took > self._settings.lgsp_slow_seconds else Health.UP
        await anyio.to_thread.run_sync(self._keep, code, snapshot, health)
        return Standing.CURRENT

    async def _failed(self, retry_after: float | None) -> Standing:
        if retry_after is not None:
            self._not_before = time.monotonic() + retry_after
        # A platform that is busy says so itself, and is left alone for as long as it asks.
        self._breaker.went(well=retry_after is not None)
        await anyio.to_thread.run_sync(self._note_failure)
        return Standing.AWAY

    def _held(self, code: str) -> tuple[str, datetime] | None:
        with self._database.reading() as session:
            return queries.held(session, code)

    def _keep(self, code: str, snapshot: Snapshot | None, health: Health) -> None:
        def work(session: Session) -> None:
            if snapshot is None:
                _forgotten(session, code)
            else:
                holding.take(session, [snapshot], origin=LGSP, source=self._settings.lgsp_name)
                again = clock.now() + timedelta(seconds=self._settings.lgsp_refresh_seconds)
                queries.postpone(session, code, None if snapshot.state in FINAL else again)
            note(session, health)

        self._in_turn(work)

    def _in_turn(self, work: Callable[[Session], None]) -> None:
        """Write; once more when another process wrote the same dossier first."""
        with suppress(IntegrityError), self._database.transaction() as session:
            work(session)
            return
        with self._database.transaction() as session:
            work(session)

    def _note_failure(self) -> None:
        self._in_turn(lambda session: note(session, Health.DOWN))

    def health(self) -> SourceHealth:
        """Return how the platform was when any process last asked it."""
        with self._database.reading() as session:
            row = session.get(DossierSourceState, LGSP)
            if row is None:
                return SourceHealth(LGSP, Health.UNKNOWN, None, None, self._breaker.state)
            return SourceHealth(LGSP, Health(row.health), row.since, row.last_good_at, self._breaker.state)

    async def close(self) -> None:
        """Close the connections; they belong to the event loop that ends."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()


def _forgotten(session: Session, code: str) -> None:
    """The platform knows this dossier no more, if it ever did; who follows it keeps it in her list."""
    row = queries.by_code(session, code, lock=True)
    if row is not None and row.origin == LGSP and row.gone_at is None:
        row.gone_at, row.ask_at = clock.now(), None
        session.add(row)


def note(session: Session, health: Health) -> None:
    """Write down how the platform is: when that changes, and now and then that it still answers."""
    now = clock.now()
    row = session.get(DossierSourceState, LGSP, with_for_update=True)
    good = now if health is not Health.DOWN else None
    if row is None:
        session.add(DossierSourceState(name=LGSP, health=health.value, since=now, last_good_at=good))
        session.flush()
        return
    if row.health == health.value and (good is None or (row.last_good_at and now - row.last_good_at < _NOTE_EVERY)):
        return
    row.since = row.since if row.health == health.value else now
    row.health, row.last_good_at = health.value, good or row.last_good_at
    session.add(row)
