"""Every commune of before 1/7/2025 is found first, however it is written; what is typed wrong is forgiven."""

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.public_services.importing import import_places
from backend.public_services.models import Place, PlaceLink
from backend.public_services.place_search import PLACES, match_places
from shared.vietnamese import without_marks
from tests.public_services.test_routes import get
from tests.support.installations import Installation

SHORT = {"Xã": "x.", "Phường": "P.", "Thị trấn": "tt "}


def spellings(row: dict[str, str]) -> Iterator[str]:
    """Write one old commune as people do: in full, without marks, shortened, decomposed within a question."""
    district = row["ten_huyen"].removeprefix("Huyện ").removeprefix("Thành phố ").removeprefix("Thị xã ")
    kind = next(kind for kind in SHORT if row["ten_xa_day_du"].startswith(kind))
    yield f"{row['ten_xa_day_du']}, {row['ten_huyen']}"
    yield without_marks(f"{row['ten_xa']} {district}")
    yield f"{SHORT[kind]}{row['ten_xa']} h. {district} cũ"
    asked = f"{row['ten_xa_day_du']} {row['ten_huyen']} tỉnh Hải Dương bây giờ là xã nào"
    yield unicodedata.normalize("NFD", asked.replace("oà", "òa").replace("uỷ", "ủy"))


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_all_old_communes_in_four_spellings(installation: Installation, real_data: Path) -> None:
    database = Database(installation.database_url)
    with database.transaction() as session:
        import_places(session, sorted((real_data / "places").glob("*.csv")))
    text = (real_data / "places/haiduong_units_pre2025.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    with database.reading() as session:
        names = PLACES.get(session)
        old = {place.code: place.id for place in session.exec(select(Place)) if place.valid_to is not None}
        links = session.exec(select(PlaceLink)).all()
        missed = []
        for row in rows:
            here = old[row["ma_xa"]]
            right = {here, *(link.new_id for link in links if link.old_id == here)}
            missed += [asked for asked in spellings(row) if match_places(names, asked)[0].summary.id not in right]
    database.close()
    assert len(rows) == 207
    assert not missed


def first(api: TestClient, q: str, count: int = 1) -> list[str]:
    """Return the names that a question finds first."""
    return [row["name"] for row in get(api, "/places", q=q)["items"][:count]]


def test_marks_tell_apart_and_typing_errors_are_forgiven(api: TestClient) -> None:
    assert first(api, "Cẩm Giang") == ["Xã Cẩm Giang"]
    assert first(api, "Cẩm Giàng") == ["Xã Cẩm Giàng"]
    assert first(api, "cẩm giàngg") == ["Xã Cẩm Giàng"]
    assert set(first(api, "cam giang", 2)) == {"Xã Cẩm Giang", "Xã Cẩm Giàng"}
    assert first(api, "tt thanh ha") == ["Thị trấn Thanh Hà"]
    assert first(api, "xã thanh hà") == ["Xã Thanh Hà"]
    assert first(api, "Tân Kì") == ["Xã Tân Kỳ"]
    district = get(api, "/places", q="Thanh Hà Tân Việt")["items"][0]
    assert (district["name"], district["became"][0]["name"]) == ("Xã Tân Việt", "Xã Hà Bắc")
    for odd in ("?!", "😀", "' OR 1=1 --", "x" * 10_000, "汉字", "xã " * 3_000):
        assert get(api, "/places", q=odd)["items"] == [], odd


def test_a_point_has_a_place_and_one_outside_has_neighbours(api: TestClient) -> None:
    here = api.get("/api/v1/places/at?lat=20.9373&lon=106.3146")
    found: dict[str, Any] = here.json()
    assert here.headers["cache-control"] == "private, no-store"
    assert found["place"]["current"]
    assert found["nearest"] == []
    outside = get(api, "/places/at", lat=21.03, lon=105.85)
    assert outside["place"] is None
    assert outside["nearest"][0]["km"] > 0
    outline = get(api, f"/places/{found['place']['code']}/outline")
    assert outline["sample"]
    assert len(outline["rings"][0]) > 3
    assert api.get("/api/v1/places/10510/outline").status_code == 404
    for query in ("lat=1", "lat=x&lon=1", "lat=91&lon=1", "lat=nan&lon=1"):
        assert api.get(f"/api/v1/places/at?{query}").status_code == 422, query
