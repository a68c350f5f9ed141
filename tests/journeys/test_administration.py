"""Rules that an administrator sets hold at once, and a name is shown for a reason that its owner reads."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx2

from shared.access import Role
from shared.base import VIETNAM
from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.people import DEMO, People, Person, expect, people_of
from tests.support.server import Server

WHERE = {"lat": 20.94, "lon": 106.33}
WHY = "Cần gọi để hỏi đúng vị trí cột đèn"


def test_a_rule_and_a_day_off_hold_at_once(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    server = serve()
    where = {"geolocation": {"latitude": WHERE["lat"], "longitude": WHERE["lon"]}, "permissions": ["geolocation"]}
    administrator = visit(server.url, DESKTOP, **where)
    administrator.sign_in(DEMO[Role.ADMINISTRATOR])
    administrator.open("/admin")
    administrator.press("button", re.compile("^Phân luồng"))

    _try(administrator)
    administrator.see(re.compile(r"Đơn vị sẽ nhận\s+UBND phường Hải Dương"))
    _rule(administrator)
    # Nothing was reloaded: the panel asks again when the rules have changed.
    administrator.see(re.compile(r"Đơn vị sẽ nhận\s+Điện lực Hải Dương"))
    assert _expected(server)["unit"]["name"] == "Điện lực Hải Dương"

    before = _expected(server)["due_at"]
    _day_off(administrator, before)
    assert _expected(server)["due_at"] > before


def _try(administrator: Visitor) -> None:
    administrator.press("checkbox", "Chiếu sáng")
    administrator.press("button", "Dùng vị trí của tôi")
    administrator.see(re.compile("Đơn vị sẽ nhận"))


def _rule(administrator: Visitor) -> None:
    administrator.press("button", "Thêm quy tắc")
    administrator.find("textbox", "Tìm đơn vị nhận").wait_for()
    administrator.find("checkbox", "Chiếu sáng").click()
    administrator.write("Tìm đơn vị nhận", "dien luc")
    administrator.press("checkbox", "Điện lực Hải Dương")
    administrator.press("button", "Lưu")
    administrator.see(re.compile("Đã lưu quy tắc"))


def _day_off(administrator: Visitor, due_at: str) -> None:
    """Take the day of a deadline off; the calendar of the picker is typed into."""
    day = datetime.fromisoformat(due_at).astimezone(VIETNAM)
    administrator.open("/admin/calendar")
    administrator.press("button", "Thêm ngày")
    administrator.press("button", re.compile("^Chọn ngày"))
    administrator.press("button", re.compile(f"^{day.day}, "))
    administrator.press("button", "OK")
    administrator.write("Lý do", "Ngày hội của tỉnh")
    administrator.press("button", "Lưu")
    administrator.see(re.compile("Ngày hội của tỉnh"))


def _expected(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = expect(
        200, httpx2.get(f"{server.url}/api/v1/feedback/expectation", params={"category": "chieu-sang", **WHERE})
    )
    return found


def test_a_revealed_name_is_read_by_its_owner(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    server = serve()
    with people_of(server.url) as people:
        citizen = people.sign_up("Lê Thị Hoa")
        code = _report(citizen)
        _reveal(visit(server.url, PHONE), code)
        assert citizen.get("/me/activity").json()["items"][0]["text"] == WHY
        assert _read(people, code) == "Lê Thị Hoa"


def _report(citizen: Person) -> str:
    draft = {"category": "chieu-sang", "description": "Đèn đường trước cổng trường tắt ba đêm nay.", **WHERE}
    code: str = expect(201, citizen.post("/feedback", draft))["code"]
    return code


def _reveal(dispatcher: Visitor, code: str) -> None:
    dispatcher.sign_in(DEMO[Role.DISPATCHER])
    dispatcher.open(f"/desk/{code}")
    dispatcher.press_below("button", re.compile("^Xem tên người gửi…$"))
    dispatcher.see(re.compile("Người gửi sẽ đọc được"))
    dispatcher.write("Vì sao cần biết tên", WHY)
    dispatcher.press("button", re.compile("^Xem tên người gửi$"))
    dispatcher.see(re.compile("Đã xem tên; người gửi biết"))
    dispatcher.see(re.compile("Lê Thị Hoa"))


def _read(people: People, code: str) -> str:
    """Return the name that officers see from now on."""
    name: str = people.demo(Role.DISPATCHER).get(f"/desk/feedback/{code}").json()["reporter"]["name"]
    return name


def test_a_long_form_that_is_wrong_leads_to_its_first_wrong_field(
    serve: Callable[..., Server], visit: Callable[..., Visitor]
) -> None:
    editor = visit(serve().url, PHONE)
    editor.sign_in(DEMO[Role.EDITOR])
    editor.open("/admin/offices/new")
    editor.press_below("button", "Lưu")
    editor.page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Tên'")
    box = editor.find("textbox", "Tên").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE[1]
