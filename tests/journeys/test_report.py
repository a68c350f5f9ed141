"""The main job, in a real browser: a citizen reports, staff answer with proof, her bell rings without a reload."""

import re
from collections.abc import Callable

import pytest

from shared.access import Role
from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.people import DEMO
from tests.support.pictures import jpeg
from tests.support.server import Server

WHERE = {"geolocation": {"latitude": 20.94, "longitude": 106.33}, "permissions": ["geolocation"]}
TROUBLE = "Đèn đường trước cổng trường tắt ba đêm nay."


def test_from_report_to_rating(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    server = serve()
    citizen = visit(server.url, PHONE, **WHERE)
    _sign_up(citizen)
    code = _report(citizen)

    citizen.see(re.compile("Mới gửi"))
    citizen.open("/")
    citizen.find("button", re.compile("Thông báo")).wait_for()
    unread = re.compile("[0-9]+ chưa đọc")
    assert citizen.find("button", unread).count() == 0

    _dispatch(visit(server.url, DESKTOP), code)
    _resolve(visit(server.url, DESKTOP), code)

    # Nothing was reloaded on her phone: the stream alone makes the bell change.
    citizen.find("button", re.compile("4 chưa đọc")).wait_for()
    citizen.open(f"/feedback/{code}")
    citizen.press_below("button", re.compile("5 sao|Rất tốt"))
    citizen.press_below("button", "Gửi đánh giá")
    citizen.see(re.compile("Cảm ơn đã đánh giá"))


def _dispatch(dispatcher: Visitor, code: str) -> None:
    dispatcher.sign_in(DEMO[Role.DISPATCHER])
    dispatcher.open(f"/desk/{code}")
    dispatcher.press("button", re.compile("^Tiếp nhận$"))
    dispatcher.see(re.compile("Đã ghi nhận: Tiếp nhận"))
    dispatcher.press("button", re.compile("^Giao đơn vị…$"))
    dispatcher.write("Tìm đơn vị", "phường hải dương")
    dispatcher.press("checkbox", "UBND phường Hải Dương")
    dispatcher.press("button", re.compile("^Giao đơn vị$"))
    dispatcher.see(re.compile("Đã giao đơn vị"))


def _resolve(officer: Visitor, code: str) -> None:
    officer.sign_in(DEMO[Role.OFFICER])
    officer.open(f"/desk/{code}")
    officer.press("button", re.compile("^Bắt đầu xử lý$"))
    officer.see(re.compile("Đã ghi nhận: Bắt đầu xử lý"))
    officer.press("button", re.compile("^Hoàn thành…$"))
    officer.write("Đã làm gì", "Đã thay bóng và kiểm tra cả tuyến.")
    officer.choose_file("button", re.compile("[Tt]hêm ảnh|[Cc]họn ảnh"), jpeg(text="Sau", colour="#2E6B45"))
    officer.see("Đã tải lên")
    officer.press("button", re.compile("^Hoàn thành$"))
    officer.see(re.compile("Đã xử lý"))


def _sign_up(visitor: Visitor) -> None:
    visitor.open("/sign-up")
    visitor.write("Họ và tên", "Lê Thị Hoa")
    visitor.write("Số điện thoại", "0987 111 222")
    visitor.write("Mật khẩu", "một câu dễ nhớ")
    visitor.press("checkbox", re.compile("Tạo và giữ tài khoản"))
    visitor.press("button", "Tạo tài khoản")
    visitor.see(re.compile("Hoa"))


def _report(visitor: Visitor) -> str:
    visitor.press("button", re.compile("Gửi phản ánh"))
    visitor.choose_file("button", "Chụp hoặc chọn ảnh", jpeg(text="Trước"))
    visitor.press_below("button", "Chiếu sáng")
    visitor.press_below("textbox", "Kể sự việc")
    # No thumb is at the first key sooner; a page that is still being drawn would swallow it.
    visitor.page.wait_for_timeout(500)
    visitor.page.keyboard.type(TROUBLE)
    visitor.press_below("button", "Dùng vị trí của tôi")
    visitor.press_below("button", re.compile("^Gửi phản ánh"))
    visitor.press_below("button", "Theo dõi phản ánh này")
    visitor.page.wait_for_url(re.compile("/feedback/PA-"))
    return visitor.page.url.rsplit("/", 1)[1]


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_look_up_without_an_account(
    serve: Callable[..., Server], visit: Callable[..., Visitor], size: tuple[int, int]
) -> None:
    visitor = visit(serve().url, size)
    visitor.open("/")
    visitor.write(re.compile("Tìm thủ tục"), "dang ky khai sinh")
    visitor.page.keyboard.press("Enter")
    visitor.press("button", re.compile("Đăng ký khai sinh|đăng ký khai sinh"))
    visitor.page.wait_for_url(re.compile(r"/procedures/1\.001193"))
    visitor.see(re.compile("1.001193"))
    # A deep link with a dot in it stays itself over a reload.
    visitor.reload()
    visitor.see(re.compile("1.001193"))
    visitor.open("/places?q=cam+thuong")
    visitor.see(re.compile("Thành Đông"))
