"""Every select over procedures and places."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, or_
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, keyset
from backend.public_services.life_events import AUDIENCES, EVENTS
from backend.public_services.models import Place, PlaceLink, Procedure, ProcedureTag
from backend.public_services.procedure_write import AUDIENCE, LEVEL
from shared.public_services import AdminLevel, Who

# The long texts of a procedure are 8 kB on average; a list does not read them.
_SUMMARY = (
    Procedure.code,
    Procedure.name,
    Procedure.field,
    Procedure.levels,
    Procedure.audiences,
    Procedure.online,
    Procedure.name_key,
)

STANDING = col(Procedure.withdrawn_at).is_(None)
"""What lists and search show: a withdrawn procedure keeps its page alone."""


@dataclass(frozen=True)
class ProcedureFilter:
    """What a list of procedures is narrowed to; None means no matter."""

    field: str | None = None
    level: AdminLevel | None = None
    audience: str | None = None
    online: bool | None = None
    life_event: str | None = None
    who: Who | None = None

    @property
    def active(self) -> bool:
        """Whether anything is narrowed."""
        return self != ProcedureFilter()


def _narrowed(statement: Select[Any], wanted: ProcedureFilter) -> Select[Any]:
    if wanted.field is not None:
        statement = statement.where(col(Procedure.field) == wanted.field)
    if wanted.online is not None:
        statement = statement.where(col(Procedure.online).is_(wanted.online))
    if wanted.life_event is not None:
        event = EVENTS.get(wanted.life_event)
        codes, of_fields = (event.codes, event.fields) if event else ((), ())
        statement = statement.where(or_(col(Procedure.code).in_(codes), col(Procedure.field).in_(of_fields)))
    for kind, values in _tags(wanted):
        tagged = select(ProcedureTag.procedure_id).where(ProcedureTag.kind == kind, col(ProcedureTag.value).in_(values))
        statement = statement.where(col(Procedure.id).in_(tagged))
    return statement


def _tags(wanted: ProcedureFilter) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what tags a procedure must bear: of each kind one of the values."""
    if wanted.level is not None:
        yield LEVEL, [str(wanted.level)]
    if wanted.audience is not None:
        yield AUDIENCE, [wanted.audience]
    if wanted.who is not None:
        yield AUDIENCE, AUDIENCES[wanted.who]


def procedures(session: Session, wanted: ProcedureFilter, page: PageRequest) -> Sequence[Row[Any]]:
    """Return summaries by name, one more than the page holds."""
    statement = keyset(
        _narrowed(_columns(), wanted),
        page,
        [Procedure.name_key, Procedure.code],
        [str, str],
        descending=False,
    )
    return session.execute(statement).all()


def _columns() -> Select[Any]:
    statement: Any = select(*_SUMMARY).where(STANDING)  # type: ignore[call-overload]
    found: Select[Any] = statement
    return found


def searched(session: Session) -> Sequence[Row[Any]]:
    """Return what all procedures are found by."""
    columns = (Procedure.code, Procedure.name, Procedure.field, Procedure.levels, Procedure.audiences)
    statement: Any = select(*columns, Procedure.documents, Procedure.results, Procedure.conditions)  # type: ignore[call-overload]
    return session.execute(statement.where(STANDING).order_by(col(Procedure.code))).all()


def names(session: Session, wanted: ProcedureFilter) -> Sequence[Row[Any]]:
    """Return codes and names to sort by of all that fits."""
    statement: Any = select(Procedure.code, Procedure.name_key).where(STANDING)
    return session.execute(_narrowed(statement, wanted).order_by(col(Procedure.code))).all()


def by_codes(session: Session, wanted: Collection[str]) -> dict[str, Row[Any]]:
    """Return summaries by code."""
    if not wanted:
        return {}
    rows = session.execute(_columns().where(col(Procedure.code).in_(wanted))).all()
    return {row.code: row for row in rows}


def with_code_like(session: Session, start: str, limit: int) -> list[str]:
    """Return the codes that begin with this one."""
    statement = select(Procedure.code).where(STANDING, col(Procedure.code).startswith(start, autoescape=True))
    return list(session.exec(statement.order_by(col(Procedure.code)).limit(limit)))


def procedure(session: Session, code: str) -> Procedure | None:
    """Return a whole procedure."""
    return session.exec(select(Procedure).where(Procedure.code == code)).first()


def has_procedure(session: Session, code: str) -> bool:
    """Whether there is a procedure of this code."""
    return session.exec(select(Procedure.id).where(Procedure.code == code)).first() is not None


def fields(session: Session) -> list[tuple[str, int]]:
    """Return the fields and how many procedures each holds, the fullest first."""
    count = func.count(col(Procedure.id))
    statement = select(Procedure.field, count).where(STANDING, Procedure.field != "").group_by(col(Procedure.field))
    return [(name, number) for name, number in session.exec(statement.order_by(count.desc(), col(Procedure.field)))]


def places(session: Session) -> Sequence[Place]:
    """Return all places."""
    return session.exec(select(Place)).all()


def links(session: Session) -> Sequence[PlaceLink]:
    """Return which old place went into which new one."""
    return session.exec(select(PlaceLink)).all()


def became(session: Session, old_id: UUID) -> Sequence[Place]:
    """Return what this old place became."""
    statement = select(Place).join(PlaceLink, col(PlaceLink.new_id) == Place.id).where(PlaceLink.old_id == old_id)
    return session.exec(statement.order_by(col(Place.code))).all()


def formed_from(session: Session, new_id: UUID) -> Sequence[Place]:
    """Return the old places that went into this one."""
    statement = select(Place).join(PlaceLink, col(PlaceLink.old_id) == Place.id).where(PlaceLink.new_id == new_id)
    return session.exec(statement.order_by(col(Place.code))).all()


def place(session: Session, code: str, at: date | None) -> Place | None:
    """Return the place that bore the code on that day; without a day today's, else the last that bore it."""
    bearers = session.exec(select(Place).where(Place.code == code)).all()
    if at is not None:
        bearers = [one for one in bearers if (one.valid_from or at) <= at <= (one.valid_to or at)]
    return max(bearers, key=lambda one: one.valid_to or date.max, default=None)
