"""The periodic check of the source over real HTTP: when it is large, gone, moved or cut off; and killed midway."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stamina
from sqlmodel import col, func, select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from backend.core.settings import Settings
from backend.public_services import sync_checks
from backend.public_services.models import Procedure
from shared.access import Role
from tests.public_services.proposals import SYNCS, changed_rows, count, decide, newest, propose
from tests.public_services.rows import jsonl, procedure
from tests.support.installations import Installation
from tests.support.needs import ROOT
from tests.support.people import API, People, expect


class Source(ThreadingHTTPServer):
    """A source of procedures; `answer` says what it does with a request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, str]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = lambda handler: handler.send_error(404)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/tthc.jsonl?key=secret"

    def gives(self, body: bytes, *, etag: str = '"1"', promised: int | None = None) -> None:
        """Give this file, or 304 to whoever has it."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            same = handler.headers.get("If-None-Match") == etag
            handler.send_response(304 if same else 200)
            handler.send_header("ETag", etag)
            handler.send_header("Content-Length", str(0 if same else promised or len(body)))
            handler.end_headers()
            if not same:
                handler.wfile.write(body)

        self.answer = answer

    def says(self, status: int, **headers: str) -> None:
        """Answer with a status and nothing else."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.answer = answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Source

    def do_GET(self) -> None:
        """Answer as the source says."""
        self.close_connection = True
        self.server.asked.append(dict(self.headers))
        self.server.answer(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def source() -> Iterator[Source]:
    """A source on the loopback."""
    with Source() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """Try again at once, and only once."""
    with stamina.set_testing(True, attempts=2):
        yield


def lines(*rows: dict[str, Any]) -> bytes:
    """Return a file of records."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def checked(people: People, settings: Settings) -> dict[str, Any]:
    """Check now, in this thread; return how the desk tells of it."""
    sync_checks.check(people.client.app.state.database, settings)  # type: ignore[attr-defined]
    found: dict[str, Any] = expect(200, people.demo(Role.EDITOR).get(SYNCS))["check"]
    return found


@pytest.fixture
def settings(installation: Installation, source: Source) -> Settings:
    """Settings that name the source on the loopback, which must be allowed."""
    return installation.settings(procedures_url=source.url, procedures_every=24, procedures_private=True)


@pytest.fixture
def people(settings: Settings) -> Iterator[People]:
    """People of an app with these settings."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield People(client)


def test_a_file_is_read_once_and_again_only_when_it_or_somebody_says_so(
    people: People, source: Source, settings: Settings
) -> None:
    editor = people.demo(Role.EDITOR)
    source.gives(lines(*changed_rows()))
    assert expect(200, editor.get(SYNCS))["check"]["tried_at"] is None
    check = checked(people, settings)
    assert (check["outcome"], check["trouble"], check["running"]) == ("proposed", None, False)
    assert (check["source"], check["every_hours"]) == (source.url.partition("?")[0], 24)
    assert "secret" not in json.dumps(expect(200, editor.get(SYNCS)))
    assert count(newest(editor), "new")["pending"] == 1
    assert checked(people, settings)["outcome"] == "same"
    assert source.asked[-1]["If-None-Match"] == '"1"'
    assert len(expect(200, editor.get(SYNCS))["items"]) == 1

    asked = expect(202, editor.post(SYNCS, headers={"Idempotency-Key": "now"}))
    assert (asked["asked"], asked["running"]) == (True, False)
    expect(403, people.demo(Role.CITIZEN).post(SYNCS))
    sync_checks.begin_if_due(people.client.app.state.database, settings)  # type: ignore[attr-defined]
    until = time.monotonic() + 20
    while len(expect(200, editor.get(SYNCS))["items"]) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert "If-None-Match" not in source.asked[-1]
    page = expect(200, editor.get(SYNCS))
    assert [row["state"] for row in page["items"]] == ["open", "replaced"]
    assert page["check"]["asked"] is False


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_what_goes_wrong_is_seen_and_nothing_is_proposed(people: People, source: Source, settings: Settings) -> None:
    whole = lines(*changed_rows())

    def tried(**changes: Any) -> tuple[str, str]:
        check = checked(people, settings.model_copy(update=changes))
        return check["trouble"], check["detail"]

    source.says(404)
    assert tried() == ("not_there", "HTTP 404")
    source.says(403)
    assert tried() == ("refused", "HTTP 403")
    before = len(source.asked)
    source.says(503)
    assert tried() == ("refused", "HTTP 503")
    assert len(source.asked) == before + 2
    source.says(302, Location="/round")
    assert tried() == ("refused", "more than 3 redirects")
    source.says(302, Location="file:///etc/passwd")
    assert tried()[0] == "forbidden_address"
    source.gives(whole[:-400], promised=len(whole))
    assert tried()[0] == "unreachable"
    source.gives(whole)
    assert tried(procedures_max_bytes=1_000)[0] == "too_large"
    assert tried(procedures_url="https://127.0.0.1/x", procedures_private=False)[0] == "forbidden_address"
    assert tried(procedures_url="https://localhost/x", procedures_private=False)[0] == "forbidden_address"
    assert tried(procedures_url="http://127.0.0.1:1/x")[0] == "unreachable"
    assert tried(procedures_url=str(settings.data / "none.jsonl"))[0] == "not_there"
    source.gives(b"<html>Not the file</html>")
    assert tried()[0] == "unusable"
    page = expect(200, people.demo(Role.EDITOR).get(SYNCS))
    assert page["items"] == []
    tried_at, next_at = (datetime.fromisoformat(page["check"][name]) for name in ("tried_at", "next_at"))
    assert next_at - tried_at == timedelta(hours=1)
    source.gives(whole)
    assert checked(people, settings)["outcome"] == "proposed"


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_file_on_this_machine_is_a_source_too(installation: Installation, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "tthc.jsonl", *changed_rows())
    settings = installation.settings(procedures_url=str(path))
    with TestClient(create_app(settings)) as client:
        people = People(client)
        editor = people.demo(Role.EDITOR)
        first = checked(people, settings)
        assert (first["outcome"], first["source"], first["next_at"]) == ("proposed", "tthc.jsonl", None)
        assert checked(people, settings)["outcome"] == "same"
        sync = newest(editor)
        for kind in ("new", "changed", "withdrawn"):
            sync = expect(200, decide(editor, sync, "refuse", kind))
        path.touch()
        assert checked(people, settings)["outcome"] == "same"
        jsonl(path, *changed_rows()[:-1])
        assert checked(people, settings)["outcome"] == "nothing_new"


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_without_a_source_there_is_nothing_to_check(installation: Installation, api: TestClient) -> None:
    editor = People(api).demo(Role.EDITOR)
    expect(409, editor.post(SYNCS))
    assert expect(200, editor.get(SYNCS))["check"]["configured"] is False
    for wrong in ({"procedures_url": "http://a.vn/x"}, {"procedures_url": "ftp://a.vn"}, {"procedures_every": -1}):
        with pytest.raises(ValueError, match="SMARTHD_PROCEDURES"):
            installation.settings(**wrong)


def test_accepted_changes_are_written_once_though_the_worker_is_killed(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [procedure(f"9.{number:06d}", ten=f"Thủ tục thử {number}") for number in range(600)]
    assert propose(installation, jsonl(tmp_path / "many.jsonl", *rows), monkeypatch) == 0
    with TestClient(create_app(installation.settings())) as client:
        editor = People(client).demo(Role.EDITOR)
        run_pending(client.app.state.database, HANDLERS)  # type: ignore[attr-defined]
        expect(200, decide(editor, newest(editor), "accept", "new"))

        def written() -> int:
            return count(newest(editor), "new")["written"]

        for kill in (True, False):
            with _worker(installation) as worker:
                enough, until = (written() + 1 if kill else len(rows)), time.monotonic() + 60
                while written() < enough:
                    assert time.monotonic() < until
                    time.sleep(0.005)
                worker.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            if kill:
                assert written() < len(rows)
        for code in ("9.000000", "9.000333", "9.000599"):
            story = expect(200, client.get(f"{API}/procedures/{code}/history"))["items"]
            assert [row["kind"] for row in story] == ["added"]
        database: Database = client.app.state.database  # type: ignore[attr-defined]
        with database.reading() as session:
            statement = select(func.count()).select_from(Procedure).where(col(Procedure.code).startswith("9."))
            assert session.exec(statement).one() == len(rows)


def _worker(installation: Installation) -> "subprocess.Popen[bytes]":
    """Start a worker in a process of its own."""
    environment = {**os.environ, "SMARTHD_DATABASE_URL": installation.database_url}
    command = [sys.executable, "-m", "backend.cli", "worker", "--data", str(installation.data)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
