"""Notices: the right people hear of what moves, once, and live."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

from shared.access import Role
from tests.feedback.test_state_table import REPORT, UNIT
from tests.support.people import API, People, Person, expect, people_of
from tests.support.server import Server

ANY = {"If-Match": "*"}


def inbox(person: Person) -> list[tuple[str, str]]:
    """Return (kind, event) of everybody's newest notices."""
    items = expect(200, person.get("/me/notifications?limit=100"))["items"]
    return [(item["kind"], item["event"]) for item in items]


def test_the_right_people_hear_once(people: People, drain: Callable[[], int]) -> None:
    citizen, stranger = people.sign_up(), people.sign_up()
    dispatcher, officer = people.demo(Role.DISPATCHER), people.demo(Role.OFFICER)
    drain()
    before = {person.phone: len(inbox(person)) for person in (dispatcher, officer)}
    code = expect(201, citizen.post("/feedback", REPORT))["code"]
    assert inbox(citizen) == [], "the worker writes notices, not the request"
    drain()
    moves = f"/desk/feedback/{code}/moves"
    expect(200, dispatcher.post(moves, {"move": "assign", "unit": UNIT}, headers=ANY))
    expect(201, officer.post(f"/desk/feedback/{code}/replies", {"text": "Đã cử người."}))
    expect(201, officer.post(f"/desk/feedback/{code}/notes", {"text": "Chỉ nội bộ."}))
    drain()
    drain()
    assert inbox(citizen) == [("case_moved", "reply"), ("case_moved", "assign")]
    assert inbox(dispatcher)[: len(inbox(dispatcher)) - before[dispatcher.phone]] == [("staff_work", "submit")]
    assert inbox(officer)[: len(inbox(officer)) - before[officer.phone]] == [("staff_work", "assign")]
    assert inbox(stranger) == []
    assert "Chỉ nội bộ" not in citizen.get(f"/feedback/{code}").text
    assert "Đã cử người" in citizen.get(f"/feedback/{code}").text
    assert "Đã cử người" not in people.client.get(f"{API}/feedback/{code}").text


def test_reading_counts_down(people: People, drain: Callable[[], int]) -> None:
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    for _ in range(2):
        code = expect(201, citizen.post("/feedback", REPORT))["code"]
        expect(200, dispatcher.post(f"/desk/feedback/{code}/moves", {"move": "accept"}, headers=ANY))
    drain()
    assert citizen.get("/me/notifications/unread-count").json() == {"unread": 2}
    first = citizen.get("/me/notifications").json()["items"][0]["id"]
    assert dispatcher.post("/me/notifications/read", {"ids": [first]}).status_code == 200
    assert citizen.get("/me/notifications/unread-count").json() == {"unread": 2}, "nobody reads for another"
    assert expect(200, citizen.post("/me/notifications/read", {"ids": [first]})) == {"unread": 1}
    assert expect(200, citizen.post("/me/notifications/read", {"ids": []})) == {"unread": 0}


def test_the_stream_tells_at_once_and_at_every_change(serve: Callable[..., Server]) -> None:
    server = serve()
    with people_of(server.url) as people:
        citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
        code = expect(201, citizen.post("/feedback", REPORT))["code"]
        url = f"{server.url}{API}/me/notifications/stream"
        assert httpx2.get(url).status_code == 401
        with httpx2.stream("GET", url, headers=citizen.bearer, timeout=20) as stream:
            events = _events(stream)
            assert next(events) == {"unread": 0}
            expect(200, dispatcher.post(f"/desk/feedback/{code}/moves", {"move": "accept"}, headers=ANY))
            assert next(events) == {"unread": 1}


def _events(stream: httpx2.Response) -> Iterator[Any]:
    for line in stream.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


def test_the_log_names_nobody(serve: Callable[..., Server]) -> None:
    server = serve()
    with people_of(server.url) as people:
        citizen = people.sign_up("Trần Văn Bí Mật")
        expect(201, citizen.post("/feedback", {**REPORT, "description": "Một câu không được đọc trong nhật ký."}))
        citizen.get("/me")
        people.client.get(f"{API}/feedback?q=từ+khóa+riêng")
        people.client.post(f"{API}/auth/token", data={"username": citizen.phone, "password": "mật khẩu sai"})
    server.stop()
    log = server.log()
    secrets = [citizen.phone[1:], "Bí Mật", "nhật ký", "khóa", "mật khẩu", citizen.tokens["access_token"][:40]]
    secrets += [citizen.tokens["refresh_token"]]
    assert '"route": "/api/v1/feedback"' in log
    assert [secret for secret in secrets if secret in log] == []
