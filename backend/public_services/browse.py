"""Browsing: life events, and how many procedures each choice would leave.

Counted from the narrow columns of all procedures, kept in memory while nothing changes: those that are alike in all
that one may choose by are one row and a number.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from backend.public_services import source
from backend.public_services.catalogue import Kept
from backend.public_services.life_events import AUDIENCES, EVENTS, Event
from backend.public_services.models import Procedure
from backend.public_services.queries import STANDING, ProcedureFilter
from shared.public_services import FacetCount, LifeEvent, ProcedureFacets, ProcedureField, Who


@dataclass(frozen=True)
class _Row:
    """What of a procedure may be chosen by; each is a set, since a procedure has several levels and audiences."""

    field: frozenset[str]
    level: frozenset[str]
    audience: frozenset[str]
    online: frozenset[str]
    life_event: frozenset[str]
    who: frozenset[str]


_FACETS = ("field", "level", "audience", "online", "life_event", "who")
_YES = "true"


def _rows(session: Session) -> Counter[_Row]:
    columns = (Procedure.code, Procedure.field, Procedure.levels, Procedure.audiences, Procedure.online)
    statement = select(*columns).where(STANDING).order_by(col(Procedure.code))  # type: ignore[call-overload]
    return Counter(_row(*row) for row in session.execute(statement))


def _row(code: str, field: str, levels: list[str], audiences: list[str], online: bool) -> _Row:
    return _Row(
        field=frozenset([field] if field else []),
        level=frozenset(source.levels(levels)),
        audience=frozenset(audiences),
        online=frozenset([_YES] if online else ["false"]),
        life_event=frozenset(key for key, event in EVENTS.items() if _belongs(event, code, field)),
        who=frozenset(who for who, names in AUDIENCES.items() if not set(names).isdisjoint(audiences)),
    )


def _belongs(event: Event, code: str, field: str) -> bool:
    return code in event.codes or field in event.fields


_CATALOGUE = Kept(Procedure, _rows)


def facets(session: Session, wanted: ProcedureFilter) -> ProcedureFacets:
    """Count what each choice would leave of the catalogue, beside the choices that were made."""
    chosen = {name: _said(getattr(wanted, name)) for name in _FACETS}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    counted: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    total = 0
    for row, number in _CATALOGUE.get(session).items():
        missed = [name for name, value in chosen.items() if value not in getattr(row, name)]
        if not missed:
            total += number
        if len(missed) < 2:
            for name in missed or _FACETS:
                for value in getattr(row, name):
                    counted[name][value] += number
    return ProcedureFacets(
        total=total,
        online=counted["online"][_YES],
        who=_counts(counted["who"], Who),
        life_events=_counts(counted["life_event"], EVENTS),
        fields=[ProcedureField(name=each.value, count=each.count) for each in _fullest(counted["field"])],
        levels=_fullest(counted["level"]),
        audiences=_fullest(counted["audience"]),
    )


def _said(value: object) -> str | None:
    """Return a filter's value as rows hold it; None where nothing is chosen."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _counts(counted: Counter[str], order: Iterable[str]) -> list[FacetCount]:
    return [FacetCount(value=str(value), count=counted[value]) for value in order if counted[value]]


def _fullest(counted: Counter[str]) -> list[FacetCount]:
    return [FacetCount(value=str(v), count=n) for v, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def life_events(session: Session, who: Who | None) -> list[LifeEvent]:
    """Return the life events that have procedures in the catalogue; `who` keeps those of one door."""
    counted = {each.value: each.count for each in facets(session, ProcedureFilter()).life_events}
    return [
        LifeEvent(
            key=event.key,
            name=event.name,
            name_en=event.name_en,
            text=event.text,
            text_en=event.text_en,
            icon=event.icon,
            who=event.who,
            count=counted[event.key],
        )
        for event in EVENTS.values()
        if event.key in counted and who in (None, event.who)
    ]
