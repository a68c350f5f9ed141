"""One commit before the reply, and one change for one Idempotency-Key, over twins, refusals and restarts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as AnySession

from backend.core.database import Database
from tests.feedback.test_state_table import REPORT
from tests.support.people import People, Person, expect, people_of
from tests.support.server import Server


def keyed(key: str | None = None) -> dict[str, str]:
    """Return the header."""
    return {"Idempotency-Key": key or str(uuid4())}


def own_count(person: Person) -> int:
    """Return how many reports somebody has."""
    return len(expect(200, person.get("/me/feedback?limit=100"))["items"])


def test_a_commit_that_fails_is_never_acknowledged(people: People, database: Database) -> None:
    citizen = people.sign_up()

    def fail(_: AnySession) -> None:
        raise OperationalError("COMMIT", None, Exception("no room"))

    event.listen(database._session_class, "before_commit", fail)
    try:
        answer = citizen.post("/feedback", REPORT, headers=keyed())
    finally:
        event.remove(database._session_class, "before_commit", fail)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert own_count(citizen) == 0


def test_the_change_its_record_and_its_work_are_one_transaction(people: People, database: Database) -> None:
    citizen = people.sign_up()
    with database.engine.connect() as connection:

        def count(table: str) -> int:
            found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            connection.rollback()
            return int(found or 0)

        tables = ("feedback", "feedback_entry", "audit_entry", "job", "idempotency_key")
        before = {table: count(table) for table in tables}
        expect(201, citizen.post("/feedback", REPORT, headers=keyed()))
        added = {table: count(table) - before[table] for table in tables}
        assert added == {"feedback": 1, "feedback_entry": 1, "audit_entry": 1, "job": 2, "idempotency_key": 1}
        refused = citizen.post("/feedback", {**REPORT, "file_ids": [str(uuid4())]}, headers=keyed())
        assert refused.status_code == 422
        after = {table: count(table) - before[table] - added[table] for table in tables}
        assert after == {**dict.fromkeys(tables, 0), "idempotency_key": 1}


def test_the_same_key_answers_the_first_result(people: People) -> None:
    citizen, header = people.sign_up(), keyed()
    first = citizen.post("/feedback", REPORT, headers=header)
    shuffled = dict(reversed(list(REPORT.items())))
    again = citizen.post("/feedback", shuffled, headers=header)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    other = citizen.post("/feedback", {**REPORT, "address": "nơi khác"}, headers=header)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert own_count(citizen) == 1


def test_a_key_is_one_callers_on_one_route(people: People) -> None:
    header = keyed()
    one, two = people.sign_up(), people.sign_up()
    codes = {expect(201, person.post("/feedback", REPORT, headers=header))["code"] for person in (one, two)}
    assert len(codes) == 2
    draft = {"name": "a.jpg", "size": 10, "content_type": "image/jpeg"}
    assert one.post("/files", draft, headers=header).status_code == 201


def test_twins_at_the_same_moment_are_one(people: People) -> None:
    citizen, header = people.sign_up(), keyed()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: citizen.post("/feedback", REPORT, headers=header), range(8)))
    made = {answer.json()["code"] for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    for answer in answers:
        if answer.status_code != 201:
            assert (answer.status_code, answer.json()["code"]) == (409, "in_flight")
            assert "retry-after" in answer.headers
    assert own_count(citizen) == 1


def test_what_is_stored_is_answered_however_many_ask(people: People) -> None:
    citizen, header = people.sign_up(), keyed()
    first = citizen.post("/feedback", REPORT, headers=header)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: citizen.post("/feedback", REPORT, headers=header), range(24)))
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, first.content)}


def test_a_refusal_is_an_answer_too(people: People) -> None:
    citizen, header = people.sign_up(), keyed()
    wrong = {**REPORT, "category": "nowhere"}
    first, again = (citizen.post("/feedback", wrong, headers=header) for _ in range(2))
    assert first.status_code == again.status_code == 422
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert citizen.post("/feedback", REPORT, headers=header).json()["code"] == "key_reused"


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "second"}], ids=["without a key", "with a key"])
def test_two_reports_that_draw_the_same_code_are_two(
    people: People, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    drawn = iter("AAAAAAAABBBB")
    monkeypatch.setattr("backend.feedback.submitting.secrets.choice", lambda _: next(drawn))
    citizen = people.sign_up()
    first = expect(201, citizen.post("/feedback", REPORT, headers=keyed()))
    second = expect(201, citizen.post("/feedback", REPORT, headers=headers))
    assert (first["code"][-4:], second["code"][-4:]) == ("AAAA", "BBBB")
    assert own_count(citizen) == 2
    assert [len(expect(200, citizen.get(f"/feedback/{case['code']}"))["story"]) for case in (first, second)] == [1, 1]


@pytest.mark.parametrize("key", ["", "a" * 129, "two words"])
def test_a_strange_key_is_refused(people: People, key: str) -> None:
    citizen = people.sign_up()
    answer = citizen.post("/feedback", REPORT, headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert own_count(citizen) == 0


def test_a_key_is_known_after_a_restart(serve: Callable[..., Server]) -> None:
    server, header = serve(), keyed()
    with people_of(server.url) as people:
        citizen = people.sign_up()
        first = citizen.post("/feedback", REPORT, headers=header)
        server.kill()
        server.start()
        again = _patiently(lambda: citizen.post("/feedback", REPORT, headers=header))
        assert (again.status_code, again.content) == (201, first.content)
        assert own_count(citizen) == 1


def _patiently(ask: Callable[[], httpx2.Response]) -> Any:
    """Ask again once: the first may meet a connection that the killed server had kept open."""
    try:
        return ask()
    except httpx2.TransportError:
        return ask()
