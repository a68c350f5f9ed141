"""How long it usually takes: measured in the worker again and again, so that nobody waits for it."""

from bisect import bisect_right
from datetime import timedelta
from itertools import accumulate
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Integer, Select, cast, extract, literal_column
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


def measure(database: Database) -> None:
    """Measure the last 180 days, to a tenth of a day. What takes long is read outside the writing transaction.

    Counted, not sorted: to rank a million rows took ten times as long (SQLite).
    """
    taken: dict[tuple[str, str], list[tuple[int, int]]] = {}
    with database.reading() as session:
        for unit, category, tenths, cases in session.execute(counts(sqlite=database.sqlite)):
            if unit is not None:
                taken.setdefault((unit, category), []).append((tenths, cases))
    found = {about: (round(_median(rows) / 10, 1), sum(cases for _, cases in rows)) for about, rows in taken.items()}
    with database.transaction() as session:
        _keep(session, {about: (days, cases) for about, (days, cases) in found.items() if cases >= FEWEST})


def _median(rows: list[tuple[int, int]]) -> float:
    """Return the median of values that come with how often they occur."""
    rows.sort()
    seen = list(accumulate(times for _, times in rows))
    last = seen[-1] - 1
    middle = (bisect_right(seen, last // 2), bisect_right(seen, (last + 1) // 2))
    return (rows[middle[0]][0] + rows[middle[1]][0]) / 2


def counts(*, sqlite: bool) -> Select[Any]:
    """Return the statement: unit, category, tenths of a day from sending to the first result, number of cases."""
    about = (col(Feedback.unit_code), col(Feedback.category_code), _tenths_taken(sqlite=sqlite))
    since = clock.now() - timedelta(days=DAYS)
    # Nothing else is asked, so that the index alone answers; nobody handles what is only practice.
    found: Select[Any] = (
        sqlalchemy.select(*about, func.count()).where(col(Feedback.handled_at) >= since).group_by(*about)
    )
    return found


def _tenths_taken(*, sqlite: bool) -> ColumnElement[Any]:
    handled, sent = col(Feedback.handled_at), col(Feedback.created_at)
    if sqlite:
        tenths: ColumnElement[Any] = (func.julianday(handled) - func.julianday(sent)) * literal_column("10")
    else:
        tenths = extract("epoch", handled - sent) / literal_column("8640")
    # Without parameters, so that both places where it stands are the same words.
    return cast(func.round(tenths), Integer)


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
