"""A dossier from the receipt to the notice: a wrong try, the right one, followed, moved by the office, opened again."""

import io
import json
import re
from collections.abc import Callable

import segno
from playwright.sync_api import expect

from backend.cli import main
from tests.support.browser import PHONE, Visitor
from tests.support.people import people_of
from tests.support.server import Server

CODE, DIGITS = "H23.150-20261120-0000398", "0001"
OTHER = "G09.20-20261119-0092637"
MOVED = {
    "code": CODE,
    "phone_last4": DIGITS,
    "applicant": "Nguyễn Thị Lan",
    "procedure_code": "1.004222",
    "procedure_name": "Đăng ký thường trú",
    "agency": "Công an phường Hải Dương",
    "state": "papers_wanted",
    "missing": [{"paper": "Giấy tờ chứng minh chỗ ở hợp pháp", "field": "Ngày ký", "reason": "Bản chụp bị mờ"}],
    "contact_phone": "1022",
}


def read_off_a_picture(citizen: Visitor) -> None:
    """Choose a picture of a receipt, as a stranger: its QR code says the dossier's code within an address."""
    slip = io.BytesIO()
    segno.make(f"https://dichvucong.example/dossiers?code={OTHER}").save(slip, kind="png", scale=8)
    citizen.choose_file("button", "Đọc mã từ ảnh giấy hẹn", slip.getvalue(), "giay-hen.png")
    field = citizen.find("textbox", re.compile("Mã hồ sơ"))
    # Flutter tells the browser what stands in a field only while it has the focus.
    field.click()
    expect(field).to_have_value(OTHER, timeout=30_000)


def test_a_dossier_is_looked_up_followed_and_opened_from_its_notice(
    serve: Callable[..., Server], visit: Callable[..., Visitor]
) -> None:
    server = serve()
    with people_of(server.url) as people:
        person = people.sign_up()
    citizen = visit(server.url, PHONE)
    citizen.open("/dossiers")
    read_off_a_picture(citizen)
    citizen.open(f"/dossiers?code={CODE.lower()}")
    citizen.write(re.compile("4 số cuối"), "9999")
    citizen.press("button", "Tra cứu")
    citizen.see(re.compile("Không tìm thấy hồ sơ"))
    citizen.write(re.compile("4 số cuối"), DIGITS)
    citizen.press("button", "Tra cứu")
    citizen.page.wait_for_url(re.compile(f"/dossiers/{CODE}$"))
    citizen.see(re.compile("Nơi nhận đã tiếp nhận hồ sơ"))
    citizen.press_below("button", "Theo dõi")
    citizen.page.wait_for_url(re.compile("/sign-in"))
    citizen.write(re.compile("Số điện thoại"), person.phone)
    citizen.write(re.compile("Mật khẩu"), person.password)
    citizen.press("button", "Đăng nhập")
    # What was asked for before signing in is done after it.
    citizen.page.wait_for_url(re.compile(f"/dossiers/{CODE}$"))
    citizen.see(re.compile("Đang theo dõi hồ sơ này"))

    file = server.data.parent / "dossiers.jsonl"
    file.write_text(json.dumps(MOVED, ensure_ascii=False), encoding="utf-8")
    assert main(["import", "dossiers", str(file), "--data", str(server.data)]) == 0
    citizen.open("/inbox")
    citizen.press("button", re.compile("Hồ sơ cần bổ sung giấy tờ"))
    citizen.page.wait_for_url(re.compile(f"/dossiers/{CODE}$"))
    citizen.see(re.compile("Giấy tờ chứng minh chỗ ở hợp pháp"))

    citizen.open("/dossiers")
    # Both lists lead to it, and the device forgets what it is told to forget.
    citizen.see(re.compile("Hồ sơ đang theo dõi"))
    citizen.press_below("button", f"Xóa {CODE} khỏi máy này")
    citizen.see(re.compile("Đã tra gần đây")).wait_for(state="detached")
