"""What the rules promise citizens beside the state table: lateness stays visible, what is hidden is hidden whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.core import clock
from backend.core.database import Database
from backend.feedback import chores
from shared.access import Role
from tests.feedback.test_state_table import REPORT, WAY, C, D, Desk, O
from tests.support.people import API, People, expect
from tests.support.pictures import jpeg


def walk(desk: Desk, state: str) -> Desk:
    """Bring the case to a state."""
    for step, by in WAY[state]:
        expect(200, desk.move(step, by))
    return desk


def test_a_question_does_not_make_a_late_case_punctual(people: People) -> None:
    desk = walk(Desk(people), "assigned")
    due = desk.read(desk.staff[D])["due_at"]
    with clock.moved(timedelta(days=20)):
        expect(200, desk.move("ask", O))
        expect(200, desk.move("answer", C))
        late = expect(200, desk.move("resolve", O))
    assert (late["due_at"], late["on_time"]) == (due, False)


def test_a_transfer_goes_to_another_unit(people: People) -> None:
    desk = walk(Desk(people), "assigned")
    unit = desk.read(desk.staff[D])["unit"]["code"]
    wish = {"move": "transfer", "unit": unit, "text": "Xin chuyển."}
    answer = desk.staff[O].post(f"/desk/feedback/{desk.code}/moves", wish, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "unit")
    assert len(expect(200, desk.move("transfer", O))["story"]) == 3
    assert desk.staff[O].get(f"/desk/feedback/{desk.code}").status_code == 404, "it is the other unit's now"


def test_of_two_who_move_at_once_one_is_told(people: People) -> None:
    desk = Desk(people)
    tag = desk.staff[D].get(f"/desk/feedback/{desk.code}").headers["etag"]

    def move(kind: str) -> int:
        wish = desk.body(kind, desk.staff[D])
        return desk.staff[D].post(f"/desk/feedback/{desk.code}/moves", wish, headers={"If-Match": tag}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(move, ["accept", "refuse", "hold", "assign"])) == [200, 412, 412, 412]
    assert len(desk.read(desk.staff[D])["story"]) == 2


def test_what_is_held_is_hidden_with_its_picture(people: People, api: TestClient) -> None:
    desk = Desk(people)
    photo = desk.citizen.upload(jpeg())
    desk.code = expect(201, desk.citizen.post("/feedback", {**REPORT, "file_ids": [photo]}))["code"]

    def seen() -> tuple[int, int, bool]:
        listed = expect(200, api.get(f"{API}/feedback"))["items"]
        case, picture = api.get(f"{API}/feedback/{desk.code}"), api.get(f"{API}/files/{photo}")
        return case.status_code, picture.status_code, desk.code in {row["code"] for row in listed}

    assert seen() == (200, 200, True)
    expect(200, desk.move("hold", D))
    assert seen() == (404, 404, False)
    for who, path in ((desk.staff[D], f"/desk/feedback/{desk.code}"), (desk.citizen, f"/feedback/{desk.code}")):
        case = expect(200, who.get(path))
        for url in (case["thumb_url"], case["files"][0]["large_url"]):
            assert api.get(url).status_code == 200, "the parties have signed addresses"
    expect(200, desk.move("release", D))
    assert seen() == (200, 200, True)
    expect(200, desk.move("withdraw", C))
    assert seen() == (404, 404, False)


def test_a_practice_report_is_nobodys_work_and_shows_its_picture(people: People, api: TestClient) -> None:
    citizen, dispatcher = people.sign_up(), people.demo(Role.DISPATCHER)
    draft = {**REPORT, "file_ids": [citizen.upload(jpeg())], "practice": True}
    code = expect(201, citizen.post("/feedback", draft))["code"]
    assert dispatcher.get(f"/desk/feedback/{code}").status_code == 404
    assert api.get(f"{API}/feedback/{code}").status_code == 404
    (mine,) = expect(200, citizen.get("/me/feedback"))["items"]
    assert api.get(mine["thumb_url"]).status_code == 200


def test_a_blurred_place_is_not_found_by_its_address(people: People, api: TestClient) -> None:
    citizen = people.sign_up()
    address = {"address": "Ngõ Bằng Lăng số 77"}
    shown = expect(201, citizen.post("/feedback", {**REPORT, **address}))["code"]
    expect(201, citizen.post("/feedback", {**REPORT, **address, "blur_place": True}))
    found = expect(200, api.get(f"{API}/feedback", params={"q": "bang lang 77"}))["items"]
    assert [row["code"] for row in found] == [shown]


def test_a_promise_that_falls_due_reminds_the_unit(
    people: People, database: Database, drain: Callable[[], int]
) -> None:
    desk = walk(Desk(people), "planned")
    drain()
    with clock.moved(timedelta(days=5, hours=12)):
        chores.pass_time(database)
        drain()
    events = [row["event"] for row in expect(200, desk.staff[O].get("/me/notifications"))["items"]]
    assert events[0] == "start"


def test_time_reaches_those_who_waited_longest_first(
    people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, later = walk(Desk(people), "waiting_citizen"), Desk(people)
    with clock.moved(timedelta(days=3)):
        walk(later, "waiting_citizen")
    monkeypatch.setattr(chores, "BATCH", 1)
    for days in (13, 15):
        with clock.moved(timedelta(days=days)):
            # Both are old enough to be looked at, but only one has waited ten working days; the demo has such cases.
            for _ in range(8):
                chores.pass_time(database)
    states: list[Any] = [desk.read(desk.staff[D])["status"] for desk in (early, later)]
    assert states == ["closed", "waiting_citizen"]


def test_a_silent_result_counts_as_accepted_and_may_still_be_reopened(people: People, database: Database) -> None:
    desk = walk(Desk(people), "resolved")
    with clock.moved(timedelta(days=6)):
        chores.pass_time(database)
    with clock.moved(timedelta(days=8)):
        chores.pass_time(database)
        assert "reopen" in expect(200, desk.citizen.get(f"/feedback/{desk.code}"))["moves"]
    with clock.moved(timedelta(days=39)):
        assert desk.move("reopen", C).json()["code"] == "illegal_move", "thirty days are over"
    with clock.moved(timedelta(days=37)):
        assert expect(200, desk.move("reopen", C))["status"] == "in_progress"


def test_nothing_closes_by_itself_unannounced(people: People, database: Database, drain: Callable[[], int]) -> None:
    resolved, asked = walk(Desk(people), "resolved"), walk(Desk(people), "waiting_citizen")
    with clock.moved(timedelta(days=40)):
        # Nobody was told yet, however long it has been: the worker may have stood still.
        chores.pass_time(database)
        chores.pass_time(database)
        drain()
        for desk, event, status in ((resolved, "close_soon", "resolved"), (asked, "answer_soon", "waiting_citizen")):
            notices = expect(200, desk.citizen.get("/me/notifications"))["items"]
            assert [row["event"] for row in notices].count(event) == 1
            assert expect(200, desk.citizen.get(f"/feedback/{desk.code}"))["status"] == status
    with clock.moved(timedelta(days=42)):
        chores.pass_time(database)
        assert {expect(200, desk.citizen.get(f"/feedback/{desk.code}"))["status"] for desk in (resolved, asked)} == {
            "closed"
        }
