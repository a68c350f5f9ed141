"""The verbs of editors: offices and numbers to call are made, changed, put in order and taken away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from backend.core import geo
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict, Invalid, NotFound, Stale
from backend.core.events import emit
from backend.offices import queries, service
from backend.offices.events import HotlineEdited, OfficeEdited
from backend.offices.models import Hotline, Office, OfficePlace
from backend.public_services import service as public_services
from shared import offices as contract
from shared.errors import ErrorCode
from shared.vietnamese import fold

MADE, CHANGED, REMOVED, ORDERED = "made", "changed", "removed", "ordered"
SOURCE = "editor"
"""The source of what an editor wrote by hand."""


def read_office(session: Session, code: str) -> tuple[contract.Office, int]:
    """Return an office and its version; raises NotFound."""
    row = _office(session, code, None)
    return service.shown(session, row), row.version


def add_office(session: Session, actor: Actor, draft: contract.OfficeDraft) -> contract.Office:
    """Make an office; raises Invalid with the field, or Conflict when its code is taken."""
    if queries.office(session, draft.code) is not None:
        raise Conflict("there is an office of this code")
    said = _checked(session, draft.model_dump(mode="json"))
    serves = said.pop("serves")
    row = Office(**said, **keys_of(said), source=SOURCE, sample=False)
    session.add(row)
    session.flush()
    set_served(session, row, serves)
    return _edited(session, actor, row, MADE, [])


def change_office(
    session: Session, actor: Actor, code: str, change: contract.OfficeChange, version: int | None
) -> tuple[contract.Office, int]:
    """Change what is set of an office; return it and its version. Raises NotFound, Stale, or Invalid with the field."""
    row = _office(session, code, version)
    said = _checked(session, {**_position(row), **change.model_dump(mode="json", exclude_unset=True)})
    serves = said.pop("serves", None)
    row.sqlmodel_update({**said, **keys_of({"name": row.name, **said})})
    row.version += 1
    row.source, row.sample = SOURCE, False
    session.add(row)
    session.flush()
    if serves is not None:
        set_served(session, row, serves)
    return _edited(session, actor, row, CHANGED, sorted(change.model_fields_set)), row.version


def remove_office(session: Session, actor: Actor, code: str, version: int | None) -> None:
    """Take an office away; raises NotFound or Stale."""
    row = _office(session, code, version)
    _edited(session, actor, row, REMOVED, [])
    set_served(session, row, [])
    session.delete(row)


def _office(session: Session, code: str, version: int | None) -> Office:
    row = queries.office(session, code, lock=True)
    if row is None:
        raise NotFound("no such office")
    if version is not None and version != row.version:
        raise Stale("the office has changed; read it again")
    return row


def _position(row: Office) -> dict[str, Any]:
    return {"lat": row.lat, "lon": row.lon}


def _checked(session: Session, said: dict[str, Any]) -> dict[str, Any]:
    """Return what was said of an office; raises Invalid where it cannot be so."""
    if (said["lat"] is None) != (said["lon"] is None):
        raise Invalid.field("lat", ErrorCode.INVALID, "a position has a latitude and a longitude")
    if "serves" in said:
        said["serves"] = list(dict.fromkeys(said["serves"]))
        unknown = set(said["serves"]) - public_services.codes_of_today(session)
        if unknown:
            raise Invalid.field("serves", ErrorCode.INVALID, f"no place of today: {', '.join(sorted(unknown)[:5])}")
    return said


def keys_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return what is kept beside the fields of an office so that it is found: by name, and by where it stands."""
    lat, lon = said["lat"], said["lon"]
    return {
        "name_key": fold(said["name"])[:200],
        "square": None if lat is None or lon is None else geo.square(lat, lon),
    }


def set_served(session: Session, row: Office, places: Sequence[str]) -> None:
    """Let an office serve these places and no others."""
    session.execute(delete(OfficePlace).where(col(OfficePlace.office_id) == row.id))
    session.add_all(OfficePlace(office_id=row.id, place_code=code) for code in places)
    session.flush()


def _edited(session: Session, actor: Actor, row: Office, what: str, fields: list[str]) -> contract.Office:
    emit(session, OfficeEdited(row.code, what, fields), actor_id=actor.id)
    told(session)
    return service.shown(session, row)


def told(session: Session) -> None:
    """Say that offices have changed."""
    for topic in (service.TOPIC, service.NAMES):
        changed(session, topic)


def list_hotlines(session: Session) -> list[contract.DeskHotline]:
    """Return the numbers to call, each with its version."""
    return [_hotline(row) for row in queries.hotlines(session)]


def _hotline(row: Hotline) -> contract.DeskHotline:
    return contract.DeskHotline(
        number=row.number,
        name=row.name,
        description=row.description,
        emergency=row.emergency,
        version=row.version,
    )


def add_hotline(session: Session, actor: Actor, draft: contract.HotlineDraft) -> contract.DeskHotline:
    """Put a number at the end of the list; raises Conflict when it stands there already."""
    _free(session, draft.number)
    last: int | None = session.scalar(select(func.max(Hotline.position)))
    row = Hotline(**draft.model_dump(), position=0 if last is None else last + 1)
    session.add(row)
    session.flush()
    _rang(session, actor, row.number, MADE, [])
    return _hotline(row)


def change_hotline(
    session: Session, actor: Actor, number: str, change: contract.HotlineChange, version: int | None
) -> contract.DeskHotline:
    """Change what is set of a number; raises NotFound, Stale, or Conflict when the new number is there already."""
    row = _line(session, number, version)
    said = change.model_dump(exclude_unset=True)
    if said.get("number", number) != number:
        _free(session, said["number"])
    row.sqlmodel_update({**said, "version": row.version + 1})
    session.add(row)
    session.flush()
    _rang(session, actor, row.number, CHANGED, sorted(said))
    return _hotline(row)


def remove_hotline(session: Session, actor: Actor, number: str, version: int | None) -> None:
    """Take a number off the list; raises NotFound or Stale."""
    row = _line(session, number, version)
    _rang(session, actor, row.number, REMOVED, [])
    session.delete(row)


def order_hotlines(session: Session, actor: Actor, order: contract.HotlineOrder) -> list[contract.DeskHotline]:
    """Show the numbers in this order; raises Conflict when they are not exactly those that there are."""
    rows = {row.number: row for row in session.exec(select(Hotline).with_for_update())}
    if sorted(order.numbers) != sorted(rows):
        raise Conflict("the list has changed; read it again")
    for position, number in enumerate(order.numbers):
        rows[number].position = position
        session.add(rows[number])
    session.flush()
    _rang(session, actor, "", ORDERED, [])
    return list_hotlines(session)


def _free(session: Session, number: str) -> None:
    if queries.hotline(session, number) is not None:
        raise Conflict("this number stands on the list already")


def _line(session: Session, number: str, version: int | None) -> Hotline:
    row = queries.hotline(session, number)
    if row is None:
        raise NotFound("no such number")
    if version is not None and version != row.version:
        raise Stale("the number has changed; read it again")
    return row


def _rang(session: Session, actor: Actor, number: str, what: str, fields: list[str]) -> None:
    emit(session, HotlineEdited(number, what, fields), actor_id=actor.id)
    changed(session, service.HOTLINES)
