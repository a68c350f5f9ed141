"""Input that databases, calendars and decoders stumble over, and databases that fall over: never a 500."""

import base64
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import event, text
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core.database import Database
from backend.core.settings import Settings
from backend.serve import prepare
from shared.access import Role
from tests.feedback.test_state_table import REPORT
from tests.support import needs
from tests.support.people import API, PASSWORD, People, Person, expect, new_phone
from tests.support.postgres import Cluster

ID = "0190a2b4-0000-7000-8000-000000000000"
JSON = {"Content-Type": "application/json"}


def cursor(*values: Any) -> str:
    """Return what looks like a cursor."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def test_no_query_is_too_strange(api: TestClient, people: People) -> None:
    staff = people.demo(Role.DISPATCHER)
    public = [
        "category=%00", "unit=a%00", "category=%ff%fe", "status=new%00", f"cursor={cursor(5)}",
        f"cursor={cursor([ID])}", f"cursor={cursor(None)}", f"cursor={cursor(ID, ID)}",
        f"cursor={cursor({})}", f"cursor={'A' * 2_000}",
        f"cursor={base64.urlsafe_b64encode(b'[' * 700).decode()}", "limit=1e3", "limit=9" + "9" * 5_000,
    ]  # fmt: skip
    desk = [
        f"cursor={cursor('9999-12-31T23:59:59-14:00', ID)}", f"cursor={cursor('0001-01-01T00:00:00+14:00', ID)}",
        f"cursor={cursor('2026-01-01T00:00:00', ID)}", f"cursor={cursor(5, ID)}", "queue=none", "sort=random",
        "mine=maybe",
    ]  # fmt: skip
    asked: list[tuple[Callable[[str], httpx2.Response], str]] = [
        (people.client.get, f"{API}/feedback?{query}") for query in public
    ]
    asked += [(staff.get, f"/desk/feedback?{query}") for query in desk]
    asked += [(people.client.get, f"{API}/feedback/expectation?category=%00&lat=20.9&lon=106.3")]
    asked += [(people.client.get, f"{API}/feedback/expectation?category=dien&lat=nan&lon=inf")]
    for ask, path in asked:
        answer = ask(path)
        expected = {200, 422} if "%ff" in path else {422}
        assert answer.status_code in expected, (path[:120], answer.status_code, answer.text[:200])
    for words in ("a\x00b", "%_\\%", "'; DROP TABLE feedback; --", "đ" * 9_000, "\ufffe😀"):
        expect(200, api.get(f"{API}/feedback", params={"q": words}))


# path, body, status, field
BODIES: list[tuple[str, bytes, int, str | None]] = [
    (
        "/accounts",
        b'{"phone":"0912345678","full_name":"A","password":"m\\ud800tkhau8","consents":[]}',
        422,
        "password",
    ),
    ("/accounts", b'{"\\ud800":1}', 422, ""),
    ("/accounts", '{"phone":"0912345678"}'.encode("utf-16-le") + b"\xd8\x00", 400, None),
    ("/accounts", b'{"phone":{"phone":{"phone":[]}}}', 422, "phone"),
    ("/accounts", b"[" * 100_000, 400, None),
    ("/auth/refresh", b'{"refresh_token":"\\ud800"}', 422, "refresh_token"),
    ("/onboarding/sessions", b'{"target":' + b"9" * 5_000 + b"}", 400, None),
    ("/onboarding/sessions", b'{"starts_at":"9999-12-31T23:59:59Z"}', 422, "starts_at"),
    ("/onboarding/sessions", b'{"ends_at":"0001-01-01T00:00:00+14:00"}', 422, "ends_at"),
    ("/onboarding/sessions", b'{"target":1e400}', 422, "target"),
    ("/me/notifications/read", b'{"ids":["' + b"0" * 32 + b'"]}', 200, None),
    ("/desk/feedback/PA-261123-4K7Q/moves", b'{"move":"\\ud800"}', 422, ""),
    ("/desk/feedback/PA-261123-4K7Q/moves", b'{"move":"plan","date":"9999-99-99","text":"a"}', 422, "plan.date"),
]


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_no_body_is_too_strange(people: People) -> None:
    everything = people.demo(Role.ADMINISTRATOR)
    for path, body, status, field in BODIES:
        answer = everything.ask("POST", path, content=body, headers={**JSON, "If-Match": "*"})
        assert answer.status_code == status, (path, body[:80], answer.text[:300])
        if field is not None:
            assert field in {error["field"] for error in answer.json()["errors"]}, (path, body[:80])


@pytest.mark.parametrize("who", ["citizen", "stranger"])
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_large_body_is_refused_as_a_problem(people: People, who: str, chunked: bool) -> None:
    body = b'{"category":"' + b"d" * 300_000 + b'"}'
    content: bytes | Iterator[bytes] = iter([body[:150_000], body[150_000:]]) if chunked else body
    if who == "citizen":
        answer = people.sign_up().ask("POST", "/feedback", content=content, headers=JSON)
    else:
        answer = people.client.post(f"{API}/feedback", content=content, headers=JSON)
    assert answer.status_code in ({413} if who == "citizen" else {401, 413})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.headers["x-request-id"]


def reports(person: Person) -> int:
    """Return how many reports somebody has."""
    return len(expect(200, person.get("/me/feedback?limit=100"))["items"])


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_full_disk_acknowledges_nothing_and_loses_nothing(people: People, database: Database) -> None:
    citizen, long = people.sign_up(), {**REPORT, "description": "Nước ngập. " * 400}

    def no_room(connection: Any, _: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(database.engine, "connect", no_room)
    database.engine.dispose()
    answers = [citizen.post("/feedback", long) for _ in range(12)]
    event.remove(database.engine, "connect", no_room)
    database.engine.dispose()
    refused = answers[-1]
    assert (refused.status_code, refused.json()["code"]) == (503, "storage_full")
    assert int(refused.headers["retry-after"]) > 0
    taken = [answer.status_code for answer in answers].count(201)
    assert {answer.status_code for answer in answers} <= {201, 503}
    assert reports(citizen) == taken
    expect(201, citizen.post("/feedback", long))


def test_postgresql_may_stop_and_come_back(tmp_path: Path) -> None:
    cluster = Cluster.start()
    control: list[str | Path] = [needs.postgres_programs() / "pg_ctl", "-D", cluster.folder / "data", "-w"]
    try:
        url = cluster.url(cluster.create())
        settings = Settings(data=tmp_path, database_url=url, rate_limits=False)
        database = Database(url)
        prepare(database, settings, demo=False)
        with TestClient(create_app(settings, database=database), raise_server_exceptions=False) as client:
            citizen = People(client).sign_up("Bùi Thị Sen")
            cluster._run(*control, "-m", "immediate", "stop")
            began = time.monotonic()
            for answer in (
                citizen.get("/me"),
                citizen.patch("/me", {"full_name": "Vũ Thị Sen"}),
                client.get("/readyz"),
            ):
                assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
                assert int(answer.headers["retry-after"]) > 0
            draft = {"phone": new_phone(), "full_name": "A", "password": PASSWORD, "consents": ["account"]}
            assert client.post(f"{API}/accounts", json=draft).status_code == 503
            assert time.monotonic() - began < 10
            options = f"-k {cluster.folder} -c listen_addresses=''"
            cluster._run(*control, "-l", cluster.folder / "log", "-o", options, "start")
            while (again := citizen.get("/me")).status_code == 503 and time.monotonic() - began < 30:
                time.sleep(0.1)
            assert expect(200, again)["full_name"] == "Bùi Thị Sen"
            expect(201, client.post(f"{API}/accounts", json=draft))
        database.close()
    finally:
        cluster.stop()


def test_words_of_sql_are_only_words(people: People, database: Database) -> None:
    citizen, words = people.sign_up(), "'); DROP TABLE feedback; -- \\ \" ${7*7} {{7*7}} <script>alert(1)</script>"
    code = expect(201, citizen.post("/feedback", {**REPORT, "description": words, "address": words}))["code"]
    found = expect(200, citizen.get(f"/feedback/{code}"))
    assert (found["description"], found["address"]) == (words, words)
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM feedback")).scalar_one() > 0
