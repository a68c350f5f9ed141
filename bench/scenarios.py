"""What is measured: each scenario's requests, expected status and floor."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx2

from bench.load import request
from shared.access import Role
from tests.support.people import DEMO, PASSWORD, People, Person

REPORT = {
    "category": "chieu-sang",
    "description": "Đèn đường trước cổng trường tắt ba đêm nay, trẻ con đi học về rất tối.",
    "lat": 20.94,
    "lon": 106.33,
    "address": "Bạch Đằng",
    "file_ids": [],
    "public": True,
    "show_name": False,
    "blur_place": False,
}
QUESTIONS = ("dang ky khai sinh", "đăng ký kết hôn", "ho kinh doanh", "chung thuc ban sao", "tam tru", "đất đai")


@dataclass(frozen=True)
class Scenario:
    """One thing that people do often. `spec` is what its floor needs; `target` the ratio that is asked for."""

    name: str
    make: Callable[[], bytes]
    status: int
    spec: dict[str, Any]
    target: float | None = None


def scenarios(client: httpx2.Client, database_url: str, submitted_rows: Callable[[], list[Any]]) -> list[Scenario]:
    """Return the scenarios for one installation that is up and has its demo content."""
    people = People(client)
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    numbers = itertools.count()

    def search() -> bytes:
        # No two questions are the same, so none is answered from memory.
        number = next(numbers)
        words = quote(f"{QUESTIONS[number % len(QUESTIONS)]} {number}")
        return request("GET", f"/api/v1/procedures?q={words}", {})

    def submit() -> bytes:
        key = f"bench-{next(numbers)}-{id(client)}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **citizen.bearer}
        return request("POST", "/api/v1/feedback", headers, json.dumps(REPORT).encode())

    first = client.post("/api/v1/feedback", json=REPORT, headers={"Idempotency-Key": "bench-first", **citizen.bearer})
    form = urlencode({"username": DEMO[Role.CITIZEN], "password": PASSWORD}).encode()
    sign_in = request("POST", "/api/v1/auth/token", {"Content-Type": "application/x-www-form-urlencoded"}, form)
    write = {"kind": "write", "database_url": database_url, "rows": submitted_rows(), "answer": first.text}
    return [
        _read("news list", "/api/v1/news", client, None, target=0.4),
        Scenario("procedure search", search, 200, _bytes(client.get("/api/v1/procedures", params={"q": QUESTIONS[0]}))),
        Scenario("report submission", submit, 201, write, target=0.5),
        _read("desk queue", "/api/v1/desk/feedback?queue=new", client, dispatcher),
        Scenario("sign-in", lambda: sign_in, 200, {"kind": "sign", "password": PASSWORD, "answer": "{}"}),
    ]


def _read(name: str, path: str, client: httpx2.Client, person: Person | None, target: float | None = None) -> Scenario:
    headers = person.bearer if person else {}
    made = request("GET", path, headers)
    return Scenario(name, lambda: made, 200, _bytes(client.get(path, headers=headers)), target)


def _bytes(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return {"kind": "read", "answer": answer.text}
