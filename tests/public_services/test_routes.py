"""Look-ups over HTTP, on the demo's own content: open to anyone, paged, cached, and calm about odd questions."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from backend.core.database import Database
from backend.public_services.importing import import_procedures
from tests.public_services.rows import jsonl, procedure

API = "/api/v1"


def get(api: TestClient, path: str, **query: Any) -> Any:
    """Return the JSON of a public read that has to succeed."""
    answer = api.get(f"{API}{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def every(api: TestClient, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """Return all items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = get(api, path, limit=limit, **query, **({"cursor": cursor} if cursor else {}))
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def test_the_demo_has_procedures_in_order_page_by_page(api: TestClient) -> None:
    rows = every(api, "/procedures", 7)
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) >= 30
    assert codes == [row["code"] for row in every(api, "/procedures", 100)]


def test_a_procedure_is_found_as_people_write(api: TestClient) -> None:
    for q in ("đăng ký khai sinh", "dang ky khai sinh", "KHAI SINH", "1.001193", "mã 1.001193 cần gì"):
        assert get(api, "/procedures", q=q)["items"][0]["code"] == "1.001193", q


def test_search_pages_by_rank_without_repeating(api: TestClient) -> None:
    codes = [row["code"] for row in every(api, "/procedures", 3, q="đăng ký")]
    assert len(codes) == len(set(codes)) > 6
    assert codes == [row["code"] for row in get(api, "/procedures", q="đăng ký", limit=100)["items"]]


def test_filters_narrow_lists_and_searches_alike(api: TestClient) -> None:
    for q in ({}, {"q": "đăng ký"}):
        rows = every(api, "/procedures", 100, level="commune", online="true", field="Hộ tịch", **q)
        assert rows
        assert all(row["field"] == "Hộ tịch" and row["online"] and "commune" in row["levels"] for row in rows)
    people = every(api, "/procedures", 100, audience="Công dân Việt Nam")
    assert people
    assert all("Công dân Việt Nam" in row["audiences"] for row in people)
    assert get(api, "/procedures", field="không có lĩnh vực này")["items"] == []


def test_fields_count_what_the_list_holds(api: TestClient) -> None:
    fields = {row["name"]: row["count"] for row in get(api, "/procedures/fields")}
    assert fields["Hộ tịch"] == len(every(api, "/procedures", 100, field="Hộ tịch"))


def test_a_procedure_is_whole_and_says_where_it_is_from(api: TestClient) -> None:
    shown = get(api, "/procedures/2.000635")
    assert {channel["fee_amount"] for channel in shown["channels"]} == {8000.0}
    assert shown["documents"]
    assert shown["steps"]
    assert "dichvucong.gov.vn" in shown["source_url"]
    assert "bản dùng thử" in shown["source"]
    licence = get(api, "/procedures/3.000347")
    assert {channel["fee_state"] for channel in licence["channels"]} == {"free_with_note"}
    assert all(channel["fee_amount"] is None and "135.000" in channel["fee_note"] for channel in licence["channels"])


def test_a_later_import_is_found_at_once(api: TestClient, database: Database, tmp_path: Path) -> None:
    assert "9.999999" not in [row["code"] for row in get(api, "/procedures", q="thư viện quốc tế")["items"]]
    path = jsonl(tmp_path / "p.jsonl", procedure("9.999999", ten="Cấp thẻ thư viện quốc tế"))
    with database.transaction() as session:
        import_procedures(session, [path])
    assert get(api, "/procedures", q="thư viện quốc tế")["items"][0]["code"] == "9.999999"


def test_places_old_and_new_are_found_by_either_name(api: TestClient) -> None:
    assert len([row for row in every(api, "/places", 100) if row["current"]]) == 64
    split = next(row for row in get(api, "/places", q="phuong tran phu")["items"] if not row["current"])
    assert {heir["name"] for heir in split["became"]} == {"Phường Lê Thanh Nghị", "Phường Tân Hưng"}
    assert "Thành phố Hải Dương" in split["parent"]


def test_names_that_differ_by_a_mark_are_told_apart(api: TestClient) -> None:
    for typed, first in (("cẩm giang", "Xã Cẩm Giang"), ("Xã Cẩm Giàng", "Xã Cẩm Giàng")):
        found = [row["name"] for row in get(api, "/places", q=typed)["items"]]
        assert found[0] == first
        assert {"Xã Cẩm Giang", "Xã Cẩm Giàng"} <= set(found)


def test_a_code_means_the_place_that_bore_it_on_the_day(api: TestClient) -> None:
    today, before = get(api, "/places/10507"), get(api, "/places/10507", at="2025-06-30")
    assert (today["name"], today["valid_from"], today["became"]) == ("Phường Thành Đông", "2025-07-01", [])
    assert (before["name"], before["valid_to"]) == ("Phường Cẩm Thượng", "2025-06-30")
    assert [heir["name"] for heir in before["became"]] == ["Phường Thành Đông"]
    assert {part["name"] for part in today["formed_from"]} >= {"Phường Cẩm Thượng", "Xã An Thượng"}
    assert get(api, "/places/10510")["name"] == "Phường Bình Hàn", "nobody bears it today, so the last who did"
    assert api.get(f"{API}/places/10510", params={"at": "2026-01-01"}).status_code == 404


def test_the_numbers_to_call(api: TestClient) -> None:
    rows = get(api, "/hotlines")
    assert [row["number"] for row in rows] == ["112", "113", "114", "115", "111", "1022"]
    assert [row["number"] for row in rows if not row["emergency"]] == ["1022"]


ODD = ["x" * 10_000, "dang ky " * 1_200, "%", "_", "\\", "'\"--", "😀", "đ" * 300]

WRONG = {
    "/procedures/9.999999": 404,
    "/procedures/%00": 422,
    f"/procedures/{'x' * 50}": 422,
    "/procedures?q=%00": 422,
    "/procedures?field=%00": 422,
    "/procedures?level=district": 422,
    "/procedures?online=perhaps": 422,
    "/procedures?cursor=nonsense": 422,
    "/procedures?q=khai&cursor=WyJhIl0=": 422,
    "/procedures?limit=0": 422,
    "/places/00000": 404,
    "/places/10507?at=yesterday": 422,
    "/places?cursor=WzFlOTld": 422,
}


def test_odd_questions_are_answered(api: TestClient) -> None:
    for path in ("/procedures", "/places", "/news"):
        for q in ODD:
            get(api, path, q=q)


def test_wrong_questions_are_problems(api: TestClient) -> None:
    for path, status in WRONG.items():
        answer = api.get(f"{API}{path}")
        assert (path, answer.status_code) == (path, status), answer.text
        assert answer.headers["content-type"] == "application/problem+json"


def test_public_reads_carry_an_etag(api: TestClient) -> None:
    for path in ("/procedures", "/procedures/fields", "/procedures/1.001193", "/places", "/hotlines"):
        answer = api.get(f"{API}{path}")
        assert answer.headers["cache-control"].startswith("public")
        again = api.get(f"{API}{path}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
