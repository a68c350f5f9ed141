"""What is searched, kept in memory: the index of procedures, one per database.

It is built from its table on first use and again when an import, in whatever process, has written since.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy
from sqlmodel import Session, func

from backend.public_services import queries
from backend.public_services.finding import Finder
from backend.public_services.models import Procedure

Built = TypeVar("Built")
Version = tuple[datetime | None, int]


class Kept(Generic[Built]):
    """Something built from a table, kept until the table's newest `imported_at` or its count changes."""

    def __init__(self, table: Any, build: Callable[[Session], Built]) -> None:
        self._version = sqlalchemy.select(func.max(table.imported_at), func.count(table.id))
        self._build = build
        self._lock = threading.Lock()
        self._kept: WeakKeyDictionary[Any, tuple[Version, Built]] = WeakKeyDictionary()

    def get(self, session: Session) -> Built:
        """Return it as of now."""
        # Sessions for reading and for writing have engines of their own over one pool.
        pool = session.get_bind().engine.pool
        newest, count = session.execute(self._version).one()
        version = (newest, count)
        kept = self._kept.get(pool)
        if kept is not None and kept[0] == version:
            return kept[1]
        # While one builds anew, the others are served with what was there before.
        if not self._lock.acquire(blocking=kept is None) and kept is not None:
            return kept[1]
        try:
            kept = self._kept.get(pool)
            if kept is None or kept[0] != version:
                kept = (version, self._build(session))
                self._kept[pool] = kept
        finally:
            self._lock.release()
        return kept[1]


def _finder(session: Session) -> Finder:
    return Finder(queries.searched(session))


PROCEDURES = Kept(Procedure, _finder)
