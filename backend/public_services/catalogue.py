"""What is searched, kept in memory: an index of procedures and the folded names of places, one per database.

Each is built from the tables on first use and again when an import, in whatever process, has written since.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy
from sqlmodel import Session, col, func, select

from backend.core.search import Index
from backend.public_services.models import Place, Procedure
from shared.vietnamese import fold

Built = TypeVar("Built")
Version = tuple[datetime | None, int]


@dataclass(frozen=True)
class PlaceName:
    """The names by which one place is found."""

    id: UUID
    name: str
    full: str
    bare: str
    parent: str
    current: bool


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
        with self._lock:
            kept = self._kept.get(pool)
            if kept is None or kept[0] != version:
                kept = (version, self._build(session))
                self._kept[pool] = kept
        return kept[1]


def _index(session: Session) -> Index[str]:
    standing = select(Procedure.code, Procedure.name, Procedure.field).where(col(Procedure.withdrawn_at).is_(None))
    rows = session.exec(standing.order_by(col(Procedure.code)))
    return Index((code, f"{name} . {field}") for code, name, field in rows)


def _names(session: Session) -> list[PlaceName]:
    """Return all places, today's before the old, by name."""
    rows = session.execute(
        sqlalchemy.select(*(getattr(Place, name) for name in ("id", "name", "kind", "parent", "valid_to")))
    )
    names = [
        PlaceName(
            id=key,
            name=name,
            full=fold(name),
            bare=fold(name.removeprefix(kind)),
            parent=fold(parent),
            current=valid_to is None,
        )
        for key, name, kind, parent, valid_to in rows
    ]
    return sorted(names, key=lambda place: (not place.current, place.bare, place.id))


PROCEDURES = Kept(Procedure, _index)
PLACES = Kept(Place, _names)


def match_places(names: list[PlaceName], query: str) -> list[UUID]:
    """Return the places whose name (with or without its kind), or whose parent, begins with the query; best first."""
    asked = fold(query[:200])
    if not asked:
        return [place.id for place in names]
    typed = query.strip().lower()
    found = []
    for place in names:
        if asked in {place.bare, place.full}:
            # "Cẩm Giang" is not "Cẩm Giàng": who types the marks gets the one that bears them first.
            rank = 0 if typed in place.name.lower() else 1
        elif place.bare.startswith(asked) or place.full.startswith(asked):
            rank = 2
        elif f" {asked}" in place.bare:
            rank = 3
        elif f" {asked}" in place.parent or place.parent.startswith(asked):
            rank = 4
        else:
            continue
        found.append((rank, place.id))
    return [key for _, key in sorted(found, key=lambda pair: pair[0])]
