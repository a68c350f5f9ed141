"""What administrators set, who else may read it, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.events import AuditEntry
from shared.access import Role
from tests.feedback.test_routing import WARD, ask, unit
from tests.support.people import API, People, Person, expect

ROUTE = {"category": "y-te", "place": None, "unit": "ioc"}
HOURS = {"level": "normal", "category": None, "unit": None, "accept_hours": 8, "due_hours": 24}
DAY = {"day": "2026-12-24", "kind": "off", "note": "Lễ hội của tỉnh"}
UNIT = {"code": "ubnd-ke-sat", "name": "UBND xã Kẻ Sặt", "phone": "", "place_code": None}
WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/desk/routing", ROUTE),
    ("DELETE", "/desk/routing/00000000-0000-7000-8000-000000000000", None),
    ("POST", "/desk/deadlines", HOURS),
    ("DELETE", "/desk/deadlines/00000000-0000-7000-8000-000000000000", None),
    ("POST", "/desk/calendar", DAY),
    ("DELETE", "/desk/calendar/2026-12-24", None),
    ("POST", "/desk/units", UNIT),
    ("PATCH", "/desk/units/ioc", {"place_code": None}),
]
READS = ("/desk/routing", "/desk/deadlines", "/desk/calendar", "/desk/places")


@pytest.fixture
def admin(people: People) -> Person:
    """The administrator."""
    return people.demo(Role.ADMINISTRATOR)


def test_who_may(people: People, api: TestClient) -> None:
    for path in READS:
        assert api.get(f"{API}{path}").status_code == 401
        assert people.demo(Role.CITIZEN).get(path).status_code == 403
        assert people.demo(Role.EDITOR).get(path).status_code == 403
        for role in (Role.OFFICER, Role.DISPATCHER, Role.ADMINISTRATOR):
            assert people.demo(role).get(path).status_code == 200
    for role in (Role.CITIZEN, Role.OFFICER, Role.LEADER, Role.DISPATCHER):
        person = people.demo(role)
        for method, path, body in WRITES:
            assert person.ask(method, path, json=body).status_code == 403, (role, path)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("/desk/routing", {**ROUTE, "category": "nothing"}, "category"),
    ("/desk/routing", {**ROUTE, "place": "99999"}, "place"),
    ("/desk/routing", {**ROUTE, "unit": "nobody"}, "unit"),
    ("/desk/routing", {**ROUTE, "unit": "\x00"}, "unit"),
    ("/desk/routing", {"category": None, "place": None}, "unit"),
    ("/desk/deadlines", {**HOURS, "category": "nothing"}, "category"),
    ("/desk/deadlines", {**HOURS, "unit": "nobody"}, "unit"),
    ("/desk/deadlines", {**HOURS, "level": "soon"}, "level"),
    ("/desk/deadlines", {**HOURS, "due_hours": 0}, "due_hours"),
    ("/desk/deadlines", {**HOURS, "due_hours": 2_001}, "due_hours"),
    ("/desk/deadlines", {**HOURS, "accept_hours": 25}, "accept_hours"),
    ("/desk/calendar", {**DAY, "day": "1999-12-31"}, "day"),
    ("/desk/calendar", {**DAY, "day": "9999-12-31"}, "day"),
    ("/desk/calendar", {**DAY, "day": "2026-02-30"}, "day"),
    ("/desk/calendar", {**DAY, "kind": "half"}, "kind"),
    ("/desk/calendar", {**DAY, "note": "  "}, "note"),
    ("/desk/calendar", {**DAY, "note": "a\x00"}, "note"),
    ("/desk/units", {**UNIT, "code": "Xã Kẻ Sặt"}, "code"),
    ("/desk/units", {**UNIT, "code": "a" * 41}, "code"),
    ("/desk/units", {**UNIT, "name": ""}, "name"),
    ("/desk/units", {**UNIT, "place_code": "99999"}, "place_code"),
]


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_what_cannot_be_is_refused_with_its_field(admin: Person) -> None:
    for path, body, field in BAD:
        problem = expect(422, admin.post(path, body))
        assert field in {fault["field"] for fault in problem["errors"]}, (path, body)
    for path in ("/desk/calendar?year=1", "/desk/calendar?year=99999999", "/desk/calendar?year=x"):
        expect(422, admin.get(path))
    for path in ("/desk/routing/x", "/desk/deadlines/x", "/desk/calendar/x"):
        assert admin.ask("DELETE", path).status_code == 422
    assert len(expect(200, admin.get("/desk/deadlines"))) == 3, "nothing of it was kept"


def test_what_is_not_there_cannot_go(admin: Person) -> None:
    for method, path, body in WRITES:
        if method == "DELETE":
            assert admin.ask(method, path, json=body).status_code == 404, path
    assert admin.patch("/desk/units/nobody", {"place_code": None}).status_code == 404
    assert admin.patch("/desk/units/%00", {"place_code": None}).status_code in {404, 422}


def test_the_default_of_a_level_stays(admin: Person) -> None:
    def defaults() -> dict[str, dict[str, Any]]:
        return {row["level"]: row for row in expect(200, admin.get("/desk/deadlines")) if row["default"]}

    shown = {level: (row["accept_hours"], row["due_hours"]) for level, row in defaults().items()}
    assert shown == {"urgent": (4, 4), "normal": (8, 24), "complex": (8, 80)}
    assert admin.ask("DELETE", f"/desk/deadlines/{defaults()['urgent']['id']}").status_code == 409
    expect(201, admin.post("/desk/deadlines", {**HOURS, "accept_hours": 1, "due_hours": 2}))
    assert (defaults()["normal"]["due_hours"], len(defaults())) == (2, 3)
    assert admin.ask("DELETE", f"/desk/deadlines/{defaults()['normal']['id']}").status_code == 409


def days(admin: Person, year: int) -> dict[str, tuple[str, bool]]:
    """Return the special days of a year."""
    found = expect(200, admin.get("/desk/calendar", params={"year": year}))["days"]
    return {row["day"]: (row["kind"], row["national"]) for row in found}


def test_the_calendar(admin: Person) -> None:
    year = expect(200, admin.get("/desk/calendar?year=2026"))
    assert year["hours"] == {
        "days": [0, 1, 2, 3, 4], "stretches": [["08:00", "12:00"], ["13:00", "17:00"]], "hours_a_day": 8,
    }  # fmt: skip
    known = days(admin, 2026)
    assert known["2026-02-17"] == ("off", True)
    assert known["2026-08-22"] == ("work", True)
    assert "2026-04-26" not in known, "a Sunday is off in any case"
    assert "2026-12-24" not in known
    expect(201, admin.post("/desk/calendar", DAY))
    expect(201, admin.post("/desk/calendar", {**DAY, "note": "Lễ hội"}))
    expect(201, admin.post("/desk/calendar", {**DAY, "day": "2026-02-17", "kind": "work"}))
    assert days(admin, 2026) == {**known, "2026-12-24": ("off", False), "2026-02-17": ("work", False)}
    for day in ("2026-12-24", "2026-02-17"):
        expect(204, admin.ask("DELETE", f"/desk/calendar/{day}"))
    assert days(admin, 2026) == known


def test_a_day_off_moves_what_is_promised_from_then_on(admin: Person, api: TestClient) -> None:
    first = ask(api, "chieu-sang")["due_at"]
    expect(201, admin.post("/desk/calendar", {**DAY, "day": first[:10]}))
    assert ask(api, "chieu-sang")["due_at"] > first


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_offices_cannot_be_closed_for_ever(admin: Person) -> None:
    first = date(2028, 3, 1)
    answers = [
        admin.post("/desk/calendar", {**DAY, "day": (first + timedelta(days=number)).isoformat()}).status_code
        for number in range(40)
    ]
    assert answers[:29] == [201] * 29
    assert 422 in answers
    longest = row = 0
    off = days(admin, 2028)
    for number in range(-40, 80):
        day = first + timedelta(days=number)
        kind = off.get(day.isoformat(), ("off" if day.weekday() > 4 else "work", False))[0]
        row = row + 1 if kind == "off" else 0
        longest = max(longest, row)
    assert 28 <= longest <= 30


def test_places_and_the_units_that_serve_them(admin: Person, api: TestClient) -> None:
    def served() -> dict[str, str | None]:
        rows = expect(200, admin.get("/desk/places"))
        return {row["code"]: row["unit"] and row["unit"]["code"] for row in rows}

    assert served()[WARD] == "ubnd-hai-duong"
    assert served()["10945"] is None
    made = expect(201, admin.post("/desk/units", {**UNIT, "place_code": "10945"}))
    assert made == {**UNIT, "place_code": "10945", "place_name": "Xã Kẻ Sặt"}
    assert served()["10945"] == "ubnd-ke-sat"
    assert unit(api, "chieu-sang", (20.911, 106.181)) == "ubnd-ke-sat"
    assert {"code": "ubnd-ke-sat", "name": "UBND xã Kẻ Sặt"} in expect(200, admin.get("/desk/units"))
    for answer in (
        admin.post("/desk/units", UNIT),
        admin.post("/desk/units", {**UNIT, "code": "another", "place_code": WARD}),
        admin.patch("/desk/units/ubnd-ke-sat", {"place_code": WARD}),
    ):
        assert answer.status_code == 409
    assert expect(200, admin.patch("/desk/units/ubnd-ke-sat", {"place_code": None}))["place_name"] is None
    assert served()["10945"] is None
    assert unit(api, "chieu-sang", (20.911, 106.181)) == "ioc"


def test_sent_twice_is_set_once_and_every_change_is_on_record(admin: Person, database: Database) -> None:
    def again(path: str, body: dict[str, Any]) -> Callable[[], httpx2.Response]:
        return lambda: admin.post(path, body, headers={"Idempotency-Key": f"once {path}".replace(" ", "-")})

    for path, body in (("/desk/routing", ROUTE), ("/desk/deadlines", HOURS), ("/desk/calendar", DAY)):
        send = again(path, body)
        assert expect(201, send()) == expect(201, send())
    expect(201, admin.post("/desk/units", UNIT))
    expect(204, admin.ask("DELETE", f"/desk/calendar/{DAY['day']}"))
    with database.reading() as session:
        kinds = ("RoutingChanged", "DeadlinesChanged", "CalendarChanged", "UnitChanged")
        said = [row for row in session.exec(select(AuditEntry).order_by(AuditEntry.id)) if row.kind in kinds]  # type: ignore[arg-type]
    assert [(row.kind, row.facts.get("removed")) for row in said] == [
        ("RoutingChanged", False), ("DeadlinesChanged", False), ("CalendarChanged", False), ("UnitChanged", None),
        ("CalendarChanged", True),
    ]  # fmt: skip
    assert {row.actor_id for row in said} == {said[0].actor_id}
    assert said[0].facts == {"category": "y-te", "place": None, "unit": "ioc", "removed": False}
