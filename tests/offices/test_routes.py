"""Offices and numbers over HTTP: near, by place, by words, by name; editors; what is refused; what is read."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, delete, select
from starlette.testclient import TestClient

from backend.core import clock, geo
from backend.core.database import Database
from backend.core.events import AuditEntry
from backend.offices.models import Office, OfficePlace
from shared.access import Role
from shared.base import VIETNAM
from shared.offices import OfficeKind
from tests.public_services.test_routes import every, get
from tests.support.people import API, People, Person, expect
from tests.support.plans import recorded, scans

CENTRE = {"lat": 20.9412, "lon": 106.3427}
DRAFT: dict[str, Any] = {
    "code": "hcc-moi",
    "name": "Bộ phận một cửa thử nghiệm",
    "kind": "one_stop",
    "address": "Số 1 phố Bạch Đằng",
    "phone": "0220 3 838 838",
    "lat": 20.94,
    "lon": 106.34,
    "hours": [{"weekday": 0, "opens": "07:30", "closes": "11:30"}],
    "note": "",
    "serves": ["10525"],
}


@pytest.fixture
def editor(people: People) -> Person:
    """The editor."""
    return people.demo(Role.EDITOR)


def test_nearest_first_and_every_office_once(api: TestClient) -> None:
    rows = every(api, "/offices", 7, **CENTRE)
    distances = [row["distance_m"] for row in rows]
    assert distances == sorted(distances)
    assert len({row["code"] for row in rows}) == len(rows) == len(every(api, "/offices", 100))
    police = every(api, "/offices", 1, **CENTRE, kind="police")
    assert [row["code"] for row in police] == [row["code"] for row in rows if row["kind"] == "police"]
    assert [row["code"] for row in get(api, "/offices", lat=48.85, lon=2.35)["items"]] == [
        row["code"] for row in get(api, "/offices")["items"]
    ]
    # Finer than four decimals nothing is told apart.
    assert get(api, "/offices", lat=20.941201, lon=106.342699) == get(api, "/offices", **CENTRE)


def test_without_a_point_one_stop_offices_go_first_and_every_office_comes_once(api: TestClient) -> None:
    rows = every(api, "/offices", 100)
    kinds = [row["kind"] for row in rows]
    first = kinds.count("one_stop")
    assert kinds[:first] == ["one_stop"] * first
    assert "one_stop" not in kinds[first:]
    assert len(kinds) > first > 7
    for limit in (1, 7, first, first - 1):
        assert [row["code"] for row in every(api, "/offices", limit)] == [row["code"] for row in rows], limit
    posts = [row["code"] for row in rows if row["kind"] == "post"]
    assert [row["code"] for row in every(api, "/offices", 1, kind="post")] == posts


def test_by_place_and_by_words(api: TestClient) -> None:
    served = get(api, "/offices", place="10525")["items"]
    assert served[0]["code"] == "hcc-10525"
    assert all("10525" in row["serves"] for row in served)
    assert get(api, "/offices", place="10525", kind="post")["items"] == []
    for q in ("phuc vu hanh chinh cong thanh ha", "THANH HÀ hành chính", "ha thanh hanh chinh"):
        assert get(api, "/offices", q=q)["items"][0]["code"] == "hcc-10813", q
    for q in ("?!", "a" * 5_000, '" OR NEAR( *', "😀", "%", "'; --"):
        assert get(api, "/offices", q=q)["items"] == [], q


def test_open_now_follows_the_clock_and_the_calendar(people: People, editor: Person) -> None:
    def at(text: str) -> dict[str, Any]:
        wanted = datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
        with clock.moved(wanted - datetime.now(VIETNAM)):
            found: dict[str, Any] = expect(200, editor.get(PATH))
            return found

    assert at("2026-11-25 09:00")["open_now"] is True
    assert at("2026-11-25 09:00")["changes_at"] == "2026-11-25T11:30:00+07:00"
    assert at("2026-11-28 09:00")["changes_at"] == "2026-11-30T07:30:00+07:00"
    administrator = people.demo(Role.ADMINISTRATOR)
    expect(201, administrator.post("/desk/calendar", {"day": "2026-11-25", "kind": "off", "note": "Bão"}))
    assert at("2026-11-25 09:00")["open_now"] is False


PATH = "/desk/offices/hcc-10525"


def test_an_editor_makes_changes_and_removes(api: TestClient, editor: Person, database: Database) -> None:
    made = expect(201, editor.post("/desk/offices", DRAFT, headers={"Idempotency-Key": "k1"}))
    assert expect(201, editor.post("/desk/offices", DRAFT, headers={"Idempotency-Key": "k1"})) == made
    assert editor.post("/desk/offices", DRAFT).status_code == 409
    path = "/desk/offices/hcc-moi"
    tag = editor.get(path).headers["etag"]
    assert editor.patch(path, {"phone": "1022"}).status_code == 428
    changed = expect(200, editor.patch(path, {"phone": "1022", "serves": []}, headers={"If-Match": tag}))
    assert (changed["phone"], changed["serves"], changed["name"]) == ("1022", [], DRAFT["name"])
    assert editor.patch(path, {"phone": "113"}, headers={"If-Match": tag}).status_code == 412
    assert get(api, "/offices", q="một cửa thử nghiệm")["items"] == [{**changed, "distance_m": None}]
    assert editor.ask("DELETE", path, headers={"If-Match": tag}).status_code == 412
    assert editor.ask("DELETE", path, headers={"If-Match": '"2"'}).status_code == 204
    assert api.get(f"{API}/offices/hcc-moi").status_code == 404
    assert get(api, "/offices", q="một cửa thử nghiệm")["items"] == []
    with database.reading() as session:
        facts = session.exec(select(AuditEntry.facts).where(AuditEntry.kind == "OfficeEdited")).all()
    assert [fact["what"] for fact in facts] == ["made", "changed", "removed"]


BAD: list[dict[str, Any]] = [
    {"code": "a b"},
    {"code": "../x"},
    {"name": ""},
    {"name": "\x00"},
    {"kind": "school"},
    {"phone": "gọi tôi"},
    {"lat": 91},
    {"lat": None},
    {"hours": [{"weekday": 7, "opens": "07:00", "closes": "08:00"}]},
    {"hours": [{"weekday": 0, "opens": "09:00", "closes": "08:00"}]},
    {
        "hours": [
            {"weekday": 0, "opens": "07:00", "closes": "09:00"},
            {"weekday": 0, "opens": "08:00", "closes": "10:00"},
        ]
    },
    {"serves": ["99999"]},
    {"serves": ["'; --"]},
    {"unknown": 1},
]


def test_what_cannot_be_is_refused(api: TestClient, people: People, editor: Person) -> None:
    for wrong in BAD:
        assert editor.post("/desk/offices", {**DRAFT, **wrong}).status_code == 422, wrong
        if "code" not in wrong:
            tag = {"If-Match": "*"}
            assert editor.patch(PATH, wrong, headers=tag).status_code == 422, wrong
    for query in ("lat=1", "lon=1", "lat=nan&lon=1", "lat=95&lon=1", "kind=x", "cursor=!", "limit=0"):
        assert api.get(f"{API}/offices?{query}").status_code == 422, query
    for role in (Role.CITIZEN, Role.OFFICER, Role.DISPATCHER):
        assert people.demo(role).post("/desk/offices", DRAFT).status_code == 403
        assert people.demo(role).get("/desk/hotlines").status_code == 403
    assert api.get(f"{API}/desk/offices").status_code == 401


def test_numbers_are_edited_and_put_in_order(api: TestClient, editor: Person) -> None:
    line = {"number": "0220 1".replace(" ", ""), "name": "Trực lũ", "description": "", "emergency": False}
    made = expect(201, editor.post("/desk/hotlines", line))
    assert editor.post("/desk/hotlines", line).status_code == 409
    for wrong in ({"number": "12"}, {"number": "1x3"}, {"name": ""}):
        assert editor.post("/desk/hotlines", {**line, **wrong}).status_code == 422
    numbers = [row["number"] for row in get(api, "/hotlines")]
    assert numbers[-1] == "02201"
    order = [numbers[-1], *numbers[:-1]]
    expect(200, editor.ask("PUT", "/desk/hotlines/order", json={"numbers": order}))
    assert [row["number"] for row in get(api, "/hotlines")] == order
    assert editor.ask("PUT", "/desk/hotlines/order", json={"numbers": order[1:]}).status_code == 409
    path, tag = "/desk/hotlines/02201", {"If-Match": f'"{made["version"]}"'}
    changed = expect(200, editor.patch(path, {"number": "02202", "emergency": True}, headers=tag))
    assert (changed["number"], changed["name"], changed["emergency"]) == ("02202", "Trực lũ", True)
    assert editor.patch("/desk/hotlines/02202", {"number": "113"}, headers={"If-Match": "*"}).status_code == 409
    assert editor.ask("DELETE", "/desk/hotlines/02202", headers=tag).status_code == 412
    assert editor.ask("DELETE", "/desk/hotlines/02202", headers={"If-Match": "*"}).status_code == 204


def test_what_is_near_is_found_without_reading_all(api: TestClient, database: Database) -> None:
    many(database, 6_000)
    asks = [
        "lat=20.94&lon=106.34",
        "lat=20.94&lon=106.34&kind=police",
        "lat=20.94&lon=106.34&kind=health",
        "kind=post",
        "",
        "place=70001",
    ]
    for ask in asks:
        further = expect(200, api.get(f"{API}/offices?{ask}&limit=9"))["next_cursor"]
        with recorded(database) as seen:
            more = f"&cursor={further}" if further else ""
            found = expect(200, api.get(f"{API}/offices?{ask}{more}"))
        assert found["items"], ask
        wrong = [(line, sql) for sql, values in list(seen) for line in scans(database, sql, values)]
        assert not wrong, f"{ask}: {wrong}"
        assert 0 < len(seen) <= 8, (ask, len(seen))


def many(database: Database, count: int) -> None:
    """Put offices over half the country, one in a hundred of another kind."""
    with database.transaction() as session:
        session.execute(delete(OfficePlace))
        session.execute(delete(Office).where(col(Office.code) != ""))
        for number in range(count):
            lat, lon = 18 + (number * 7919 % 5_000) / 1_000, 104 + (number * 104_729 % 4_000) / 1_000
            kind = OfficeKind.POLICE if number % 100 == 0 else OfficeKind.HEALTH if number % 2 else OfficeKind.POST
            row = Office(
                id=UUID(int=number + 1),
                code=f"o{number}",
                name=f"Nơi {number}",
                name_key=f"noi {number}",
                kind=kind,
                address="",
                phone="",
                lat=lat,
                lon=lon,
                square=geo.square(lat, lon),
                hours=[],
                note="",
                source="",
                sample=False,
            )
            session.add(row)
        session.flush()
        session.add_all(OfficePlace(office_id=UUID(int=n + 1), place_code=str(70_000 + n)) for n in range(count))
    with database.engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def test_nearness_is_right_at_any_density(api: TestClient, database: Database) -> None:
    many(database, 3_000)
    with database.reading() as session:
        spots = {row.code: (row.lat or 0, row.lon or 0) for row in session.exec(select(Office))}
    for point in ((20.94, 106.34), (18.0, 104.0), (22.9, 107.9), (16.0, 108.2)):
        far = sorted((geo.metres(point, spot), code) for code, spot in spots.items())[:40]
        found = get(api, "/offices", lat=point[0], lon=point[1], limit=40)["items"]
        assert [row["distance_m"] for row in found] == pytest.approx([metres for metres, _ in far], rel=0.02, abs=2)
