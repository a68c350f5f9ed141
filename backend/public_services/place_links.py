"""Which old place went into which new one: from the map of mergers, and from the words in which a new place is listed.

Where the two differ, the words win: the map confuses places whose names differ by a mark alone (Cẩm Giang, Cẩm Giàng).
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from backend.core.importing import ImportReport
from backend.public_services.models import Place, PlaceLink
from shared.vietnamese import fold

NAMED = "named"
"""A link that the new place's own list of parts gives."""
LISTED = "listed"
"""In `extra`: the place is described by the list of its own time, which knows better than the map of mergers."""
AMBIGUOUS = "ambiguous"
_HINT = re.compile(r"^(?P<name>.*?)(?:\s*\((?P<district>[^)]*)\))?$", re.DOTALL)


@dataclass(frozen=True)
class Claim:
    """What a row of the map of mergers says."""

    old: Place
    new: Place
    match: str
    where: str


def without_hint(text: str) -> str:
    """Return a name without the district in brackets behind it."""
    found = _HINT.match(text)
    return found["name"].strip() if found else text


def relink(session: Session, places: Mapping[str, Place], claims: list[Claim], report: ImportReport) -> list[UUID]:
    """Make the links right for all places; return whose were added, changed or taken away: an old place for each."""
    session.flush()
    before = {(link.old_id, link.new_id): link for link in session.exec(select(PlaceLink))}
    wanted: dict[tuple[UUID, UUID], str] = {}
    named = _named(places, report)
    listed = {new_id for _, new_id in named}
    for (old_id, new_id), link in before.items():
        if new_id not in listed and link.match != NAMED:
            wanted[old_id, new_id] = link.match
    for claim in _settled(claims, listed, report):
        pair = (claim.old.id, claim.new.id)
        if claim.new.id not in listed:
            wanted[pair] = claim.match
        elif pair not in named:
            report.notes.append(f"{claim.where}: {claim.old.name} → {claim.new.name} is not in that place's own list")
    wanted.update(dict.fromkeys(named, NAMED))
    return _apply(session, before, wanted)


def _apply(
    session: Session, before: Mapping[tuple[UUID, UUID], PlaceLink], wanted: Mapping[tuple[UUID, UUID], str]
) -> list[UUID]:
    touched = []
    for pair, link in before.items():
        if pair not in wanted:
            session.delete(link)
            touched.append(pair[0])
    for (old_id, new_id), match in wanted.items():
        link_there = before.get((old_id, new_id))
        if link_there is None:
            session.add(PlaceLink(old_id=old_id, new_id=new_id, match=match))
            touched.append(old_id)
        elif link_there.match != match:
            link_there.match = match
            session.add(link_there)
            touched.append(old_id)
    return touched


def _settled(claims: list[Claim], listed: set[UUID], report: ImportReport) -> list[Claim]:
    """Return the claims that can be relied on: of several old places for one row, the one whose code lived on."""
    rows: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        rows[claim.where].append(claim)
    settled: list[Claim] = []
    for where, offered in rows.items():
        if len(offered) == 1:
            settled += offered
            continue
        if offered[0].new.id in listed:
            continue
        same = [claim for claim in offered if claim.old.code == claim.new.code]
        if len(same) == 1:
            settled += same
            continue
        names = ", ".join(f"{claim.old.name} ({claim.old.parent})" for claim in offered)
        report.notes.append(f"{where}: {offered[0].new.name} could be from any of: {names}")
    return settled


def _named(places: Mapping[str, Place], report: ImportReport) -> set[tuple[UUID, UUID]]:
    """Return the links that the lists of parts of the new places give."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.valid_to is not None:
            by_name[fold(place.name)].append(place)
    found = set()
    for place in places.values():
        for part in filter(None, (part.strip() for part in place.formed_from_text.split(","))):
            old = _resolve(part, place, by_name)
            if old is not None:
                found.add((old.id, place.id))
            elif by_name:
                report.notes.append(f"{place.name}: its part {part} is not known, or not told from others of that name")
    return found


def _resolve(part: str, new: Place, by_name: Mapping[str, list[Place]]) -> Place | None:
    """Return the one old place that a part's words mean, or None."""
    hint = _HINT.match(part)
    if hint is None:
        return None
    offered = by_name.get(fold(hint["name"]), [])
    exact = [old for old in offered if old.name == hint["name"].strip()]
    offered = [old for old in offered if old.extra.get(LISTED)] or exact or offered
    if hint["district"]:
        offered = [old for old in offered if fold(old.former_district) == fold(hint["district"])]
    elif len(offered) > 1:
        districts = {fold(name) for name in new.former_district.split("/")}
        offered = [old for old in offered if fold(old.former_district) in districts]
    return offered[0] if len(offered) == 1 else None
