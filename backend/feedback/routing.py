"""Which unit receives a case: the place where it lies and the rules of an administrator, all from memory."""

import math
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from backend.accounts import service as accounts
from backend.core.errors import Invalid
from backend.core.memory import remembered
from backend.core.settings import Settings
from backend.feedback import rules
from backend.feedback.models import Category
from backend.feedback.rule_models import RoutingRule
from backend.feedback.rules import Promise
from backend.public_services import service as public_services
from backend.public_services.service import Located, Spot
from shared.errors import ErrorCode, FieldError

TOPIC = "routing"


@dataclass(frozen=True)
class Routes:
    """The rules by category and place, and the unit that serves each place."""

    units: dict[tuple[str | None, str | None], str | None]
    offices: dict[str, str]


def routes(session: Session) -> Routes:
    """Return the rules as they hold now."""
    return remembered(session, TOPIC, lambda: _read(session))


def _read(session: Session) -> Routes:
    rows = session.exec(select(RoutingRule)).all()
    units = {(row.category_code, row.place_code): row.unit_code for row in rows}
    return Routes(units, accounts.ward_offices(session))


@dataclass(frozen=True)
class Reception:
    """How a report is received: where it lies (None: nobody knows boundaries), by whom, and what is promised."""

    place: Spot | None
    unit: str
    promise: Promise


def receive(
    session: Session, category: Category, lat: float, lon: float, *, start: datetime, settings: Settings
) -> Reception:
    """Return how a report of this category from this point is received now; raises Invalid for a point outside."""
    place = place_at(session, lat, lon, settings)
    unit = unit_for(session, category, place)
    return Reception(place, unit, rules.promise(session, start, category.level, category.code, unit))


def unit_for(session: Session, category: Category, place: Spot | None) -> str:
    """Return the code of the unit that receives a case.

    Of the rules the most particular wins: category and place, then place, then category, then the rule for all. One
    that names the ward office is passed over where the place has none; in the end it is the category's own unit.
    """
    known = routes(session)
    where = place.code if place else None
    for about in dict.fromkeys(((category.code, where), (None, where), (category.code, None), (None, None))):
        if about in known.units:
            unit = known.units[about] or known.offices.get(where or "")
            if unit is not None:
                return unit
    return category.unit_code


def place_at(session: Session, lat: float, lon: float, settings: Settings) -> Spot | None:
    """Return the place in which a point lies; None while no boundaries are known.

    Raises Invalid for a point outside all of them; without boundaries, for one farther than `area_km` from the centre.
    """
    found = public_services.locate(session, lat, lon)
    if found.known and found.place is None:
        raise _outside(found)
    if not found.known:
        _check_distance(lat, lon, settings)
    return found.place


def _outside(found: Located) -> Invalid:
    """Return the error; the message of its field names what is near in no language: `Xã Hà Nam (1.2 km)`."""
    near = "; ".join(f"{one.spot.name} ({one.km:g} km)" for one in found.nearest)
    detail = f"the place lies outside every known boundary; nearest: {near or 'none'}"
    if found.swapped is not None:
        detail += f"; latitude and longitude look swapped: the other way round it lies in {found.swapped.name}"
        near = f"{found.swapped.name} (lat ↔ lon)"
    code = ErrorCode.OUTSIDE_AREA
    return Invalid(detail, code=code, errors=[FieldError(field="lat", code=code.value, message=near or detail)])


def _check_distance(lat: float, lon: float, settings: Settings) -> None:
    north = (lat - settings.centre_lat) * 111.2
    east = (lon - settings.centre_lon) * 111.2 * math.cos(math.radians(settings.centre_lat))
    if not math.hypot(north, east) <= settings.area_km:
        raise Invalid.field("lat", ErrorCode.OUTSIDE_AREA, "the place lies outside this province")
