"""One box over everything: what fits best comes first, nothing strange breaks it, no table is read from end to end."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.core import clock
from backend.core.database import Database
from backend.news import service as news
from backend.search.emergencies import number_for
from bench.search import questions
from bench.search_rows import RARE, fill
from tests.support.people import API, expect
from tests.support.plans import recorded, scans

HOSTILE = [
    "đ" * 10_000, "khai sinh " * 1_000, "!!! ??? ...", "-", "\" OR NEAR( *", "a AND b OR NOT c", "title:khai*", "^khai",
    "khai OR sinh) NOT (", "'); DROP TABLE article; --", "%_\\%", "&|!:*<->", "' & !'x", "😀🎉", "出生登録",
    "تسجيل المواليد", "การเกิด", "\ufffe", "a\u0301\u0301\u0301", "00000000000000000000", "=all", "=w.1",
    "~den", "t.khai", "NULL", "\t\n",
]  # fmt: skip


def search(api: TestClient, q: str, **also: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the hits of each kind, the kinds in the order in which they came."""
    answer = expect(200, api.get(f"{API}/search", params={"q": q, **also}))
    return {group["kind"]: group["hits"] for group in answer["groups"]}


FIRST = [
    ("đăng ký khai sinh", "procedure", "Thủ tục đăng ký khai sinh"),
    ("dang ky khai sinh", "procedure", "Thủ tục đăng ký khai sinh"),
    ("1.001193", "procedure", "Thủ tục đăng ký khai sinh"),
    ("114", "hotline", "Cứu hỏa, cứu nạn"),
    ("cháy nhà", "hotline", "Cứu hỏa, cứu nạn"),
    ("nhà hàng xóm đang cháy to", "hotline", "Cứu hỏa, cứu nạn"),
    ("tai nạn giao thông", "hotline", "Cấp cứu y tế"),
    ("xã Cẩm Giàng", "place", "Xã Cẩm Giàng"),
    ("xa cam giang", "place", "Xã Cẩm Giàng"),
    ("cam giag", "place", "Xã Cẩm Giang"),
    ("685/QĐ-UBND", "document", "Quyết định 685/QĐ-UBND"),
    ("quyết định 505", "document", "Quyết định 505/QĐ-TTg"),
    ("vải thiều", "news", "Vải thiều Thanh Hà vào mùa: chọn quả, giữ quả"),
    ("một cửa cẩm giàng", "office", "Trung tâm Phục vụ hành chính công xã Cẩm Giàng"),
]


def test_the_kind_that_fits_best_comes_first(api: TestClient) -> None:
    wrong = []
    for q, kind, title in FIRST:
        found = search(api, q)
        first = next(iter(found), None)
        titles = [hit["title"] for hit in found.get(kind, [])[:2]]
        if first != kind or title not in titles:
            wrong.append((q, first, titles))
    assert not wrong


def test_every_hit_leads_to_something_that_is_there(api: TestClient) -> None:
    found = search(api, "thanh hà") | search(api, "685") | search(api, "khai sinh")
    lists = {"procedure", "news", "document", "office"}
    assert lists | {"place"} <= set(found)
    for kind in lists:
        expect(200, api.get(f"{API}{found[kind][0]['path']}"))
    assert all(hit["phone"] for hit in search(api, "đường dây nóng")["hotline"])


def test_what_no_procedure_answers_is_led_elsewhere(api: TestClient) -> None:
    asked = {"đèn đường hỏng": "report", "hồ sơ của tôi đến đâu rồi": "dossiers", "cháy nhà": None, "cam giag": None}
    answers = {q: expect(200, api.get(f"{API}/search", params={"q": q})) for q in asked}
    assert {q: answer["door"] for q, answer in answers.items()} == asked
    assert answers["cam giag"]["understood"] is None
    assert expect(200, api.get(f"{API}/search", params={"q": "dang ki khai sih"}))["understood"] == "dang ki khai sinh"


def test_one_kind_and_how_many_can_be_asked_for(api: TestClient) -> None:
    assert list(search(api, "thanh hà", kind="news")) == ["news"]
    answer = expect(200, api.get(f"{API}/search", params={"q": "đường dây nóng", "limit": 2}))
    first = answer["groups"][0]
    assert (first["kind"], len(first["hits"]), first["more"]) == ("hotline", 2, True)
    for wrong in ({"kind": "everything"}, {"limit": 0}, {"limit": 21}):
        assert api.get(f"{API}/search", params={"q": "a", **wrong}).status_code == 422


@pytest.mark.parametrize("path", ["search", "news", "documents"])
def test_no_question_is_too_strange(api: TestClient, path: str) -> None:
    for q in HOSTILE:
        expect(200, api.get(f"{API}/{path}", params={"q": q}))
    for q in ("%00", "%ff%fe"):
        assert api.get(f"{API}/{path}?q={q}").status_code in {200, 422}
    assert expect(200, api.get(f"{API}/search"))["groups"] == []
    assert search(api, '" OR NEAR( *') == {}


def test_syllables_that_meet_by_chance_in_a_long_text_are_no_find(api: TestClient, database: Database) -> None:
    body = "Xe đỗ bên đường, ai cũng so kè từng bước."
    with database.transaction() as session:
        new = news.NewArticle("tin-xe", "Xe đỗ", "Tóm tắt", body, "doi-song", clock.now())
        news.publish(session, new)
    assert "Xe đỗ" not in [hit["title"] for hit in search(api, "kè đỗ").get("news", [])]
    assert [hit["title"] for hit in search(api, "so kè từng bước")["news"]] == ["Xe đỗ"]


CRIES = {
    "cháy": "114", "cháy rừng": "114", "xe máy cháy ở ngã tư": "114", "đuối nước": "112", "lũ về": "112",
    "ăn trộm vào nhà": "113", "bố tôi bị đột quỵ": "115", "trẻ em bị bạo hành": "111", "chảy máu nhiều": "115",
    "thẩm duyệt phòng cháy chữa cháy": None, "trợ cấp tai nạn lao động": None, "khai sinh": None,
    "bảo hiểm cháy nổ bắt buộc": None, "tiền trợ cấp lũ lụt năm ngoái chưa nhận được": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize(("said", "number"), CRIES.items())
def test_a_cry_for_help_is_told_from_a_procedure(said: str, number: str | None) -> None:
    assert number_for(said) == number


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_a_hundred_documents_are_found_by_their_index_and_by_a_plan_that_is_kept(
    api: TestClient, database: Database
) -> None:
    fill(database, 0, 120)
    with recorded(database) as seen:
        for number in range(12):
            expect(200, api.get(f"{API}/documents", params={"q": "giao dự toán", "limit": number + 1}))
    with database.reading() as session:
        kept = session.connection().exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
    assert any("RECURSIVE" in statement for statement in kept), "planned anew for every question"
    sql, values = next((sql, values) for sql, values in seen if "RECURSIVE" in sql)
    assert not scans(database, sql, values)


def test_no_question_reads_all_articles(api: TestClient, database: Database) -> None:
    fill(database, 3_000, 3_000)
    wrong, counts = [], {}
    for name, ask in questions().items():
        expect(200, api.get(f"{API}{ask(1)}"))
        with recorded(database) as seen:
            expect(200, api.get(f"{API}{ask(2)}"))
        counts[name] = len(seen)
        wrong += [(name, line, sql) for sql, values in list(seen) for line in scans(database, sql, values)]
    assert not wrong, "\n".join(map(str, wrong))
    assert max(counts.values()) <= 9, counts
    assert expect(200, api.get(f"{API}/news", params={"q": RARE[0]}))["items"], "a rare word of long ago is found"
