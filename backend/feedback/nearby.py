"""What is near: open public cases around a point that may be about the same thing."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select as columns_of
from sqlalchemy import union_all
from sqlmodel import Session, col, select

from backend.core import geo
from backend.core.search import MAX_QUERY
from backend.feedback import places, queries, views
from backend.feedback.models import Feedback
from backend.files.service import Pictures
from shared.public_feedback import NearbyCase
from shared.vietnamese import words

RADIUS_M = 150
MOST = 10
_PER_CELL = 50
"""The newest of a cell that are looked at, so that a crowded place costs no more than another."""


@dataclass(frozen=True)
class _Near:
    case_id: UUID
    metres: float
    likeness: float

    @property
    def merit(self) -> float:
        """Words that are wholly alike weigh as much as standing on the spot."""
        return self.likeness - self.metres / RADIUS_M


def nearby(
    session: Session, lat: float, lon: float, q: str | None, category: str | None, pictures: Pictures
) -> list[NearbyCase]:
    """Return at most ten open public cases within 150 m, the nearest and most alike first, in two statements."""
    point = (round(lat, 4), round(lon, 4))
    asked = _terms(words((q or "")[:MAX_QUERY]))
    near = []
    for row in _around(session, point, category):
        place = places.public_place(row.lat, row.lon, blurred=row.blur_place)
        distance = geo.metres(point, place)
        if distance <= RADIUS_M:
            near.append(_Near(row.id, distance, _likeness(asked, row.folded)))
    best = sorted(near, key=lambda one: (-one.merit, one.case_id))[:MOST]
    rows = {case.id: case for case in _cases(session, [one.case_id for one in best])}
    known = views.lists(session)
    return [
        NearbyCase(
            **views.summary(rows[one.case_id], known, pictures, party=False).model_dump(),
            distance_m=round(one.metres),
            likeness=round(one.likeness, 2),
        )
        for one in best
        if one.case_id in rows
    ]


def _around(session: Session, point: tuple[float, float], category: str | None) -> Sequence[Any]:
    """Return what is to be compared of the newest cases of each cell around."""
    also = [col(Feedback.category_code) == category] if category else []
    columns: list[Any] = [Feedback.id, Feedback.lat, Feedback.lon, Feedback.blur_place, Feedback.folded]
    cells = [
        columns_of(*columns)
        .where(queries.open_to_all(), col(Feedback.cell) == cell, *also)
        .order_by(col(Feedback.id).desc())
        .limit(_PER_CELL)
        .subquery()
        for cell in places.cells_near(*point)
    ]
    return session.execute(union_all(*(columns_of(cell) for cell in cells))).all()


def _cases(session: Session, ids: Sequence[UUID]) -> Sequence[Feedback]:
    if not ids:
        return []
    return session.exec(select(Feedback).where(queries.open_to_all(), col(Feedback.id).in_(ids))).all()


def _terms(found: Sequence[str]) -> frozenset[str]:
    """Return words and pairs of neighbours: a Vietnamese word is often two syllables."""
    return frozenset([*found, *(f"{a} {b}" for a, b in itertools.pairwise(found))])


def _likeness(asked: frozenset[str], folded: str) -> float:
    """Return how much of the shorter one of two texts the other has, pairs counting double: 0 to 1."""
    if not asked:
        return 0.0
    theirs = _terms(folded.split())
    shorter = min(_weight(asked), _weight(theirs))
    return _weight(asked & theirs) / shorter if shorter else 0.0


def _weight(found: frozenset[str]) -> int:
    return sum(2 if " " in term else 1 for term in found)
