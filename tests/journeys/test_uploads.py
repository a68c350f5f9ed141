"""Files over a bad line, in a real browser: what waits goes up by itself, what broke goes up again, never twice."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Route

from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.films import document, film
from tests.support.people import people_of
from tests.support.pictures import jpeg
from tests.support.server import Server

ADD = re.compile("Chụp hoặc chọn ảnh")


class Line:
    """The address that the browser knows leads to the API, unless the line is cut."""

    def __init__(self, api: Server) -> None:
        self.api = api
        self.cut = ""
        """What becomes of the next upload: `before` it has arrived, or `after`, so that its reply alone is lost."""

    def lead(self, route: Route) -> None:
        """Hand a request on, as a proxy in front of both would."""
        where = re.sub(r"^https?://[^/]+", self.api.url, route.request.url)
        if route.request.method != "PUT" or not self.cut:
            route.continue_(url=where)
            return
        if self.cut == "after":
            assert route.fetch(url=where).status == 201
        self.cut = ""
        route.abort("connectionreset")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """API and client as two processes."""
    with ExitStack() as running:
        api = running.enter_context(Server(tmp_path / "data", only="api"))
        web = running.enter_context(Server(tmp_path / "data", only="web", api_url=api.url))
        yield api, web


def choose(visitor: Visitor, files: dict[str, bytes], name: re.Pattern[str] = ADD) -> None:
    """Pick several files at once."""
    kinds = {"jpg": "image/jpeg", "mp4": "video/mp4", "pdf": "application/pdf"}
    with visitor.page.expect_file_chooser() as chooser:
        visitor.press_below("button", name)
    chooser.value.set_files(
        [FilePayload(name=each, mimeType=kinds[each[-3:]], buffer=data) for each, data in files.items()]
    )


def stored(api: Server) -> list[tuple[str, str]]:
    """Return (kind, state) of each file that the database knows."""
    with sqlite3.connect(api.data / "smarthd.db") as database:
        return database.execute("SELECT kind, state FROM file WHERE state <> 'claimed' ORDER BY kind").fetchall()


def test_what_is_chosen_while_the_api_is_away_goes_up_by_itself(
    two: tuple[Server, Server], visit: Callable[..., Visitor]
) -> None:
    api, web = two
    visitor = visit(web.url, PHONE)
    visitor.context.route("**/api/v1/**", Line(api).lead)
    with people_of(api.url) as people:
        phone = people.sign_up().phone
    visitor.sign_in(phone)
    visitor.open("/feedback/new")
    visitor.find("button", ADD).wait_for()
    api.stop()
    choose(visitor, {"a.jpg": jpeg(), "b.mp4": film(), "c.pdf": document()})
    visitor.see(re.compile("Chờ mạng"))
    # A second choice does not make the browser forget the first.
    choose(visitor, {"d.jpg": jpeg(text="D")})
    visitor.press("button", re.compile("Hủy tải lên d.jpg"))
    api.start()
    visitor.see(re.compile("KB · Đã tải lên"))
    visitor.see(re.compile("Video 0:02"))
    visitor.see(re.compile("3/8 tệp"))
    assert stored(api) == [("document", "stored"), ("image", "stored"), ("video", "stored")]


def test_what_broke_goes_up_again_under_the_same_ticket(
    two: tuple[Server, Server], visit: Callable[..., Visitor]
) -> None:
    api, web = two
    visitor, line = visit(web.url, DESKTOP), Line(api)
    visitor.context.route("**/api/v1/**", line.lead)
    with people_of(api.url) as people:
        phone = people.sign_up().phone
    visitor.sign_in(phone)
    visitor.open("/feedback/new")
    visitor.find("button", ADD).wait_for()
    line.cut, photo = "before", jpeg()
    choose(visitor, {"a.jpg": photo})
    visitor.see(re.compile("Mất kết nối khi đang tải lên"))
    assert stored(api) == [("image", "awaited")]
    choose(visitor, {"a.jpg": photo}, re.compile("Thử lại"))
    visitor.see("Đã tải lên")
    assert stored(api) == [("image", "stored")]
    # Of the next the reply alone is lost: it is asked for, and nothing is sent again.
    line.cut = "after"
    choose(visitor, {"b.pdf": document()})
    visitor.see(re.compile("KB · Đã tải lên"))
    assert stored(api) == [("document", "stored"), ("image", "stored")]
