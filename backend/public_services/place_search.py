"""“Xã tôi bây giờ là gì?”: which places a person means, however the name is written.

Names are compared without marks first, and with them to tell `Cẩm Giang` from `Cẩm Giàng`; kinds may be shortened
(`x.`, `P.`, `tt`), the old district may follow or lead, and typing errors are forgiven where nothing else fits.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlmodel import Session

from backend.public_services import queries
from backend.public_services.catalogue import Kept
from backend.public_services.models import Place
from backend.public_services.place_links import LISTED
from shared.public_services import PlaceRef, PlaceSummary
from shared.vietnamese import fold, spelled, words

MAX_QUERY = 200
MAX_WORDS = 16
LIKE_ENOUGH = 80
"""Of 100 in `rapidfuzz.fuzz.ratio`: one wrong letter in a name of six."""
GUESSES = 6
_SHORT = {
    "x": "xa",
    "p": "phuong",
    "ph": "phuong",
    "f": "phuong",
    "tt": "thi tran",
    "h": "huyen",
    "q": "quan",
    "tx": "thi xa",
    "tp": "thanh pho",
    "t": "tinh",
    "hd": "hai duong",
    "hp": "hai phong",
}
_KINDS = ("thi tran", "dac khu", "phuong", "xa")
_ABOVE = re.compile(r"\b(huyen|quan|thi xa|thanh pho|tinh)\b")
_PROVINCES = re.compile(r"\b(?:tinh |thanh pho )?(?:hai duong|hai phong)$")
_ASKING = re.compile(
    r"\b(?:(?:bay gio|gio|nay|hien nay|hien tai|truoc|truoc day|ngay xua) (?:la|thuoc|o|vao|goi la)\b.*"
    r"|(?:da )?(?:sap nhap|doi ten|nhap vao|tach|chia) .*|(?:la|thuoc) (?:gi|dau|xa nao|phuong nao|dia ban nao)\b.*"
    r"|o dau|bay gio|hien nay|truoc day|ten moi|ten cu|moi|cu)$"
)
_Y_OR_I = re.compile(r"\b(h|k|l|m|qu|s|t|v)y\b")


@dataclass(frozen=True)
class PlaceName:
    """A place, and the names by which it is found: folded, but for `marked`, and without its kind but in `kind`.

    `own` tells the places that this installation's own list describes from the rest of the city.
    """

    summary: PlaceSummary
    bare: str
    marked: str
    kind: str
    districts: tuple[str, ...]
    own: bool


@dataclass(frozen=True)
class Question:
    """What was typed, read: `bare` has no kind, `marked` are its words with their marks, `area` is it as a district.

    `old` says that an old name is asked for.
    """

    bare: str
    marked: frozenset[str]
    kind: str
    old: bool
    area: str


def _alike(text: str) -> str:
    """Fold, and let `ký` be `kí` (both are written in names)."""
    return _Y_OR_I.sub(r"\1i", fold(text))


def _without_kind(folded: str) -> tuple[str, str]:
    kind = next((each for each in _KINDS if folded.startswith(f"{each} ") and folded != each), "")
    return kind, folded.removeprefix(kind).strip()


def reference(row: Place) -> PlaceRef:
    """Return a place as another names it."""
    current = row.valid_to is None
    return PlaceRef(id=row.id, code=row.code, name=row.name, kind=row.kind, parent=row.parent, current=current)


def summary(row: Place, became: Sequence[Place]) -> PlaceSummary:
    """Return a place as lists show it, with what it became."""
    return PlaceSummary(
        **reference(row).model_dump(),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        became=[reference(each) for each in became],
    )


def _names(session: Session) -> list[PlaceName]:
    """Return all places, today's before the old, by name."""
    rows = {row.id: row for row in queries.places(session)}
    became: dict[UUID, list[Place]] = defaultdict(list)
    for link in queries.links(session):
        became[link.old_id].append(rows[link.new_id])
    names = [
        PlaceName(
            summary=summary(row, sorted(became[row.id], key=lambda each: each.code)),
            bare=_alike(row.name.removeprefix(row.kind)),
            marked=spelled(row.name.removeprefix(row.kind)),
            kind=fold(row.kind),
            districts=tuple(
                _alike(_ABOVE.sub("", fold(part))) for part in row.former_district.split("/") if part.strip()
            ),
            own=bool(row.extra.get(LISTED)),
        )
        for row in rows.values()
    ]
    return sorted(names, key=lambda place: (not place.summary.current, place.bare, place.summary.id))


PLACES = Kept(Place, _names)


def match_places(names: Sequence[PlaceName], query: str) -> list[PlaceName]:
    """Return the places that a question means, best first; all of them when nothing is asked."""
    typed = query[:MAX_QUERY]
    if not typed.strip():
        return list(names)
    code = typed.strip()
    if code.isascii() and code.isdigit():
        return [place for place in names if place.summary.code == code]
    asked = read(typed)
    if not asked.bare:
        return []
    ranked = [(rank, number) for number, place in enumerate(names) if (rank := _rank(asked, place)) is not None]
    if not ranked:
        return [names[number] for number in _guesses(asked.bare, spelled(typed), names)]
    return [names[number] for _, number in sorted(ranked)]


def read(typed: str) -> Question:
    """Take a question apart: its kind, its name, and the words around them that ask."""
    said = " ".join(_SHORT.get(word, word) for word in words(typed)[:MAX_WORDS])
    old = said.endswith((" cu", " truoc day")) or " cu " in said
    while (shorter := _ASKING.sub("", said).strip()) != said and shorter:
        said = shorter
    kind, bare = _without_kind(said)
    # Who typed no marks at all meant none of them.
    marked = frozenset() if typed.isascii() else frozenset(spelled(typed).split())
    return Question(_Y_OR_I.sub(r"\1i", bare), marked, kind, old, _area(bare))


def _area(text: str) -> str:
    return _ABOVE.sub("", text).strip()


Rank = tuple[int, int, bool, bool, bool]


def _rank(asked: Question, place: PlaceName) -> Rank | None:
    """Return how well a place fits: how, whether its marks and its kind were typed, and our own, today's before old."""
    tier, told = _fit(asked, place)
    if tier is None:
        return None
    unlike = sum(word not in asked.marked for word in place.marked.split()) if asked.marked else 0
    other = bool(asked.kind) and asked.kind != place.kind
    # Who names the old district, or says "cũ", has an old address at hand.
    current = place.summary.current
    last = current if told or asked.old else not current
    return tier, unlike, other, not place.own, last


def _fit(asked: Question, place: PlaceName) -> tuple[int | None, bool]:
    """Return how a name fits (0 is best; None: not) and whether the place's old district was named."""
    if asked.bare == place.bare:
        return 0, False
    for rest in _rests(asked.bare, place.bare):
        if (found := _beside(rest, place)) is not None:
            return found
    if place.bare.startswith(asked.bare):
        return 2, False
    if f" {asked.bare}" in f" {place.bare}":
        return 3, False
    return (4, False) if asked.area in place.districts else (None, False)


def _beside(rest: str, place: PlaceName) -> tuple[int, bool] | None:
    """Return how what stands beside the name fits the place's district; None: not."""
    if _area(rest) in place.districts and not rest.startswith("tinh "):
        return 0, True
    left = _area(_PROVINCES.sub("", rest))
    if not left:
        # Hải Dương is a city's name too: a place of that city goes before one of the province.
        return 1, False
    return (0, True) if any(district.startswith(left) for district in place.districts) else None


def _rests(bare: str, name: str) -> Iterator[str]:
    """Yield what stands behind the name, or before it."""
    if bare.startswith(f"{name} "):
        yield bare.removeprefix(name).strip()
    for kind in ("", *_KINDS):
        end = f" {kind} {name}".replace("  ", " ")
        if bare.endswith(end):
            yield bare.removesuffix(end).strip()


def _guesses(bare: str, marked: str, names: Sequence[PlaceName]) -> list[int]:
    """Return the few places whose names are most like what was typed, with or without a district behind."""
    known = [place.bare for place in names] + [" ".join((place.bare, *place.districts[:1])) for place in names]
    scorer: Callable[..., float] = fuzz.ratio
    found = process.extract(bare, known, scorer=scorer, score_cutoff=LIKE_ENOUGH, limit=2 * GUESSES)
    alike = [(-score, -fuzz.ratio(marked, names[at % len(names)].marked), at % len(names)) for _, score, at in found]
    return list(dict.fromkeys(number for *_, number in sorted(alike)))[:GUESSES]
