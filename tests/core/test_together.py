"""Requests that share a transaction: each gets what it would have got alone, and nothing is kept of what failed."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from backend.core.database import Database, MustBeAlone
from backend.core.together import Batches
from tests.feedback.test_state_table import REPORT
from tests.support.people import People, Person, expect

WRONG = {**REPORT, "category": "khong-co"}


def send(who: Person, report: dict[str, Any], key: str | None = None) -> Any:
    """Send a report under a key."""
    return who.post("/feedback", report, headers={"Idempotency-Key": key or str(uuid.uuid4())})


def at_once(app: FastAPI, calls: list[tuple[Any, ...]]) -> list[Any]:
    """Send all of these so that they wait for each other: the first batch is held up until the last has come."""
    batches: Batches = app.state.batches
    # On PostgreSQL two batches go side by side, and twins in both of them would not wait but be told to come again.
    batches._free = 1
    gate = threading.Event()
    write = batches._write

    def held(batch: Any) -> Any:
        gate.wait(5)
        return write(batch)

    batches._write = held  # type: ignore[method-assign]
    with ThreadPoolExecutor(len(calls)) as pool:
        answers = [pool.submit(send, *call) for call in calls]
        deadline = time.monotonic() + 4
        while len(batches._waiting) < len(calls) - 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        gate.set()
        return [answer.result() for answer in answers]


def test_each_gets_what_it_would_have_got_alone(app: FastAPI, people: People) -> None:
    one, two = people.sign_up(), people.sign_up()
    twin = str(uuid.uuid4())
    calls: list[tuple[Any, ...]] = [
        (one, REPORT),
        (one, WRONG),
        (two, REPORT),
        (two, REPORT, twin),
        (two, REPORT, twin),
    ]
    calls += [(two, {**REPORT, "lat": 0, "lon": 0}), (two, {**REPORT, "file_ids": [str(uuid.uuid4())]}), (one, REPORT)]
    answers = at_once(app, calls)
    assert [answer.status_code for answer in answers] == [201, 422, 201, 201, 201, 422, 422, 201]
    assert answers[3].json()["code"] == answers[4].json()["code"], "twins are one report"
    for who, many in ((one, 2), (two, 2)):
        assert len(expect(200, who.get("/me/feedback"))["items"]) == many


def test_a_batch_is_one_transaction(app: FastAPI, people: People, database: Database) -> None:
    citizen = people.sign_up()
    commits: list[int] = []
    event.listen(database.engine, "commit", lambda _: commits.append(1))
    answers = at_once(app, [(citizen, REPORT) for _ in range(12)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["code"] for answer in answers}) == 12
    assert len(commits) <= 4, "twelve reports, a few commits"


def test_a_key_that_is_known_is_answered_in_a_batch_too(app: FastAPI, people: People) -> None:
    citizen, key = people.sign_up(), str(uuid.uuid4())
    first = send(citizen, REPORT, key)
    answers = at_once(app, [(citizen, REPORT), (citizen, REPORT, key), (citizen, WRONG, key), (citizen, REPORT)])
    assert [answer.status_code for answer in answers] == [201, 201, 409, 201]
    assert answers[1].content == first.content
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert len(expect(200, citizen.get("/me/feedback"))["items"]) == 3


def test_nobody_rolls_back_the_work_of_others(database: Database) -> None:
    with pytest.raises(MustBeAlone), database.transaction(shared=True) as session:
        session.rollback()
