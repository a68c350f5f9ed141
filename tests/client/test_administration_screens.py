"""The screens of administration without a browser: what is sent, what is asked first, what is said."""

from typing import Any

import flet as ft
import pytest

from client.administration.deadlines import Deadlines
from client.administration.held import HeldWords
from client.administration.locks import Locks
from client.administration.routing import Routing
from client.administration.year import Year
from tests.client.admin_backend import CONFLICT, FORBIDDEN, LIGHTS, POWER, WARD, Backend, Desk, lock, run

WIDTHS = pytest.mark.parametrize("width", [412, 1440])


@WIDTHS
def test_a_rule_is_put_together_from_lists_and_sent_once(width: int) -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Routing, width)
        await desk.screen.settle(0.3)
        await desk.press("Thêm quy tắc")
        await desk.pick("Phường Hải Dương")
        await desk.pick("Điện lực Hải Dương")
        await desk.press("Lưu")
        method, path, body, key = backend.sent[0]
        assert (method, path) == ("POST", "/desk/routing")
        assert body == {"category": None, "place": WARD.code, "unit": POWER.code}
        assert key
        assert len(backend.sent) == 1

    run(story)


def test_who_may_not_is_told_so_and_keeps_the_form() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Routing)
        await desk.screen.settle(0.3)
        await desk.press("Thêm quy tắc")
        backend.refuses = FORBIDDEN
        await desk.press("Lưu")
        assert "Tài khoản này không được dùng phần này." in desk.screen.texts()
        assert "Quy tắc mới" in desk.screen.texts()

    run(story)


def test_the_most_particular_rule_stands_first_and_one_of_the_same_is_said_to_be_replaced() -> None:
    async def story() -> None:
        desk = Desk(Backend(), Routing)
        await desk.screen.settle(0.3)
        texts = desk.screen.texts()
        assert texts.index("Phường Hải Dương") < texts.index("Mọi nơi")
        await desk.press("Thêm quy tắc")
        assert "Đã có quy tắc cho loại và nơi này. Lưu sẽ thay quy tắc đó." in desk.screen.texts()
        await desk.pick("Phường Hải Dương")
        assert "Đã có quy tắc cho loại và nơi này. Lưu sẽ thay quy tắc đó." not in desk.screen.texts()

    run(story)


def test_a_rule_is_removed_after_one_question() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Routing)
        await desk.screen.settle(0.3)
        await desk.press(f"Xóa quy tắc {LIGHTS.name} · {WARD.name}")
        assert not backend.sent
        await desk.press("Xóa")
        gone = backend.held["/desk/routing"][1]
        assert [sent[:2] for sent in backend.sent] == [("DELETE", f"/desk/routing/{gone.id}")]

    run(story)


@WIDTHS
def test_a_deadline_is_changed_in_days_and_hours(width: int) -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Deadlines, width)
        await desk.screen.settle(0.3)
        await desk.press("Đổi thời hạn Thông thường, Chiếu sáng")
        assert [desk.field(f"due_{part}").value for part in ("days", "hours")] == ["1", "4"]
        desk.write("due_days", "2")
        desk.write("due_hours", "1,5")
        await desk.press("Lưu")
        assert backend.sent[0][2] == {
            "level": "normal",
            "category": LIGHTS.code,
            "unit": None,
            "accept_hours": 8,
            "due_hours": 17.5,
        }

    run(story)


@pytest.mark.parametrize(
    ("days", "hours", "said"),
    [
        ("", "", "Ghi số ngày hoặc số giờ"),
        ("ba", "", "Ghi số ngày hoặc số giờ"),
        ("", "nan", "Ghi số ngày hoặc số giờ"),
        ("9999", "", "Ghi số ngày hoặc số giờ"),
        ("-1", "9", "Ghi số ngày hoặc số giờ"),
        ("", "2", "Không được ngắn hơn hạn tiếp nhận"),
    ],
)
def test_a_time_that_is_none_is_said_at_its_field(days: str, hours: str, said: str) -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Deadlines)
        await desk.screen.settle(0.3)
        await desk.press("Thêm thời hạn riêng")
        desk.write("due_days", days)
        desk.write("due_hours", hours)
        await desk.press("Lưu")
        assert desk.field("due_hours").error == said
        assert not backend.sent

    run(story)


def test_a_default_can_be_changed_but_not_removed() -> None:
    async def story() -> None:
        desk = Desk(Backend(), Deadlines)
        await desk.screen.settle(0.3)
        names = [each.tooltip for each in desk.all(ft.IconButton)]
        assert "Đổi thời hạn Thông thường, Mặc định" in names
        assert [name for name in names if name.startswith("Xóa")] == ["Xóa thời hạn Thông thường, Chiếu sáng"]

    run(story)


def test_a_day_needs_its_date_and_a_reason_and_only_own_days_can_go() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Year)
        await desk.screen.settle(0.3)
        assert {"Quốc khánh", "Làm bù", "Thứ Hai – thứ Sáu"} <= set(desk.screen.texts())
        removes = [each.tooltip for each in desk.all(ft.IconButton) if each.tooltip.startswith("Xóa ngày")]
        assert len(removes) == 1
        await desk.press("Thêm ngày")
        await desk.press("Lưu")
        assert "Hãy chọn ngày" in desk.screen.texts()
        assert desk.field("note").error == "Hãy ghi lý do"
        assert not backend.sent

    run(story)


@pytest.mark.parametrize(
    ("typed", "said"), [("x", "Ghi ít nhất hai chữ cái"), ("  LUA   DAO ", "Từ này đã có trong danh sách")]
)
def test_a_word_that_stands_there_is_not_sent_again(typed: str, said: str) -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, HeldWords)
        await desk.screen.settle(0.3)
        desk.write("words", typed)
        await desk.press("Thêm")
        assert desk.field("words").error == said
        assert not backend.sent
        desk.write("words", " chửi   bậy ")
        await desk.press("Thêm")
        assert backend.sent[0][2] == {"words": "chửi bậy"}
        assert desk.field("words").value == ""

    run(story)


@pytest.mark.parametrize(("button", "lift"), [("Gỡ khóa", True), ("Giữ khóa", False)])
def test_an_appeal_is_answered_with_words(button: str, lift: bool) -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Locks)
        await desk.screen.settle(0.3)
        assert "Cháu nhà tôi nghịch máy" in desk.screen.texts()
        await desk.press(button)
        await desk.press(button)
        assert desk.field("text").error == "Hãy viết vài lời"
        assert not backend.sent
        desk.write("text", "Đã xem lại")
        await desk.press(button)
        assert backend.sent[0][1] == f"/desk/locks/{lock().id}/release"
        assert backend.sent[0][2] == {"lift": lift, "text": "Đã xem lại"}

    run(story)


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, {"Gỡ khóa", "Giữ khóa"}),
        ({"appeal": None}, {"Gỡ khóa"}),
        ({"answer": "Vẫn giữ"}, {"Gỡ khóa"}),
        ({"lifted": True, "answer": "Đã gỡ"}, set()),
    ],
)
def test_a_lock_offers_what_is_left_to_do(changes: dict[str, Any], offered: set[str]) -> None:
    async def story() -> None:
        backend = Backend()
        backend.held["/desk/locks"] = {"items": [lock(**changes)], "next_cursor": None}
        desk = Desk(backend, Locks)
        await desk.screen.settle(0.3)
        buttons = {each.content for each in [*desk.all(ft.FilledButton), *desk.all(ft.OutlinedButton)]}
        assert buttons == offered

    run(story)


def test_what_somebody_else_answered_first_is_said() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, Locks)
        await desk.screen.settle(0.3)
        await desk.press("Gỡ khóa")
        desk.write("text", "Đã xem lại")
        backend.refuses = CONFLICT
        await desk.press("Gỡ khóa")
        assert "Việc này vừa thay đổi ở nơi khác. Tải lại rồi thử lại." in desk.screen.texts()
        assert desk.field("text").value == "Đã xem lại"

    run(story)
