"""Import of boundaries: which ground belongs to which place of today. What is not in the files stays as it is.

Boundaries that were only an illustration give way to the first import, all of them.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import shapely
from sqlmodel import Session, select

from backend.core import clock
from backend.core.cache import changed
from backend.core.importing import ImportReport, Unusable
from backend.public_services.boundaries import TOPIC
from backend.public_services.boundary_files import BoundaryRow, read
from backend.public_services.models import Boundary

OVERLAP = 0.01
"""Neighbours that share more than this part of the smaller one are named: a report there goes to the lower code."""


def import_boundaries(session: Session, paths: list[Path]) -> ImportReport:
    """Read files of boundaries into the database; the caller commits. All is read before the first write."""
    report = ImportReport("boundaries")
    rows: dict[str, BoundaryRow] = {}
    for path in paths:
        try:
            for row in read(path, report):
                rows[row.code] = row
        except Unusable as error:
            report.unusable.append(str(error))
    if not report.unusable:
        _give_way(session, report)
        lay(session, rows.values(), report, sample=False)
        _name_overlaps(session, report)
    return report


def lay(session: Session, rows: Iterable[BoundaryRow], report: ImportReport, *, sample: bool) -> None:
    """Put boundaries in, each over the one of the same code; count what that changes."""
    before = {row.code: row for row in session.exec(select(Boundary))}
    moment = clock.now()
    for row in rows:
        known = before.get(row.code)
        said: dict[str, Any] = {"name": row.name, "kind": row.kind, "shape": row.shape, "sample": sample}
        if known is None:
            session.add(Boundary(code=row.code, imported_at=moment, **said))
            report.added += 1
        elif any(getattr(known, name) != value for name, value in said.items()):
            known.sqlmodel_update({**said, "imported_at": moment})
            session.add(known)
            report.changed += 1
        else:
            report.unchanged += 1
    session.flush()
    if report.added or report.changed:
        changed(session, TOPIC)


def _give_way(session: Session, report: ImportReport) -> None:
    samples = session.exec(select(Boundary).where(Boundary.sample)).all()
    for row in samples:
        session.delete(row)
    session.flush()
    if samples:
        report.notes.append(f"{len(samples)} illustrative boundaries gave way")
        changed(session, TOPIC)


def _name_overlaps(session: Session, report: ImportReport) -> None:
    rows = session.exec(select(Boundary).order_by(Boundary.code)).all()
    shapes = shapely.from_wkb([row.shape for row in rows])
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T if rows else []
    for one, other in pairs:
        if one >= other:
            continue
        shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
        if shared > OVERLAP * min(shapely.area(shapes[one]), shapely.area(shapes[other])):
            names = f"{rows[one].name} ({rows[one].code}) and {rows[other].name} ({rows[other].code})"
            report.notes.append(f"{names} overlap; what lies in both belongs to the first")
