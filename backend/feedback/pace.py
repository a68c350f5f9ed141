"""How long it usually takes: measured in the worker again and again, so that nobody waits for it."""

from datetime import timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Float, Select, cast, extract
from sqlmodel import Session, col, func, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.database import Database
from backend.feedback import rules
from backend.feedback.models import Feedback
from backend.feedback.rule_models import Pace

DAYS = 180
FEWEST = 5
"""Fewer cases say nothing about the next one."""
_DAY_SECONDS = 86_400


def measure(database: Database) -> None:
    """Measure the last 180 days. What takes long is read outside the writing transaction."""
    with database.reading() as session:
        rows = session.execute(medians(sqlite=database.sqlite)).all()
    found = {(row.unit_code, row.category_code): (round(row.days, 1), row.cases) for row in rows if row.unit_code}
    with database.transaction() as session:
        _keep(session, found)


def medians(*, sqlite: bool) -> Select[Any]:
    """Return the statement: unit, category, median days from sending to the first result, and the number of cases."""
    took = _days_taken(sqlite=sqlite)
    group = (col(Feedback.unit_code), col(Feedback.category_code))
    ranked = (
        sqlalchemy.select(
            *group,
            took.label("days"),
            func.row_number().over(partition_by=group, order_by=took).label("rank"),
            func.count().over(partition_by=group).label("cases"),
        )
        # Nothing else is asked, so that the index alone answers; nobody handles what is only practice.
        .where(col(Feedback.handled_at) >= clock.now() - timedelta(days=DAYS))
        .subquery()
    )
    # The middle one, or the two in the middle.
    rank = ranked.c.rank * 2
    middle = rank.between(ranked.c.cases, ranked.c.cases + 2)
    found: Select[Any] = (
        sqlalchemy.select(
            ranked.c.unit_code, ranked.c.category_code, func.avg(ranked.c.days).label("days"), ranked.c.cases
        )
        .where(ranked.c.cases >= FEWEST, middle)
        .group_by(ranked.c.unit_code, ranked.c.category_code, ranked.c.cases)
    )
    return found


def _days_taken(*, sqlite: bool) -> ColumnElement[Any]:
    handled, sent = col(Feedback.handled_at), col(Feedback.created_at)
    if sqlite:
        return func.julianday(handled) - func.julianday(sent)
    return cast(extract("epoch", handled - sent), Float) / _DAY_SECONDS


def _keep(session: Session, found: dict[tuple[str, str], tuple[float, int]]) -> None:
    before = {(row.unit_code, row.category_code): row for row in session.exec(select(Pace))}
    moment = clock.now()
    news = False
    for about, row in before.items():
        if about not in found:
            session.delete(row)
            news = True
    for (unit, category), (days, cases) in found.items():
        row = before.get((unit, category)) or Pace(
            unit_code=unit, category_code=category, days=-1, cases=0, measured_at=moment
        )
        if (row.days, row.cases) != (days, cases):
            row.days, row.cases, row.measured_at = days, cases, moment
            session.add(row)
            news = True
    if news:
        changed(session, rules.PACE)
