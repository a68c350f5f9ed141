"""`/status`: how the parts do, for everybody, as JSON and as a page, and never the web client's."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from backend.app import Parts, create_app
from backend.core import clock
from backend.core.database import Database
from backend.status import service
from backend.status.page import page
from tests.dossiers.test_lookup import ask
from tests.support.installations import Installation
from tests.support.lgsp import CODE, Trouble, platform
from tests.support.people import expect

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def conditions(api: TestClient) -> dict[str, str]:
    """Return the condition of each part."""
    found = expect(200, api.get("/status"))
    return {"all": found["condition"], **{part["name"]: part["condition"] for part in found["parts"]}}


def test_the_parts_and_their_ages(
    api: TestClient, database: Database, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FRESH_SECONDS", 0.0)
    quiet = {"all": "unknown", "database": "up", "worker": "unknown", "dossiers": "off"}
    assert conditions(api) == quiet
    service.beat(database)
    service.beat(database)
    assert conditions(api) == {**quiet, "all": "up", "worker": "up"}
    with clock.moved(timedelta(seconds=120)):
        found = expect(200, api.get("/status"))
        worker = found["parts"][1]
        assert (found["condition"], worker["condition"]) == ("down", "down")
        assert 119 <= worker["age_seconds"] <= 125
    with platform() as lgsp:
        settings = installation.settings(**lgsp.settings(lgsp_breaker_failures=1, lgsp_attempts=1))
        with TestClient(create_app(settings)) as asking:
            assert conditions(asking)["dossiers"] == "unknown"
            expect(200, ask(asking, CODE, "4321"))
            assert conditions(asking)["dossiers"] == "up"
            lgsp.trouble = Trouble.ERROR
            ask(asking, CODE, "4321")
            answer = asking.get("/status")
            part = answer.json()["parts"][2]
            assert (part["condition"], part["breaker"]) == ("down", "open")
            assert part["last_good_at"] <= part["since"]
            shown = asking.get("/status", headers=BROWSER)
            for secret in ("127.0.0.1", str(lgsp.port), "secret", "smarthd", str(installation.data), "postgresql"):
                assert secret not in answer.text + shown.text
            assert "Đang gián đoạn" in shown.text


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_page_for_browsers_even_beside_the_web_client(installation: Installation) -> None:
    with TestClient(create_app(installation.settings(api_url="http://127.0.0.1:1"), Parts(web=True))) as api:
        shown = api.get("/status", headers=BROWSER)
        assert shown.headers["content-type"] == "text/html; charset=utf-8"
        assert "Tình trạng hoạt động" in shown.text
        assert "flutter" not in shown.text
        assert shown.headers["cache-control"] == "public, max-age=5"
        for accept in ("application/json", "*/*", "", "application/json, text/html"):
            assert api.get("/status", headers={"Accept": accept}).headers["content-type"] == "application/json"
        assert api.post("/status").status_code == 405


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_it_costs_nothing(api: TestClient, database: Database) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    for _ in range(20):
        expect(200, api.get("/status"))
    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 3


def test_it_is_told_when_the_database_is_away() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    found = service.Board(nowhere, lambda: None).read()
    nowhere.close()
    assert [(part.name, part.condition) for part in found.parts] == [
        ("database", "down"),
        ("worker", "unknown"),
        ("dossiers", "unknown"),
    ]
    assert found.condition == "down"
    assert "127.0.0.1" not in page(found)
