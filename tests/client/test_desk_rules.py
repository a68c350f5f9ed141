"""The desk's rules without a screen: what is left, which units fit, what a move still needs and what it becomes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from client.core.text import Language, Text
from client.core.text.dates import now
from client.core.text.en import EN
from client.core.text.vi import VI
from client.core.theme import Tone
from client.feedback import desk_words, words
from client.feedback.desk_look import rest_words
from client.feedback.desk_moves import needs_words, plain_move
from client.feedback.desk_state import ALL, first_queue, neighbour
from client.feedback.desk_wishes import defaults, problems, tomorrow, wish_of
from client.ui.choosing import fitting
from client.ui.forms import Choice
from shared.accounts import UnitRef
from shared.base import VIETNAM
from shared.case_states import MOVES, MoveKind, Party, Status
from shared.feedback import Category, DeskDetail, Level, QueueCount, Reporter
from shared.vietnamese import without_marks

T = Text([{Language.VI: VI, Language.EN: EN}, words.WORDS, desk_words.WORDS], Language.VI)
OWN = "PA-261123-AAAA"
UNITS = [
    UnitRef(code="hd", name="UBND phường Hải Dương"),
    UnitRef(code="td", name="UBND phường Thành Đông"),
    UnitRef(code="mt", name="Công ty Môi trường đô thị"),
]


PLAIN: dict[str, Any] = {
    "title": "Cống tắc",
    "category": Category(code="thoat-nuoc", name="Thoát nước", icon="WATER", level=Level.NORMAL),
    "status": Status.IN_PROGRESS,
    "level": Level.NORMAL,
    "unit": UNITS[0],
    "address": "Bạch Đằng",
    "lat": 20.94,
    "lon": 106.33,
    "thumb_url": None,
    "resolved_at": None,
    "working_left": 2 * 480,
    "overdue": False,
    "on_time": None,
    "supporters": 0,
    "public": True,
    "practice": False,
    "description": "Cống tắc từ sáng",
    "system": "",
    "masked": False,
    "merged_into": None,
    "merged": [],
    "following": False,
    "supporting": False,
    "files": [],
    "story": [],
    "rating": None,
    "planned_on": None,
    "mine": False,
    "show_name": False,
    "blur_place": False,
    "moves": [],
    "version": 3,
    "reporter": Reporter(name=None, phone=None),
    "officer": None,
    "revealed": False,
    "place": None,
}


def case(**changes: Any) -> DeskDetail:
    """Return a case at the desk, due in two days, with some of it changed."""
    due = now() + timedelta(days=2)
    moments = {"created_at": now() - timedelta(days=1), "accept_by": now() + timedelta(hours=3)}
    facts = {**PLAIN, **moments, "id": UUID(int=1), "code": OWN, "due_at": due, "first_due_at": due}
    return DeskDetail(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "said", "tone"),
    [
        ({}, "còn 2 ngày làm việc", Tone.NEUTRAL),
        ({"working_left": 300}, "còn 5 giờ làm việc", Tone.WARNING),
        ({"working_left": -60, "overdue": True}, "quá hạn 1 giờ làm việc", Tone.DANGER),
        ({"status": Status.NEW, "accept_by": -timedelta(hours=1)}, "quá hạn tiếp nhận", Tone.DANGER),
        ({"status": Status.NEW, "working_left": -480, "overdue": True}, "quá hạn 1 ngày làm việc", Tone.DANGER),
        ({"status": Status.WAITING_CITIZEN}, "tạm dừng", Tone.NEUTRAL),
        ({"status": Status.HELD, "working_left": None, "created_at": timedelta()}, "vừa xong", Tone.NEUTRAL),
        ({"status": Status.RESOLVED, "working_left": None, "resolved_at": timedelta()}, "vừa xong", Tone.NEUTRAL),
    ],
)
def test_what_is_left_is_said_with_how_pressing_it_is(changes: dict[str, Any], said: str, tone: Tone) -> None:
    # Moments are made here, not where the cases are listed: minutes may lie between.
    moments = {name: now() + value if isinstance(value, timedelta) else value for name, value in changes.items()}
    assert rest_words(T, case(**moments)) == (said, tone)


def test_a_new_case_says_by_when_it_is_to_be_accepted() -> None:
    today = now().astimezone(VIETNAM).replace(hour=23, minute=59)
    assert rest_words(T, case(status=Status.NEW, accept_by=today))[0] == "tiếp nhận trước 23:59"
    later = today + timedelta(days=2)
    words, tone = rest_words(T, case(status=Status.NEW, accept_by=later))
    assert words == f"tiếp nhận trước 23:59 {later:%d/%m}"
    assert tone is Tone.NEUTRAL


def test_the_first_queue_where_something_waits_is_shown_first() -> None:
    counts = [QueueCount(queue="mine", count=0), QueueCount(queue="overdue", count=2)]
    assert first_queue(counts) == "overdue"
    assert first_queue([]) == ALL


def test_the_arrows_go_through_the_list_and_stop_at_its_ends() -> None:
    codes = ["a", "b", "c"]
    assert neighbour(codes, "a", 1) == "b"
    assert neighbour(codes, "a", -1) is None
    assert neighbour(codes, "c", 1) is None
    assert neighbour(codes, "gone", 1) == "a"
    assert neighbour([], "a", 1) is None


def test_units_are_found_without_marks_and_the_chosen_one_stands_first() -> None:
    assert without_marks("Đồng Đăng ĐÔNG") == "dong dang dong"
    units = [Choice(unit.code, unit.name) for unit in UNITS]
    assert [unit.value for unit in fitting(units, "moi truong", "")] == ["mt"]
    assert [unit.value for unit in fitting(units, "phuong", "td")] == ["td", "hd"]
    assert fitting(units, "sở y tế", "") == []


STAFF = {Party.DISPATCHER, Party.OFFICER, Party.LEADER}
OFFERED = sorted({kind for moves in MOVES.values() for kind, rule in moves.items() if rule.by & STAFF})


@pytest.mark.parametrize("kind", OFFERED)
def test_every_move_that_staff_may_make_has_its_words(kind: MoveKind) -> None:
    assert T.has(f"desk.move_{kind}")
    if needs_words(kind):
        assert T.has(f"desk.why_{kind}") or kind is MoveKind.ASK
        assert T.has(f"desk.text_{kind}") or kind is MoveKind.ASK
    else:
        assert plain_move(kind).move is kind


PROOF = [UUID(int=7)]
FILLED: dict[MoveKind, dict[str, Any]] = {
    MoveKind.ASSIGN: {"unit": "mt"},
    MoveKind.TRANSFER: {"unit": "mt", "text": "Cây thuộc công ty"},
    MoveKind.REFUSE: {"reason_code": "trung-lap", "text": "Đã có phản ánh khác"},
    MoveKind.PLAN: {"date": tomorrow().isoformat(), "text": "Thay bóng"},
    MoveKind.MERGE: {"into": "pa-261122-bbbb", "text": "Cùng một chỗ"},
    MoveKind.RESOLVE: {"text": "Đã nạo vét"},
    MoveKind.RETURN: {"text": "Không thuộc phường"},
    MoveKind.ESCALATE: {"text": "Cần kinh phí"},
    MoveKind.CLOSE: {"text": "Đã giải thích"},
    MoveKind.HOLD: {"text": "Nghi gửi phá"},
}


@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_move_is_posted_as_it_was_filled(kind: MoveKind) -> None:
    values = {**defaults(kind, case()), **FILLED[kind]}
    assert not any(problems(T, kind, values, OWN, proof=PROOF, busy=False).values())
    wish = wish_of(kind, values, PROOF)
    assert wish.move is kind
    sent = wish.model_dump(exclude_unset=True)
    for name, value in FILLED[kind].items():
        expected = date.fromisoformat(value) if name == "date" else value.upper() if name == "into" else value
        assert sent[name] == expected


@pytest.mark.parametrize("kind", [kind for kind in FILLED if kind is not MoveKind.ASSIGN])
def test_an_empty_move_is_held_back_at_its_fields(kind: MoveKind) -> None:
    found = problems(T, kind, defaults(kind, case()), OWN, proof=[], busy=False)
    assert all(found.values())


def test_nothing_is_resolved_without_proof_or_while_it_is_still_going_up() -> None:
    values = {**defaults(MoveKind.RESOLVE, case()), **FILLED[MoveKind.RESOLVE]}
    assert problems(T, MoveKind.RESOLVE, values, OWN, proof=[], busy=False)["files"] == T("desk.need_proof")
    assert problems(T, MoveKind.RESOLVE, values, OWN, proof=PROOF, busy=True)["files"] == T("desk.still_uploading")


@pytest.mark.parametrize("into", ["", "PA-1", "PA-261122-BBBI", OWN])
def test_a_case_is_merged_into_another_that_has_a_code(into: str) -> None:
    values = {**defaults(MoveKind.MERGE, case()), "into": into, "text": "x"}
    assert problems(T, MoveKind.MERGE, values, OWN, proof=[], busy=False)["into"]


@pytest.mark.parametrize("back", [1, 2])
def test_only_a_day_ahead_can_be_promised(back: int) -> None:
    values = {**defaults(MoveKind.PLAN, case()), "date": (tomorrow() - timedelta(days=back)).isoformat(), "text": "x"}
    assert problems(T, MoveKind.PLAN, values, OWN, proof=[], busy=False)["date"]


def test_the_unit_that_the_rules_name_stands_ready_to_be_assigned() -> None:
    assert defaults(MoveKind.ASSIGN, case())["unit"] == "hd"
    assert defaults(MoveKind.ASSIGN, case(unit=None))["unit"] == ""
    assert defaults(MoveKind.TRANSFER, case())["unit"] == ""
