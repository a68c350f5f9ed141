"""What each feature finds for the one box: its own search, shown as hits, and how well the best of them fits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from sqlmodel import Session

from backend.core.pages import PageRequest
from backend.documents import service as documents
from backend.news import service as news
from backend.offices import service as offices
from backend.public_services import service as public_services
from backend.public_services.service import ProcedureFilter
from backend.search.emergencies import number_for
from backend.search.fitting import BEGINS, EXACT, HOLDS, SCATTERED, SHARES, alike, fit, named
from shared.base import VIETNAM
from shared.offices import OfficeKind
from shared.procedure_search import Door, Verdict
from shared.public_services import PlaceSummary
from shared.search import SearchHit, SearchKind
from shared.vietnamese import fold, spelled

_NEWS, _DOCUMENT, _OFFICE, _CALL = 0.8, 0.75, 0.9, 0.9
"""How much a name of this kind says: people come for procedures and places more often than to read."""
_HEAD, _BODY = 0.35, 0.2
_ANSWERED = 0.75
"""A procedure that was understood, though its name has none of the words (`sổ đỏ`)."""
_CALLING = ("duong day nong", "so dien thoai", "so khan cap", "hotline", "goi dien", "goi", "tong dai")
_ONE_STOP = ("bo phan mot cua", "bo phan tiep nhan va tra ket qua", "mot cua")
_LOOKED_AT = 3


@dataclass(frozen=True)
class Found:
    """What one feature has: hits, the best first, whether there are more, and how well it fits (0 to 1).

    A `guess` only looks like what was asked, and stands back where something else has its words.
    """

    hits: Sequence[SearchHit] = ()
    more: bool = False
    fit: float = 0
    guess: bool = False
    understood: str | None = None
    door: Door | None = None


NOTHING = Found()
Provider = Callable[[Session, str, int], Found]


def _best(asked: str, names: Sequence[str], how: Callable[[str, str], float] = fit) -> float:
    return max((how(asked, name) for name in names[:_LOOKED_AT]), default=0)


def procedures(session: Session, q: str, most: int) -> Found:
    """Find procedures. What only shares words with a question that belongs elsewhere is not shown."""
    page = public_services.list_procedures(session, q, ProcedureFilter(), PageRequest(most, None))
    understood, door = page.understood, page.door
    if page.verdict is Verdict.OUT_OF_SCOPE:
        return Found(understood=understood, door=door)
    hits = [
        SearchHit(
            kind=SearchKind.PROCEDURE,
            title=row.name,
            about=" · ".join(part for part in (row.field, row.code) if part),
            path=f"/procedures/{quote(row.code)}",
            phone="",
        )
        for row in page.items
    ]
    names = [row.name.removeprefix("Thủ tục ") for row in page.items]
    known = [fit(asked, name) for asked in {q, understood or q} for name in names[:_LOOKED_AT]]
    if page.items and page.items[0].code.startswith(q.strip()):
        known.append(EXACT)
    if hits and page.verdict in {Verdict.ANSWER, Verdict.CLARIFY}:
        known.append(_ANSWERED)
    return Found(hits, page.next_cursor is not None, max(known, default=0), understood=understood, door=door)


def places(session: Session, q: str, most: int) -> Found:
    """Find places, of today and of before 1/7/2025."""
    page = public_services.list_places(session, q, PageRequest(most, None))
    hits = [
        SearchHit(
            kind=SearchKind.PLACE, title=row.name, about=_became(row), path=f"/places?q={quote(row.name)}", phone=""
        )
        for row in page.items
    ]
    whole = _best(q, [row.name for row in page.items], named)
    bare = _best(q, [row.name.removeprefix(row.kind) for row in page.items], named) * (BEGINS + EXACT) / 2
    if max(whole, bare) >= SCATTERED:
        return Found(hits, page.next_cursor is not None, max(whole, bare))
    looks = _best(q, [name for row in page.items for name in (row.name, row.name.removeprefix(row.kind))], alike)
    return Found(hits, page.next_cursor is not None, looks, guess=True)


def _became(row: PlaceSummary) -> str:
    now = ", ".join(each.name for each in row.became)
    return f"{row.parent} (cũ), nay là {now}" if now else row.parent


def offices_(session: Session, q: str, most: int) -> Found:
    """Find offices; “một cửa” is what people call those that take dossiers, whatever stands at their doors."""
    said = fold(q)
    one_stop = next((name for name in _ONE_STOP if f" {name} " in f" {said} "), None)
    bare = said.replace(one_stop, "").strip() if one_stop else q
    found = offices.find(session, bare, OfficeKind.ONE_STOP if one_stop else None, most + 1)
    typed = set(spelled(q).split())
    # "Cẩm Giang" is not "Cẩm Giàng": what bears the marks that were typed goes first.
    rows = sorted(found[:most], key=lambda row: -len(typed & set(spelled(row.name).split())))
    hits = [
        SearchHit(
            kind=SearchKind.OFFICE,
            title=row.name,
            about=row.address,
            path=f"/offices/{quote(row.code)}",
            phone=row.phone,
        )
        for row in rows
    ]
    best = max(_best(bare, [row.name for row in rows]), (BEGINS if one_stop else SHARES) if hits else 0)
    return Found(hits, len(found) > most, _OFFICE * best, guess=best < SCATTERED)


def hotlines(session: Session, q: str, most: int) -> Found:
    """Find numbers to call: by the number, by the name, or by what is happening."""
    bare = _without_calling(q)
    urgent = number_for(q)
    ranked = []
    for line in offices.list_hotlines(session):
        hit = SearchHit(
            kind=SearchKind.HOTLINE, title=line.name, about=line.description, path="/hotlines", phone=line.number
        )
        if not bare or bare == fold(line.number):
            score = EXACT
        elif line.number == urgent:
            score = (BEGINS + EXACT) / 2
        else:
            by_words = fit(bare, f"{line.name} . {line.description}")
            score = _CALL * max(fit(bare, line.name), min(by_words, HOLDS) if by_words > SHARES else 0)
        if score > SHARES:
            ranked.append((score, hit))
    ranked.sort(key=lambda pair: -pair[0])
    return Found([hit for _, hit in ranked[:most]], len(ranked) > most, ranked[0][0]) if ranked else NOTHING


def _without_calling(q: str) -> str:
    """Return the folded question without the words that only say that somebody wants to call."""
    said = f" {fold(q)} "
    for words in _CALLING:
        said = said.replace(f" {words} ", " ")
    return said.strip()


def news_(session: Session, q: str, most: int) -> Found:
    """Find articles."""
    found = news.find(session, q, most + 1)
    hits = [
        SearchHit(
            kind=SearchKind.NEWS,
            title=row.title,
            about=f"{row.category} · {_day(row.published_at)}",
            path=f"/news/{quote(row.slug)}",
            phone="",
        )
        for row in found[:most]
    ]
    by_title = [row.title for row in found if row.level == 0]
    below = _HEAD if found and found[0].level == 1 else _BODY
    return Found(hits, len(found) > most, _NEWS * _best(q, by_title) if by_title else below)


def documents_(session: Session, q: str, most: int) -> Found:
    """Find official documents."""
    found = documents.find(session, q, most + 1)
    hits = [
        SearchHit(
            kind=SearchKind.DOCUMENT,
            title=f"{row.kind} {row.number}",
            about=f"{row.title} · {row.agency}, {_day(row.issued_on)}",
            path=f"/documents/{row.id}",
            phone="",
        )
        for row in found[:most]
    ]
    numbers = [name for row in found[:_LOOKED_AT] for name in (row.number, f"{row.kind} {row.number}")]
    by_number = max((score for name in numbers if (score := fit(q, name)) >= BEGINS), default=0)
    by_title = _DOCUMENT * _best(q, [row.title for row in found if row.level < 2])
    return Found(hits, len(found) > most, max(by_number, by_title, _BODY))


def _day(moment: datetime | date) -> str:
    local = moment.astimezone(VIETNAM) if isinstance(moment, datetime) else moment
    return f"{local:%d/%m/%Y}"


PROVIDERS: Mapping[SearchKind, Provider] = {
    SearchKind.PROCEDURE: procedures,
    SearchKind.PLACE: places,
    SearchKind.OFFICE: offices_,
    SearchKind.HOTLINE: hotlines,
    SearchKind.NEWS: news_,
    SearchKind.DOCUMENT: documents_,
}
"""Who is asked, by kind: one line for each."""
