"""What no route takes, and how it says so."""

import json
import sqlite3
import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.app import create_app
from tests.feedback.test_state_table import REPORT
from tests.support.installations import Installation
from tests.support.people import API, People, Person

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def citizen(people: People) -> Person:
    """Somebody who may post."""
    return people.sign_up()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"\xff\xfe{}", 400, "malformed"),
        (b'{"category": "\xc3\x28"}', 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b'{"lat": ' + b"9" * 5000 + b"}", 400, "malformed"),
        (b"", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"[]", 422, "invalid"),
        (b'"x"', 422, "invalid"),
        (b"x" * 300_000, 413, "too_large"),
    ],
)
def test_broken_bodies(citizen: Person, body: bytes, status: int, code: str) -> None:
    answer = citizen.ask("POST", "/feedback", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": "có \x00 ở giữa đoạn này"}, "description"),
        ({"description": "ngắn"}, "description"),
        ({"description": "x" * 5_001}, "description"),
        ({"description": 7}, "description"),
        ({"lat": "NaN"}, "lat"),
        ({"lat": 0, "lon": 0}, "lat"),
        ({"lat": 106.33, "lon": 20.94}, "lat"),
        ({"lon": 181}, "lon"),
        ({"category": "nowhere"}, "category"),
        ({"file_ids": ["x"]}, "file_ids.0"),
        ({"file_ids": ["01a207c4-6b3b-73f6-bc01-a8801e3bfc66"]}, "file_ids"),
        ({"public": "maybe"}, "public"),
        ({"status": "closed"}, "status"),
    ],
)
def test_the_wrong_field_is_named(citizen: Person, change: dict[str, Any], field: str) -> None:
    answer = citizen.post("/feedback", {**REPORT, **change})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field
    assert "description" not in str(change) or str(change["description"]) not in answer.text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(citizen: Person, value: str) -> None:
    body = json.dumps(REPORT).replace("20.94", value).encode()
    assert citizen.ask("POST", "/feedback", content=body, headers=JSON).status_code in {400, 422}


def test_a_lone_surrogate_is_refused(citizen: Person) -> None:
    body = json.dumps({**REPORT, "description": "x" * 20 + "\ud800"}).encode()
    assert citizen.ask("POST", "/feedback", content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=W10=", "cursor=%00", "status=x"]
)
def test_wrong_queries(api: TestClient, query: str) -> None:
    assert api.get(f"{API}/feedback?{query}").status_code == 422


@pytest.mark.parametrize("code", ["PA-1", "pa-261123-4K7Q", "PA-261123-4K7U", "PA-261123-4K7Q'--", "%00", "..%2F.."])
def test_wrong_codes(api: TestClient, code: str) -> None:
    assert api.get(f"{API}/feedback/{code}").status_code in {404, 422}


def test_a_strangers_body_is_never_read(app: Any) -> None:
    """The answer is there although the body never comes: nothing waited for it."""
    sent: list[Any] = []

    async def never() -> Any:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        sent.append(message)

    async def call(path: str, headers: list[tuple[bytes, bytes]]) -> int:
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
            "client": ("203.0.113.1", 1), "server": ("test", 80),
        }  # fmt: skip
        sent.clear()
        await app(scope, never, send)
        return int(sent[0]["status"])

    with TestClient(app) as client:
        portal = client.portal
        assert portal is not None
        huge = [(b"content-type", b"application/json"), (b"content-length", b"2000000000")]
        assert portal.call(call, f"{API}/feedback", []) == 401
        assert portal.call(call, f"{API}/desk/feedback/PA-261123-4K7Q/moves", []) == 401
        assert portal.call(call, f"{API}/feedback", huge) in {401, 413}


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_locked_database_is_unavailable(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.core.database.BUSY_SECONDS", 1)
    with TestClient(create_app(installation.settings()), raise_server_exceptions=False) as client:
        citizen = People(client).sign_up()
        other = sqlite3.connect(installation.data / "smarthd.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        answer = citizen.post("/feedback", REPORT)
        assert time.monotonic() - began < 8
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) > 0
        assert client.get(f"{API}/feedback").status_code == 200, "reading goes on"
        other.execute("ROLLBACK")
        assert citizen.post("/feedback", REPORT).status_code == 201


@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_a_database_that_is_away_is_unavailable(installation: Installation) -> None:
    gone = installation.settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    with TestClient(create_app(gone), raise_server_exceptions=False) as client:
        for path in ("/readyz", f"{API}/feedback"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert "retry-after" in answer.headers
        assert client.get("/healthz").status_code == 200
