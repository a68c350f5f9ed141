"""What people look up: procedures and places. All of it is public."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from backend.core.errors import NotFound
from backend.core.pages import PageRequest, as_page, ranked_page
from backend.public_services import boundaries, queries, source
from backend.public_services.boundaries import Located, Spot
from backend.public_services.catalogue import PROCEDURES
from backend.public_services.finding import Found
from backend.public_services.life_events import EVENTS
from backend.public_services.models import Procedure
from backend.public_services.place_search import PLACES, match_places, reference, summary
from backend.public_services.queries import ProcedureFilter
from shared.pages import Page
from shared.places import PlaceAt, PlaceNear, PlaceOutline
from shared.procedure_search import ProcedurePage, ProcedureVariants, Suggestion, Verdict
from shared.public_services import (
    PlaceDetail,
    PlaceSummary,
    ProcedureDetail,
    ProcedureField,
    ProcedureSummary,
)

__all__ = ["Located", "ProcedureFilter", "Spot"]

_CODE = re.compile(r"\b(\d)(?:\.(\d{3,6})|[.,–-]?(\d{6}))\b")
"""A code or how it begins; a whole one also with another sign than the point, or with none."""


def list_procedures(session: Session, q: str | None, wanted: ProcedureFilter, page: PageRequest) -> ProcedurePage:
    """Return procedures by name, or what a question finds, best first, and how it was understood."""
    asked = (q or "").strip()
    if not asked and wanted.life_event is not None:
        return _of_event(session, wanted, page)
    if not asked:
        rows = queries.procedures(session, wanted, page)
        listed = as_page(rows, page, _summary, lambda row: (row.name_key, row.code))
        return _page(listed, Found([], Verdict.LIST), [])
    found = PROCEDURES.get(session).find(asked)
    named = [code for start in _codes_in(asked) for code in queries.with_code_like(session, start, 20)]
    if named:
        found = Found(list(dict.fromkeys([*named, *found.codes])), Verdict.ANSWER)
    ranked = found.codes
    if wanted.active:
        allowed = {row.code for row in queries.names(session, wanted)}
        ranked = [code for code in ranked if code in allowed]

    close = found.variants if page.cursor is None and not wanted.active else ()
    known: dict[str, Row[Any]] = {}

    def shown(part: Sequence[str]) -> list[ProcedureSummary]:
        return [_summary(known[code]) for code in part if code in known]

    def load(part: Sequence[str]) -> list[ProcedureSummary]:
        known.update(queries.by_codes(session, {*part, *(code for _, codes in close for code in codes)}))
        return shown(part)

    listed = ranked_page(ranked, page, load)
    variants = [ProcedureVariants(name=name, procedures=shown(codes)) for name, codes in close]
    return _page(listed, found if page.cursor is None else Found([], found.verdict), variants)


def _of_event(session: Session, wanted: ProcedureFilter, page: PageRequest) -> ProcedurePage:
    """Return what a life event brings with it: what it is mostly about first, then by name."""
    event = EVENTS.get(wanted.life_event or "")
    place = {code: number for number, code in enumerate(event.codes if event else ())}
    found = sorted(queries.names(session, wanted), key=lambda row: (place.get(row.code, len(place)), row.name_key))

    def load(part: Sequence[str]) -> list[ProcedureSummary]:
        return summaries(session, part)

    return _page(ranked_page([row.code for row in found], page, load), Found([], Verdict.LIST), [])


def _codes_in(asked: str) -> list[str]:
    return [f"{first}.{begun or whole}" for first, begun, whole in _CODE.findall(asked)]


def _page(listed: Page[ProcedureSummary], found: Found, variants: list[ProcedureVariants]) -> ProcedurePage:
    return ProcedurePage(
        items=listed.items,
        next_cursor=listed.next_cursor,
        verdict=found.verdict,
        understood=found.understood,
        variants=variants,
        door=found.door,
    )


def suggest(session: Session, typed: str) -> list[Suggestion]:
    """Return what may be meant by what somebody is typing."""
    return PROCEDURES.get(session).suggest(typed)


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
        withdrawn_at=row.withdrawn_at,
    )


def has_procedure(session: Session, code: str) -> bool:
    """Whether the catalogue has a procedure of this code."""
    return queries.has_procedure(session, code)


def list_fields(session: Session) -> list[ProcedureField]:
    """Return the fields of procedures, the fullest first."""
    return [ProcedureField(name=name, count=count) for name, count in queries.fields(session)]


def list_places(session: Session, q: str | None, page: PageRequest) -> Page[PlaceSummary]:
    """Return places whose name begins so, today's before the old, each old one with what it became."""
    ranked = match_places(PLACES.get(session), q or "")
    return ranked_page(ranked, page, lambda part: [place.summary for place in part])


def codes_of_today(session: Session) -> set[str]:
    """Return the codes of all places of today."""
    return {place.summary.code for place in PLACES.get(session) if place.summary.current}


def place_outline(session: Session, code: str) -> PlaceOutline:
    """Return the border of a place of today; raises NotFound for a code that no place bears."""
    if code not in codes_of_today(session):
        raise NotFound("no such place of today")
    rings, sample = boundaries.outline(session, code)
    return PlaceOutline(rings=rings, sample=sample)


def place_at(session: Session, lat: float, lon: float) -> PlaceAt:
    """Return today's place of a point, or what is near when it lies outside all boundaries."""
    located = locate(session, lat, lon)
    if located.place is not None:
        return PlaceAt(place=get_place(session, located.place.code, None), nearest=[])
    near = [(queries.place(session, each.spot.code, None), each.km) for each in located.nearest]
    return PlaceAt(place=None, nearest=[PlaceNear(**reference(row).model_dump(), km=km) for row, km in near if row])


def get_place(session: Session, code: str, at: date | None) -> PlaceDetail:
    """Return the place that bore the code on that day (default: today's, else the old one); raises NotFound."""
    row = queries.place(session, code, at)
    if row is None:
        raise NotFound("no such place")
    return PlaceDetail(
        **summary(row, queries.became(session, row.id)).model_dump(),
        formed_from=[reference(part) for part in queries.formed_from(session, row.id)],
        formed_from_text=row.formed_from_text,
        lat=row.lat,
        lon=row.lon,
        area_km2=row.area_km2,
    )


def locate(session: Session, lat: float, lon: float) -> Located:
    """Say in which place of today a point lies: from memory, by the boundaries that were imported."""
    return boundaries.known(session).locate(lat, lon)


def bounded_places(session: Session) -> list[Spot]:
    """Return the places that have a boundary, by name."""
    return sorted(boundaries.known(session).spots, key=lambda spot: (spot.name, spot.code))


def bounded_place(session: Session, code: str | None) -> Spot | None:
    """Return the place of today that has a boundary and this code."""
    return boundaries.known(session).by_code.get(code or "")
