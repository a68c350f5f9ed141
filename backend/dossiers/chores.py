"""What time does to dossiers: those that are followed are asked for again, guesses and old answers are forgotten."""

import asyncio
import threading
import time
from datetime import timedelta

import structlog
from sqlalchemy import delete
from sqlmodel import col, select

from backend.core import clock
from backend.core.database import Database
from backend.core.jobs import Chore
from backend.core.settings import Settings
from backend.dossiers import guards, queries, receipts
from backend.dossiers.models import LGSP, Dossier, DossierFollower
from backend.dossiers.sources import Standing

log = structlog.get_logger(__name__)

EVERY_SECONDS = 20
LOT = 8
DELETED = 500


def chores(settings: Settings) -> list[Chore]:
    """Return what is done again and again; the platform is asked only where there is one."""
    found = [Chore("dossiers: forget guesses and old answers", 600, lambda database: forget(database, settings))]
    if settings.lgsp_url:
        found.append(Chore("dossiers: ask for what is followed", EVERY_SECONDS, Refresher(settings)))
    return found


class Refresher:
    """Asks the platform for dossiers that are followed, at a bounded rate, and stops as soon as it is away.

    In a thread of its own: a slow platform must not keep the worker from its jobs.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread: threading.Thread | None = None

    def __call__(self, database: Database) -> None:
        """Begin a round, unless the last one still runs."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._guarded, args=(database,), name="dossiers", daemon=True)
            self._thread.start()

    def _guarded(self, database: Database) -> None:
        try:
            self.round(database)
        except Exception as error:
            log.error("chore_failed", chore="dossiers: ask for what is followed", kind=type(error).__name__)

    def round(self, database: Database) -> int:
        """Ask for as many as are due and as the rate allows in the time between two rounds; return how many."""
        return asyncio.run(self._round(database))

    async def _round(self, database: Database) -> int:
        from backend.dossiers.sources.lgsp import Lgsp  # noqa: PLC0415 - as in lookups.py

        source = Lgsp(database, self._settings)
        most = max(1, self._settings.lgsp_refresh_a_minute * EVERY_SECONDS // 60)
        ends, asked = time.monotonic() + EVERY_SECONDS, 0
        try:
            while asked < most and time.monotonic() < ends:
                codes = await asyncio.to_thread(self._claim, database, min(LOT, most - asked))
                standings = await asyncio.gather(*(source.refresh(code) for code in codes))
                asked += len(codes)
                if not codes or Standing.AWAY in standings:
                    break
        finally:
            await source.close()
        return asked

    def _claim(self, database: Database, most: int) -> list[str]:
        now = clock.now()
        with database.transaction() as session:
            again_at = now + timedelta(seconds=self._settings.lgsp_refresh_seconds)
            return list(queries.claim(session, now, again_at, most))


def forget(database: Database, settings: Settings) -> None:
    """Delete guesses that count no more, and what the platform said long ago of dossiers that nobody follows."""
    with database.transaction() as session:
        guards.forget(session)
        receipts.forget(session)
    before = clock.now() - timedelta(days=settings.lgsp_keep_days)
    old = (
        select(Dossier.id)
        .where(Dossier.origin == LGSP, col(Dossier.fetched_at) < before)
        .where(~select(DossierFollower.id).where(col(DossierFollower.dossier_id) == col(Dossier.id)).exists())
        .limit(DELETED)
    )
    with database.transaction() as session:
        session.execute(delete(Dossier).where(col(Dossier.id).in_(old.scalar_subquery())))
