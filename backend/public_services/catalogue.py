"""What is searched, kept in memory: the index of procedures, one per database.

It is built from its table on first use and again when an import, in whatever process, has written since.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy
from sqlmodel import Session, func

from backend.core.memory import once
from backend.public_services import queries
from backend.public_services.finding import Finder
from backend.public_services.models import Procedure

Built = TypeVar("Built")
Version = tuple[datetime | None, int]
_LONG_SECONDS, _REST = 1.0, 4


@dataclass(frozen=True)
class _Built(Generic[Built]):
    """A value, of which version of the table, and until when nothing newer is built (seconds of a steady clock)."""

    version: Version
    value: Built
    rest_until: float


class Kept(Generic[Built]):
    """Something built from a table, kept until the table's newest `imported_at` or its count changes.

    What takes long to build is not built again and again while thousands of rows are written bit by bit: it rests for
    some times as long as it took.
    """

    def __init__(self, table: Any, build: Callable[[Session], Built]) -> None:
        # Two questions of an index each; as one they would read every row, long texts and all.
        newest = sqlalchemy.select(func.max(table.imported_at)).scalar_subquery()
        count = sqlalchemy.select(func.count()).select_from(table).scalar_subquery()
        self._version = sqlalchemy.select(newest, count)
        self._build = build
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Any, _Built[Built]] = WeakKeyDictionary()

    def get(self, session: Session) -> Built:
        """Return it as of now, or as of a moment ago while it is built anew."""
        # Sessions for reading and for writing have engines of their own over one pool.
        pool = session.get_bind().engine.pool
        newest, count = once(session, self, lambda: session.execute(self._version).one())
        version = (newest, count)
        kept = self._kept.get(pool)
        if kept is not None and (kept.version == version or time.monotonic() < kept.rest_until):
            return kept.value
        # While one builds anew, the others are served with what was there before.
        if not self._lock.acquire(blocking=kept is None) and kept is not None:
            return kept.value
        try:
            kept = self._kept.get(pool)
            if kept is None or kept.version != version:
                kept = self._kept[pool] = self._built(version, session)
        finally:
            self._lock.release()
        return kept.value

    def _built(self, version: Version, session: Session) -> _Built[Built]:
        # The work itself, not what a busy machine made it wait.
        started = time.thread_time()
        value = self._build(session)
        took = time.thread_time() - started
        return _Built(version, value, time.monotonic() + (_REST * took if took > _LONG_SECONDS else 0))


def _finder(session: Session) -> Finder:
    return Finder(queries.searched(session))


PROCEDURES = Kept(Procedure, _finder)
