"""`kill -9` in the middle of 200 reports: what was acknowledged is there, the rest is sent again, nothing is doubled.

What a process that dies cannot show, a power cut can: that the database waits for the disk is asked of it directly.
"""

import asyncio
import io
import time
import uuid
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from PIL import Image
from sqlalchemy import text

from backend.core import jobs
from backend.core.database import Database
from shared.access import Role
from tests.support.installations import Installation
from tests.support.people import API, People, Person, expect, people_of
from tests.support.pictures import jpeg
from tests.support.server import Server

REPORTS = 200
ENOUGH = 70
"""The server is killed when so many are acknowledged: the others wait, are at work, or are answered but not heard."""
CITIZENS = 8
PATIENCE_SECONDS = 20
MARK = "Bão số chín"


@dataclass
class Report:
    """What one citizen wants to send, and how far she got."""

    number: int
    headers: dict[str, str]
    category: str
    photo: bytes | None = None
    file_id: str = ""
    upload_url: str = ""
    uploaded: bool = False
    code: str = ""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    file_key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def title(self) -> str:
        """A first sentence that no other report has."""
        return f"{MARK} làm đổ cây thứ {self.number}"

    def draft(self) -> dict[str, Any]:
        """What is posted: the same every time."""
        return {
            "category": self.category,
            "description": f"{self.title}. Cây chắn nửa đường, xe không qua được.",
            "lat": 20.9373 + self.number / 100_000,
            "lon": 106.3146,
            "public": self.number % 3 != 0,
            "file_ids": [self.file_id] if self.photo else [],
        }


def colour(number: int) -> tuple[int, int, int]:
    """A colour of this report's own, to know its photo by."""
    return 40 + number % 10 * 20, 40 + number // 10 % 10 * 20, 60 + number // 100 * 90


def written(people: People) -> list[Report]:
    """200 reports of eight citizens, three of five with a photo."""
    citizens = [people.sign_up(f"Người dân {number}") for number in range(CITIZENS)]
    category = expect(200, citizens[0].get("/feedback/categories"))[0]["code"]
    reports = []
    for number in range(REPORTS):
        photo = None
        if number % 5 > 1:
            red, green, blue = colour(number)
            photo = jpeg(160, 120, text="", colour=f"#{red:02x}{green:02x}{blue:02x}")
        reports.append(Report(number, citizens[number % CITIZENS].bearer, category, photo))
    return reports


async def settled(ask: Callable[[], Any]) -> httpx2.Response:
    """Ask until the answer is final: a twin that still runs answers 409 `in_flight`, a busy server 503."""
    while True:
        response: httpx2.Response = await ask()
        running = response.status_code == 409 and response.json()["code"] == "in_flight"
        if not running and response.status_code != 503:
            return response
        await asyncio.sleep(0.2)


async def upload(client: httpx2.AsyncClient, report: Report) -> None:
    """Bring the photo up, going on from wherever an earlier try ended."""
    photo = report.photo
    if photo is None or report.uploaded:
        return
    if not report.upload_url:
        draft = {"name": "anh.jpg", "size": len(photo), "content_type": "image/jpeg"}
        headers = {**report.headers, "Idempotency-Key": report.file_key}
        ticket = expect(201, await settled(lambda: client.post(f"{API}/files", json=draft, headers=headers)))
        report.file_id, report.upload_url = ticket["id"], ticket["upload_url"]
    answer = await settled(lambda: client.put(report.upload_url, content=photo))
    # A ticket that was used means that the photo came through and only the answer was lost.
    used = answer.status_code == 403 and answer.json()["code"] == "ticket_invalid"
    assert used or answer.status_code == 201, answer.text
    report.uploaded = True


async def send(client: httpx2.AsyncClient, report: Report) -> str:
    """Send the report; return the code that the server acknowledged."""
    await upload(client, report)
    headers = {**report.headers, "Idempotency-Key": report.key}
    answer = expect(201, await settled(lambda: client.post(f"{API}/feedback", json=report.draft(), headers=headers)))
    return str(answer["code"])


def open_client(server: Server) -> httpx2.AsyncClient:
    """A client that holds as many connections as there are citizens at once."""
    limits = httpx2.Limits(max_connections=REPORTS, max_keepalive_connections=REPORTS)
    return httpx2.AsyncClient(base_url=server.url, timeout=60, limits=limits)


async def storm(server: Server, reports: list[Report]) -> None:
    """Send all at once; kill the server when enough were acknowledged."""
    acknowledged = 0

    async def one(client: httpx2.AsyncClient, report: Report) -> None:
        nonlocal acknowledged
        try:
            report.code = await send(client, report)
        except httpx2.TransportError:
            return
        acknowledged += 1
        if acknowledged == ENOUGH:
            server.kill()

    async with open_client(server) as client:
        # Half of the photos are there before; the others are on their way when the server dies.
        for report in reports[::2]:
            await upload(client, report)
        await asyncio.gather(*(one(client, report) for report in reports))


async def send_again(server: Server, reports: list[Report]) -> list[str]:
    """Send all again with the same keys, a few at a time; return the codes."""
    turns = asyncio.Semaphore(16)

    async def one(client: httpx2.AsyncClient, report: Report) -> str:
        async with turns:
            return await send(client, report)

    async with open_client(server) as client:
        return list(await asyncio.gather(*(one(client, report) for report in reports)))


def whole_list(person: Person, path: str, **query: Any) -> list[dict[str, Any]]:
    """Return every row of a list, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        parameters = {"limit": 100, **query, **({"cursor": cursor} if cursor else {})}
        page = expect(200, person.get(path, params=parameters))
        rows += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return rows


def whole_cases(client: httpx2.Client, reports: list[Report]) -> Iterator[tuple[Report, dict[str, Any]]]:
    """Yield each report with what its sender reads under the code that she was given."""
    for report in reports:
        yield report, expect(200, client.get(f"{API}/feedback/{report.code}", headers=report.headers))


def assert_kept(client: httpx2.Client, reports: list[Report]) -> None:
    """Every report stands under its code, word for word, with its own photo in both sizes."""
    for report, case in whole_cases(client, reports):
        assert case["description"] == report.draft()["description"]
        assert [file["id"] for file in case["files"]] == report.draft()["file_ids"]
        assert [line["kind"] for line in case["story"]] == ["submit"]
        for file in case["files"]:
            for url in (file["large_url"], file["thumb_url"]):
                assert_is_photo(client.get(url), report.number)


def assert_is_photo(answer: httpx2.Response, number: int) -> None:
    """The bytes are a whole picture, and that of this report."""
    assert answer.status_code == 200, answer.text
    with Image.open(io.BytesIO(answer.content)) as picture:
        seen = picture.convert("RGB").getpixel((10, 10))
    assert isinstance(seen, tuple)
    assert all(abs(a - b) < 8 for a, b in zip(seen, colour(number), strict=True)), (seen, colour(number))


def assert_once(dispatcher: Person, reports: list[Report]) -> None:
    """The desk has each report once, and so have the senders."""
    desk = whole_list(dispatcher, "/desk/feedback", queue="all", sort="newest", q=MARK)
    assert Counter(row["title"] for row in desk) == Counter(report.title for report in reports)
    own: list[str] = []
    for headers in {report.headers["Authorization"]: report.headers for report in reports}.values():
        citizen = Person(dispatcher.client, "", {"access_token": headers["Authorization"].removeprefix("Bearer ")})
        own += [row["code"] for row in whole_list(citizen, "/me/feedback")]
    assert Counter(own) == Counter(report.code for report in reports)


def assert_told(dispatcher: Person, reports: list[Report]) -> None:
    """Every case rang the dispatcher's bell once."""
    notices = whole_list(dispatcher, "/me/notifications")
    codes = {report.code for report in reports}
    assert Counter(notice["code"] for notice in notices if notice["code"] in codes) == Counter(codes)


def all_jobs_done(database: Database) -> tuple[int, int]:
    """Wait until the worker has nothing to do; return how many jobs wait still, and how many it gave up."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with database.reading() as session:
            waiting, dead = jobs.counts(session)
        if not waiting or time.monotonic() > deadline:
            return waiting, dead
        time.sleep(0.1)


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: the browser of other journeys has this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_kill_9_loses_nothing_and_doubles_nothing(installation: Installation) -> None:
    with Server(installation.data, database_url=installation.database_url, only="api,worker") as server:
        with people_of(server.url) as people:
            reports = written(people)
        apart(storm(server, reports))
        acknowledged = [report for report in reports if report.code]
        assert ENOUGH <= len(acknowledged) < REPORTS, "the server did not die in the middle"
        assert any(report.photo for report in acknowledged)

        server.start()
        with people_of(server.url) as people:
            assert_kept(people.client, acknowledged)
            codes = apart(send_again(server, reports))
            for report, code in zip(reports, codes, strict=True):
                assert report.code in {"", code}, f"acknowledged as {report.code}, now {code}"
                report.code = code

            assert_kept(people.client, reports)
            dispatcher = people.demo(Role.DISPATCHER)
            assert_once(dispatcher, reports)
            database = Database(installation.database_url)
            assert all_jobs_done(database) == (0, 0)
            database.close()
            assert_told(dispatcher, reports)


@pytest.mark.bare
def test_a_commit_waits_for_the_disk(installation: Installation) -> None:
    database = Database(installation.database_url)
    question = "PRAGMA synchronous" if database.sqlite else "SHOW synchronous_commit"
    with database.engine.connect() as connection:
        assert connection.execute(text(question)).scalar() == (2 if database.sqlite else "on")
    database.close()
