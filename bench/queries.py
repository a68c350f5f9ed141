"""How many statements each request sends to the database, for few rows and for many: no list may grow with its rows."""

import itertools
from collections.abc import Callable

import httpx2
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core import clock, logs
from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from backend.news import service as news
from bench.scenarios import REPORT
from shared.access import Role
from tests.support.installations import Installation
from tests.support.people import API, DEMO, PASSWORD, People, Person, expect

FEW, MANY = 5, 100


def count(installation: Installation) -> list[tuple[str, int, int]]:
    """Return (request, statements for few rows, statements for many)."""
    logs.configure("ERROR")
    app = create_app(installation.settings())
    with TestClient(app) as client:
        people = People(client)
        citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
        counted = _Counter(app.state.database.engine)
        keys = itertools.count()
        once = [
            ("report submission", lambda: _submit(citizen, next(keys))),
            ("sign-in", lambda: _sign_in(client)),
        ]
        few = [(name, counted.of(ask)) for name, ask in once]
        _fill(app.state.database, citizen)
        many = [counted.of(ask) for _, ask in once]
        lists = [
            (name, counted.of(_list(who, path, FEW)), counted.of(_list(who, path, MANY)))
            for name, who, path in _lists(client, citizen, dispatcher)
        ]
        return [*lists, *((name, before, after) for (name, before), after in zip(few, many, strict=True))]


def _lists(client: httpx2.Client, citizen: Person, dispatcher: Person) -> list[tuple[str, httpx2.Client | Person, str]]:
    return [
        ("news list", client, f"{API}/news?"),
        ("procedure search", client, f"{API}/procedures?q=dang+ky&"),
        ("public reports", client, f"{API}/feedback?"),
        ("own reports", citizen, "/me/feedback?"),
        ("desk queue", dispatcher, "/desk/feedback?queue=new&"),
        ("inbox", dispatcher, "/me/notifications?"),
    ]


def _fill(database: Database, citizen: Person) -> None:
    """Put many rows into every list, notices included."""
    for number in range(MANY):
        _submit(citizen, f"fill-{number}")
    with database.transaction() as session:
        heading = news.list_categories(session)[0].slug
        for number in range(MANY):
            article = news.NewArticle(f"bench-{number}", "Tin", "Tóm tắt", "Nội dung", heading, clock.now())
            news.publish(session, article)
    run_pending(database, HANDLERS)


def _submit(citizen: Person, key: object) -> None:
    expect(201, citizen.post("/feedback", REPORT, headers={"Idempotency-Key": f"count-{key}"}))


def _sign_in(client: httpx2.Client) -> None:
    expect(200, client.post(f"{API}/auth/token", data={"username": DEMO[Role.CITIZEN], "password": PASSWORD}))


def _list(who: httpx2.Client | Person, path: str, limit: int) -> Callable[[], None]:
    asked = itertools.count()

    def ask() -> None:
        # A new address each time, so that no whole answer comes from memory.
        expect(200, who.get(f"{path}limit={limit}&asked={next(asked)}"))

    return ask


class _Counter:
    def __init__(self, engine: Engine) -> None:
        self._statements = 0
        event.listen(engine, "before_cursor_execute", self._one)

    def _one(self, *arguments: object) -> None:
        statement = str(arguments[2])
        self._statements += not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK"))

    def of(self, ask: Callable[[], None]) -> int:
        """Return how many statements this sends, once what is remembered for all is remembered."""
        ask()
        before = self._statements
        ask()
        return self._statements - before
