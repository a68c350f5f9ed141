"""Import of places: any order, any part, twice; codes that were used again, places that were split."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from backend.core.database import Database
from backend.public_services.importing import ImportReport, import_places
from backend.public_services.models import Place, PlaceLink
from tests.public_services.rows import FORMER, MERGED, place_files
from tests.support.installations import Installation

pytestmark = pytest.mark.bare

Links = set[tuple[str, str]]


@pytest.fixture
def db(installation: Installation) -> Iterator[Database]:
    """The installation's database, without the app around it."""
    database = Database(installation.database_url)
    yield database
    database.close()


def bring(db: Database, *paths: Path) -> ImportReport:
    """Import files as the command does."""
    with db.transaction() as session:
        return import_places(session, list(paths))


def held(db: Database) -> tuple[dict[str, tuple[str, str, float | None]], Links]:
    """Return places by key, and links as pairs of keys."""
    with db.reading() as session:
        places = {place.id: place for place in session.exec(select(Place))}
        links = {(places[link.old_id].key, places[link.new_id].key) for link in session.exec(select(PlaceLink))}
    return {place.key: (place.name, place.parent, place.area_km2) for place in places.values()}, links


def test_a_code_used_again_is_two_places_and_a_split_has_two_heirs(db: Database, tmp_path: Path) -> None:
    report = bring(db, *place_files(tmp_path))
    places, links = held(db)
    assert places["10001@"] == ("Xã An", "Huyện Thử, Tỉnh Hải Dương", None)
    assert places["10001@2025-07-01"] == ("Xã An", "Thành phố Hải Phòng", 12.5)
    assert {new for old, new in links if old == "10002@"} == {"10001@2025-07-01", "20002@2025-07-01"}
    assert {new for old, new in links if old == "10001@"} == {"10001@2025-07-01"}
    assert report.exit_code == 0
    said = "\n".join(report.lines())
    assert "merged.csv:3" in said, "the map contradicts the list of Phường Ân, whose name differs by a mark"
    assert "merged.csv:5" in said, "no old code was found"
    # Of two old places that could be meant, the one whose code lived on.
    assert ("30003@", "30003@2025-07-01") in links


def test_every_order_one_by_one_gives_the_same(db: Database, tmp_path: Path) -> None:
    files = place_files(tmp_path)
    bring(db, *files)
    expected = held(db)
    for order in itertools.permutations(files):
        with db.transaction() as session:
            for table in (PlaceLink, Place):
                for row in session.exec(select(table)):
                    session.delete(row)
                session.flush()
        for path in order:
            bring(db, path)
        assert held(db) == expected, [path.name for path in order]


def test_a_second_run_changes_nothing(db: Database, tmp_path: Path) -> None:
    files = place_files(tmp_path)
    bring(db, *files)
    again = bring(db, *reversed(files))
    assert (again.added, again.changed) == (0, 0)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"30,T,288,Huyen\n", "cells"),
        (b"30,T,288,H,ma,A,Xa A,a\n", "not a code"),
        (b"30,T,288,H,10003,,,a\n", "missing"),
        (b"30,T,288,H,10003,A,Xa\x00 A,a\n", "NUL"),
        (b"30,T,288,H,10003,A,Xa \xff,a\n", "UTF-8"),
        (b"30,T,288,H,10001,A,Xa A,a\n", "line 2"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_in(db: Database, tmp_path: Path, row: bytes, why: str) -> None:
    path = tmp_path / "former.csv"
    good = "30,Tỉnh Hải Dương,288,Huyện Thử,{0},An,Xã An,an\n"
    path.write_bytes((FORMER + good.format("10001")).encode() + row + good.format("10004").encode())
    report = bring(db, path)
    assert set(held(db)[0]) == {"10001@", "10004@"}
    assert report.exit_code == 1
    assert report.skipped[0].startswith("former.csv:3: ")
    assert why in report.skipped[0]


@pytest.mark.parametrize("content", ["", "a,b,c\n1,2,3\n", FORMER, '{"ma": 1}\n', MERGED + "x\n"])
def test_an_unusable_file_changes_nothing_not_even_beside_good_ones(db: Database, tmp_path: Path, content: str) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(content, encoding="utf-8")
    report = bring(db, *place_files(tmp_path), broken)
    assert report.exit_code == 2
    assert held(db) == ({}, set())
