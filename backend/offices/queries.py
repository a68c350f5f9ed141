"""Every select over offices and numbers to call."""

import math
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, literal, or_
from sqlmodel import Session, col, select

from backend.core import geo
from backend.core.pages import PageRequest, cursor, keyset
from backend.offices.models import Hotline, Office, OfficePlace
from shared.offices import OfficeKind

Point = tuple[float, float]
"""Latitude and longitude."""
LEVELS = (13, 11, 9, 7, 5)
"""Squares that are looked into for what is near, one after the other: from about 5 km to about 1,100 km wide."""


def rank(kind: OfficeKind) -> int:
    """Return where offices of a kind stand in a list by name: most people look for a one-stop office."""
    return 0 if kind is OfficeKind.ONE_STOP else 1


def by_name(session: Session, kind: OfficeKind | None, page: PageRequest) -> list[Office]:
    """Return offices by rank and name, one more than the page holds."""
    return _listed(session, kind, page)


def _listed(
    session: Session, kind: OfficeKind | None, page: PageRequest, only: ColumnElement[bool] | None = None
) -> list[Office]:
    """Return offices by rank and name; each rank is read along its own index, in its own query."""
    after = page.after(int, str, str)
    first = col(Office.kind) == OfficeKind.ONE_STOP
    parts = enumerate((first, ~first)) if kind is None else [(rank(kind), col(Office.kind) == kind)]
    found: list[Office] = []
    for number, part in parts:
        if len(found) > page.limit or (after is not None and after[0] > number):
            continue
        begun = cursor(*after[1:]) if after is not None and after[0] == number else None
        statement: Any = select(Office).where(part, *([] if only is None else [only]))
        rest = PageRequest(page.limit - len(found), begun)
        found += session.scalars(
            keyset(statement, rest, [Office.name_key, Office.code], [str, str], descending=False)
        ).all()
    return found


def nearest(session: Session, point: Point, kind: OfficeKind | None, need: int) -> list[Office]:
    """Return so many offices, the nearest first, then those whose position is not known.

    Looks into ever larger squares around the point, so it reads what is near and not all there is. Beyond the largest
    (about 1,000 km) nearness means nothing: then all come by name.
    """
    found: list[Office] = []
    for level in LEVELS:
        found = list(session.scalars(_around(point, kind, level).limit(need)))
        reach = geo.reach_m(point[0], level)
        if len(found) == need and geo.metres(point, (found[-1].lat or 0, found[-1].lon or 0)) <= reach:
            return found
    if len(found) == need:
        return found
    rest = PageRequest(need - len(found) - 1, None)
    return [*found, *_listed(session, kind, rest, col(Office.square).is_(None) if found else None)]


def _around(point: Point, kind: OfficeKind | None, level: int) -> Select[Any]:
    lat, lon = point
    high, wide = col(Office.lat) - lat, (col(Office.lon) - lon) * literal(math.cos(math.radians(lat)))
    square = col(Office.square)
    parts = [square.between(first, last) for first, last in geo.ranges_around(lat, lon, level)]
    # Each part names the kind too, so that each is a stretch of one index.
    inside = parts if kind is None else [and_(col(Office.kind) == kind, part) for part in parts]
    statement: Select[Any] = select(Office).where(or_(*inside))
    return statement.order_by(high * high + wide * wide, col(Office.code))


def by_ids(session: Session, ids: Iterable[UUID]) -> dict[UUID, Office]:
    """Return offices by id."""
    return {row.id: row for row in session.exec(select(Office).where(col(Office.id).in_(list(ids))))}


def serving(session: Session, place: str, limit: int) -> list[UUID]:
    """Return the ids of the offices that serve a place."""
    statement = select(OfficePlace.office_id).where(OfficePlace.place_code == place)
    return list(session.exec(statement.order_by(col(OfficePlace.office_id)).limit(limit)))


def served(session: Session, ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the codes of the places that each of these offices serves, in one query."""
    statement = select(OfficePlace).where(col(OfficePlace.office_id).in_(list(ids)))
    found: dict[UUID, list[str]] = {}
    for row in session.exec(statement.order_by(col(OfficePlace.place_code))):
        found.setdefault(row.office_id, []).append(row.place_code)
    return found


def office(session: Session, code: str, *, lock: bool = False) -> Office | None:
    """Return an office, locked for a change."""
    statement = select(Office).where(Office.code == code)
    return session.exec(statement.with_for_update() if lock else statement).first()


def names(session: Session) -> Sequence[Any]:
    """Return what offices are found by, and what tells one from another, by name."""
    statement: Any = select(Office.id, Office.kind, Office.name, Office.address, Office.code, Office.phone)  # type: ignore[call-overload]
    rows: Sequence[Any] = session.execute(statement.order_by(col(Office.name_key), col(Office.code))).all()
    return rows


def hotlines(session: Session) -> Sequence[Hotline]:
    """Return the numbers to call, in their order."""
    return session.exec(select(Hotline).order_by(col(Hotline.position), col(Hotline.number))).all()


def hotline(session: Session, number: str) -> Hotline | None:
    """Return a number to call, locked for a change."""
    return session.exec(select(Hotline).where(Hotline.number == number).with_for_update()).first()
