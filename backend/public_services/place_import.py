"""Import of places: what each file says is laid upon what is known, then old and new are linked anew.

The files may come in any order, one by one or together: what a file says of a thing wins by the file's kind, never by
when it came. Codes were used again in 2025, so a place is told by its code and the day it began.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.importing import ImportReport, Unusable
from backend.public_services import place_links
from backend.public_services.models import Place
from backend.public_services.place_files import Kind, PlaceRow, read

TOPIC = "places"
REFORM = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
CITY = "Thành phố Hải Phòng"
PROVINCE = "Tỉnh Hải Dương"
KINDS = ("Phường", "Xã", "Thị trấn", "Đặc khu", "Huyện", "Quận")


class Stage:
    """All places by key, as they will be."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.places = {place.key: place for place in session.exec(select(Place))}
        self.touched: set[str] = set()
        self.fresh: set[str] = set()

    def put(self, code: str, *, old: bool, fill: bool, **said: Any) -> Place:
        """Return the place with what was said of it laid on; `fill` only fills what is not known yet."""
        key = place_key(code, None if old else REFORM)
        place = self.places.get(key)
        if place is None:
            place = _blank(key, code, old=old)
            self.places[key] = place
            self.fresh.add(key)
            self.session.add(place)
        for name, value in said.items():
            if getattr(place, name) != value and not (fill and getattr(place, name)):
                setattr(place, name, value)
                self.touched.add(key)
        return place

    def is_listed(self, code: str, *, old: bool) -> bool:
        """Whether the list of its own time describes this place already."""
        place = self.places.get(place_key(code, None if old else REFORM))
        return place is not None and bool(place.extra.get(place_links.LISTED))


def place_key(code: str, since: date | None) -> str:
    """Return what tells a place from another that bore the same code."""
    return f"{code}@{since.isoformat() if since else ''}"


def _blank(key: str, code: str, *, old: bool) -> Place:
    return Place(
        key=key,
        code=code,
        name="",
        kind="",
        parent="",
        former_district="",
        valid_from=None if old else REFORM,
        valid_to=LAST_DAY if old else None,
        formed_from_text="",
        extra={},
        imported_at=clock.now(),
    )


def import_places(session: Session, paths: list[Path]) -> ImportReport:
    """Read files of places into the database; the caller commits. All is read before the first write."""
    report = ImportReport("places")
    rows: list[PlaceRow] = []
    for path in paths:
        try:
            rows += read(path, report)
        except Unusable as error:
            report.unusable.append(str(error))
    if report.unusable:
        return report
    stage = Stage(session)
    claims = []
    order = list(Kind)
    for row in sorted(rows, key=lambda row: order.index(row.kind)):
        if row.kind is Kind.MERGE_MAP:
            claims += _merged(stage, row, report)
        else:
            _LAY[row.kind](stage, row)
    finish(stage, claims, report)
    return report


def finish(stage: Stage, claims: list[place_links.Claim], report: ImportReport) -> None:
    """Link old and new, stamp what changed, count."""
    linked = place_links.relink(stage.session, stage.places, claims, report)
    # What is kept in memory of a place, its links with it, is built again by `imported_at`.
    relinked = {key for key, place in stage.places.items() if place.id in set(linked)} if linked else set()
    for key in stage.touched | stage.fresh | relinked:
        stage.places[key].imported_at = clock.now()
    report.added += len(stage.fresh)
    report.changed += len(stage.touched - stage.fresh)
    if linked:
        report.notes.append(f"{len(linked)} links between old and new places were set")
    report.unchanged += len(stage.places) - len(stage.touched | stage.fresh)
    if stage.touched or stage.fresh or linked:
        changed(stage.session, TOPIC)


def lay_list(session: Session, listed: dict[str, Any]) -> None:
    """Lay our own short list: `former` is district → code → name, `today` rows of code, name, centre, codes of parts.

    What an import has brought stays as it is.
    """
    stage = Stage(session)
    names: dict[str, tuple[str, str]] = {}
    for district, places in listed["former"].items():
        for code, name in places.items():
            names[code] = (name, district)
            said = {"name": name, "kind": kind_of(name), "former_district": district}
            stage.put(
                code, old=True, fill=True, parent=f"{district}, {PROVINCE}", extra={place_links.LISTED: True}, **said
            )
    times = Counter(name for name, _ in names.values())
    for code, name, lat, lon, parts in listed["today"]:
        told = [
            f"{part} ({district})" if times[part] > 1 else part
            for part, district in (names[one] for one in parts.split())
        ]
        districts = " / ".join(dict.fromkeys(names[part][1] for part in parts.split()))
        said = {"name": name, "kind": kind_of(name), "former_district": districts, "parent": CITY}
        text = ", ".join(told)
        stage.put(
            code,
            old=False,
            fill=True,
            lat=lat,
            lon=lon,
            formed_from_text=text,
            extra={place_links.LISTED: True},
            **said,
        )
    finish(stage, [], ImportReport("places"))


def kind_of(name: str) -> str:
    """Return the kind that a full name begins with."""
    return next((kind for kind in KINDS if name.startswith(kind)), "")


def _extra(stage: Stage, row: PlaceRow, code: str, *, old: bool, listed: bool) -> dict[str, Any]:
    known = stage.places.get(place_key(code, None if old else REFORM))
    extra = {**(known.extra if known else {}), row.kind.name.lower(): row.cells}
    return {**extra, place_links.LISTED: True} if listed else extra


def _lay_former(stage: Stage, row: PlaceRow) -> None:
    cells = row.cells
    name, code = cells["ten_xa_day_du"], cells["ma_xa"]
    extra = _extra(stage, row, code, old=True, listed=True)
    district = cells["ten_huyen"]
    said = {"name": name, "kind": kind_of(name), "former_district": district}
    stage.put(code, old=True, fill=False, parent=f"{district}, {cells['ten_tinh']}", extra=extra, **said)


def _lay_today(stage: Stage, row: PlaceRow) -> None:
    cells = row.cells
    code = cells["code"]
    stage.put(code, old=False, fill=True, parent=CITY)
    stage.put(
        code,
        old=False,
        fill=False,
        name=cells["name"],
        kind=cells["kind"],
        former_district=cells["mainly_former_district"],
        formed_from_text=cells["formed_from"],
        lat=row.number("bbox_centre_lat"),
        lon=row.number("bbox_centre_lon"),
        extra=_extra(stage, row, code, old=False, listed=True),
    )


def _lay_city(stage: Stage, row: PlaceRow) -> None:
    cells = row.cells
    code = cells["ma_xa"]
    listed = stage.is_listed(code, old=False)
    stage.put(code, old=False, fill=listed, name=cells["ten_day_du"], kind=cells["loai"])
    extra = _extra(stage, row, code, old=False, listed=False)
    stage.put(code, old=False, fill=False, parent=cells["ten_tinh"], area_km2=row.number("dien_tich_km2"), extra=extra)


_LAY = {Kind.FORMER: _lay_former, Kind.TODAY: _lay_today, Kind.CITY: _lay_city}


def _merged(stage: Stage, row: PlaceRow, report: ImportReport) -> list[place_links.Claim]:
    """Make sure of both places that the row names; return the links that it claims, one per old code it offers."""
    cells = row.cells
    name, bare = cells["ten_xa_moi"], place_links.without_hint(cells["xa_cu_nguyen_van"])
    new = stage.put(cells["ma_xa_moi"], old=False, fill=True, name=name, kind=kind_of(name), parent=CITY)
    codes = [code for code in cells["ma_xa_cu"].split("|") if code]
    districts = cells["huyen_cu"].split("|")
    if not codes:
        report.notes.append(f"{row.path.name}:{row.line}: {bare} → {name}: the source found no old code")
    claims = []
    for code, district in zip(codes, districts, strict=False):
        said = {"name": bare, "kind": kind_of(bare), "parent": district, "former_district": district}
        old = stage.put(code, old=True, fill=True, **said)
        claims.append(place_links.Claim(old, new, cells["khop"], f"{row.path.name}:{row.line}"))
    return claims
