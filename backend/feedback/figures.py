"""The figures of cases by month, unit and category."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from backend.core import clock
from backend.core.errors import Invalid
from backend.feedback import rules, views
from backend.feedback.models import Feedback
from backend.feedback.public_models import Figure
from shared.base import VIETNAM
from shared.case_states import OPEN, Status
from shared.errors import ErrorCode
from shared.public_feedback import CategoryFigures, FeedbackStatistics, Figures, MonthFigures, UnitFigures

TOPIC = "feedback-counted"
MEASURES = ("received", "valid", "handled", "on_time", "late", "refused", "open", "rated", "satisfied")
KEY = ("category_code", "month", "unit_code")
NO_UNIT = "-"
MAX_MONTHS = 120
DEFAULT_MONTHS = 12
_SATISFIED = 4
_NOT_VALID = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.MERGED, Status.HELD})


def month_of(case: Feedback) -> str:
    """Return the month of a case's sending, in Vietnam."""
    return case.created_at.astimezone(VIETNAM).strftime("%Y-%m")


def measured(case: Feedback) -> int:
    """Return in which measures a case counts, as bits in the order of `MEASURES`; none for practice."""
    if case.practice:
        return 0
    valid = case.status not in _NOT_VALID
    handled = valid and case.resolved_at is not None
    on_time = handled and case.resolved_at is not None and case.resolved_at <= case.due_at
    waits = valid and not handled and case.status in OPEN
    rated = valid and case.score is not None
    satisfied = rated and (case.score or 0) >= _SATISFIED
    refused = case.status is Status.REFUSED
    facts = (True, valid, handled, on_time, handled and not on_time, refused, waits, rated, satisfied)
    return sum(1 << bit for bit, fact in enumerate(facts) if fact)


def keys(category: str, month: str, unit: str) -> set[tuple[str, str, str]]:
    """Return the rows that a case counts in: its own, and those of all units, all categories, and both."""
    return {(category, month, unit), (category, month, ""), ("", month, unit), ("", month, "")}


def statistics(
    session: Session, since: str | None, until: str | None, unit: str | None, category: str | None
) -> FeedbackStatistics:
    """Return the figures of these months (both included; by default the last twelve), in three statements.

    Raises Invalid for months that are out of order or too many.
    """
    first, last = _months(since, until)
    known = views.lists(session)
    in_time = col(Figure.month).between(first, last)
    in_unit, in_category = col(Figure.unit_code) == (unit or ""), col(Figure.category_code) == (category or "")
    months = _sums(session, Figure.month, [in_time, in_unit, in_category])
    each_unit = in_unit if unit else col(Figure.unit_code).not_in(["", NO_UNIT])
    units = _sums(session, Figure.unit_code, [in_time, each_unit, in_category])
    each_category = in_category if category else col(Figure.category_code) != ""
    categories = _sums(session, Figure.category_code, [in_time, in_unit, each_category])
    return FeedbackStatistics(
        since=_first_day(first),
        until=_last_day(last),
        counted_at=max((row.counted_at for row in months), default=None),
        total=_total(_figures(row) for row in months),
        by_unit=[
            UnitFigures(
                code=row[0],
                name=_name(known.units, row[0]),
                figures=_figures(row),
                usual=rules.usual(session, row[0], category) if category else None,
            )
            for row in units
        ],
        by_category=[
            CategoryFigures(code=row[0], name=_name(known.categories, row[0]), figures=_figures(row))
            for row in categories
        ],
        by_month=[MonthFigures(month=row[0], figures=_figures(row)) for row in months],
    )


def _sums(session: Session, by: Any, where: Sequence[Any]) -> Sequence[Any]:
    sums = [func.sum(getattr(Figure, name)).label(name) for name in MEASURES]
    received = func.sum(Figure.received)
    statement = (
        select(by, *sums, func.max(Figure.counted_at).label("counted_at"))  # type: ignore[call-overload]
        .where(*where)
        .group_by(by)
        .having(received > 0)
        .order_by(by)
    )
    rows: Sequence[Any] = session.execute(statement).all()
    return rows


def _figures(row: Any) -> Figures:
    return Figures(**{name: int(getattr(row, name)) for name in MEASURES})


def _total(all_of: Iterable[Figures]) -> Figures:
    rows = list(all_of)
    return Figures(**{name: sum(getattr(row, name) for row in rows) for name in MEASURES})


def _name(known: dict[str, Any], code: str) -> str:
    return known[code].name if code in known else code


def _months(since: str | None, until: str | None) -> tuple[str, str]:
    last = until or clock.now().astimezone(VIETNAM).strftime("%Y-%m")
    first = since or _as_month(_number(last) - DEFAULT_MONTHS + 1)
    if _number(first) < 1 or _number(last) < _number(first):
        raise Invalid.field("since", ErrorCode.INVALID, "the months are out of order")
    if _number(last) - _number(first) >= MAX_MONTHS:
        raise Invalid.field("since", ErrorCode.INVALID, f"more than {MAX_MONTHS} months")
    return first, last


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _as_month(number: int) -> str:
    return f"{max(number, 12) // 12:04d}-{max(number, 12) % 12 + 1:02d}"


def _first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _last_day(month: str) -> date:
    if month == "9999-12":
        return date.max
    return _first_day(_as_month(_number(month) + 1)) - timedelta(days=1)
