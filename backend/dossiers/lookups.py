"""Looking one dossier up: the source is asked, then the second factor, and wrong guesses are counted.

Nothing is held while the source is asked: no transaction, no connection, no lock, no thread.
"""

import asyncio
import hmac
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio.to_thread

from backend.core.access import Actor
from backend.core.database import Database
from backend.core.errors import NotFound, ProblemError, Unavailable
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.dossiers import guards, queries, service
from backend.dossiers.guards import Guess, Limits
from backend.dossiers.sources import DossierSource, Standing
from backend.dossiers.sources.local import LocalTable
from shared.dossiers import Dossier

T = TypeVar("T")

_GATES = 64
_NOBODY = "----"


class Lookups:
    """Answers who asks for a dossier, on one database and one source."""

    def __init__(self, database: Database, keys: Keys, settings: Settings, source: DossierSource) -> None:
        self._database, self._keys, self.source = database, keys, source
        self._limits = Limits.of(settings)
        # One guess at a code at a time in this process: many at once would all pass before the first one counts.
        self._gates = [threading.Lock() for _ in range(_GATES)]

    @classmethod
    def of(cls, database: Database, keys: Keys, settings: Settings) -> "Lookups":
        """Return the look-ups over the source that the settings name."""
        if not settings.lgsp_url:
            return cls(database, keys, settings, LocalTable())
        # Importing what asks over HTTP costs what an installation without a platform need not pay.
        from backend.dossiers.sources.lgsp import Lgsp  # noqa: PLC0415

        return cls(database, keys, settings, Lgsp(database, settings))

    def guess(self, code: str, digits: str, address: str, actor: Actor | None) -> Guess:
        """Return who asks for what."""
        return Guess.of(self._keys, code, digits, address, actor.id if actor else None)

    async def look_up(self, guess: Guess, digits: str, actor: Actor | None) -> Dossier:
        """Return the dossier; raises NotFound for a wrong code and for wrong digits alike, RateLimited, Unavailable."""
        away = await self._opened(guess, digits)
        return await _in_thread(self._read, partial(service.shown, code=guess.code, actor=actor, away=away))

    async def follow(self, guess: Guess, digits: str, actor: Actor) -> Dossier:
        """Let a person hear of a dossier; raises what `look_up` raises."""
        away = await self._opened(guess, digits)
        return await _in_thread(self._write, partial(service.follow, code=guess.code, actor=actor, away=away))

    async def followed(self, code: str, actor: Actor) -> Dossier:
        """Return a dossier to who follows it: she gave its second factor when she began. Raises NotFound."""
        await _in_thread(self._read, partial(service.check_follows, code=code, actor=actor))
        away = await self.source.bring(code) is Standing.AWAY
        return await _in_thread(self._read, partial(service.shown, code=code, actor=actor, away=away))

    async def _opened(self, guess: Guess, digits: str) -> bool:
        """Return whether the source is away, once the second factor fits what the table holds."""
        started = time.monotonic()
        if self.source.remote:
            await _in_thread(self._read, partial(guards.check, guess=guess))
        away = await self.source.bring(guess.code) is Standing.AWAY
        refused = await _in_thread(self._verify, guess, digits, away)
        if refused is not None:
            # A wrong ending of a known code is found sooner than an unknown code: neither may show.
            await asyncio.sleep(max(0.0, self.source.usual_seconds - (time.monotonic() - started)))
            raise refused
        return away

    def _verify(self, guess: Guess, digits: str, away: bool) -> ProblemError | None:
        with self._gates[int(guess.code_subject[:8], 16) % _GATES]:
            with self._database.reading() as session:
                guards.check(session, guess)
                right = queries.second_factor(session, guess.code) or _NOBODY
            if hmac.compare_digest(right.encode(), digits.encode()):
                return None
            with self._database.transaction() as session:
                guards.count(session, guess, self._limits, repeats=not away)
        if away:
            return Unavailable("the source of dossiers cannot be asked now", retry_after=self.source.retry_after)
        return NotFound("no dossier has this code and these digits")

    def _read(self, work: Callable[..., T]) -> T:
        with self._database.reading() as session:
            return work(session)

    def _write(self, work: Callable[..., T]) -> T:
        with self._database.transaction() as session:
            return work(session)


async def _in_thread(work: Callable[..., T], *arguments: Any) -> T:
    return await anyio.to_thread.run_sync(work, *arguments)
