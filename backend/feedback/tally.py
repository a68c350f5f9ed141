"""Counting cases: the worker compares each with what was last counted of it, and adds the difference everywhere.

A case is read again and the difference to its row in `feedback_counted` is what changes, so a job that runs twice, late
or out of order counts nothing twice. One worker counts at a time: all batches meet in the same few rows (the whole
province, the whole month), where they would wait for each other anyway.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, literal_column, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.database import Database
from backend.core.jobs import Payload
from backend.feedback import figures, places, queries, search, tiles
from backend.feedback.models import Feedback
from backend.feedback.public_models import Counted, Figure, Tile
from shared.case_states import OPEN
from shared.masking import has_numbers, mask_numbers

BATCH = 500
BATCHES = 20
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('feedback tally'))")


def count(session: Session, facts: Sequence[Payload]) -> None:
    """Count the cases that these events are about."""
    count_cases(session, {UUID(fact["feedback_id"]) for fact in facts})


def count_cases(session: Session, ids: set[UUID]) -> None:
    """Count these cases as they are now."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_ALONE)
    wanted = sorted(ids)
    cases = session.exec(select(Feedback).where(col(Feedback.id).in_(wanted))).all()
    before = session.execute(select(Counted.__table__).where(col(Counted.feedback_id).in_(wanted)))  # type: ignore[attr-defined]
    known = {row["feedback_id"]: dict(row) for row in before.mappings()}
    changes = [(known.get(case.id), counted(case)) for case in cases]
    _number(session, changes)
    changes = [(old, new) for old, new in changes if old != new]
    if not changes:
        return
    _keep(session, changes)
    _add_to_tiles(session, changes)
    _add_to_figures(session, changes, clock.now())
    changed(session, figures.TOPIC)


_Row = dict[str, Any]
_Change = tuple[_Row | None, _Row | None]


def counted(case: Feedback) -> _Row | None:
    """Return the row of `Counted` for a case as it is now; None for practice, which counts nowhere."""
    if case.practice:
        return None
    lat, lon = places.public_place(case.lat, case.lon, blurred=case.blur_place)
    on_map = case.public and case.status not in queries.HIDDEN
    return dict(
        number=search.number_of(case.id),
        feedback_id=case.id,
        tokens=search.tokens_of(case),
        month=figures.month_of(case),
        unit_code=case.unit_code or figures.NO_UNIT,
        category_code=case.category_code,
        measures=figures.measured(case),
        open=case.status in OPEN,
        lat=round(lat * places.MILLIONTHS) if on_map else None,
        lon=round(lon * places.MILLIONTHS) if on_map else None,
        code=tiles.code_number(case.code),
    )


def _number(session: Session, changes: Sequence[_Change]) -> None:
    """Keep numbers as they are, and give new cases free ones: two processes may have made the same."""
    fresh = [new for old, new in changes if new and not old]
    wanted = [row["number"] for row in fresh]
    taken = set(session.exec(select(Counted.number).where(col(Counted.number).in_(wanted)))) if fresh else set()
    for row in fresh:
        while row["number"] in taken:
            row["number"] += 1
        taken.add(row["number"])
    for old, new in changes:
        if old and new:
            new["number"] = old["number"]


def _keep(session: Session, changes: Sequence[_Change]) -> None:
    gone = [old["feedback_id"] for old, new in changes if old and not new]
    if gone:
        session.execute(delete(Counted).where(col(Counted.feedback_id).in_(gone)))
    rows = [new for _, new in changes if new]
    if rows:
        _upsert(session, Counted, rows, ["feedback_id"], add=False)


def _add_to_tiles(session: Session, changes: Sequence[_Change]) -> None:
    sums: dict[tiles.TileKey, Counter[str]] = {}
    for change in changes:
        for row, sign in zip(change, (-1, 1), strict=True):
            if row is None:
                continue
            for key in tiles.keys(row):
                total = sums.setdefault(key, Counter())
                for name, value in tiles.values(row).items():
                    total[name] += sign * value
    _add(session, Tile, tiles.KEY, tiles.VALUES, sums, {})


def _add_to_figures(session: Session, changes: Sequence[_Change], moment: datetime) -> None:
    sums: dict[tuple[str, str, str], Counter[str]] = {}
    for change in changes:
        for row, sign in zip(change, (-1, 1), strict=True):
            if row is None:
                continue
            for key in figures.keys(row["category_code"], row["month"], row["unit_code"]):
                total = sums.setdefault(key, Counter())
                for bit, name in enumerate(figures.MEASURES):
                    total[name] += sign * (row["measures"] >> bit & 1)
    _add(session, Figure, figures.KEY, figures.MEASURES, sums, {"counted_at": moment})


def _add(
    session: Session,
    kind: type[SQLModel],
    key_names: Sequence[str],
    names: Sequence[str],
    sums: Mapping[tuple[Any, ...], Counter[str]],
    also: Mapping[str, Any],
) -> None:
    """Add sums to the rows of these keys; those that change nothing are left alone."""
    rows = [
        {**dict(zip(key_names, key, strict=True)), **{name: total[name] for name in names}, **also}
        for key, total in sorted(sums.items())
        if any(total.values())
    ]
    if rows:
        _upsert(session, kind, rows, key_names, add=True)


def _upsert(
    session: Session, kind: type[SQLModel], rows: list[dict[str, Any]], keys: Sequence[str], *, add: bool
) -> None:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = insert(table)
    adds = {name for name in rows[0] if name not in keys and add and name != "counted_at"}
    to = {
        name: table.c[name] + made.excluded[name] if name in adds else made.excluded[name]
        for name in rows[0]
        if name not in keys
    }
    session.connection().execute(made.on_conflict_do_update(index_elements=list(keys), set_=to), rows)


def catch_up(database: Database) -> None:
    """Place and count cases that never were (their `cell` is 0), some at a time: older rows, or all when told to.

    To count everything again, empty the three tables and set every `cell` to 0.
    """
    for _ in range(BATCHES):
        with database.transaction() as session:
            if not _place_some(session):
                return


def _place_some(session: Session) -> bool:
    # In the words of the partial index, which SQLite wants.
    statement = (
        select(Feedback)
        .where(col(Feedback.cell) == literal_column("0"))
        .order_by(col(Feedback.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    cases = session.exec(statement).all()
    for case in cases:
        case.cell = places.cell_of(case.lat, case.lon, blurred=case.blur_place)
        # Rows from before numbers were masked: what everybody reads and finds has them hidden from now on, too.
        case.masked = has_numbers(f"{case.description}\n{case.address}")
        if case.masked:
            case.title = mask_numbers(case.title)
            case.folded = search.folded_words(case.description, case.address, blur_place=case.blur_place)
        session.add(case)
    session.flush()
    count_cases(session, {case.id for case in cases})
    return bool(cases)
