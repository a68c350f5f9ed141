"""The state table of a case: written out again from the product's description, compared, and walked over HTTP."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from backend.core import clock
from backend.core.database import Database
from backend.feedback import chores
from shared.access import Role
from shared.base import VIETNAM
from shared.case_states import MOVES, MoveKind, Party, Status
from tests.support.people import People, Person, expect
from tests.support.pictures import jpeg

REPORT = {
    "category": "chieu-sang",
    "description": "Đèn đường trước cổng trường tắt ba đêm nay.",
    "lat": 20.94,
    "lon": 106.33,
    "address": "Bạch Đằng",
    "file_ids": [],
    "public": True,
    "show_name": False,
    "blur_place": False,
}
UNIT, OTHER_UNIT = "ubnd-hai-duong", "so-xay-dung"
D, O, L, C, S = "dispatcher", "officer", "leader", "citizen", "system"  # noqa: E741 - short, so that the table is one

# state: {move: (where it leads, who)}
TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "new": {
        "accept": ("accepted", D), "assign": ("assigned", D), "refuse": ("refused", D), "merge": ("merged", D),
        "hold": ("held", D), "withdraw": ("withdrawn", C),
    },
    "held": {"release": ("new", D), "refuse": ("refused", D)},
    "accepted": {
        "assign": ("assigned", D), "refuse": ("refused", D), "merge": ("merged", D), "withdraw": ("withdrawn", C),
    },
    "assigned": {
        "start": ("in_progress", O), "ask": ("waiting_citizen", O), "plan": ("planned", O), "resolve": ("resolved", O),
        "transfer": ("assigned", O), "return": ("accepted", O), "escalate": ("escalated", O), "merge": ("merged", D),
        "withdraw": ("withdrawn", C),
    },
    "in_progress": {
        "ask": ("waiting_citizen", O), "plan": ("planned", O), "resolve": ("resolved", O), "transfer": ("assigned", O),
        "return": ("accepted", O), "escalate": ("escalated", f"{O}+{S}"), "merge": ("merged", D),
        "withdraw": ("withdrawn", C),
    },
    "waiting_citizen": {
        "answer": ("in_progress", C), "transfer": ("assigned", O), "withdraw": ("withdrawn", C), "close": ("closed", S),
    },
    "planned": {
        "start": ("in_progress", f"{O}+{S}"), "plan": ("planned", O), "resolve": ("resolved", O),
        "transfer": ("assigned", O), "withdraw": ("withdrawn", C),
    },
    "resolved": {"rate": ("closed", C), "reopen": ("in_progress", C), "close": ("closed", S)},
    "escalated": {"start": ("in_progress", L), "resolve": ("resolved", L), "close": ("closed", L)},
    "closed": {"reopen": ("in_progress", C)},
    "refused": {"appeal": ("new", C)},
    "merged": {"split": ("accepted", D)},
    "withdrawn": {},
}  # fmt: skip


def test_the_table_is_the_products() -> None:
    ours = {
        state.value: {
            kind.value: (rule.to.value, frozenset(party.value for party in rule.by)) for kind, rule in moves.items()
        }
        for state, moves in MOVES.items()
    }
    theirs = {
        state: {kind: (to, frozenset(by.split("+"))) for kind, (to, by) in moves.items()}
        for state, moves in TABLE.items()
    }
    assert ours == theirs


class Desk:
    """A case and everybody who has a part in it."""

    def __init__(self, people: People, like: "Desk | None" = None) -> None:
        """Send a report; `like` lends its people, since signing in is what costs time here."""
        self.citizen: Person = like.citizen if like else people.sign_up()
        roles = {D: Role.DISPATCHER, O: Role.OFFICER, L: Role.LEADER}
        self.staff: dict[str, Person] = (
            like.staff if like else {name: people.demo(role) for name, role in roles.items()}
        )
        self.other = expect(201, self.citizen.post("/feedback", REPORT))["code"]
        self.code = expect(201, self.citizen.post("/feedback", REPORT))["code"]

    def read(self, who: Person) -> dict[str, Any]:
        """Return the case as staff see it."""
        found: dict[str, Any] = expect(200, who.get(f"/desk/feedback/{self.code}"))
        return found

    def body(self, kind: str, who: Person) -> dict[str, Any]:
        """Return what a move of this kind needs."""
        day = (clock.now().astimezone(VIETNAM).date() + timedelta(days=5)).isoformat()
        words = {"text": "Có lý do."}
        if kind in {"accept", "start", "release", "split"}:
            return {"move": kind}
        needs: dict[str, dict[str, Any]] = {
            "assign": {"unit": UNIT},
            "transfer": {"unit": OTHER_UNIT, **words},
            "refuse": {"reason_code": "thieu-thong-tin", **words},
            "merge": {"into": self.other, **words},
            "plan": {"date": day, **words},
        }
        if kind == "resolve":
            return {"move": kind, "proof_file_ids": [who.upload(jpeg())], **words}
        return {"move": kind, **needs.get(kind, words)}

    def move(self, kind: str, by: str) -> httpx2.Response:
        """Make a move, as staff or as the citizen."""
        if by == C:
            path = {"answer": "messages", "rate": "rating"}.get(kind, kind)
            body = {"score": 4} if kind == "rate" else {"text": "Vì vậy."}
            return self.citizen.post(f"/feedback/{self.code}/{path}", body)
        who = self.staff[by]
        return who.post(f"/desk/feedback/{self.code}/moves", self.body(kind, who), headers={"If-Match": "*"})


# how to get to a state: the moves from NEW
WAY: dict[str, list[tuple[str, str]]] = {
    "new": [],
    "held": [("hold", D)],
    "accepted": [("accept", D)],
    "assigned": [("assign", D)],
    "in_progress": [("assign", D), ("start", O)],
    "waiting_citizen": [("assign", D), ("ask", O)],
    "planned": [("assign", D), ("plan", O)],
    "resolved": [("assign", D), ("resolve", O)],
    "escalated": [("assign", D), ("escalate", O)],
    "closed": [("assign", D), ("resolve", O), ("rate", C)],
    "refused": [("refuse", D)],
    "merged": [("merge", D)],
    "withdrawn": [("withdraw", C)],
}


@pytest.mark.parametrize("state", TABLE)
def test_every_move_does_what_the_table_says(people: People, state: str) -> None:
    legal = [(kind, by.split("+")[0], to) for kind, (to, by) in TABLE[state].items() if by != S]
    tried = [*legal, ("", "", "")]
    desk: Desk | None = None
    for kind, by, to in tried:
        desk = Desk(people, desk)
        for step, actor in WAY[state]:
            expect(200, desk.move(step, actor))
        before = desk.read(desk.staff[D])
        assert before["status"] == state
        if not kind:
            _refuses_the_rest(desk, state)
            continue
        after = expect(200, desk.move(kind, by))
        assert after["status"] == to, (state, kind)
        story = desk.read(desk.staff[D])["story"]
        assert len(story) == len(before["story"]) + 1, "one entry a move"
        assert (story[-1]["kind"], story[-1]["party"], story[-1]["status"]) == (kind, by, to)


def _refuses_the_rest(desk: Desk, state: str) -> None:
    for by in (D, O, L):
        for kind in ("accept", "start", "release", "split"):
            who = TABLE[state].get(kind, ("", ""))[1]
            # A leader is an officer of her unit, too.
            if by in who or (by == L and O in who):
                continue
            answer = desk.move(kind, by)
            # An officer sees nothing before the case is her unit's; here it always is.
            assert answer.status_code == 409, (state, by, kind, answer.text)
            problem = answer.json()
            assert problem["code"] == "illegal_move"
            legal = [move for move, (_, who) in TABLE[state].items() if by in who or (by == L and O in who)]
            assert all(move in problem["detail"] for move in legal), problem["detail"]
    for kind in ("answer", "rate", "reopen", "appeal", "withdraw"):
        if kind not in TABLE[state]:
            assert desk.move(kind, C).json()["code"] == "illegal_move", (state, kind)
    assert desk.read(desk.staff[D])["status"] == state


def test_a_move_asks_which_version_was_seen(people: People) -> None:
    desk, path = Desk(people), ""
    path = f"/desk/feedback/{desk.code}/moves"
    dispatcher = desk.staff[D]
    seen = dispatcher.get(f"/desk/feedback/{desk.code}").headers["etag"]
    assert dispatcher.post(path, {"move": "accept"}).status_code == 428
    assert dispatcher.post(path, {"move": "accept"}, headers={"If-Match": "x"}).status_code == 400
    expect(200, dispatcher.post(path, {"move": "accept"}, headers={"If-Match": seen}))
    late = dispatcher.post(path, {"move": "assign", "unit": UNIT}, headers={"If-Match": seen})
    assert (late.status_code, late.json()["code"]) == (412, "stale")


def test_nothing_is_resolved_without_proof(people: People) -> None:
    desk = Desk(people)
    expect(200, desk.move("assign", D))
    officer = desk.staff[O]
    path, match = f"/desk/feedback/{desk.code}/moves", {"If-Match": "*"}
    for proof in ([], [desk.citizen.upload(jpeg())]):
        answer = officer.post(path, {"move": "resolve", "text": "Xong.", "proof_file_ids": proof}, headers=match)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"].endswith("proof_file_ids")


def test_who_may_see_and_touch_what(people: People) -> None:
    desk = Desk(people)
    stranger = people.sign_up()
    private = expect(201, desk.citizen.post("/feedback", {**REPORT, "public": False}))["code"]
    assert stranger.get(f"/feedback/{private}").status_code == 404
    assert people.client.get(f"/api/v1/feedback/{private}").status_code == 404
    assert desk.citizen.get(f"/feedback/{private}").json()["mine"] is True
    assert stranger.get("/desk/feedback").status_code == 403
    assert stranger.post(f"/feedback/{desk.code}/withdraw", {}).status_code == 404
    elsewhere = people.sign_in("0900000100")
    assert elsewhere.get(f"/desk/feedback/{desk.code}").status_code == 404
    shown = people.client.get(f"/api/v1/feedback/{desk.code}")
    assert "Nguyễn Thị Vải" not in shown.text
    assert desk.citizen.phone not in shown.text
    assert desk.read(desk.staff[D])["reporter"] == {"name": None, "phone": None}
    named = expect(201, desk.citizen.post("/feedback", {**REPORT, "show_name": True}))["code"]
    desk.code = named
    assert desk.read(desk.staff[D])["reporter"]["name"] == "Nguyễn Thị Vải"


def test_a_blurred_place_is_exact_for_the_parties_alone(people: People) -> None:
    citizen = people.sign_up()
    code = expect(201, citizen.post("/feedback", {**REPORT, "lat": 20.94127, "blur_place": True}))["code"]
    public = people.client.get(f"/api/v1/feedback/{code}").json()
    assert (public["lat"], public["address"]) == (20.941, "")
    assert citizen.get(f"/feedback/{code}").json()["lat"] == 20.94127


def test_the_citizen_reopens_once_then_the_leader_decides(people: People) -> None:
    desk = Desk(people)
    for step, by in [("assign", D), ("resolve", O)]:
        expect(200, desk.move(step, by))
    assert expect(200, desk.move("reopen", C))["status"] == "in_progress"
    expect(200, desk.move("resolve", O))
    assert expect(200, desk.move("reopen", C))["status"] == "escalated"
    expect(200, desk.move("resolve", L))
    assert desk.move("reopen", C).status_code == 409


def test_an_appeal_is_heard_once(people: People) -> None:
    desk = Desk(people)
    expect(200, desk.move("refuse", D))
    assert expect(200, desk.move("appeal", C))["status"] == "new"
    expect(200, desk.move("refuse", D))
    assert desk.move("appeal", C).status_code == 409


def test_waiting_for_the_citizen_pauses_the_clock(people: People) -> None:
    desk = Desk(people)
    expect(200, desk.move("assign", D))
    due = desk.read(desk.staff[D])["due_at"]
    expect(200, desk.move("ask", O))
    with clock.moved(timedelta(days=7)):
        # The token is a week old by this clock only; jose reads the real one.
        answered = expect(200, desk.move("answer", C))
        assert answered["due_at"] > due


def test_time_moves_what_nobody_moves(people: People, database: Database, drain: Callable[[], int]) -> None:
    resolved, waiting, planned = Desk(people), Desk(people), Desk(people)
    for desk, steps in ((resolved, "resolved"), (waiting, "waiting_citizen"), (planned, "planned")):
        for step, by in WAY[steps]:
            expect(200, desk.move(step, by))
    chores.pass_time(database)
    assert [desk.read(desk.staff[D])["status"] for desk in (resolved, waiting, planned)] == [
        "resolved", "waiting_citizen", "planned",
    ]  # fmt: skip
    for days in (6, 8):
        with clock.moved(timedelta(days=days)):
            chores.pass_time(database)
    assert resolved.read(resolved.staff[D])["status"] == "closed"
    assert planned.read(planned.staff[D])["status"] == "in_progress"
    for days in (18, 20):
        with clock.moved(timedelta(days=days)):
            chores.pass_time(database)
    assert waiting.read(waiting.staff[D])["status"] == "closed"
    story = resolved.read(resolved.staff[D])["story"]
    assert (story[-1]["kind"], story[-1]["party"]) == (MoveKind.CLOSE, Party.SYSTEM)
    assert drain() > 0


def test_every_state_can_be_walked_to() -> None:
    assert set(WAY) == {status.value for status in Status} == set(TABLE)
