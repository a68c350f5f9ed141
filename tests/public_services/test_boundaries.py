"""Boundaries: what an import takes and refuses, and in which one place a point lies."""

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, shape
from sqlmodel import select

from backend.core import clock
from backend.core.database import Database
from backend.public_services import service
from backend.public_services.importing import ImportReport, import_boundaries
from backend.public_services.models import Boundary
from backend.public_services.service import Located
from tests.support.installations import Installation

pytestmark = pytest.mark.bare

Ring = list[tuple[float, float]]


@pytest.fixture
def db(installation: Installation) -> Iterator[Database]:
    """The installation's database, without the app around it."""
    database = Database(installation.database_url)
    yield database
    database.close()


def bring(db: Database, *paths: Path) -> ImportReport:
    """Import files as the command does."""
    with db.transaction() as session:
        return import_boundaries(session, list(paths))


def locate(db: Database, lat: float, lon: float) -> Located:
    """Ask for the place of a point."""
    with db.reading() as session:
        return service.locate(session, lat, lon)


def square(west: float, south: float, size: float = 0.1) -> Ring:
    """Return the ring of a square, in degrees."""
    east, north = west + size, south + size
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def feature(code: Any, *rings: Ring, geometry: Any = None, **properties: Any) -> dict[str, Any]:
    """Return a feature of one polygon, the first ring its outside."""
    said = {"ma_xa": code, "ten": "Thử", "ten_day_du": f"Xã Thử {code}", "loai": "Xã", **properties}
    drawn = geometry or {"type": "Polygon", "coordinates": [list(ring) for ring in rings]}
    return {"type": "Feature", "properties": said, "geometry": drawn}


def collection(path: Path, *features: Any, **more: Any) -> Path:
    """Write a file."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def code_at(db: Database, lat: float, lon: float) -> str | None:
    """Return the code of the place of a point."""
    place = locate(db, lat, lon).place
    return place.code if place else None


def test_a_border_belongs_to_the_lowest_code_and_a_hole_to_nobody(db: Database, tmp_path: Path) -> None:
    ring = square(106.0, 20.0)
    hole = square(106.04, 20.04, 0.02)
    island = square(106.045, 20.045, 0.005)
    bring(
        db,
        collection(
            tmp_path / "a.geojson",
            feature("20003", square(106.1, 20.0)),
            feature("20001", ring, hole),
            feature("20002", square(106.0, 20.1)),
            feature("20009", island),
        ),
    )
    assert code_at(db, 20.01, 106.01) == "20001"
    assert code_at(db, 20.05, 106.1) == "20001", "a border of two"
    assert code_at(db, 20.1, 106.05) == "20001", "the other border"
    assert code_at(db, 20.1, 106.1) == "20001", "a corner of three"
    assert code_at(db, 20.1, 106.15) == "20003", "a border with nobody beyond"
    assert code_at(db, 20.04, 106.05) == "20001", "the border of the hole"
    assert code_at(db, 20.047, 106.047) == "20009", "an island in the hole"
    in_hole = locate(db, 20.058, 106.058)
    assert (in_hole.known, in_hole.place) == (True, None)
    assert in_hole.nearest[0].spot.code == "20001"


def test_a_point_outside_hears_what_is_near(db: Database, tmp_path: Path) -> None:
    bring(
        db,
        collection(
            tmp_path / "a.geojson", feature("20001", square(106.0, 20.0)), feature("20002", square(106.11, 20.0))
        ),
    )
    outside = locate(db, 20.05, 105.99)
    assert outside.place is None
    assert [near.spot.code for near in outside.nearest] == ["20001"]
    # A hundredth of a degree of longitude at 20° north.
    assert outside.nearest[0].km == pytest.approx(1.11195 * math.cos(math.radians(20)), abs=0.06)
    between = locate(db, 20.05, 106.106)
    assert [(near.spot.name, near.km) for near in between.nearest] == [("Xã Thử 20002", 0.4), ("Xã Thử 20001", 0.6)]
    for lat, lon in ((0, 0), (19.0, 108.5), (-90, 180), (90, -180)):
        far = locate(db, lat, lon)
        assert far.place is None
        assert far.nearest[0].km > 100
        assert far.swapped is None


def test_numbers_that_are_no_place(db: Database, tmp_path: Path) -> None:
    assert locate(db, 20.05, 106.05) == Located(known=False)
    bring(db, collection(tmp_path / "a.geojson", feature("20001", square(106.0, 20.0))))
    for lat, lon in ((math.nan, 106.05), (20.05, math.inf), (-math.inf, math.nan)):
        assert locate(db, lat, lon) == Located(known=True)
    swapped = locate(db, 106.05, 20.05)
    assert swapped.place is None
    assert swapped.swapped is not None
    assert swapped.swapped.code == "20001"


BOWTIE = [(106.0, 20.0), (106.1, 20.1), (106.1, 20.0), (106.0, 20.1), (106.0, 20.0)]
FLAT = [(106.0, 20.0), (106.1, 20.0), (106.05, 20.0), (106.0, 20.0)]
OPEN = [(106.0, 20.0), (106.1, 20.0), (106.1, 20.1)]
BAD = [
    ("text", "not a GeoJSON Feature"),
    ({"type": "Feature", "properties": None, "geometry": None}, "no code"),
    (feature("x1", square(106.0, 20.0)), "no code"),
    (feature([], square(106.0, 20.0)), "no code"),
    (feature(None, square(106.0, 20.0)), "no code"),
    (feature("20002", square(106.0, 20.0), ten="", ten_day_du=""), "no name"),
    (feature("20002", square(106.0, 20.0), ten_day_du="Xã " + "A" * 300), "too long"),
    (feature("20002", square(106.0, 20.0), ten="a\x00b"), "NUL"),
    (feature("20001", square(106.5, 20.0)), "stands already in feature 1"),
    (feature("20002", geometry={"type": "Point", "coordinates": [106.0, 20.0]}), "neither Polygon"),
    (feature("20002", geometry={"type": "Polygon"}), "not lists of positions"),
    (feature("20002", geometry={"type": "Polygon", "coordinates": []}), "empty"),
    (feature("20002", geometry={"type": "Polygon", "coordinates": [[["a", "b"]]]}), "not lists of positions"),
    (feature("20002", geometry={"type": "Polygon", "coordinates": [[[[[[106, 20]]]]]]}), "not lists of positions"),
    (feature("20002", geometry={"type": "Polygon", "coordinates": [[[10**400, 20]]]}), "no number"),
    (feature("20002", OPEN), "cannot be read"),
    (feature("20002", FLAT), "encloses nothing"),
    (feature("20002", [(y, x) for x, y in square(106.0, 20.0)]), "swapped"),
    (feature("20002", [(600_000 + x, 2_300_000 + y) for x, y in square(0, 0, 500)]), "not in degrees"),
    (feature("20002", [(math.nan, 20.0), *square(106.0, 20.0)]), "no number"),
]


@pytest.mark.parametrize(("bad", "why"), BAD, ids=[why for _, why in BAD])
@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_bad_feature_is_named_and_harms_no_other(db: Database, tmp_path: Path, bad: Any, why: str) -> None:
    bring(db, collection(tmp_path / "first.geojson", feature("20002", square(107.0, 21.0))))
    good = [feature("20001", square(106.0, 20.0)), feature("20003", square(106.2, 20.0))]
    report = bring(db, collection(tmp_path / "a.geojson", good[0], bad, good[1]))
    assert report.exit_code == 1
    (line,) = report.skipped
    assert line.startswith("a.geojson:2: ")
    assert why in line
    assert (report.added, report.changed) == (2, 0)
    assert code_at(db, 21.05, 107.05) == "20002", "what was known stays"
    assert code_at(db, 20.05, 106.25) == "20003"


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("\x00\xff", "not JSON"),
        ('{"type": "Feature"}', "not a GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', "no list of features"),
        ('{"type": "FeatureCollection", "features": []}', "no feature can be used"),
        ('{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3405"}}, "features": []}', "not WGS84"),
    ],
)
def test_a_broken_file_changes_nothing(db: Database, tmp_path: Path, content: str, why: str) -> None:
    good = collection(tmp_path / "good.geojson", feature("20001", square(106.0, 20.0)))
    (tmp_path / "bad.geojson").write_text(content, encoding="latin-1")
    for paths in ([good, tmp_path / "bad.geojson"], [tmp_path / "none.geojson"]):
        report = bring(db, *paths)
        assert (report.exit_code, report.added) == (2, 0)
    assert why in "\n".join(bring(db, tmp_path / "bad.geojson").lines())
    assert not locate(db, 20.05, 106.05).known


def test_what_can_be_mended_is_mended_and_said(db: Database, tmp_path: Path) -> None:
    high = [(x, y, 12.5) for x, y in square(106.5, 20.0)]
    report = bring(
        db,
        collection(
            tmp_path / "a.geojson",
            feature("20001", BOWTIE),
            feature("20002", high),  # type: ignore[arg-type]
            feature("20003", square(106.52, 20.0)),
            {"type": "Feature", "id": 84, "properties": {"NAME": "Xã Khác"}, "geometry": {"type": "Polygon",
             "coordinates": [square(107.0, 20.0)]}},
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        ),
    )  # fmt: skip
    assert (report.exit_code, report.added) == (0, 4)
    notes = "\n".join(report.notes)
    assert "a.geojson:1: Xã Thử 20001: mended" in notes
    assert "Xã Thử 20002 (20002) and Xã Thử 20003 (20003) overlap" in notes
    assert code_at(db, 20.05, 106.01) == "20001", "both halves of the bow tie"
    assert code_at(db, 20.05, 106.09) == "20001"
    assert code_at(db, 20.05, 106.05) == "20001", "its knot"
    assert code_at(db, 20.09, 106.05) is None
    assert code_at(db, 20.05, 106.55) == "20002"
    assert code_at(db, 20.05, 107.05) == "00084"


def test_a_second_run_changes_nothing_and_a_new_border_is_used_at_once(db: Database, tmp_path: Path) -> None:
    path = collection(tmp_path / "a.geojson", feature("20001", square(106.0, 20.0)), feature("20002", BOWTIE))
    bring(db, path)
    again = bring(db, path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert code_at(db, 20.15, 106.05) is None
    moved = bring(db, collection(tmp_path / "b.geojson", feature("20001", square(106.0, 20.1))))
    assert (moved.added, moved.changed, moved.unchanged) == (0, 1, 0)
    assert code_at(db, 20.15, 106.05) == "20001"


def test_an_illustration_gives_way(db: Database, tmp_path: Path) -> None:
    with db.transaction() as session:
        session.add(
            Boundary(
                code="30001",
                name="Xã Mẫu",
                kind="Xã",
                shape=shapely.to_wkb(shapely.box(106, 20, 107, 21)),
                sample=True,
                imported_at=clock.now(),
            )
        )
    report = bring(db, collection(tmp_path / "a.geojson", feature("20001", square(106.0, 20.0))))
    assert "1 illustrative" in "\n".join(report.notes)
    with db.reading() as session:
        assert [(row.code, row.sample) for row in session.exec(select(Boundary))] == [("20001", False)]


def test_the_real_wards(db: Database, real_data: Path) -> None:
    path = real_data / "places/haiduong_wards_2025_full.geojson"
    report = bring(db, path)
    assert (report.exit_code, report.added, report.notes) == (0, 64, [])
    assert bring(db, path).unchanged == 64
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = {each["properties"]["ma_xa"]: shape(each["geometry"]) for each in features}
    dice = random.Random(64)
    west, south, east, north = shapely.union_all(list(shapes.values())).bounds
    points = [(dice.uniform(south, north), dice.uniform(west, east)) for _ in range(400)]
    # Corners of borders, some of them where three wards meet.
    corners = [one for drawn in shapes.values() for one in shapely.get_coordinates(drawn)]
    points += [(float(lat), float(lon)) for lon, lat in dice.sample(corners, 300)]
    outside = 0
    for lat, lon in points:
        touched = sorted(code for code, drawn in shapes.items() if drawn.intersects(Point(lon, lat)))
        found = locate(db, lat, lon)
        assert (found.place.code if found.place else None) == (touched[0] if touched else None)
        if not touched:
            outside += 1
            closest = min(shapes.values(), key=lambda drawn: _km(drawn, lat, lon))
            assert found.nearest[0].km == pytest.approx(_km(closest, lat, lon), abs=0.3)
    assert outside > 50
    hall = locate(db, 20.9373, 106.3146).place
    assert hall is not None
    assert (hall.code, hall.name, hall.kind) == ("10532", "Phường Lê Thanh Nghị", "Phường")


def _km(drawn: Any, lat: float, lon: float) -> float:
    """Return how far a shape is, by great circles to its nearest point."""
    near = shapely.get_coordinates(shapely.shortest_line(drawn, Point(lon, lat)))[0]
    half = [math.radians(one) / 2 for one in (near[1] - lat, near[0] - lon)]
    across = math.cos(math.radians(lat)) * math.cos(math.radians(near[1])) * math.sin(half[1]) ** 2
    return 2 * 6371 * math.asin(math.sqrt(math.sin(half[0]) ** 2 + across))
