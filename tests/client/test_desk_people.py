"""What a dispatcher does about senders and twins, without a browser: never without a reason that is read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import flet as ft
import pytest

from client.core.text.dates import now
from shared.access import Role
from shared.case_states import MoveKind, Party, Status
from shared.feedback import Audience, Entry, Reporter
from shared.public_feedback import NearbyCase
from tests.client.test_desk_rules import OWN, PLAIN, case
from tests.client.test_desk_screens import Backend, Desk, at_the_desk

OTHER = "PA-261123-BBBB"


def entry(**changes: Any) -> Entry:
    """Return the first line of a story, with some of it changed."""
    facts: dict[str, Any] = {
        "id": UUID(int=11),
        "kind": "submit",
        "at": now(),
        "party": Party.CITIZEN,
        "by": "",
        "mine": False,
        "audience": Audience.PUBLIC,
        "status": Status.NEW,
        "text": "",
        "unit": None,
        "planned_on": None,
        "due_at": None,
        "about": None,
        "files": [],
    }
    return Entry(**{**facts, **changes})


def near(code: str, metres: int) -> NearbyCase:
    """Return an open case near the one at the desk."""
    plain = case(code=code).model_dump(include=set(NearbyCase.model_fields))
    return NearbyCase(**{**plain, "title": f"Cống {code}", "distance_m": metres, "likeness": 0.5})


def test_a_hidden_name_is_shown_for_a_reason_and_stays_said_to_be_shown() -> None:
    async def story() -> None:
        backend = Backend(case(story=[entry()]))
        desk = Desk(backend, Role.DISPATCHER)
        await desk.screen.settle(0.3)
        await desk.press("Xem tên người gửi…")
        assert "Người gửi sẽ đọc được: đơn vị nào đã xem tên, lúc nào và vì sao." in desk.screen.texts()
        await desk.press("Xem tên người gửi")
        assert desk.field("reason").error == "Hãy viết vài lời"
        assert not backend.sent
        desk.write("reason", "Cần gọi hỏi vị trí")
        shown = Reporter(name="Lê Thị Hoa", phone="+84987111222")
        backend.held = backend.held.model_copy(update={"reporter": shown, "revealed": True})
        await desk.press("Xem tên người gửi")
        assert [(what, body) for what, body, _ in backend.sent] == [("/reveal", {"reason": "Cần gọi hỏi vị trí"})]
        texts = desk.screen.texts()
        assert {"Lê Thị Hoa", "Đã xem tên; người gửi biết"} <= set(texts)
        assert "Xem tên người gửi…" not in desk.offered()

    at_the_desk(story)


def test_officers_are_not_offered_names_or_locks() -> None:
    async def story() -> None:
        desk = Desk(Backend(case(story=[entry()])), Role.OFFICER)
        await desk.screen.settle(0.3)
        assert not {"Xem tên người gửi…", "Khóa người gửi…"} & desk.offered()
        assert not [each for each in desk.screen.controls() if isinstance(each, ft.TextButton)]

    at_the_desk(story)


def test_a_name_that_the_sender_shows_needs_no_reveal() -> None:
    async def story() -> None:
        shown = Reporter(name="Lê Thị Hoa", phone=None)
        desk = Desk(Backend(case(story=[entry()], show_name=True, reporter=shown)), Role.DISPATCHER)
        await desk.screen.settle(0.3)
        assert "Xem tên người gửi…" not in desk.offered()
        assert "Khóa người gửi…" in desk.offered()

    at_the_desk(story)


def test_a_sender_is_locked_for_some_days_with_a_reason() -> None:
    async def story() -> None:
        backend = Backend(case())
        desk = Desk(backend, Role.DISPATCHER)
        await desk.screen.settle(0.3)
        await desk.press("Khóa người gửi…")
        chips = [each for each in desk.screen.controls() if isinstance(each, ft.Chip) and each.label == "30 ngày"]
        cast(Callable[[Any], None], chips[0].on_select)(None)
        await desk.screen.settle(0.2)
        desk.write("reason", "Gửi đùa nhiều lần")
        await desk.press("Khóa người gửi")
        assert backend.sent[0][:2] == ("/lock", {"days": 30, "reason": "Gửi đùa nhiều lần"})

    at_the_desk(story)


def test_a_near_case_is_picked_to_merge_into_and_the_own_one_is_not_offered() -> None:
    async def story() -> None:
        backend = Backend(case(moves=[MoveKind.MERGE]))
        backend.near = [near(OWN, 0), near(OTHER, 40)]
        desk = Desk(backend, Role.DISPATCHER)
        await desk.screen.settle(0.3)
        await desk.press("Gộp…")
        assert f"Cống {OWN}" not in desk.screen.texts()
        await desk.tap(f"near-{OTHER}")
        assert desk.field("into").value == OTHER
        desk.write("text", "Cùng một chỗ")
        await desk.press("Gộp")
        assert backend.sent[0][:2] == ("/moves", {"move": "merge", "into": OTHER, "text": "Cùng một chỗ"})

    at_the_desk(story)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": Status.MERGED, "merged_into": OTHER}, "Đã gộp vào"),
        ({"merged": [OTHER]}, "1 phản ánh đã gộp vào đây:"),
    ],
)
def test_joined_cases_lead_to_each_other(changes: dict[str, Any], said: str) -> None:
    async def story() -> None:
        desk = Desk(Backend(case(**changes)), Role.DISPATCHER)
        await desk.screen.settle(0.3)
        assert said in desk.screen.texts()
        assert OTHER in [each.content for each in desk.screen.controls() if isinstance(each, ft.TextButton)]

    at_the_desk(story)


def test_a_deadline_that_moved_is_said_beside_the_first_one() -> None:
    async def story() -> None:
        first, due = now() + timedelta(days=1), now() + timedelta(days=5)
        moved = entry(kind="assign", party=Party.DISPATCHER, due_at=due)
        held = case(first_due_at=first, due_at=due, story=[entry(), moved], place="Phường Hải Dương", supporters=3)
        desk = Desk(Backend(held), Role.DISPATCHER)
        await desk.screen.settle(0.3)
        whole = "\n".join(desk.screen.texts())
        assert "(lúc đầu " in whole
        assert "Hạn mới: " in whole
        assert f"{PLAIN['address']}, Phường Hải Dương" in whole
        assert "3 người cũng gặp" in whole

    at_the_desk(story)
