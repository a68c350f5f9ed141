"""Search among cases: words without marks, the newest first, page by page, in the newest cases and in the index."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.tables import new_id
from backend.feedback import public_list, search
from backend.feedback.models import Feedback
from shared.access import Role
from tests.feedback.test_state_table import REPORT, C, D, Desk
from tests.support.people import API, People, Person, expect

Drain = Callable[[], int]


@pytest.fixture(params=["recent", "indexed"])
def looked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Search where the newest are looked through, and where hardly any are, so that the index must find the rest."""
    if request.param == "indexed":
        monkeypatch.setattr(public_list, "LOOKED_THROUGH", 1)
    found: str = request.param
    return found


def send(citizen: Person, description: str, **also: Any) -> str:
    """Send a report; return its code."""
    code: str = expect(201, citizen.post("/feedback", {**REPORT, "description": description, **also}))["code"]
    return code


def found(api: TestClient, q: str, **also: Any) -> list[str]:
    """Return the codes that a search finds, over all its pages."""
    codes: list[str] = []
    cursor: str | None = None
    for _ in range(50):
        asked = {"q": q, **also, **({"cursor": cursor} if cursor else {})}
        page = expect(200, api.get(f"{API}/feedback", params=asked))
        codes += [row["code"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return codes
    raise AssertionError("pages without end")


def test_words_are_found_without_marks_newest_first(people: People, api: TestClient, drain: Drain, looked: str) -> None:
    citizen = people.sign_up()
    first = send(citizen, "Con đom đóm nghiêng ngả ở bờ kênh.")
    second = send(citizen, "Bờ kênh có đom đóm, đẹp lắm.", category="moi-truong")
    send(citizen, "Đom nước đóm lửa thì không phải.", address="chỗ khác")
    drain()
    assert found(api, "bo kenh ĐOM đóm") == [second, first]
    assert found(api, "kênh ngh") == found(api, "nghieng") == [first], "the last word may be a beginning"
    assert found(api, "ngh kênh") == [], "only the last"
    assert found(api, "bờ kênh", category="moi-truong") == [second]
    assert found(api, "bờ kênh", open=True, unit="none", limit=1) == []
    assert found(api, "bờ kênh", open=False) == []
    assert found(api, "bờ kên", status="new", open=True) == [second, first]
    assert found(api, first) == found(api, f" {first.lower()} ") == [first]


def test_pages_of_a_search_miss_none_and_repeat_none(
    people: People, api: TestClient, drain: Drain, looked: str
) -> None:
    citizen = people.sign_up()
    codes = [send(citizen, f"Chuồn chuồn số {n} bay thấp.") for n in range(9)]
    send(citizen, "Không có con nào bay cả.")
    drain()
    for limit in (1, 2, 4, 9, 20):
        assert found(api, "chuồn chuồn bay", limit=limit) == codes[::-1], limit


def test_what_was_hidden_a_moment_ago_hides_and_ends_no_page(
    people: People, api: TestClient, database: Database, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_list, "LOOKED_THROUGH", 1)
    monkeypatch.setattr(public_list, "_SPARE", 0)
    citizen = people.sign_up()
    codes = [send(citizen, f"Tắc kè kêu lần {n} rồi.") for n in range(6)]
    drain()
    for code in codes[2:5]:
        expect(200, citizen.post(f"/feedback/{code}/withdraw", {}))
    assert found(api, "tắc kè kêu", limit=1) == [codes[5], codes[1], codes[0]], "the index does not know yet"
    drain()
    assert found(api, "tắc kè kêu", limit=1) == [codes[5], codes[1], codes[0]]


def test_a_search_follows_the_moves(people: People, api: TestClient, drain: Drain, looked: str) -> None:
    desk = Desk(people)
    desk.code = send(desk.citizen, "Hải âu lạc vào chợ cá.")
    drain()
    assert found(api, "hải âu", status="new") == [desk.code]
    expect(200, desk.move("assign", D))
    drain()
    assert (found(api, "hải âu", status="new"), found(api, "hải âu", status="assigned")) == ([], [desk.code])
    expect(200, desk.move("withdraw", C))
    assert found(api, "hải âu") == [], "at once"
    drain()
    assert found(api, "hải âu") == []
    assert found(api, desk.code) == []


STRANGE = [
    '" OR NEAR( *', "den AND", "NOT den", "den*", "^den", "=public", "~den", "tokens:den", "{den}", "' | 'x", "a\x00b",
    "%_\\%", "\\", "den & !tat", "😀\u202e", "!!!", "x" * 10_000, "đ" * 9_000, "ก็", "𝔡𝔢𝔫", "\ufffe", "ß ẞ",
    " ".join("abcdefghijklmnop"), "den <-> tat:*A",
]  # fmt: skip


def test_no_words_are_an_operator(people: People, api: TestClient, drain: Drain, looked: str) -> None:
    staff = people.demo(Role.DISPATCHER)
    send(people.sign_up(), "Đèn đường trước nhà bị tắt.", public=False)
    drain()
    for q in STRANGE:
        expect(200, api.get(f"{API}/feedback", params={"q": q}))
        expect(200, staff.get("/desk/feedback", params={"q": q}))
    for name in ("category", "unit", "place"):
        for value in ('a b"', "=public", "' | 'x", "ấ", "\\"):
            asked = {"q": "den tat", name: value}
            assert expect(200, api.get(f"{API}/feedback", params=asked))["items"] == [], (name, value)
            assert expect(200, staff.get("/desk/feedback", params=asked))["items"] == [], (name, value)


def test_staff_words_stay_with_staff(people: People, api: TestClient, drain: Drain, looked: str) -> None:
    send(people.sign_up(), "Chuyện riêng của tôi về ông hàng xóm Quyền Linh.", public=False)
    drain()
    for q in ("quyền linh", "~quyen ~linh", "~^quyenlinh"):
        assert found(api, q) == []
    (row,) = expect(200, people.demo(Role.DISPATCHER).get("/desk/feedback", params={"q": "quyền lin"}))["items"]
    assert not row["public"]


def test_numbers_sort_as_ids_do(database: Database) -> None:
    ids = sorted(new_id() for _ in range(500))
    numbers = [search.number_of(one) for one in ids]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 500
    assert 0 < numbers[0] < 2**63
    with database.reading() as session:
        assert all(search.number_of(one) > 0 for one in session.exec(select(Feedback.id)))
