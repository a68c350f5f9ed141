"""`smarthd import offices|hotlines`: tables of offices and of numbers to call. What is not in the files stays.

Made-up offices of the demo give way to the first import, all of them. The columns stand in `docs/offices.md`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlmodel import Session, col, select

from backend.core import sheets
from backend.core.cache import changed
from backend.core.importing import ImportReport, Unusable
from backend.offices import desk, queries, service
from backend.offices.models import Hotline, Office
from backend.public_services import service as public_services
from shared import opening_hours
from shared.offices import HotlineDraft, OfficeDraft, OfficeKind
from shared.vietnamese import fold

Draft = TypeVar("Draft", OfficeDraft, HotlineDraft)

SOURCE = "import"
OFFICE_HEADS = {
    "code": ("mã",),
    "name": ("tên",),
    "kind": ("loại",),
    "address": ("địa chỉ",),
    "phone": ("điện thoại", "số điện thoại"),
    "lat": ("vĩ độ", "latitude"),
    "lon": ("kinh độ", "longitude"),
    "hours": ("giờ mở cửa", "giờ làm việc"),
    "note": ("ghi chú",),
    "serves": ("phục vụ", "mã xã"),
}
HOTLINE_HEADS = {
    "number": ("số", "số điện thoại"),
    "name": ("tên",),
    "description": ("mô tả", "ghi chú"),
    "emergency": ("khẩn cấp",),
}
_KINDS = {
    "mot cua": OfficeKind.ONE_STOP,
    "bo phan mot cua": OfficeKind.ONE_STOP,
    "hanh chinh cong": OfficeKind.ONE_STOP,
    "cong an": OfficeKind.POLICE,
    "y te": OfficeKind.HEALTH,
    "buu dien": OfficeKind.POST,
    "khac": OfficeKind.OTHER,
}
_TRUE, _FALSE = {"1", "x", "true", "yes", "co"}, {"", "0", "false", "no", "khong"}


def import_offices(session: Session, paths: list[Path]) -> ImportReport:
    """Read tables of offices into the database; the caller commits. All is read before the first write."""
    report = ImportReport("offices")
    drafts = _read(paths, report, OFFICE_HEADS, ("code", "name", "kind"), _office, lambda draft: draft.code)
    if report.unusable:
        return report
    known = public_services.codes_of_today(session)
    for draft in drafts:
        if strange := sorted(set(draft.serves) - known):
            report.notes.append(f"{draft.code} serves {', '.join(strange[:5])}: no place of today, as far as is known")
    if drafts:
        _give_way(session, report)
    lay(session, drafts, report, source=SOURCE, sample=False)
    return report


def _give_way(session: Session, report: ImportReport) -> None:
    samples = session.exec(select(Office).where(col(Office.sample).is_(True))).all()
    for row in samples:
        desk.set_served(session, row, [])
        session.delete(row)
    session.flush()
    if samples:
        report.notes.append(f"{len(samples)} made-up offices gave way")
        desk.told(session)


def lay(session: Session, drafts: Sequence[OfficeDraft], report: ImportReport, *, source: str, sample: bool) -> None:
    """Put offices in, each over the one of the same code; count what that changes."""
    before = {row.code: row for row in session.exec(select(Office))}
    served = queries.served(session, [row.id for row in before.values()])
    for draft in drafts:
        said: dict[str, Any] = draft.model_dump(mode="json")
        serves = sorted(set(said.pop("serves")))
        said |= {**desk.keys_of(said), "source": source, "sample": sample}
        row = before.get(draft.code)
        if row is None:
            row = Office(**said)
            report.added += 1
        elif all(getattr(row, name) == value for name, value in said.items()) and served.get(row.id, []) == serves:
            report.unchanged += 1
            continue
        else:
            row.sqlmodel_update({**said, "version": row.version + 1})
            report.changed += 1
        session.add(row)
        session.flush()
        desk.set_served(session, row, serves)
    if report.added or report.changed:
        desk.told(session)


def import_hotlines(session: Session, paths: list[Path]) -> ImportReport:
    """Read tables of numbers to call; new ones come behind those that are there, in the order of the file."""
    report = ImportReport("hotlines")
    drafts = _read(paths, report, HOTLINE_HEADS, ("number", "name"), _hotline, lambda draft: draft.number)
    if report.unusable:
        return report
    before = {row.number: row for row in queries.hotlines(session)}
    position = max((row.position for row in before.values()), default=-1)
    for draft in drafts:
        said = draft.model_dump()
        row = before.get(draft.number)
        if row is None:
            position += 1
            session.add(Hotline(**said, position=position))
            report.added += 1
        elif all(getattr(row, name) == value for name, value in said.items()):
            report.unchanged += 1
        else:
            session.add(row.sqlmodel_update({**said, "version": row.version + 1}))
            report.changed += 1
    session.flush()
    if report.added or report.changed:
        changed(session, service.HOTLINES)
    return report


def _read(
    paths: list[Path],
    report: ImportReport,
    heads: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    make: Callable[[Mapping[str, str]], Draft],
    key: Callable[[Draft], str],
) -> list[Draft]:
    """Return the good rows of all files; the others are named with the reason, each key is taken once."""
    found: dict[str, tuple[Draft, str]] = {}
    for path in paths:
        try:
            for line, draft in _good(path, report, heads, needed, make):
                if (before := found.get(key(draft))) is not None:
                    report.skip(path, line, f"{key(draft)} stands already in {before[1]}")
                    continue
                found[key(draft)] = draft, f"{path.name}:{line}"
        except Unusable as error:
            report.unusable.append(str(error))
    return [draft for draft, _ in found.values()]


def _good(
    path: Path,
    report: ImportReport,
    heads: Mapping[str, Sequence[str]],
    needed: Sequence[str],
    make: Callable[[Mapping[str, str]], Draft],
) -> Iterator[tuple[int, Draft]]:
    for line in sheets.read(path, heads, needed):
        try:
            if line.wrong:
                raise ValueError(line.wrong)
            yield line.number, make(line.cells)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"][:1]) or "row"
            report.skip(path, line.number, f"{where}: {first['msg'].removeprefix('Value error, ')}")
        except ValueError as error:
            report.skip(path, line.number, str(error))


def _office(cells: Mapping[str, str]) -> OfficeDraft:
    draft = OfficeDraft(
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        kind=_kind(cells.get("kind", "")),
        address=cells.get("address", ""),
        phone=cells.get("phone", ""),
        lat=_degrees(cells.get("lat", ""), "lat"),
        lon=_degrees(cells.get("lon", ""), "lon"),
        hours=opening_hours.parse(cells.get("hours", "")),
        note=cells.get("note", ""),
        serves=[part for part in re.split(r"[\s,;|]+", cells.get("serves", "")) if part],
    )
    if (draft.lat is None) != (draft.lon is None):
        raise ValueError("lat, lon: a position has both")
    return draft


def _kind(text: str) -> OfficeKind:
    known = _KINDS.get(fold(text))
    if known is None and text not in list(OfficeKind):
        raise ValueError(f"kind: one of {', '.join(OfficeKind)}, or in Vietnamese {', '.join(_KINDS)}")
    return known or OfficeKind(text)


def _degrees(text: str, name: str) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        raise ValueError(f"{name}: not a number of degrees") from None


def _hotline(cells: Mapping[str, str]) -> HotlineDraft:
    urgent = fold(cells.get("emergency", ""))
    if urgent not in _TRUE | _FALSE:
        raise ValueError("emergency: write x, or leave it empty")
    return HotlineDraft(
        number=re.sub(r"[\s.()-]", "", cells.get("number", "")),
        name=cells.get("name", ""),
        description=cells.get("description", ""),
        emergency=urgent in _TRUE,
    )


COMMANDS: Mapping[str, Callable[[Session, list[Path]], ImportReport]] = {
    "offices": import_offices,
    "hotlines": import_hotlines,
}
"""Each reads its files, writes in the caller's transaction and returns a report; none of them commits."""
