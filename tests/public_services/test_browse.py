"""Browsing: every count is what the list then shows, and nothing that is empty is offered."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.public_services.importing import import_procedures
from backend.public_services.life_events import AUDIENCES, EVENTS
from tests.public_services.rows import jsonl, procedure
from tests.public_services.test_routes import API, every, get

CHOICES: list[dict[str, Any]] = [
    {},
    {"who": "citizen"},
    {"who": "business", "online": "true"},
    {"level": "commune", "life_event": "birth"},
    {"field": "Hộ tịch", "audience": "Công dân Việt Nam"},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_counts_are_what_the_list_shows(api: TestClient, chosen: dict[str, Any]) -> None:
    facets = get(api, "/procedures/facets", **chosen)
    assert facets["total"] == len(every(api, "/procedures", 100, **chosen)) > 0
    offered = [
        *(("who", each["value"], each["count"]) for each in facets["who"]),
        *(("level", each["value"], each["count"]) for each in facets["levels"]),
        *(("life_event", each["value"], each["count"]) for each in facets["life_events"][:4]),
        *(("field", each["name"], each["count"]) for each in facets["fields"][:3]),
        ("online", "true", facets["online"]),
    ]
    for name, value, count in offered:
        assert count == len(every(api, "/procedures", 100, **{**chosen, name: value})), (name, value)


def test_life_events_without_procedures_are_not_offered(api: TestClient) -> None:
    events = {event["key"]: event for event in get(api, "/procedures/life-events")}
    assert {"birth", "marriage", "land", "household_business"} <= set(events)
    assert not {"trade", "merit"} & set(events), "the demo has none of them"
    assert all(event["count"] > 0 and event["name"] and event["text_en"] for event in events.values())
    assert {event["who"] for event in get(api, "/procedures/life-events", who="business")} == {"business"}


def test_counts_follow_an_import(api: TestClient, database: Database, tmp_path: Path) -> None:
    before = get(api, "/procedures/facets")
    with database.transaction() as session:
        import_procedures(session, [jsonl(tmp_path / "p.jsonl", procedure("9.999999", linh_vuc="Thuế"))])
    after = get(api, "/procedures/facets")
    assert after["total"] == before["total"] + 1
    assert "tax" in {event["key"] for event in get(api, "/procedures/life-events")}


def test_a_life_event_begins_with_what_it_is_about(api: TestClient) -> None:
    pages: list[list[str]] = []
    cursor = None
    while not pages or cursor:
        found = get(api, "/procedures", life_event="birth", limit=2, **({"cursor": cursor} if cursor else {}))
        pages += [[row["code"] for row in found["items"]]]
        cursor = found["next_cursor"]
    codes = [code for page in pages for code in page]
    assert codes == [code for code in EVENTS["birth"].codes if code in codes]
    assert codes[0] == "1.001193"
    assert len(pages) > 1


@pytest.mark.parametrize("path", ["/procedures", "/procedures/facets", "/procedures/life-events"])
def test_wrong_choices_are_problems(api: TestClient, path: str) -> None:
    assert api.get(f"{API}{path}", params={"who": "everybody"}).status_code == 422
    if path != "/procedures/life-events":
        assert api.get(f"{API}{path}", params={"life_event": "x" * 41}).status_code == 422
        assert api.get(f"{API}{path}", params={"life_event": "' OR 1=1 --"}).status_code == 200
    assert get(api, "/procedures", life_event="' OR 1=1 --")["items"] == []


def test_life_events_name_what_the_real_catalogue_has(real_data: Path) -> None:
    text = (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in text.splitlines()]
    codes, fields = {row["ma"] for row in records}, {row["linh_vuc"] for row in records}
    audiences = {name for row in records for name in row["doi_tuong"]}
    for event in EVENTS.values():
        assert len(codes & set(event.codes)) >= 0.6 * len(event.codes), event.key
        assert codes & set(event.codes) or fields & set(event.fields), event.key
    assert {name for names in AUDIENCES.values() for name in names} <= audiences
