"""The URLs of rules: staff read them, administrators set them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response

from backend.core import clock
from backend.core.access import Actor, allow, problems, router
from backend.core.database import ReadingDep, SessionDep
from backend.core.idempotency import OnceDep
from backend.feedback import rule_calendar, rule_desk
from shared.access import Permission
from shared.administration import (
    CalendarDay,
    CalendarDayDraft,
    CalendarYear,
    DeadlineRule,
    DeadlineRuleDraft,
    PlaceBoundary,
    RoutingRule,
    RoutingRuleDraft,
    UnitChange,
    UnitDetail,
    UnitDraft,
)
from shared.base import VIETNAM, Text

routes = router("/desk", "rules")

Staff = Annotated[Actor, allow(Permission.SEE_DESK)]
Admin = Annotated[Actor, allow(Permission.ADMINISTER)]
Year = Annotated[int | None, Query(ge=rule_calendar.FIRST_YEAR, le=rule_calendar.LAST_YEAR)]


@routes.get("/routing")
def routing(_: Staff, session: ReadingDep) -> list[RoutingRule]:
    """Return every routing rule."""
    return rule_desk.routes_of_cases(session)


@routes.post("/routing", status_code=201, response_model=RoutingRule, responses=problems(409))
def set_route(wish: RoutingRuleDraft, actor: Admin, once: OnceDep, session: SessionDep) -> Response:
    """Say who receives what; a rule about the same is replaced."""
    return once.run(session, lambda: rule_desk.set_route(session, actor, wish))


@routes.delete("/routing/{rule_id}", status_code=204)
def drop_route(rule_id: UUID, actor: Admin, session: SessionDep) -> None:
    """Take a rule away."""
    rule_desk.drop_route(session, actor, rule_id)


@routes.get("/deadlines")
def deadlines(_: Staff, session: ReadingDep) -> list[DeadlineRule]:
    """Return the table of deadlines."""
    return rule_desk.deadlines(session)


@routes.post("/deadlines", status_code=201, response_model=DeadlineRule, responses=problems(409))
def set_deadline(wish: DeadlineRuleDraft, actor: Admin, once: OnceDep, session: SessionDep) -> Response:
    """Set the hours of a level, category or unit; a row about the same is replaced."""
    return once.run(session, lambda: rule_desk.set_deadline(session, actor, wish))


@routes.delete("/deadlines/{rule_id}", status_code=204, responses=problems(409))
def drop_deadline(rule_id: UUID, actor: Admin, session: SessionDep) -> None:
    """Take an exception away; a level's default stays."""
    rule_desk.drop_deadline(session, actor, rule_id)


@routes.get("/calendar")
def calendar(_: Staff, session: ReadingDep, year: Year = None) -> CalendarYear:
    """Return what is special in a year (default: this one)."""
    return rule_calendar.year(session, year or clock.now().astimezone(VIETNAM).year)


@routes.post("/calendar", status_code=201, response_model=CalendarDay, responses=problems(409))
def set_day(wish: CalendarDayDraft, actor: Admin, once: OnceDep, session: SessionDep) -> Response:
    """Make a day off, or worked."""
    return once.run(session, lambda: rule_calendar.set_day(session, actor, wish))


@routes.delete("/calendar/{day}", status_code=204)
def drop_day(day: date, actor: Admin, session: SessionDep) -> None:
    """Let a day be what its weekday and the State say."""
    rule_calendar.drop_day(session, actor, day)


@routes.get("/places")
def places(_: Staff, session: ReadingDep) -> list[PlaceBoundary]:
    """Return the places that have a boundary, and the unit that serves each."""
    return rule_desk.places(session)


@routes.post("/units", status_code=201, response_model=UnitDetail, responses=problems(409))
def add_unit(wish: UnitDraft, actor: Admin, once: OnceDep, session: SessionDep) -> Response:
    """Make a unit."""
    return once.run(session, lambda: rule_desk.add_unit(session, actor, wish))


@routes.patch("/units/{code}", responses=problems(409))
def change_unit(
    code: Annotated[Text, Path(max_length=40)], wish: UnitChange, actor: Admin, session: SessionDep
) -> UnitDetail:
    """Let a unit serve a place as its ward office."""
    return rule_desk.change_unit(session, actor, code, wish)
