"""The verbs of administrators over rules: routing, deadlines, units and the places they serve."""

from uuid import UUID

from sqlmodel import Session, col, select

from backend.accounts import service as accounts
from backend.accounts.service import Unit
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.events import emit
from backend.core.tables import new_id
from backend.feedback import routing, rules, views
from backend.feedback.rule_events import DeadlinesChanged, RoutingChanged, UnitChanged
from backend.feedback.rule_models import DeadlineRule, RoutingRule
from backend.public_services import service as public_services
from shared import administration as contract
from shared.errors import ErrorCode
from shared.feedback import Level


def routes_of_cases(session: Session) -> list[contract.RoutingRule]:
    """Return every routing rule, the most particular first."""
    rows = session.exec(select(RoutingRule)).all()
    shown = [_routing(session, row) for row in rows]
    return sorted(
        shown,
        key=lambda row: (
            row.place is None,
            row.category is None,
            row.category_name or "",
            row.place_name or row.place or "",
        ),
    )


def _routing(session: Session, row: RoutingRule) -> contract.RoutingRule:
    place = public_services.bounded_place(session, row.place_code)
    return contract.RoutingRule(
        id=row.id,
        category=row.category_code,
        category_name=_category_name(session, row.category_code),
        place=row.place_code,
        place_name=place.name if place else None,
        unit=views.lists(session).units.get(row.unit_code or ""),
    )


def _category_name(session: Session, code: str | None) -> str | None:
    category = views.lists(session).categories.get(code or "")
    return category.name if category else None


def set_route(session: Session, actor: Actor, wish: contract.RoutingRuleDraft) -> contract.RoutingRule:
    """Say who receives what; a rule about the same category and place is replaced. Raises Invalid with the field."""
    _known_category(session, wish.category)
    _known_place(session, wish.place)
    _known_unit(session, wish.unit)
    about = f"{wish.category or ''}@{wish.place or ''}"
    row = session.exec(select(RoutingRule).where(RoutingRule.about == about)).first()
    if row is None:
        row = RoutingRule(about=about, category_code=wish.category, place_code=wish.place)
    row.unit_code = wish.unit
    session.add(row)
    session.flush()
    emit(session, RoutingChanged(wish.category, wish.place, wish.unit, removed=False), actor_id=actor.id)
    changed(session, routing.TOPIC)
    return _routing(session, row)


def drop_route(session: Session, actor: Actor, rule_id: UUID) -> None:
    """Take a rule away; raises NotFound."""
    row = session.get(RoutingRule, rule_id, with_for_update=True)
    if row is None:
        raise NotFound("no such rule")
    emit(session, RoutingChanged(row.category_code, row.place_code, row.unit_code, removed=True), actor_id=actor.id)
    session.delete(row)
    changed(session, routing.TOPIC)


def _known_category(session: Session, code: str | None) -> None:
    if code is not None and code not in views.lists(session).rows:
        raise Invalid.field("category", ErrorCode.UNKNOWN_CATEGORY, "no such category")


def _known_unit(session: Session, code: str | None) -> None:
    if code is not None and code not in views.lists(session).units:
        raise Invalid.field("unit", ErrorCode.UNKNOWN_UNIT, "no such unit")


def _known_place(session: Session, code: str | None, field: str = "place") -> None:
    if code is not None and public_services.bounded_place(session, code) is None:
        raise Invalid.field(field, ErrorCode.INVALID, "no place of this code has a boundary")


def deadlines(session: Session) -> list[contract.DeadlineRule]:
    """Return the table of deadlines: each level's default first, then its exceptions."""
    rows = {row.about: row for row in session.exec(select(DeadlineRule).order_by(col(DeadlineRule.about)))}
    for level in Level:
        rows.setdefault(_about(level, None, None), _default(level))
    order = list(Level)
    shown = [_deadline(session, row) for row in rows.values()]
    return sorted(shown, key=lambda row: (order.index(row.level), not row.default))


def _about(level: Level, category: str | None, unit: str | None) -> str:
    return f"{level.value}@{category or ''}@{unit or ''}"


def _default(level: Level) -> DeadlineRule:
    """Return what holds while the level has no row; its id is the same everywhere."""
    hours = rules.DEFAULTS[level]
    number = UUID(int=list(Level).index(level) + 1)
    about = _about(level, None, None)
    return DeadlineRule(id=number, about=about, level=level, accept_hours=hours.accept, due_hours=hours.due)


def _deadline(session: Session, row: DeadlineRule) -> contract.DeadlineRule:
    return contract.DeadlineRule(
        id=row.id,
        level=row.level,
        category=row.category_code,
        category_name=_category_name(session, row.category_code),
        unit=views.lists(session).units.get(row.unit_code or ""),
        accept_hours=row.accept_hours,
        due_hours=row.due_hours,
        default=row.category_code is None and row.unit_code is None,
    )


def set_deadline(session: Session, actor: Actor, wish: contract.DeadlineRuleDraft) -> contract.DeadlineRule:
    """Set hours; a row about the same is replaced. Cases that run keep their deadlines. Raises Invalid."""
    _known_category(session, wish.category)
    _known_unit(session, wish.unit)
    if wish.accept_hours > wish.due_hours:
        raise Invalid.field("accept_hours", ErrorCode.INVALID, "a case is accepted before it is due")
    about = _about(wish.level, wish.category, wish.unit)
    row = session.exec(select(DeadlineRule).where(DeadlineRule.about == about)).first()
    if row is None:
        row = _default(wish.level)
        row.id, row.about, row.category_code, row.unit_code = new_id(), about, wish.category, wish.unit
    row.accept_hours, row.due_hours = wish.accept_hours, wish.due_hours
    session.add(row)
    session.flush()
    _say(session, actor, row, removed=False)
    return _deadline(session, row)


def drop_deadline(session: Session, actor: Actor, rule_id: UUID) -> None:
    """Take an exception away; raises NotFound, or Conflict for a level's default."""
    row = session.get(DeadlineRule, rule_id, with_for_update=True)
    if rule_id in {_default(level).id for level in Level} or (row and row.category_code is row.unit_code is None):
        raise Conflict("the default of a level can be changed but not taken away")
    if row is None:
        raise NotFound("no such rule")
    _say(session, actor, row, removed=True)
    session.delete(row)


def _say(session: Session, actor: Actor, row: DeadlineRule, *, removed: bool) -> None:
    hours = (row.accept_hours, row.due_hours)
    fact = DeadlinesChanged(row.level.value, row.category_code, row.unit_code, *hours, removed=removed)
    emit(session, fact, actor_id=actor.id)
    changed(session, rules.DEADLINES)


def places(session: Session) -> list[contract.PlaceBoundary]:
    """Return the places that have a boundary, by name, and the unit that serves each."""
    known, offices = views.lists(session).units, routing.routes(session).offices
    return [
        contract.PlaceBoundary(
            code=spot.code, name=spot.name, kind=spot.kind, unit=known.get(offices.get(spot.code, ""))
        )
        for spot in public_services.bounded_places(session)
    ]


def add_unit(session: Session, actor: Actor, wish: contract.UnitDraft) -> contract.UnitDetail:
    """Make a unit; raises Invalid with the field, or Conflict."""
    _known_place(session, wish.place_code, "place_code")
    return _unit(session, actor, accounts.add_unit(session, wish), made=True)


def change_unit(session: Session, actor: Actor, code: str, wish: contract.UnitChange) -> contract.UnitDetail:
    """Let a unit serve a place as its ward office, or none; raises NotFound, Invalid with the field, or Conflict."""
    _known_place(session, wish.place_code, "place_code")
    return _unit(session, actor, accounts.serve_place(session, code, wish.place_code), made=False)


def _unit(session: Session, actor: Actor, row: Unit, *, made: bool) -> contract.UnitDetail:
    emit(session, UnitChanged(row.code, row.place_code, made=made), actor_id=actor.id)
    changed(session, routing.TOPIC)
    changed(session, views.TOPIC)
    place = public_services.bounded_place(session, row.place_code)
    return contract.UnitDetail(
        code=row.code,
        name=row.name,
        phone=row.phone,
        place_code=row.place_code,
        place_name=place.name if place else None,
    )
