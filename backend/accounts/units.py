"""Units as administrators set them: new ones, and which place a ward office serves. Used through `service`."""

from sqlmodel import Session

from backend.accounts import queries
from backend.accounts.models import Unit
from backend.core.errors import Conflict, NotFound
from shared.administration import UnitDraft


def ward_offices(session: Session) -> dict[str, str]:
    """Return the unit that serves each place, both by code."""
    return {unit.place_code: unit.code for unit in queries.units(session) if unit.place_code}


def add_unit(session: Session, draft: UnitDraft) -> Unit:
    """Make a unit; raises Conflict when its code is taken, or another unit serves its place."""
    if session.get(Unit, draft.code) is not None:
        raise Conflict("there is a unit of this code")
    _serve_alone(session, draft.place_code, draft.code)
    unit = Unit(**draft.model_dump())
    session.add(unit)
    session.flush()
    return unit


def serve_place(session: Session, code: str, place_code: str | None) -> Unit:
    """Let a unit serve a place, or none; raises NotFound, or Conflict when another unit serves it."""
    unit = session.get(Unit, code)
    if unit is None:
        raise NotFound("no such unit")
    _serve_alone(session, place_code, code)
    unit.place_code = place_code
    session.add(unit)
    session.flush()
    return unit


def _serve_alone(session: Session, place_code: str | None, code: str) -> None:
    other = ward_offices(session).get(place_code or "", code)
    if other != code:
        raise Conflict(f"the unit {other} serves this place")
