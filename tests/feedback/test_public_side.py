"""The public side as a whole: what is near, the map and the figures show what is public, and nothing else, in time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, delete, select, update
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from backend.feedback import tally, tiles
from backend.feedback.models import Feedback
from backend.feedback.public_models import Counted, Figure, Tile
from shared.access import Role
from tests.feedback.test_state_table import REPORT, C, D, Desk, O
from tests.support.people import API, People, Person, expect

Drain = Callable[[], int]
HERE = {"lat": 20.9902, "lon": 106.4421}
VIEW: dict[str, Any] = {"bbox": "106.4,20.95,106.5,21.0", "zoom": 20}


def send(citizen: Person, **also: Any) -> str:
    """Send a report; return its code."""
    code: str = expect(201, citizen.post("/feedback", {**REPORT, **HERE, **also}))["code"]
    return code


def on_map(api: TestClient, zoom: int = 14, **also: Any) -> tuple[int, int]:
    """Return how many cases the map shows around, and how many of them are open."""
    asked = {"bbox": "106.435,20.985,106.45,20.995", "zoom": zoom, **also}
    clusters = expect(200, api.get(f"{API}/feedback/map", params=asked))["clusters"]
    return sum(one["count"] for one in clusters), sum(one["open"] for one in clusters)


def totals(api: TestClient, **also: Any) -> dict[str, int]:
    """Return the figures of the last twelve months."""
    return dict(expect(200, api.get(f"{API}/feedback/statistics", params=also))["total"])


def gained(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return what has changed."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def near(api: TestClient, **also: Any) -> list[dict[str, Any]]:
    """Return what is near."""
    found: list[dict[str, Any]] = expect(200, api.get(f"{API}/feedback/nearby", params={**HERE, **also}))
    return found


def tables(database: Database) -> list[Any]:
    """Return all that is counted, but for when."""
    with database.reading() as session:
        rows = [*session.exec(select(Counted)), *session.exec(select(Tile)), *session.exec(select(Figure))]
        plain = [row.model_dump(exclude={"counted_at"}) for row in rows]
    return sorted((row for row in plain if row.get("count") != 0 and row.get("received") != 0), key=str)


def test_the_map_and_the_figures_follow_a_case(people: People, api: TestClient, drain: Drain) -> None:
    drain()
    desk, before = Desk(people), totals(api)
    desk.code = send(desk.citizen)
    assert on_map(api) == (0, 0), "not before the worker has counted"
    drain()
    assert (on_map(api), on_map(api, category=REPORT["category"]), on_map(api, category="dien")) == (
        (1, 1),
        (1, 1),
        (0, 0),
    )
    # Two more were sent by `Desk` elsewhere.
    assert gained(before, totals(api)) == {"received": 3, "valid": 3, "open": 3}
    for kind, by in (("assign", D), ("resolve", O), ("rate", C)):
        expect(200, desk.move(kind, by))
        drain()
    assert on_map(api) == (1, 0)
    now = gained(before, totals(api))
    assert now == {"received": 3, "valid": 3, "open": 2, "handled": 1, "on_time": 1, "rated": 1, "satisfied": 1}
    unit = desk.read(desk.staff[D])["unit"]["code"]
    whole = expect(200, api.get(f"{API}/feedback/statistics", params={"unit": unit}))
    assert [row["code"] for row in whole["by_unit"]] == [unit]
    assert sum(row["figures"]["handled"] for row in whole["by_month"]) == whole["total"]["handled"]
    assert sum(row["figures"]["received"] for row in whole["by_category"]) == whole["total"]["received"]
    assert whole["counted_at"] is not None


@pytest.mark.parametrize(
    ("course", "figures"),
    [
        ([("hold", D)], {"received": 1}),
        ([("withdraw", C)], {"received": 1}),
        ([("refuse", D)], {"received": 1, "refused": 1}),
        ([("merge", D)], {"received": 1}),
        ([("hold", D), ("release", D)], {"received": 1, "valid": 1, "open": 1}),
    ],
)
def test_what_is_taken_off_counts_no_more(
    people: People, api: TestClient, drain: Drain, course: list[tuple[str, str]], figures: dict[str, int]
) -> None:
    desk = Desk(people)
    drain()
    before = totals(api)
    desk.code = send(desk.citizen)
    drain()
    assert on_map(api) == (1, 1)
    for kind, by in course:
        expect(200, desk.move(kind, by))
    drain()
    hidden = course[-1][0] in {"hold", "withdraw"}
    still_open = course[-1][0] == "release"
    assert on_map(api) == (0 if hidden else 1, 1 if still_open else 0)
    assert gained(before, totals(api)) == figures
    assert [row["code"] for row in near(api)] == ([desk.code] if still_open else [])
    listed = expect(200, api.get(f"{API}/feedback", params={"q": desk.code}))["items"]
    assert bool(listed) != hidden


def test_private_and_practice_reports_are_on_no_map(people: People, api: TestClient, drain: Drain) -> None:
    citizen = people.sign_up()
    drain()
    before = totals(api)
    private, practice = send(citizen, public=False), send(citizen, practice=True)
    drain()
    assert (on_map(api), near(api)) == ((0, 0), [])
    assert gained(before, totals(api)) == {"received": 1, "valid": 1, "open": 1}, "the private one"
    for code in (private, practice):
        assert expect(200, api.get(f"{API}/feedback", params={"q": code}))["items"] == []


def test_a_blurred_place_stays_blurred_everywhere(people: People, api: TestClient, drain: Drain) -> None:
    code = send(people.sign_up(), blur_place=True, lat=20.99043, lon=106.44267)
    drain()
    ((cluster),) = expect(200, api.get(f"{API}/feedback/map", params={**VIEW, "bbox": "106.43,20.98,106.45,21.0"}))[
        "clusters"
    ]
    assert cluster == {"lat": 20.99, "lon": 106.443, "count": 1, "open": 1, "code": code}
    (found,) = near(api, lat=20.99, lon=106.443)
    assert (found["code"], found["distance_m"], found["lat"], found["lon"]) == (code, 0, 20.99, 106.443)


def test_near_means_within_150_metres_and_the_most_alike_first(people: People, api: TestClient) -> None:
    citizen = people.sign_up()
    here, along, far = send(citizen), send(citizen, lat=20.9911), send(citizen, lat=20.9921)
    other = send(citizen, category="moi-truong", description="Rác chất đống ở góc chợ, bốc mùi hôi.")
    assert next(row["code"] for row in near(api, q="rác bốc mùi")) == other
    found = near(api, category=REPORT["category"])
    assert [row["code"] for row in found] == [here, along]
    assert (found[0]["distance_m"], 95 <= found[1]["distance_m"] <= 105) == (0, True)
    assert far not in {row["code"] for row in near(api)}
    (best, *_) = near(api, q="Đèn đường trước cổng trường tắt")
    assert (best["code"], best["likeness"]) == (here, 1.0)


def test_counting_twice_counts_once(people: People, api: TestClient, database: Database, drain: Drain) -> None:
    desk = Desk(people)
    expect(200, desk.move("assign", D))
    drain()
    tally.catch_up(database)
    once = tables(database)
    with database.transaction() as session:
        ids = set(session.exec(select(Feedback.id)))
        tally.count(session, [{"feedback_id": str(one)} for one in ids] * 2)
    assert tables(database) == once


def test_older_cases_are_counted_later_and_all_can_be_again(
    people: People, database: Database, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    Desk(people)
    drain()
    tally.catch_up(database)
    whole = tables(database)
    monkeypatch.setattr(tally, "BATCH", 12)
    monkeypatch.setattr(tally, "BATCHES", 2)
    with database.transaction() as session:
        _forget(session)
    assert tables(database) == []
    for _ in range(30):
        tally.catch_up(database)
    again = tables(database)
    assert [row for row in whole if row not in again] == [row for row in again if row not in whole] == []


def _forget(session: Session) -> None:
    for table in (Counted, Tile, Figure):
        session.execute(delete(table))
    session.execute(update(Feedback).values(cell=0))


def test_a_zoom_shows_all_cases_once(people: People, api: TestClient, drain: Drain) -> None:
    citizen = people.sign_up()
    codes = {send(citizen, lat=20.9902 + step / 5_000, lon=106.4421 + step / 5_000) for step in range(5)}
    drain()
    for zoom in range(12, 21):
        assert on_map(api, zoom=zoom) == (5, 5), zoom
    close = expect(200, api.get(f"{API}/feedback/map", params={**VIEW, "bbox": "106.44,20.99,106.445,20.993"}))
    assert {one["code"] for one in close["clusters"]} == codes
    whole = expect(200, api.get(f"{API}/feedback/map", params={"bbox": "-180,-90,180,90", "zoom": 0}))
    assert sum(one["count"] for one in whole["clusters"]) >= 5
    assert not whole["truncated"]


def test_too_many_clusters_are_said_to_be_more(api: TestClient, drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    drain()
    monkeypatch.setattr(tiles, "MAX_CLUSTERS", 2)
    shown = expect(200, api.get(f"{API}/feedback/map", params={"bbox": "106.2,20.8,106.5,21.1", "zoom": 13}))
    assert (len(shown["clusters"]), shown["truncated"]) == (2, True)
    assert shown["clusters"][0]["count"] >= shown["clusters"][1]["count"]


def test_codes_are_numbers_and_back() -> None:
    for code in ("PA-261124-0000", "PA-991231-ZZZZ", "PA-000101-4K7Q"):
        assert tiles.code_of(tiles.code_number(code)) == code


NO_BOXES = [
    "", "1,2,3", "a,b,c,d", "nan,nan,nan,nan", "inf,0,1,1", "20.8,106.2,21,106.4", "106.4,20.9,106.3,21",
    "106.3,21,106.4,20.9", "0,0,0,0", "1e999,0,1,1", "0,0,90,80", "%00",
]  # fmt: skip
WRONG = [
    *(f"map?zoom=12&bbox={bbox}" for bbox in NO_BOXES),
    "map?bbox=106,20,107,21&zoom=21", "map?bbox=106,20,107,21&zoom=-1", "map?bbox=106,20,107,21", "map?zoom=3",
    "nearby?lat=nan&lon=106", "nearby?lat=106.3&lon=20.9", "nearby?lat=20.9",
    f"nearby?lat=20.9&lon=106&q={'a' * 10_001}", "statistics?since=2026-13",
    "statistics?since=2026-12&until=2026-01", "statistics?since=0001-01&until=9999-12", "statistics?until=0000-12",
    "statistics?since=0000-01&until=0000-02", "statistics?since=x",
]  # fmt: skip


def test_what_is_no_question_is_refused(api: TestClient) -> None:
    for path in WRONG:
        answer = api.get(f"{API}/feedback/{path}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (path[:80], answer.text[:200])


def test_strange_questions_have_plain_answers(api: TestClient) -> None:
    assert expect(200, api.get(f"{API}/feedback/nearby?lat=0&lon=0")) == []
    assert expect(200, api.get(f"{API}/feedback/map?bbox=0,0,1,1&zoom=6&category=x%20y"))["clusters"] == []
    for path in ("statistics?until=9999-12", "statistics?until=0002-01&unit=%22", "statistics?until=0001-01"):
        assert expect(200, api.get(f"{API}/feedback/{path}"))["total"]["received"] == 0
    for q in ("x" * 10_000, '" OR NEAR( *', "😀\u202e", "!!!", "'--"):
        expect(200, api.get(f"{API}/feedback/nearby", params={**HERE, "q": q}))


def test_a_submission_leaves_the_map_in_memory_until_it_is_counted(
    people: People, api: TestClient, drain: Drain
) -> None:
    citizen = people.sign_up()
    drain()
    path = f"{API}/feedback/statistics"
    tag = api.get(path).headers["etag"]
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 304
    send(citizen)
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 304
    drain()
    assert api.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_two_workers_count_each_case_once(people: People, api: TestClient, database: Database, drain: Drain) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    drain()
    citizen, before = people.sign_up(), totals(api)
    for _ in range(12):
        send(citizen)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: run_pending(database, HANDLERS, limit=5), range(9)))
    drain()
    assert on_map(api) == (12, 12)
    assert gained(before, totals(api)) == {"received": 12, "valid": 12, "open": 12}


def test_staff_find_what_only_they_may(people: People, api: TestClient, drain: Drain) -> None:
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    words = {"description": "Xin gọi số 0912 345 678 cho cô Huyền Trang về cột điện nghiêng."}
    private, masked = send(citizen, **words, public=False), send(citizen, **words)
    blurred = send(citizen, **words, blur_place=True, address="Ngõ Tường Vi")
    drain()

    def found(who: Any, path: str, q: str) -> list[str]:
        return sorted(row["code"] for row in expect(200, who.get(path, params={"q": q, "limit": 100}))["items"])

    desk, public = "/desk/feedback", f"{API}/feedback"
    assert found(dispatcher, desk, "huyen tra") == sorted([private, masked, blurred])
    assert found(dispatcher, f"{desk}?queue=new", "0912 345 678") == sorted([private, masked, blurred])
    assert found(dispatcher, desk, "tường vi") == [blurred]
    assert found(dispatcher, desk, private.lower()) == [private]
    assert found(api, public, "huyền trang") == sorted([masked, blurred])
    assert found(api, public, "0912 345") == []
    assert found(api, public, "tường vi") == []
    assert (
        found(people.demo(Role.OFFICER), desk, "huyền trang") == []
        or expect(200, dispatcher.get(f"{desk}/{masked}"))["unit"]["code"]
        == expect(200, people.demo(Role.OFFICER).get("/me"))["unit"]["code"]
    )
