"""The public side, in a real browser: a stranger looks around without an account, a citizen joins and follows."""

import re
import time
from collections.abc import Callable

import pytest

from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.people import API, expect, people_of
from tests.support.server import Server

# Sent by the demo's own citizen, so that another can join it.
UNDER_WAY = "Miệng cống bị lá và túi nilon bịt kín"
MANY = 100
"""More cases than those that the demo tells through the services."""


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_a_stranger_looks_around(
    serve: Callable[..., Server], visit: Callable[..., Visitor], size: tuple[int, int]
) -> None:
    stranger = visit(serve().url, size)
    stranger.open("/feedback")
    # One that is isolated from other origins lets Flutter corrupt its own memory, and hangs now and then.
    assert stranger.page.evaluate("window.isSecureContext && !window.crossOriginIsolated")
    stranger.press("button", "Bản đồ")
    stranger.page.wait_for_url(re.compile("/feedback/map$"))
    # Everything that stands on the map stands in its list as well; a bubble opens up until cases stand alone.
    stranger.see(re.compile("phản ánh trong khung"))
    alone = re.compile("^1 phản ánh, (đang xử lý|đã xong)")
    for _ in range(8):
        stranger.find("button", re.compile(r"^1 phản ánh|^[0-9]+ phản ánh, [0-9]+ đang xử lý")).wait_for()
        if stranger.find("button", alone).count():
            break
        bubble = stranger.find("button", re.compile("^[0-9]+ phản ánh, [0-9]+ đang xử lý"))
        if bubble.count():
            bubble.click()
        stranger.page.wait_for_timeout(3_000)
    stranger.press("button", alone)
    stranger.see(re.compile("Phản ánh ở đây"))
    stranger.press_below("button", re.compile(r"Mới gửi|Đang xử lý|Đã |Chờ |Không tiếp nhận"))
    stranger.page.wait_for_url(re.compile("/feedback/PA-"))
    stranger.see(re.compile("Diễn biến"))


def wait_until_counted(server: Server) -> None:
    """Wait until the worker has counted the demo's past, as it does after its first start."""
    with people_of(server.url) as people:
        for _ in range(120):
            if expect(200, people.client.get(f"{API}/feedback/statistics"))["total"]["received"] > MANY:
                return
            time.sleep(0.5)
    raise AssertionError("the past was never counted")


def test_a_stranger_reads_figures_and_filters(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    server = serve()
    wait_until_counted(server)
    stranger = visit(server.url, PHONE)
    stranger.open("/feedback/statistics")
    stranger.see(re.compile("Đã nhận: [1-9]"))
    stranger.see(re.compile(r"[0-9]+ % hài lòng \([0-9]+ người đánh giá\)"))
    stranger.see(re.compile("Số liệu đến"))
    stranger.press("button", "Danh sách")
    stranger.press("button", "Tìm và lọc thêm")
    stranger.write(re.compile("Tìm phản ánh"), "mieng cong bi la")
    stranger.see(re.compile(UNDER_WAY))
    stranger.press("button", "Bỏ lọc")
    stranger.see(re.compile("Xe tải chở đất"))


def test_a_citizen_joins_and_follows(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    server = serve()
    with people_of(server.url) as people:
        person = people.sign_up()
        code = expect(200, person.get("/feedback?q=mieng+cong+bi+la"))["items"][0]["code"]
    citizen = visit(server.url, PHONE)
    citizen.open(f"/feedback/{code}")
    citizen.press_below("button", "Tôi cũng gặp")
    citizen.page.wait_for_url(re.compile("/sign-in"))
    citizen.write(re.compile("Số điện thoại"), person.phone)
    citizen.write(re.compile("Mật khẩu"), person.password)
    citizen.press("button", "Đăng nhập")
    citizen.page.wait_for_url(re.compile(code))
    citizen.press_below("button", "Tôi cũng gặp")
    citizen.find("button", re.compile("^Bỏ “Tôi cũng gặp”")).wait_for()
    citizen.reload()
    citizen.press_below("button", re.compile("^Bỏ theo dõi"))
    citizen.reach("button", re.compile("^Tôi cũng gặp$")).wait_for()
    citizen.press_below("button", re.compile("^Theo dõi$"))
    citizen.reach("button", re.compile("^Bỏ theo dõi")).wait_for()
