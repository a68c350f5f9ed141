"""Who receives a report, by when, and what is said of it before: places, rules, hours, measured paces."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select, update
from starlette.testclient import TestClient

from backend.accounts.models import Account
from backend.core import clock
from backend.core.database import Database
from backend.core.office import Office
from backend.core.tables import new_id
from backend.feedback import pace
from backend.feedback.deadlines import Calendar
from backend.feedback.models import Feedback
from backend.public_services.importing import import_boundaries
from shared.access import Role
from shared.case_states import Status
from shared.feedback import Level
from tests.core.test_queries import fill
from tests.feedback.test_state_table import REPORT, WAY, C, D, Desk, O
from tests.support.people import API, People, Person, expect
from tests.support.plans import recorded, scans

NEAR, FAR = (20.94, 106.33), (20.742, 106.24)
WARD = "10525"


@pytest.fixture
def admin(people: People) -> Person:
    """The administrator."""
    return people.demo(Role.ADMINISTRATOR)


def ask(api: TestClient, category: str, where: tuple[float, float] = NEAR) -> dict[str, Any]:
    """Return what a sender is told before sending."""
    query: dict[str, str | float] = {"category": category, "lat": where[0], "lon": where[1]}
    found: dict[str, Any] = expect(200, api.get(f"{API}/feedback/expectation", params=query))
    return found


def unit(api: TestClient, category: str, where: tuple[float, float] = NEAR) -> str:
    """Return who would receive a report."""
    code: str = ask(api, category, where)["unit"]["code"]
    return code


def rule(admin: Person, category: str | None, place: str | None, to: str | None) -> dict[str, Any]:
    """Set a routing rule."""
    found: dict[str, Any] = expect(201, admin.post("/desk/routing", {"category": category, "place": place, "unit": to}))
    return found


def test_the_most_particular_rule_wins(api: TestClient, admin: Person) -> None:
    assert unit(api, "chieu-sang") == "ubnd-hai-duong", "the demo's rule: the ward office"
    assert unit(api, "chieu-sang", FAR) == "ioc", "a place without an office: the category's own unit"
    assert unit(api, "y-te") == "so-y-te", "no rule at all"
    rule(admin, None, None, "so-giao-duc")
    assert (unit(api, "y-te"), unit(api, "chieu-sang", FAR)) == ("so-giao-duc", "so-giao-duc")
    assert unit(api, "chieu-sang") == "ubnd-hai-duong"
    rule(admin, None, WARD, "dien-luc")
    assert (unit(api, "y-te"), unit(api, "chieu-sang")) == ("dien-luc", "dien-luc"), (
        "the place goes before the category"
    )
    assert unit(api, "y-te", FAR) == "so-giao-duc"
    rule(admin, "y-te", WARD, "cong-an")
    assert (unit(api, "y-te"), unit(api, "chieu-sang")) == ("cong-an", "dien-luc")
    shown = rule(admin, "y-te", WARD, None)
    assert (shown["category_name"], shown["place_name"], shown["unit"]) == ("Y tế", "Phường Hải Dương", None)
    assert unit(api, "y-te") == "ubnd-hai-duong", "the same rule, set anew"
    rules = expect(200, admin.get("/desk/routing"))
    assert (rules[0]["category"], rules[0]["place"]) == ("y-te", WARD)
    assert rules[-1] | {"id": ""} == {
        "id": "", "category": None, "category_name": None, "place": None, "place_name": None,
        "unit": {"code": "so-giao-duc", "name": "Sở Giáo dục và Đào tạo"},
    }  # fmt: skip
    for row in rules:
        expect(204, admin.ask("DELETE", f"/desk/routing/{row['id']}"))
    assert (unit(api, "chieu-sang"), unit(api, "y-te")) == ("ioc", "so-y-te")


def test_a_report_goes_where_it_was_said(people: People, api: TestClient) -> None:
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    said = ask(api, "chieu-sang")
    sent = expect(201, citizen.post("/feedback", REPORT))
    assert (said["place"], said["unit"]) == ("Phường Hải Dương", sent["unit"])
    assert sent["unit"]["code"] == "ubnd-hai-duong"
    assert expect(200, dispatcher.get(f"/desk/feedback/{sent['code']}"))["place"] == "Phường Hải Dương"


@pytest.mark.parametrize("where", [(0, 0), (20.5, 107.2), (21.6, 106.3), (-90, 180)])
def test_a_point_outside_is_refused_and_hears_what_is_near(
    people: People, api: TestClient, where: tuple[float, float]
) -> None:
    point = {"lat": where[0], "lon": where[1]}
    sent = people.sign_up().post("/feedback", {**REPORT, **point})
    asked = api.get(f"{API}/feedback/expectation", params={"category": "chieu-sang", **point})
    for answer in (sent, asked):
        problem = expect(422, answer)
        (fault,) = problem["errors"]
        assert (problem["code"], fault["field"], fault["code"]) == ("outside_area", "lat", "outside_area")
        assert fault["message"].startswith(("Phường ", "Xã "))
        assert " km)" in fault["message"]


def test_without_boundaries_the_distance_decides(people: People, api: TestClient, database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("DELETE FROM boundary"))
        database.memory._heard("everything")
    assert ask(api, "chieu-sang")["place"] is None
    assert unit(api, "chieu-sang") == "ioc", "nobody knows whose ward it is"
    expect(201, people.sign_up().post("/feedback", REPORT))
    far = people.sign_up().post("/feedback", {**REPORT, "lat": 22.5})
    assert expect(422, far)["errors"][0]["code"] == "outside_area"


def test_an_import_is_followed_at_once(api: TestClient, database: Database, tmp_path: Path) -> None:
    assert ask(api, "chieu-sang")["place"] == "Phường Hải Dương"
    ring = [[106.3, 20.9], [106.4, 20.9], [106.4, 21.0], [106.3, 21.0], [106.3, 20.9]]
    ward = {"type": "Feature", "properties": {"ma_xa": "10507", "ten": "Thành Đông", "loai": "Phường"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [ward]}), encoding="utf-8")
    with database.transaction() as session:
        import_boundaries(session, [path])
    said = ask(api, "chieu-sang")
    assert (said["place"], said["unit"]["code"]) == ("Phường Thành Đông", "ubnd-thanh-dong")


def test_rules_cost_a_report_no_statement(people: People, database: Database) -> None:
    citizen = people.sign_up()
    expect(201, citizen.post("/feedback", REPORT))
    with recorded(database) as seen:
        expect(201, citizen.post("/feedback", REPORT))
    rules = ("feedback_routing", "feedback_deadline", "calendar_day", "boundary", "feedback_pace", "FROM unit")
    assert seen
    assert not [said for said, _ in seen if any(table in said for table in rules)]


def hours(admin: Person, category: str | None, to: str | None, accept: float, due: float) -> dict[str, Any]:
    """Set the hours of normal cases."""
    wish = {"level": "normal", "category": category, "unit": to, "accept_hours": accept, "due_hours": due}
    found: dict[str, Any] = expect(201, admin.post("/desk/deadlines", wish))
    return found


def test_the_most_particular_hours_win(api: TestClient, admin: Person) -> None:
    def promised(category: str) -> float:
        due_at = datetime.fromisoformat(ask(api, category)["due_at"])
        return round(Calendar(Office.parse()).between(clock.now(), due_at) / timedelta(hours=1), 1)

    assert promised("chieu-sang") == 24
    hours(admin, None, None, 2, 10)
    assert promised("chieu-sang") == 10
    hours(admin, "chieu-sang", None, 2, 11)
    hours(admin, None, "ubnd-hai-duong", 2, 12)
    assert (promised("chieu-sang"), promised("tieng-on"), promised("y-te")) == (12, 12, 10)
    last = hours(admin, "chieu-sang", "ubnd-hai-duong", 2, 13)
    assert (promised("chieu-sang"), promised("tieng-on")) == (13, 12)
    assert hours(admin, "chieu-sang", "ubnd-hai-duong", 2, 14)["id"] == last["id"], "set anew"
    assert promised("chieu-sang") == 14
    expect(204, admin.ask("DELETE", f"/desk/deadlines/{last['id']}"))
    assert promised("chieu-sang") == 12
    assert promised("dien") == 4, "another level"


def test_a_deadline_that_was_promised_stays(people: People, admin: Person) -> None:
    desk = Desk(people)
    promised = desk.read(desk.staff[D])["due_at"]
    hours(admin, None, None, 1, 1)
    for step, by in WAY["assigned"]:
        expect(200, desk.move(step, by))
    expect(200, desk.move("transfer", O))
    expect(201, admin.post("/desk/calendar", {"day": promised[:10], "kind": "off", "note": "Lũ"}))
    case = desk.read(desk.staff[D])
    assert (case["due_at"], case["first_due_at"]) == (promised, promised)
    assert {line["due_at"] for line in case["story"]} == {None}


def test_a_moved_deadline_stands_in_the_entry_that_moved_it(people: People) -> None:
    desk = Desk(people)
    for step, by in WAY["waiting_citizen"]:
        expect(200, desk.move(step, by))
    first = desk.read(desk.staff[D])["due_at"]
    with clock.moved(timedelta(days=14)):
        answered = expect(200, desk.move("answer", C))
        expect(200, desk.move("resolve", O))
        again = expect(200, desk.move("reopen", C))
    lines = {line["kind"]: line["due_at"] for line in again["story"]}
    assert lines["answer"] == answered["due_at"] > first
    assert lines["reopen"] == again["due_at"]
    assert (lines["resolve"], lines["ask"], again["first_due_at"]) == (None, None, first)


def test_an_appeal_says_the_new_deadline(people: People) -> None:
    desk = Desk(people)
    expect(200, desk.move("refuse", D))
    with clock.moved(timedelta(days=10)):
        case = expect(200, desk.move("appeal", C))
    assert case["story"][-1]["due_at"] == case["due_at"] > case["first_due_at"]


def handled(session: Session, category: str, to: str, days: list[float], **changes: Any) -> None:
    """Put cases in that got their first result yesterday, after so many days."""
    reporter = session.exec(select(Account.id)).first()
    moment = clock.now()
    for number, took in enumerate(days):
        ended = moment - timedelta(days=1)
        values: dict[str, Any] = {
            "id": new_id(), "code": f"PA-2{len(category):02}1{number:02}-{new_id().hex[-4:].upper()}"[:14],
            "reporter_id": reporter, "category_code": category, "title": "Thử", "description": "Thử", "folded": "thu",
            "lat": 20.94, "lon": 106.33, "public": True, "show_name": False, "blur_place": False, "practice": False,
            "status": Status.CLOSED, "level": Level.NORMAL, "unit_code": to, "created_at": ended - timedelta(days=took),
            "accept_by": moment, "first_due_at": moment, "due_at": moment, "moved_at": ended, "handled_at": ended,
        }  # fmt: skip
        session.add(Feedback(**{**values, **changes}))


def test_what_is_usual_is_measured_and_few_cases_say_nothing(api: TestClient, database: Database) -> None:
    old = clock.now() - timedelta(days=pace.DAYS + 1)
    with database.transaction() as session:
        session.execute(update(Feedback).values(handled_at=None))
        handled(session, "chieu-sang", "ubnd-hai-duong", [1, 9, 2, 30, 3])
        handled(session, "tieng-on", "ubnd-hai-duong", [1, 9, 2, 30, 3, 3.6])
        handled(session, "thoat-nuoc", "ubnd-hai-duong", [1, 2, 3, 4])
        handled(session, "thoat-nuoc", "so-y-te", [1] * 9)
        handled(session, "thoat-nuoc", "ubnd-hai-duong", [9], handled_at=old, created_at=old - timedelta(days=9))
        handled(session, "thoat-nuoc", "ubnd-hai-duong", [9], handled_at=None)
    assert ask(api, "chieu-sang")["usual"] is None, "not measured yet"
    pace.measure(database)
    assert ask(api, "chieu-sang")["usual"] == {"days": 3.0, "cases": 5}
    assert ask(api, "tieng-on")["usual"] == {"days": 3.3, "cases": 6}, "between the two in the middle: 3 and 3.6"
    assert ask(api, "thoat-nuoc")["usual"] is None
    with database.transaction() as session:
        session.execute(update(Feedback).where(col(Feedback.category_code) == "tieng-on").values(handled_at=None))
        handled(session, "thoat-nuoc", "ubnd-hai-duong", [8])
    pace.measure(database)
    assert ask(api, "tieng-on")["usual"] is None
    assert ask(api, "thoat-nuoc")["usual"] == {"days": 3.0, "cases": 5}


def test_the_measure_reads_by_its_index(database: Database) -> None:
    with database.transaction() as session:
        fill(session, 3_000)
        handled(session, "chieu-sang", "ubnd-hai-duong", [1.0] * 60)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    with recorded(database) as seen:
        pace.measure(database)
    ((statement, values),) = [each for each in seen if "GROUP BY" in each[0]]
    assert scans(database, statement, values) == []
    if database.sqlite:
        with database.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        assert "USING COVERING INDEX ix_feedback_handled" in "\n".join(str(row[-1]) for row in plan)
