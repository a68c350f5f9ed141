"""A bad line, in a real browser: client and API are two processes, and the API goes away in the middle.

What stands in front of both (a reverse proxy) is played by the browser's own routing: it hands the API's paths over.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Error, Route

from shared.access import Role
from tests.support.browser import PHONE, Visitor
from tests.support.people import DEMO, PASSWORD, expect, people_of
from tests.support.pictures import jpeg
from tests.support.server import Server

WHERE = {"geolocation": {"latitude": 20.94, "longitude": 106.33}, "permissions": ["geolocation"]}
HANDS_MS = 500
"""No thumb is at the first key sooner; a page that is still being drawn would swallow it."""
TROUBLE = "Nắp cống trước chợ bị vỡ, trẻ em đi qua rất nguy hiểm."
MOST_TAPS, MOST_SECONDS = 6, 60
PATIENCE_MS = 90_000


@dataclass
class Installation:
    """The two processes."""

    api: Server
    web: Server

    def reports(self) -> list[dict[str, Any]]:
        """Return the citizen's reports about the trouble, as the API lists them."""
        with people_of(self.api.url) as people:
            mine = people.sign_in(DEMO[Role.CITIZEN], PASSWORD)
            found = expect(200, mine.get("/me/feedback"))["items"]
            same = [case for case in found if case["title"].startswith(TROUBLE[:20])]
            return [expect(200, mine.get(f"/feedback/{case['code']}")) for case in same]


@pytest.fixture
def installation(serve: Callable[..., Server]) -> Installation:
    """An API and a web client that knows where it is."""
    api = serve(only="api,worker")
    return Installation(api, serve(only="web", api_url=api.url))


@pytest.fixture
def citizen(installation: Installation, visit: Callable[..., Visitor]) -> Visitor:
    """Somebody signed in on her phone."""
    visitor = visit(installation.web.url, PHONE, **WHERE)
    come_through(visitor, installation)
    visitor.sign_in(DEMO[Role.CITIZEN])
    return visitor


def come_through(visitor: Visitor, installation: Installation) -> None:
    """Hand what the browser itself asks of the API over to it, as the proxy in front of both does."""

    def hand_over(route: Route) -> None:
        with suppress(Error):
            route.continue_(url=route.request.url.replace(installation.web.url, installation.api.url))

    visitor.context.route(re.compile(re.escape(installation.web.url) + "/api/"), hand_over)


def write_report(visitor: Visitor) -> None:
    """Everything but the last tap."""
    visitor.open("/feedback/new")
    visitor.choose_file("button", "Chụp hoặc chọn ảnh", jpeg(text="Trước"))
    visitor.see("Đã tải lên")
    visitor.press_below("button", "Cấp – thoát nước, ngập")
    visitor.press_below("textbox", "Kể sự việc")
    visitor.page.wait_for_timeout(HANDS_MS)
    visitor.page.keyboard.type(TROUBLE)
    visitor.press_below("button", "Dùng vị trí của tôi")
    visitor.see(re.compile("Ghim ở"))


def send(visitor: Visitor) -> None:
    """Tap the button at the foot of the form."""
    visitor.press_below("button", re.compile("^Gửi phản ánh$"))


def wait_for_one(installation: Installation) -> dict[str, Any]:
    """Wait until the report has arrived, and a while longer for a second one."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not installation.reports():
        assert time.monotonic() < deadline, "the report never arrived"
        time.sleep(1)
    time.sleep(3)
    arrived = installation.reports()
    assert len(arrived) == 1
    return arrived[0]


def test_a_report_written_without_the_api_arrives_once(installation: Installation, citizen: Visitor) -> None:
    write_report(citizen)
    installation.api.kill()
    send(citizen)
    citizen.page.wait_for_url(re.compile("/feedback/waiting/"))
    citizen.see(re.compile("Chờ gửi"))

    # Neither a reload nor a new process of the web client forgets it: it lies in the browser.
    citizen.reload()
    citizen.see(re.compile("Nắp cống trước chợ"))
    installation.web.kill()
    installation.web.start()
    citizen.open("/feedback/mine")
    citizen.see(re.compile("Nắp cống trước chợ.*Chờ gửi"))
    # A second tab wants to send it too.
    second = citizen.context.new_page()
    second.goto(f"{installation.web.url}/feedback/mine")

    installation.api.start()
    arrived = wait_for_one(installation)
    assert arrived["description"] == TROUBLE
    assert len(arrived["files"]) == 1
    citizen.see(re.compile("Nắp cống trước chợ.*Mới gửi"), timeout=PATIENCE_MS)
    citizen.page.get_by_role("button", name=re.compile("Chờ gửi")).wait_for(state="detached")
    second.close()

    # Nothing is left that could send it again.
    citizen.open("/feedback/new")
    citizen.see("Cần báo việc gì?")
    citizen.page.wait_for_timeout(1_500)
    assert len(installation.reports()) == 1


def test_what_waits_is_changed_in_the_form_or_discarded(installation: Installation, citizen: Visitor) -> None:
    write_report(citizen)
    installation.api.kill()
    send(citizen)
    citizen.page.wait_for_url(re.compile("/feedback/waiting/"))
    citizen.press("button", "Sửa lại")
    citizen.page.wait_for_url(re.compile("/feedback/new"))
    words = citizen.reach("textbox", "Kể sự việc")
    words.click()
    citizen.page.wait_for_timeout(500)
    assert words.input_value() == TROUBLE
    send(citizen)
    citizen.page.wait_for_url(re.compile("/feedback/waiting/"))
    citizen.press("button", "Bỏ, không gửi")
    citizen.see("Bỏ phản ánh này?")
    citizen.page.get_by_role("button", name="Bỏ, không gửi").last.click()
    citizen.page.wait_for_url(re.compile("/feedback/mine"))
    installation.api.start()
    citizen.page.wait_for_timeout(8_000)
    assert not installation.reports()


def test_six_taps_and_a_minute(installation: Installation, citizen: Visitor) -> None:
    citizen.open("/")
    citizen.find("button", re.compile("^Gửi phản ánh")).wait_for()
    taps, begun = 0, time.monotonic()

    def tap(*name: Any) -> None:
        nonlocal taps
        citizen.press_below("button" if len(name) == 1 else name[1], name[0])
        taps += 1

    tap(re.compile("^Gửi phản ánh"))
    citizen.choose_file("button", "Chụp hoặc chọn ảnh", jpeg(text="Trước"))
    taps += 1
    tap("Chiếu sáng")
    tap("Kể sự việc", "textbox")
    citizen.page.wait_for_timeout(HANDS_MS)
    citizen.page.keyboard.type(TROUBLE)
    tap("Dùng vị trí của tôi")
    tap(re.compile("^Gửi phản ánh$"))
    citizen.reach("button", "Theo dõi phản ánh này").wait_for()
    assert taps <= MOST_TAPS
    assert time.monotonic() - begun < MOST_SECONDS
    assert len(installation.reports()) == 1
