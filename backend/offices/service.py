"""What people look up: offices near them or by name, and numbers to call. All of it is public."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from backend.core import clock, geo
from backend.core.errors import NotFound
from backend.core.memory import remembered
from backend.core.pages import MAX_RANKED, PageRequest, as_page, ranked_page
from backend.core.search import MAX_QUERY
from backend.feedback import service as feedback
from backend.offices import opening, queries
from backend.offices.models import Office
from shared import offices as contract
from shared.offices import OfficeKind, OpenHours
from shared.pages import Page
from shared.public_services import Hotline
from shared.vietnamese import words

TOPIC, HOTLINES, CALENDAR = "offices", "hotlines", "calendar"
NAMES = "office names"


@dataclass(frozen=True)
class Wanted:
    """Which offices; None means no matter. `point` is where the person stands, `q` words of a name or an address."""

    point: queries.Point | None = None
    place: str | None = None
    kind: OfficeKind | None = None
    q: str | None = None


@dataclass(frozen=True)
class OfficeFound:
    """An office that a question finds: what tells it from others, and its words, a blank before each."""

    id: UUID
    kind: OfficeKind
    name: str
    address: str
    code: str
    phone: str
    said_name: str
    said: str


def rounded(lat: float, lon: float) -> queries.Point:
    """Return a point as far as it matters here."""
    return round(lat, geo.POINT_DECIMALS), round(lon, geo.POINT_DECIMALS)


def list_offices(session: Session, wanted: Wanted, page: PageRequest) -> Page[contract.Office]:
    """Return offices, the nearest first where a point is given, else one-stop offices first, by name."""
    if wanted.place is not None or (wanted.q or "").strip():
        return _few(session, wanted, page)
    show = _shower(session, wanted.point)
    if wanted.point is None:
        rows = queries.by_name(session, wanted.kind, page)
        return as_page(
            rows, page, show(rows[: page.limit]), lambda row: (queries.rank(row.kind), row.name_key, row.code)
        )
    need = min(page.rank() + page.limit + 1, MAX_RANKED)
    found = queries.nearest(session, wanted.point, wanted.kind, need)
    return ranked_page(found, page, lambda part: [*map(show(part), part)])


def find(session: Session, q: str, kind: OfficeKind | None, most: int) -> list[OfficeFound]:
    """Return the offices that a question finds, the best first, without a word those of the kind; all from memory."""
    return _matching(session, q, kind)[:most]


def _few(session: Session, wanted: Wanted, page: PageRequest) -> Page[contract.Office]:
    """Return what was asked for by place or by words: few enough to be put in order here."""
    asked = (wanted.q or "").strip()
    ids = [one.id for one in _matching(session, asked, wanted.kind)] if asked else None
    if wanted.place is not None:
        serving = queries.serving(session, wanted.place, MAX_RANKED)
        ids = serving if ids is None else [one for one in ids if one in set(serving)]
    known = queries.by_ids(session, (ids or [])[:MAX_RANKED])
    rows = [known[one] for one in ids or [] if one in known]
    rows = [row for row in rows if wanted.kind in (None, row.kind)]
    if wanted.point is not None:
        rows.sort(key=lambda row: _metres(wanted.point, row) if row.lat is not None else float("inf"))
    elif not asked:
        order = list(OfficeKind)
        rows.sort(key=lambda row: (order.index(row.kind), row.name_key, row.code))
    show = _shower(session, wanted.point)
    return ranked_page(rows, page, lambda part: [*map(show(part), part)])


def _matching(session: Session, q: str, kind: OfficeKind | None) -> list[OfficeFound]:
    """Return the offices that have all words of a question, or begin such; all of the kind when nothing is asked.

    Whole words go before beginnings, names before addresses.
    Names are kept in memory: there are a few thousand, and the folded words of each are quicker looked through than
    any index of them.
    """
    asked = words(q[:MAX_QUERY])
    if q.strip() and not asked:
        return []
    known = remembered(session, NAMES, lambda: _read_names(session))
    found = [one for one in known if kind in (None, one.kind) and all(f" {word}" in one.said for word in asked)]

    def lacks(text: str, end: str) -> bool:
        return not all(f" {word}{end}" in f"{text} " for word in asked)

    return sorted(found, key=lambda one: (lacks(one.said_name, " "), lacks(one.said_name, ""), lacks(one.said, " ")))


def _read_names(session: Session) -> list[OfficeFound]:
    def said(text: str) -> str:
        return "".join(f" {word}" for word in words(text))

    return [
        OfficeFound(**row._mapping, said_name=said(row.name), said=said(row.name) + said(row.address))
        for row in queries.names(session)
    ]


def get_office(session: Session, code: str, point: queries.Point | None = None) -> contract.Office:
    """Return an office; raises NotFound."""
    row = queries.office(session, code)
    if row is None:
        raise NotFound("no such office")
    return shown(session, row, point)


def shown(session: Session, row: Office, point: queries.Point | None = None) -> contract.Office:
    """Return an office as everybody sees it."""
    return _shower(session, point)([row])(row)


def _shower(
    session: Session, point: queries.Point | None
) -> Callable[[Sequence[Office]], Callable[[Office], contract.Office]]:
    """Return what shows the rows of a page: the places that they serve are asked for once."""
    moment, calendar = clock.now(), feedback.calendar(session)

    def of(rows: Sequence[Office]) -> Callable[[Office], contract.Office]:
        served = queries.served(session, [row.id for row in rows]) if rows else {}

        def show(row: Office) -> contract.Office:
            hours = [OpenHours.model_validate(stretch) for stretch in row.hours]
            now, changes = opening.state(hours, moment, calendar.said)
            return contract.Office(
                code=row.code,
                name=row.name,
                kind=row.kind,
                address=row.address,
                phone=row.phone,
                lat=row.lat,
                lon=row.lon,
                hours=hours,
                note=row.note,
                serves=served.get(row.id, []),
                open_now=now,
                changes_at=changes,
                distance_m=None if point is None or row.lat is None else round(_metres(point, row)),
                source=row.source,
                sample=row.sample,
            )

        return show

    return of


def _metres(point: queries.Point | None, row: Office) -> float:
    return geo.metres(point or (0, 0), (row.lat or 0, row.lon or 0))


def list_hotlines(session: Session) -> list[Hotline]:
    """Return the numbers to call, in their order."""

    def load() -> list[Hotline]:
        return [
            Hotline(number=row.number, name=row.name, description=row.description, emergency=row.emergency)
            for row in queries.hotlines(session)
        ]

    return remembered(session, HOTLINES, load)
