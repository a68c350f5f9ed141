"""Sessions over HTTP: opened by facilitators, joined once, missions ticked by doing them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from backend.core import clock
from shared.access import Role
from shared.base import VIETNAM
from tests.feedback.test_state_table import REPORT
from tests.support.people import API, People, expect

PATH = "/onboarding/sessions"


def draft(**change: Any) -> dict[str, Any]:
    """Return a session that runs now."""
    now = clock.now().astimezone(VIETNAM)
    return {
        "title": "Ngày CĐS ở chợ",
        "place": "Nhà văn hóa",
        "team": "Tổ số 3",
        "starts_at": _text(now),
        "ends_at": _text(now + timedelta(hours=3)),
        "target": 30,
        **change,
    }


def _text(moment: datetime) -> str:
    return moment.isoformat()


def test_a_session_is_opened_joined_and_done(people: People, drain: Callable[[], int]) -> None:
    citizen = people.sign_up()
    assert citizen.post(PATH, draft()).status_code == 403
    facilitator = people.demo(Role.FACILITATOR)
    code = expect(201, facilitator.post(PATH, draft()))["code"]
    assert len(code) == 6
    assert facilitator.get(PATH).json()["items"][0]["code"] == code
    assert people.client.get(f"{API}{PATH}/{code.lower()}").json()["joined"] == 0
    assert citizen.get(f"{PATH}/{code}/me").status_code == 404
    assert citizen.post(f"{PATH}/{code}/missions/read_news").status_code == 404
    for _ in range(2):
        joined = expect(200, citizen.post(f"{PATH}/{code}/join"))
    done = {state["mission"] for state in joined["missions"] if state["done_at"]}
    assert (joined["session"]["joined"], done) == (1, {"sign_up"})
    for _ in range(2):
        expect(200, citizen.post(f"{PATH}/{code}/missions/read_news"))
    assert citizen.post(f"{PATH}/{code}/missions/practice_report").status_code == 422, "only doing it ticks it"
    practice = expect(201, citizen.post("/feedback", {**REPORT, "practice": True}))["code"]
    drain()
    board = people.client.get(f"{API}{PATH}/{code}/board").json()
    assert board["people"] == 1
    assert board["missions"] == {
        "sign_up": 1, "read_news": 1, "look_up_procedure": 0, "practice_report": 1, "turn_on_notices": 0,
    }  # fmt: skip
    assert people.client.get(f"{API}/feedback/{practice}").status_code == 404, "a practice report is nobody's work"
    assert people.demo(Role.DISPATCHER).get(f"/desk/feedback/{practice}").status_code == 404


def test_what_is_over_is_over(people: People) -> None:
    facilitator, citizen = people.demo(Role.FACILITATOR), people.sign_up()
    code = expect(201, facilitator.post(PATH, draft()))["code"]
    expect(200, citizen.post(f"{PATH}/{code}/join"))
    late = people.sign_up()
    with clock.moved(timedelta(hours=4)):
        assert late.post(f"{PATH}/{code}/join").json()["code"] == "session_over"
        assert citizen.post(f"{PATH}/{code}/missions/read_news").json()["code"] == "session_over"
        assert people.client.get(f"{API}{PATH}/{code}").json()["over"] is True


def test_a_session_makes_sense(people: People) -> None:
    facilitator = people.demo(Role.FACILITATOR)
    now = clock.now().astimezone(VIETNAM)
    backwards = draft(ends_at=_text(now - timedelta(hours=1)))
    assert facilitator.post(PATH, backwards).json()["errors"][0]["field"] == "ends_at"
    assert facilitator.post(PATH, draft(target=0)).status_code == 422
    assert facilitator.post(PATH, draft(starts_at="2026-11-23T08:00:00")).status_code == 422, "a moment has an offset"
    assert people.client.get(f"{API}{PATH}/NOBODY").status_code == 404
    assert people.client.get(f"{API}{PATH}/x").status_code == 422
