"""A report's page without a browser: its deadlines in words, what binds it to others, "me too" and following."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import flet as ft
import httpx2
import pytest

from client.core.context import ServicesContext
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text import Language, Text
from client.core.text.en import EN
from client.core.text.vi import VI
from client.features import DESTINATIONS, FEATURES
from client.feedback.case_due import deadline_words, due_lines, left_words
from client.feedback.case_view import case_view
from client.feedback.words import WORDS
from shared.accounts import Account, SubmissionLock
from shared.feedback import FeedbackDetail
from tests.client.headless import Headless
from tests.client.test_feedback_report import CASE, CITIZEN, UNIT

DUE, FIRST = "2026-11-27T17:00:00+07:00", "2026-11-25T17:00:00+07:00"
DONE = "2026-11-23T15:40:00+07:00"
OTHER = "PA-261120-BBBB"


def text() -> Text:
    """Return the Vietnamese words."""
    return Text([{Language.VI: VI, Language.EN: EN}, WORDS])


def case(**facts: Any) -> FeedbackDetail:
    """Return a report of somebody else, under way, with these facts."""
    row = CASE | {"mine": False, "status": "in_progress", "due_at": DUE, "first_due_at": DUE}
    return FeedbackDetail.model_validate(row | facts)


def entry(kind: str, **facts: Any) -> dict[str, Any]:
    """Return a line of a story."""
    plain = {"by": "", "mine": False, "audience": "public", "status": "in_progress", "text": "", "unit": None}
    rest: dict[str, Any] = {
        "planned_on": None,
        "due_at": None,
        "about": None,
        "files": [],
        "party": "officer",
        "at": DONE,
    }
    return {"id": CASE["id"], "kind": kind} | plain | rest | facts


class Backend:
    """Knows one report; ties to it are answered as the backend would."""

    def __init__(self, shown: FeedbackDetail) -> None:
        self.case = shown
        self.calls: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/api/v1")
        self.calls.append(f"{request.method} {path}")
        if path == "/me/activity":
            row = {"id": CASE["id"], "kind": "reveal", "at": DONE, "by": UNIT, "code": CASE["code"], "text": "Cần gọi"}
            return httpx2.Response(200, json={"items": [row], "next_cursor": None})
        if path == "/me/lock/appeal":
            return httpx2.Response(200, json=_lock(appeal="Tôi không gửi bậy").model_dump(mode="json"))
        on = request.method == "POST"
        if path.endswith("/support"):
            change = {"supporting": on, "following": True, "supporters": self.case.supporters + (1 if on else -1)}
            self.case = self.case.model_copy(update=change)
        if path.endswith("/follow"):
            self.case = self.case.model_copy(update={"following": on})
        return httpx2.Response(200, content=self.case.model_dump_json())


def _lock(appeal: str | None = None) -> SubmissionLock:
    return SubmissionLock.model_validate(
        {"id": CASE["id"], "reason": "Gửi lặp", "until": DUE, "appeal": appeal, "may_appeal": appeal is None}
    )


class Reader:
    """One person at one part of the screen."""

    def __init__(self, backend: Backend, part: Callable[[], Any], account: Account | None = CITIZEN) -> None:
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        self.went: list[str] = []
        made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                here = Services(
                    ft.context.page,
                    ClientSettings(),
                    http,
                    features=FEATURES,
                    destinations=DESTINATIONS,
                    storage=MemoryStorage(),
                )
                here.session.account = account
                here.go = self.went.append  # type: ignore[assignment, method-assign]
                made.append(here)
            return cast(ft.Control, ServicesContext(made[0], part))

        self.screen = Headless(Whole)

    async def press(self, words: str) -> None:
        """Press a button, and wait for what it does."""
        buttons = [each for each in self.screen.controls() if isinstance(each, ft.FilledButton | ft.OutlinedButton)]
        found = next(each.on_click for each in buttons if each.content == words)
        cast(Callable[[], None], found)()
        await self.screen.settle(0.3)

    def said(self) -> str:
        """Return all words on the screen, those of buttons included."""
        buttons = [
            str(each.content)
            for each in self.screen.controls()
            if isinstance(each, ft.FilledButton | ft.OutlinedButton | ft.TextButton)
        ]
        return " | ".join([*self.screen.texts(), *buttons])


@pytest.mark.parametrize(
    ("status", "minutes", "said"),
    [
        ("in_progress", 300, "còn 5 giờ làm việc"),
        ("in_progress", 960, "còn 2 ngày làm việc"),
        ("in_progress", 620, "còn 1 ngày 2 giờ làm việc"),
        ("in_progress", -200, "quá hạn 3 giờ làm việc"),
        ("in_progress", 0, "còn 1 phút làm việc"),
        ("waiting_citizen", 960, "tạm dừng, còn 2 ngày làm việc khi có trả lời"),
        ("waiting_citizen", -200, "tạm dừng, đã quá hạn 3 giờ làm việc"),
        ("resolved", None, ""),
    ],
)
def test_what_is_left_is_said_in_working_time(status: str, minutes: int | None, said: str) -> None:
    assert left_words(text(), case(status=status, working_left=minutes)) == said


def test_a_row_of_a_list_says_what_is_left_and_by_when() -> None:
    assert deadline_words(text(), case(working_left=300)) == "Còn 5 giờ làm việc (hạn 17:00 thứ Sáu 27/11)"


def test_the_first_deadline_stays_visible_once_it_moved() -> None:
    assert not [line for line in due_lines(text(), case()) if "Hạn đầu tiên" in line]
    assert "Hạn đầu tiên: 17:00 thứ Tư 25/11" in due_lines(text(), case(first_due_at=FIRST))


def test_a_result_says_when_it_closes_by_itself() -> None:
    lines = due_lines(text(), case(status="resolved", resolved_at=DONE, on_time=True, working_left=None))
    assert "Tự đóng thứ Hai 30/11 nếu không có ý kiến" in lines


def read(shown: FeedbackDetail, account: Account | None, story: Callable[[Reader, Backend], Any]) -> None:
    """Let somebody read a report, and run a story there."""

    async def whole() -> None:
        backend = Backend(shown)
        reader = Reader(backend, lambda: case_view(shown.code), account)
        await reader.screen.settle(0.3)
        await story(reader, backend)
        reader.screen.close()

    asyncio.run(whole())


def test_me_too_counts_and_can_be_taken_back() -> None:
    async def story(reader: Reader, backend: Backend) -> None:
        assert "12 người cũng gặp" in reader.said()
        await reader.press("Tôi cũng gặp")
        assert "Tôi và 12 người cũng gặp" in reader.said()
        assert "Bỏ theo dõi" in reader.said()
        await reader.press("Bỏ “Tôi cũng gặp”")
        assert "12 người cũng gặp" in reader.said()
        assert f"DELETE /feedback/{CASE['code']}/support" in backend.calls

    read(case(supporters=12), CITIZEN, story)


def test_a_stranger_is_asked_to_sign_in_and_comes_back() -> None:
    async def story(reader: Reader, backend: Backend) -> None:
        await reader.press("Tôi cũng gặp")
        await reader.press("Theo dõi")
        assert reader.went == [f"/sign-in?next=%2Ffeedback%2F{CASE['code']}"] * 2
        assert not [call for call in backend.calls if call.startswith("POST")]

    read(case(), None, story)


def test_a_case_that_has_ended_can_be_followed_but_not_joined() -> None:
    async def story(reader: Reader, _: Backend) -> None:
        assert "Tôi cũng gặp" not in reader.said()
        await reader.press("Theo dõi")
        assert "Bỏ theo dõi" in reader.said()

    read(case(status="closed", resolved_at=DONE, on_time=True, working_left=None), CITIZEN, story)


def test_the_sender_is_not_asked_whether_she_met_it() -> None:
    async def story(reader: Reader, _: Backend) -> None:
        assert "3 người cũng gặp" in reader.said()
        assert "Theo dõi" not in reader.said()

    read(case(mine=True, supporters=3), CITIZEN, story)


def test_a_merged_case_leads_to_the_main_one_and_back() -> None:
    async def merged(reader: Reader, _: Backend) -> None:
        assert f"Đã gộp vào {OTHER}" in reader.said()
        await reader.press("Xem phản ánh chính")
        assert reader.went == [f"/feedback/{OTHER}"]

    async def main(reader: Reader, _: Backend) -> None:
        assert "Gộp 1 phản ánh" in reader.said()
        assert OTHER in reader.said()

    read(case(status="merged", merged_into=OTHER, working_left=None), CITIZEN, merged)
    read(case(merged=[OTHER]), CITIZEN, main)


def test_hidden_numbers_are_explained() -> None:
    async def story(reader: Reader, _: Backend) -> None:
        assert WORDS[Language.VI]["feedback.masked"] in reader.said()

    read(case(masked=True), None, story)


def test_the_story_says_new_deadlines_and_what_happened_by_itself() -> None:
    async def story(reader: Reader, _: Backend) -> None:
        said = reader.said()
        assert "Hạn mới: 17:00 thứ Sáu 27/11" in said
        assert f"{UNIT['name']} đã xem tên người gửi" in said
        assert "Một phản ánh đã gộp vào đây" in said
        assert "Tự đóng vì hết thời gian chờ" in said

    lines = [
        entry("answer", party="citizen", due_at=DUE),
        entry("reveal", party="dispatcher", unit=UNIT, audience="citizen", text="Cần gọi"),
        entry("joined", party="dispatcher", about=OTHER),
        entry("close", party="system", status="closed"),
    ]
    read(case(mine=True, story=lines), CITIZEN, story)


def test_reopening_says_what_the_second_time_means() -> None:
    def says(key: str) -> Callable[[Reader, Backend], Coroutine[Any, Any, None]]:
        async def told(reader: Reader, _: Backend) -> None:
            await reader.press("Chưa đạt, mở lại")
            assert WORDS[Language.VI][key] in reader.said()

        return told

    done = {"mine": True, "status": "resolved", "resolved_at": DONE, "on_time": True, "moves": ["rate", "reopen"]}
    read(case(**done), CITIZEN, says("feedback.reopen_hint"))
    once = [entry("reopen", party="citizen", audience="citizen")]
    read(case(**done, story=once), CITIZEN, says("feedback.reopen_again_hint"))


def test_a_closed_case_says_until_when_it_can_be_reopened() -> None:
    async def story(reader: Reader, _: Backend) -> None:
        assert "Mở lại được một lần, đến 15:40 thứ Tư 23/12." in reader.said()

    closed = {"mine": True, "status": "closed", "resolved_at": DONE, "on_time": True, "moves": ["reopen"]}
    read(case(**closed, story=[entry("close", party="system", status="closed")]), CITIZEN, story)
