"""Rows of cases as their readers may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from backend.accounts import service as accounts
from backend.core import clock
from backend.core.access import Actor
from backend.core.memory import remembered
from backend.feedback import queries, rules
from backend.feedback.deadlines import Calendar
from backend.feedback.models import Category, Entry, Feedback, Follower
from backend.feedback.parties import moves
from backend.files.service import Pictures
from backend.public_services import service as public_services
from shared import feedback as contract
from shared.accounts import UnitRef
from shared.case_states import MoveKind, Party, Status
from shared.feedback import Audience
from shared.files import Variant
from shared.masking import mask_numbers

TOPIC = "categories"
BLUR = 3
"""Decimals that a blurred place keeps: about 100 m."""


@dataclass(frozen=True)
class Lists:
    """The small tables that every case names, and the calendar that its time is counted by."""

    rows: dict[str, Category]
    categories: dict[str, contract.Category]
    units: dict[str, UnitRef]
    calendar: Calendar


def lists(session: Session) -> Lists:
    """Return the small tables, from memory until one of them changes."""
    return Lists(*remembered(session, TOPIC, lambda: _read_lists(session)), rules.calendar(session))


def _read_lists(session: Session) -> tuple[dict[str, Category], dict[str, contract.Category], dict[str, UnitRef]]:
    rows = {row.code: row for row in queries.categories(session)}
    for row in rows.values():
        # They outlive this session, so it must let them go.
        session.expunge(row)
    shown = {code: category(row) for code, row in rows.items()}
    return rows, shown, {unit.code: unit for unit in accounts.units(session)}


def category(row: Category) -> contract.Category:
    """Return a category as clients see it."""
    return contract.Category(code=row.code, name=row.name, icon=row.icon, level=row.level)


def shown(case: Feedback) -> bool:
    """Whether everybody may see a case; its pictures then have plain addresses. The same as `queries.shown`."""
    return case.public and not case.practice and case.status not in queries.HIDDEN


def _summary(case: Feedback, known: Lists, pictures: Pictures, *, party: bool) -> dict[str, Any]:
    blurred = case.blur_place and not party
    running = case.status in queries.RUNNING
    thumb = pictures.url(case.thumb_id, Variant.THUMB, public=shown(case)) if case.thumb_id else None
    return {
        "id": case.id,
        "code": case.code,
        "title": case.title,
        "category": known.categories[case.category_code],
        "status": case.status,
        "level": case.level,
        "unit": known.units[case.unit_code] if case.unit_code else None,
        "address": "" if blurred else case.address if party or not case.masked else mask_numbers(case.address),
        "lat": round(case.lat, BLUR) if blurred else case.lat,
        "lon": round(case.lon, BLUR) if blurred else case.lon,
        "thumb_url": thumb,
        "created_at": case.created_at,
        "accept_by": case.accept_by,
        "due_at": case.due_at,
        "resolved_at": case.resolved_at,
        "working_left": _working_left(case, known.calendar),
        "overdue": running and case.due_at < clock.now(),
        "on_time": case.resolved_at <= case.due_at if case.resolved_at else None,
        "supporters": case.supporters,
        "public": case.public,
        "practice": case.practice,
    }


def _working_left(case: Feedback, calendar: Calendar) -> int | None:
    """Return what is left of the deadline in working minutes; of a paused clock, what was left then."""
    if case.status is Status.WAITING_CITIZEN:
        moment = case.paused_at or clock.now()
    elif case.status in queries.RUNNING or case.status is Status.PLANNED:
        moment = clock.now()
    else:
        return None
    left = calendar.between(moment, case.due_at) - calendar.between(case.due_at, moment)
    return int(left.total_seconds() // 60)


def summary(case: Feedback, known: Lists, pictures: Pictures, *, party: bool) -> contract.FeedbackSummary:
    """Return a case as a row; `party` readers (the sender, staff) see the exact place."""
    return contract.FeedbackSummary(**_summary(case, known, pictures, party=party))


@dataclass(frozen=True)
class Ties:
    """What binds a case to others, and its reader to it."""

    merged_into: str | None = None
    merged: tuple[str, ...] = ()
    following: bool = False
    supporting: bool = False


def _ties(case: Feedback, entries: Sequence[contract.Entry], bound: Follower | None) -> Ties:
    """Read off the story what was joined; `bound` is how the reader follows the case."""
    joined: dict[str, None] = {}
    into = None
    for entry in entries:
        if entry.about is None:
            continue
        if entry.kind == "joined":
            joined[entry.about] = None
        elif entry.kind == "parted":
            joined.pop(entry.about, None)
        elif entry.kind == MoveKind.MERGE:
            into = entry.about
    following, supporting = bound is not None, bound is not None and bound.supports
    return Ties(into if case.merged_into else None, tuple(joined), following, supporting)


def detail(
    session: Session,
    case: Feedback,
    actor: Actor | None,
    pictures: Pictures,
    *,
    story: Sequence[Entry] | None = None,
) -> contract.FeedbackDetail:
    """Return a whole case to the public or to its sender; `story` is given when the case was made just now."""
    mine = actor is not None and actor.id == case.reporter_id
    audiences = (Audience.PUBLIC, Audience.CITIZEN) if mine else (Audience.PUBLIC,)
    story = queries.story(session, case.id, audiences) if story is None else story
    bound = queries.follower(session, case.id, actor.id) if actor is not None and not mine else None
    whole = _detail(session, case, story, actor, pictures, party=mine, names=None, bound=bound)
    return contract.FeedbackDetail(**whole)


def desk_detail(session: Session, case: Feedback, actor: Actor, pictures: Pictures) -> contract.DeskDetail:
    """Return a whole case to staff, with the names of colleagues.

    The sender's name is there if she lets them know it, or a dispatcher had it shown (which she can read).
    """
    story = queries.story(session, case.id, tuple(Audience))
    staff = [entry.actor_id for entry in story if entry.actor_id and entry.party is not Party.CITIZEN]
    names = accounts.names(session, [*staff, *([case.officer_id] if case.officer_id else [])])
    known = case.show_name or case.revealed_at is not None
    name, phone = accounts.reporter(session, case.reporter_id) if known else (None, None)
    return contract.DeskDetail(
        **_detail(session, case, story, actor, pictures, party=True, names=names, bound=None),
        reporter=contract.Reporter(name=name, phone=phone),
        revealed=case.revealed_at is not None,
        officer=names.get(case.officer_id) if case.officer_id else None,
        place=_place(session, case.place_code),
    )


def _place(session: Session, code: str | None) -> str | None:
    spot = public_services.bounded_place(session, code)
    return spot.name if spot else None


def _detail(
    session: Session,
    case: Feedback,
    story: Sequence[Entry],
    actor: Actor | None,
    pictures: Pictures,
    *,
    party: bool,
    names: dict[UUID, str] | None,
    bound: Follower | None,
) -> dict[str, Any]:
    """Return what all kinds of readers get; `names` are of colleagues, for staff alone."""
    known = lists(session)
    shown = pictures.refs(session, [UUID(file_id) for entry in story for file_id in entry.file_ids])
    entries = [_entry(entry, actor, known, shown, names, masked=not party) for entry in story]
    own = [entry for entry in entries if entry.kind == "submit"]
    ties = _ties(case, entries, bound)
    rating = contract.Rating(score=case.score, text=case.score_text if party else "") if case.score else None
    return {
        **_summary(case, known, pictures, party=party),
        "description": case.description if party or not case.masked else mask_numbers(case.description),
        "system": case.system if party else "",
        "masked": case.masked,
        "first_due_at": case.first_due_at,
        "merged_into": ties.merged_into,
        "merged": list(ties.merged),
        "following": ties.following,
        "supporting": ties.supporting,
        "files": own[0].files if own else [],
        "story": entries,
        "rating": rating,
        "planned_on": case.planned_on,
        "mine": actor is not None and actor.id == case.reporter_id,
        "show_name": case.show_name,
        "blur_place": case.blur_place,
        "moves": moves(actor, case),
        "version": case.version,
    }


def _entry(
    entry: Entry,
    actor: Actor | None,
    known: Lists,
    shown: dict[UUID, Any],
    names: dict[UUID, str] | None,
    *,
    masked: bool,
) -> contract.Entry:
    unit = known.units.get(entry.unit_code) if entry.unit_code else None
    files = [shown[UUID(file_id)] for file_id in entry.file_ids if UUID(file_id) in shown]
    due_at = entry.facts.get("due_at")
    return contract.Entry(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        party=entry.party,
        by=(names or {}).get(entry.actor_id, "") if entry.actor_id else "",
        mine=actor is not None and entry.actor_id == actor.id,
        audience=entry.audience,
        status=entry.status,
        text=mask_numbers(entry.text) if masked and entry.party is Party.CITIZEN else entry.text,
        unit=unit,
        planned_on=entry.planned_on,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        # A case that not everybody may see is named to staff alone.
        about=entry.facts.get("about") if names is not None or entry.facts.get("open") else None,
        files=files,
    )
