"""What is hidden, what is shown to whom, and that whoever looks is seen looking."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from shared.access import Role
from shared.masking import has_numbers, mask_numbers
from tests.feedback.test_state_table import REPORT, D, Desk, O
from tests.support.people import API, People, expect


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Gọi tôi 0912345678 nhé", "Gọi tôi •••••••678 nhé"),
        ("Gọi tôi 0912.345.678, hoặc +84 912 345 678.", "Gọi tôi ••••.•••.678, hoặc •• ••• ••• 678."),
        ("CCCD 030088001234", "CCCD •••••••••234"),
        ("CMND 141 234 567 của mẹ", "CMND ••• ••• 567 của mẹ"),
        ("máy bàn 02203853123", "máy bàn ••••••••123"),
        ("Đèn tắt từ 2026-11-24, cột số 12345", "Đèn tắt từ 2026-11-24, cột số 12345"),
        ("Mã PA-261124-4K7Q, hồ sơ 000.00.01.H23-230331-0001", "Mã PA-261124-4K7Q, hồ sơ 000.00.01.H23-230331-0001"),
        ("Nợ 150.000.000 đồng", "Nợ 150.000.000 đồng"),
        ("", ""),
    ],
)
def test_numbers_of_people_are_masked_and_others_are_not(said: str, shown: str) -> None:
    assert mask_numbers(said) == shown
    assert has_numbers(said) is (said != shown)


def test_the_public_reads_masked_words_and_the_parties_all(people: People, api: TestClient) -> None:
    desk = Desk(people)
    words = {"description": "Gọi 0912345678 để vào ngõ. Đèn tắt ba đêm.", "address": "Nhà số 5, hỏi 0987654321"}
    code = expect(201, desk.citizen.post("/feedback", {**REPORT, **words}))["code"]
    public = expect(200, api.get(f"{API}/feedback/{code}"))
    assert public["masked"] is True
    assert not any(number in str(public) for number in ("0912345678", "0987654321"))
    assert "0912345678" not in str(expect(200, api.get(f"{API}/feedback")))
    assert expect(200, desk.citizen.get(f"/feedback/{code}"))["description"] == words["description"]
    assert expect(200, desk.staff[D].get(f"/desk/feedback/{code}"))["address"] == words["address"]
    for q in ("0912345678", "0987654321"):
        assert expect(200, api.get(f"{API}/feedback?q={q}"))["items"] == [], "what is hidden is not found either"


def test_a_name_is_hidden_until_a_dispatcher_says_why(people: People, drain: Callable[[], int]) -> None:
    desk = Desk(people)
    expect(200, desk.move("assign", D))
    hidden = expect(200, desk.staff[O].get(f"/desk/feedback/{desk.code}"))
    assert (hidden["reporter"], hidden["revealed"]) == ({"name": None, "phone": None}, False)
    path, why = f"/desk/feedback/{desk.code}/reveal", {"reason": "Cần gọi để hẹn giờ vào nhà."}
    assert desk.staff[O].post(path, why).status_code == 403, "a dispatcher's decision"
    assert desk.citizen.post(path, why).status_code == 403
    assert desk.staff[D].post(path, {"reason": " "}).status_code == 422
    shown = expect(200, desk.staff[D].post(path, why))
    assert (shown["reporter"]["name"], shown["revealed"]) == ("Nguyễn Thị Vải", True)
    assert expect(200, desk.staff[O].get(f"/desk/feedback/{desk.code}"))["reporter"]["phone"].startswith("+84")
    drain()
    told = expect(200, desk.citizen.get("/me/notifications"))["items"][0]
    assert (told["event"], told["text"]) == ("reveal", why["reason"])
    seen = expect(200, desk.citizen.get("/me/activity"))["items"]
    assert [(row["kind"], row["code"], row["text"], row["by"]["code"]) for row in seen] == [
        ("reveal", desk.code, why["reason"], "ioc")
    ]
    assert expect(200, people.sign_up().get("/me/activity"))["items"] == []
    public = expect(200, people.client.get(f"{API}/feedback/{desk.code}"))
    assert "reveal" not in {line["kind"] for line in public["story"]}
    assert "Vải" not in str(public)


def test_who_ticked_the_name_is_not_revealed_again(people: People) -> None:
    desk = Desk(people)
    code = expect(201, desk.citizen.post("/feedback", {**REPORT, "show_name": True}))["code"]
    expect(200, desk.staff[D].post(f"/desk/feedback/{code}/reveal", {"reason": "Thử."}))
    assert expect(200, desk.citizen.get("/me/activity"))["items"] == []


def test_what_system_is_wrong_is_the_handlers_to_know(people: People, api: TestClient) -> None:
    desk = Desk(people)
    code = expect(201, desk.citizen.post("/feedback", {**REPORT, "system": "VNeID"}))["code"]
    assert expect(200, desk.staff[D].get(f"/desk/feedback/{code}"))["system"] == "VNeID"
    assert expect(200, api.get(f"{API}/feedback/{code}"))["system"] == ""


def test_only_dispatchers_reach_locks_and_words(people: People) -> None:
    for role in (Role.CITIZEN, Role.OFFICER, Role.EDITOR, Role.FACILITATOR):
        who = people.demo(role)
        assert who.get("/desk/locks").status_code == 403
        assert who.get("/desk/words").status_code == 403
        assert who.post("/desk/words", {"words": "thử xem"}).status_code == 403
