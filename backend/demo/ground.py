"""Rough ground of the demo's places, and who receives what there: an illustration until real boundaries are imported.

Around a point for each place, every spot belongs to the nearest one; the province ends a few kilometres beyond the
outermost points. Nothing of it is measured.
"""

from pathlib import Path
from typing import Any

import shapely
from sqlmodel import Session, select

from backend.core.importing import ImportReport
from backend.demo.files import content, rows
from backend.feedback.rule_models import RoutingRule
from backend.public_services import boundary_import
from backend.public_services.boundary_files import BoundaryRow
from backend.public_services.models import Boundary
from backend.public_services.place_import import kind_of

MARK = "ranh giới minh họa"
MARGIN_DEGREES = 0.045
# Where two places share a point in the list, or a street of the demo would lie across the border.
POINTS = {
    "10507": (20.953, 106.328),
    "10525": (20.943, 106.334),
    "10532": (20.929, 106.317),
    "10537": (20.925, 106.341),
    "10888": (20.985, 106.165),
    "10903": (20.945, 106.215),
}


def seed(session: Session) -> None:
    """Lay the rough boundaries where there are none, then the rules."""
    if session.exec(select(Boundary.id).limit(1)).first() is None:
        boundary_import.lay(session, _cells(), ImportReport("boundaries"), sample=True)
    for row in rows("routing.json"):
        about = f"{row['category']}@"
        session.add(RoutingRule(about=about, category_code=row["category"], unit_code=row["unit"]))
    session.flush()


def _cells() -> list[BoundaryRow]:
    today = content("places.json")["today"]
    points: Any = shapely.points(
        [POINTS.get(code, (lat, lon))[::-1] for code, _, lat, lon, _ in today],
    )
    ground = shapely.concave_hull(shapely.union_all(points), ratio=0.4).buffer(MARGIN_DEGREES, quad_segs=4)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.union_all(points), extend_to=ground))
    found = []
    for number, (place, point) in enumerate(zip(today, points, strict=True), 1):
        code, name = place[:2]
        cell = next(cell for cell in cells if cell.covers(point))
        shape = shapely.to_wkb(shapely.normalize(shapely.intersection(cell, ground)))
        found.append(BoundaryRow(Path("places.json"), number, code, name, f"{kind_of(name)} ({MARK})", shape))
    return found
