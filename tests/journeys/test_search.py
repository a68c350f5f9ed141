"""The one search box, in a real browser: found while one types, opened by hand or key, remembered and forgotten."""

import re
from collections.abc import Callable

from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.server import Server

BOX = re.compile("Tìm thủ tục, cơ quan, tin tức")


def test_a_stranger_finds_opens_and_forgets(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    stranger = visit(serve().url, PHONE)
    stranger.open("/")
    stranger.write(BOX, "cháy nhà")
    stranger.page.keyboard.press("Enter")
    stranger.page.wait_for_url(re.compile(r"/search\?q="))
    stranger.see(re.compile("Gọi 114. Cứu hỏa"))
    stranger.write(BOX, "685/qd-ubnd")
    stranger.press("button", re.compile("Quyết định 685.QĐ-UBND"))
    stranger.page.wait_for_url(re.compile("/documents/"))
    stranger.see("Về Ngày Chuyển đổi số tỉnh Hải Dương, ngày 26 tháng 3 hằng năm")
    stranger.open("/search")
    stranger.see("Tìm lại “685/qd-ubnd”")
    stranger.press("button", "Xóa “685/qd-ubnd” khỏi danh sách")
    stranger.find("button", "Tìm lại “685/qd-ubnd”").wait_for(state="detached")
    stranger.reload()
    stranger.see("Hay được tìm")
    assert not stranger.find("button", "Tìm lại “685/qd-ubnd”").count()


def test_the_keyboard_chooses_and_opens(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    stranger = visit(serve().url, DESKTOP)
    stranger.open("/news")
    stranger.press("button", "Tìm kiếm")
    stranger.page.wait_for_url(re.compile("/search$"))
    stranger.write(BOX, "dang ky khai sinh")
    stranger.see(re.compile("Thủ tục đăng ký khai sinh. "))
    stranger.page.wait_for_timeout(1_000)
    stranger.page.keyboard.press("ArrowDown")
    stranger.page.wait_for_timeout(1_000)
    stranger.page.keyboard.press("Enter")
    stranger.page.wait_for_url(re.compile(r"/procedures/1\.001193"))
    stranger.open("/search?q=khongcogi")
    stranger.see("Chưa tìm thấy “khongcogi”")
    stranger.press("button", "Gửi phản ánh")
    stranger.page.wait_for_url(re.compile("/feedback/new"))


def test_who_types_with_rests_keeps_the_box(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    """What comes while one types takes neither the keys nor the words away: first there is something, then nothing."""
    server = serve()
    asked = {
        ("/services", PHONE): (re.compile("Tên thủ tục"), ("khai", "qqzz", " sinh")),
        ("/services", DESKTOP): (re.compile("Tên thủ tục"), ("khai", "qqzz", " sinh")),
        ("/places", PHONE): (re.compile("Tên xã"), ("Minh", "qqzz", " Tan")),
        ("/search", PHONE): (BOX, ("khai", "qqzz", " sinh")),
    }
    people = []
    for (path, size), (box, parts) in asked.items():
        stranger = visit(server.url, size)
        stranger.open(path)
        stranger.write(box, parts[0])
        people.append((stranger, parts))
    for turn in (1, 2):
        for stranger, parts in people:
            stranger.page.wait_for_timeout(1_000)
            stranger.page.keyboard.type(parts[turn])
    for stranger, parts in people:
        stranger.page.wait_for_url(re.compile(f"q={parts[0]}{parts[1]}"))
        stranger.page.wait_for_timeout(800)
        held = stranger.page.evaluate("[document.activeElement.tagName, document.activeElement.value]")
        assert held == ["INPUT", "".join(parts)], stranger.page.url
