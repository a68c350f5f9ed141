"""What people look up: procedures, places, hotlines. All of it is public."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlmodel import Session

from backend.core.errors import NotFound
from backend.core.pages import PageRequest, as_page, cursor
from backend.core.search import MAX_QUERY
from backend.public_services import boundaries, queries, source
from backend.public_services.boundaries import Located, Spot
from backend.public_services.catalogue import PLACES, PROCEDURES, match_places
from backend.public_services.models import Place, Procedure
from backend.public_services.queries import ProcedureFilter
from shared.pages import Page
from shared.public_services import (
    Hotline,
    PlaceDetail,
    PlaceRef,
    PlaceSummary,
    ProcedureDetail,
    ProcedureField,
    ProcedureSummary,
)

__all__ = ["Located", "Spot"]

Found = TypeVar("Found")

MAX_FOUND = 500
"""Results of a search that can be paged through; beyond it a person asks anew."""
_CODE = re.compile(r"\b\d\.\d{3,6}\b")


def list_procedures(
    session: Session, q: str | None, wanted: ProcedureFilter, page: PageRequest
) -> Page[ProcedureSummary]:
    """Return procedures by name, or what a question finds, best first."""
    asked = (q or "")[:MAX_QUERY].strip()
    if not asked:
        rows = queries.procedures(session, wanted, page)
        return as_page(rows, page, _summary, lambda row: (row.name_key, row.code))
    named = [code for start in _CODE.findall(asked) for code in queries.with_code_like(session, start, 20)]
    ranked = list(dict.fromkeys([*named, *PROCEDURES.get(session).search(asked)]))
    if wanted.active:
        allowed = queries.codes(session, wanted)
        ranked = [code for code in ranked if code in allowed]

    def load(part: Sequence[str]) -> list[ProcedureSummary]:
        rows = queries.by_codes(session, part)
        return [_summary(rows[code]) for code in part if code in rows]

    return _ranked_page(ranked, page, load)


def _ranked_page(ranked: Sequence[Found], page: PageRequest, load: Callable[[Sequence[Found]], list[Any]]) -> Page[Any]:
    """Return one page of a ranking that is held whole in memory; the cursor is the rank of the last one seen."""
    after = page.after(int)
    start = max(after[0] + 1, 0) if after else 0
    stop = min(start + page.limit, MAX_FOUND)
    more = stop < min(len(ranked), MAX_FOUND)
    return Page[Any](items=load(ranked[start:stop]), next_cursor=cursor(stop - 1) if more else None)


def _summary(row: Row[Any] | Procedure) -> ProcedureSummary:
    return ProcedureSummary(
        code=row.code,
        name=row.name,
        field=row.field,
        levels=source.levels(row.levels),
        audiences=row.audiences,
        online=row.online,
    )


def summaries(session: Session, codes: Sequence[str]) -> list[ProcedureSummary]:
    """Return procedures as lists show them, in this order; codes that nobody bears are left out."""
    rows = queries.by_codes(session, codes)
    return [_summary(rows[code]) for code in codes if code in rows]


def get_procedure(session: Session, code: str) -> ProcedureDetail:
    """Return a whole procedure; raises NotFound."""
    row = queries.procedure(session, code)
    if row is None:
        raise NotFound("no such procedure")
    return ProcedureDetail(
        **_summary(row).model_dump(),
        ministry=row.ministry,
        kind=row.kind,
        decision=row.decision,
        agencies=row.agencies,
        authority=row.authority,
        coordinating=row.coordinating,
        reception_address=row.reception_address,
        steps=row.steps,
        channels=[source.channel(raw) for raw in row.channels],
        documents=[source.document(raw) for raw in row.documents],
        legal_numbers=row.legal_numbers,
        legal_basis=row.legal_basis,
        conditions=row.conditions,
        results=[source.result(raw) for raw in row.results],
        related=row.related,
        source_url=row.source_url,
        source=row.source,
        flags=row.flags,
        imported_at=row.imported_at,
    )


def list_fields(session: Session) -> list[ProcedureField]:
    """Return the fields of procedures, the fullest first."""
    return [ProcedureField(name=name, count=count) for name, count in queries.fields(session)]


def list_places(session: Session, q: str | None, page: PageRequest) -> Page[PlaceSummary]:
    """Return places whose name begins so, today's before the old, each old one with what it became."""
    ranked = match_places(PLACES.get(session), q or "")

    def load(part: Sequence[Any]) -> list[PlaceSummary]:
        rows = queries.places_by_ids(session, part)
        became = queries.became(session, part)
        return [PlaceSummary(**_place(rows[key]), became=_refs(became.get(key, []))) for key in part if key in rows]

    return _ranked_page(ranked, page, load)


def get_place(session: Session, code: str, at: date | None) -> PlaceDetail:
    """Return the place that bore the code on that day (default: today's, else the old one); raises NotFound."""
    row = queries.place(session, code, at)
    if row is None:
        raise NotFound("no such place")
    return PlaceDetail(
        **_place(row),
        became=_refs(queries.became(session, [row.id]).get(row.id, [])),
        formed_from=_refs(queries.formed_from(session, row.id)),
        formed_from_text=row.formed_from_text,
        lat=row.lat,
        lon=row.lon,
        area_km2=row.area_km2,
    )


def _ref(row: Place) -> PlaceRef:
    current = row.valid_to is None
    return PlaceRef(id=row.id, code=row.code, name=row.name, kind=row.kind, parent=row.parent, current=current)


def _refs(rows: Sequence[Place]) -> list[PlaceRef]:
    return [_ref(row) for row in rows]


def _place(row: Place) -> dict[str, Any]:
    return {**_ref(row).model_dump(), "valid_from": row.valid_from, "valid_to": row.valid_to}


def locate(session: Session, lat: float, lon: float) -> Located:
    """Say in which place of today a point lies: from memory, by the boundaries that were imported."""
    return boundaries.known(session).locate(lat, lon)


def bounded_places(session: Session) -> list[Spot]:
    """Return the places that have a boundary, by name."""
    return sorted(boundaries.known(session).spots, key=lambda spot: (spot.name, spot.code))


def bounded_place(session: Session, code: str | None) -> Spot | None:
    """Return the place of today that has a boundary and this code."""
    return boundaries.known(session).by_code.get(code or "")


def list_hotlines(session: Session) -> list[Hotline]:
    """Return the numbers to call, in their order."""
    return [Hotline.model_validate(row, from_attributes=True) for row in queries.hotlines(session)]
