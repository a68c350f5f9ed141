"""Guessing: few wrong answers, then none, wherever and whenever one asks; staff can see it, and logs tell nobody's."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import clock, logs
from backend.core.database import Database
from backend.core.events import AuditEntry
from backend.core.limits import WEB_IP, WEB_SECRET
from backend.dossiers.events import DossierGuessed
from backend.dossiers.models import DossierGuard
from tests.dossiers.test_lookup import END, NEW, OLD, ask
from tests.support.installations import Installation
from tests.support.people import API, People, expect

WRONG = [f"{n:04}" for n in range(9000, 9100)]


def locks(database: Database) -> list[dict[str, Any]]:
    """Return what the record says of locks."""
    with database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.kind == DossierGuessed.__name__)).all()
        return [row.facts for row in rows]


def came_from(api: TestClient, address: str) -> dict[str, str]:
    """Return the headers by which our own web process says for whom it asks."""
    return {WEB_IP: address, WEB_SECRET: api.app.state.keys.web}  # type: ignore[attr-defined]


def test_a_code_is_closed_after_five_wrong_ones_even_to_its_owner(
    api: TestClient, database: Database, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.configure("WARNING")
    assert [ask(api, NEW, digits).status_code for digits in WRONG[:5]] == [404] * 5
    for digits in (WRONG[5], END):
        answer = ask(api, NEW, digits)
        assert answer.json()["code"] == "rate_limited"
        assert 800 < int(expect_header(answer, 429, "retry-after")) <= 901
    assert ask(api, OLD).status_code == 200, "other codes are open"
    # In another process, after a restart, and from elsewhere.
    with TestClient(create_app(installation.settings())) as other:
        assert ask(other, NEW, headers=came_from(other, "203.0.113.9")).status_code == 429
    assert locks(database) == [{"kind": "code", "subject": NEW, "failures": 5, "seconds": 900}]
    with clock.moved(timedelta(seconds=901)):
        assert ask(api, NEW).status_code == 200
    lines = [json.loads(line) for line in written.getvalue().strip().splitlines()]
    line = lines[0]
    assert (line["event"], line["kind"], line["failures"]) == ("dossier_guessing_locked", "code", 5)
    # A moment and a request's number may hold any four digits.
    said = str([{name: said for name, said in each.items() if name not in {"timestamp", "request"}} for each in lines])
    assert not any(secret in said for secret in (NEW, END, *WRONG[:6], "testclient"))
    with database.reading() as session:
        assert NEW not in str([row.model_dump() for row in session.exec(select(DossierGuard))])


def expect_header(answer: httpx2.Response, status: int, name: str) -> str:
    """Return a header of an answer that must have this status."""
    assert answer.status_code == status, answer.text
    return str(answer.headers[name])


def test_an_address_is_closed_after_thirty_over_many_codes(api: TestClient, database: Database) -> None:
    codes = [f"H23.150-20261123-{n:07}" for n in range(9_000_000, 9_000_040)]
    home = came_from(api, "2001:db8:1:2::7")
    told = [ask(api, code, headers=home).status_code for code in codes]
    assert told == [404] * 30 + [429] * 10
    # A household's network is one address, however many numbers it gives itself.
    assert ask(api, NEW, headers=came_from(api, "2001:db8:1:2:ffff::1")).status_code == 429
    assert ask(api, NEW, headers=came_from(api, "2001:db8:1:3::7")).status_code == 200
    (facts,) = locks(database)
    assert (facts["kind"], facts["failures"], "2001" in facts["subject"]) == ("address", 30, False)


def test_many_at_once_get_no_more_answers(api: TestClient, people: People) -> None:
    """Also over `follow`, which asks for the same digits."""
    citizen = people.sign_up()

    def guess(n: int) -> int:
        if n % 2:
            return citizen.post(f"/dossiers/{NEW}/follow", {"phone_last4": WRONG[n]}).status_code
        return ask(api, NEW, WRONG[n]).status_code

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(guess, range(36)))
    assert sorted(told) == [404] * 5 + [429] * 31
    assert citizen.post(f"/dossiers/{NEW}/follow", {"phone_last4": END}).status_code == 429


def test_wrong_guesses_are_forgotten_in_time(api: TestClient) -> None:
    with ExitStack() as later:
        for _ in range(2):
            assert {ask(api, NEW, digits).status_code for digits in WRONG[:4]} == {404}
            assert ask(api, NEW).status_code == 200
            later.enter_context(clock.moved(timedelta(seconds=901)))


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_asking_often_is_limited(installation: Installation) -> None:
    settings = installation.settings(rate_limits=True, limit_lookup="3/minute")
    with TestClient(create_app(settings)) as api:
        told = [ask(api, NEW) for _ in range(4)]
        assert [answer.status_code for answer in told] == [200, 200, 200, 429]
        assert int(told[-1].headers["retry-after"]) <= 61
        huge = api.post(f"{API}/dossiers/lookup", content=b"x" * 200_000)
        assert huge.status_code == 429, "the limit is asked before the body is read"
        expect(200, ask(api, NEW, headers=came_from(api, "203.0.113.9")))
