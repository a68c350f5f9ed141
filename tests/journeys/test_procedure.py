"""Getting ready, in a real browser: from a life event to a procedure, papers ticked, kept, and shown to others."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import PHONE, Visitor
from tests.support.people import API
from tests.support.server import Server

PAPER = re.compile("^Tờ khai thay đổi thông tin cư trú")


def test_a_person_browses_ticks_and_comes_back(serve: Callable[..., Server], visit: Callable[..., Visitor]) -> None:
    person = visit(serve().url, PHONE)
    person.open("/services")
    # What leads somewhere is told as a button, not as a box to tick.
    person.find("button", re.compile("^Thường trú$")).wait_for()
    person.press_below("button", re.compile("^Đổi chỗ ở"))
    person.page.wait_for_url(re.compile("life_event=moving"))
    person.press_below("button", re.compile("^Đăng ký thường trú"))
    person.page.wait_for_url(re.compile("/procedures/1.004222"))
    person.see(re.compile("Đã có 0/"))
    paper = person.reach("checkbox", PAPER)
    paper.click()
    expect(paper).to_be_checked()
    # What is ticked is written to the device a moment later.
    person.page.wait_for_timeout(1_500)
    person.reload()
    person.see(re.compile("Đã có 1/"))
    expect(person.reach("checkbox", PAPER)).to_be_checked()
    for name, kind in (("sheet.pdf", "application/pdf"), ("card.png", "image/png")):
        answer = person.page.request.get(f"{person.url}{API}/procedures/1.004222/{name}")
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
    # A code that is not there leads back to the search.
    person.open("/procedures/9.999999")
    person.press("button", "Tìm kiếm")
    person.page.wait_for_url(re.compile("/services$"))
