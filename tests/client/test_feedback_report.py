"""The report form without a browser: what is missing is said, what is sent is sent once, and nothing is lost."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from inspect import signature
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import flet as ft
import httpx2

from client.core.context import ServicesContext
from client.core.feature import Feature
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text import Language
from client.core.text.vi import VI
from client.feedback.report import report_form
from client.feedback.words import WORDS
from shared.access import Role
from shared.accounts import Account
from shared.feedback import FeedbackDetail
from tests.client.headless import Headless

FILLED = {"category": "chieu-sang", "description": "Đèn đường tắt ba đêm nay", "lat": 20.94, "lon": 106.33}
WHEN = "2026-11-24T17:00:00+07:00"
UNIT = {"code": "ubnd", "name": "UBND phường Hải Dương"}
CATEGORY = {"code": "chieu-sang", "name": "Chiếu sáng", "icon": "LIGHTBULB_OUTLINE", "level": "normal"}
EXPECTED = {"unit": UNIT, "place": None, "level": "normal", "accept_by": WHEN, "due_at": WHEN, "usual": None}
DATA = {"code": "du-lieu", "name": "Dữ liệu của tôi sai", "icon": "MANAGE_ACCOUNTS_OUTLINED", "level": "complex"}
CASE: dict[str, Any] = {
    "id": str(UUID(int=1)),
    "code": "PA-261123-AAAA",
    "title": "Đèn đường tắt ba đêm nay",
    "category": CATEGORY,
    "status": "new",
    "level": "normal",
    "unit": UNIT,
    "address": "",
    "lat": 20.94,
    "lon": 106.33,
    "thumb_url": None,
    "created_at": WHEN,
    "accept_by": WHEN,
    "due_at": WHEN,
    "resolved_at": None,
    "working_left": 480,
    "overdue": False,
    "on_time": None,
    "supporters": 0,
    "public": True,
    "practice": False,
    "description": "Đèn đường tắt ba đêm nay",
    "system": "",
    "masked": False,
    "first_due_at": WHEN,
    "merged_into": None,
    "merged": [],
    "following": False,
    "supporting": False,
    "files": [],
    "story": [],
    "rating": None,
    "planned_on": None,
    "mine": True,
    "show_name": False,
    "blur_place": False,
    "moves": [],
    "version": 1,
}
CITIZEN = Account(
    id=UUID(int=3),
    phone="+84900000001",
    full_name="Nguyễn Thị Lan",
    given_name="Lan",
    role=Role.CITIZEN,
    unit=None,
    permissions=[],
    consents=[],
    created_at=datetime.now(UTC),
    lock=None,
)


class Backend:
    """Knows two categories, and answers reports as it is told to."""

    def __init__(self) -> None:
        self.answers: list[httpx2.Response | Exception] = []
        self.keys: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.expectation = httpx2.Response(200, json=EXPECTED)
        self.near = httpx2.Response(404)
        self.asked: list[dict[str, str]] = []
        self.supported: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/api/v1")
        if path == "/feedback/categories":
            return httpx2.Response(200, json=[CATEGORY, DATA])
        if path == "/feedback/expectation":
            return self.expectation
        if path == "/feedback/nearby":
            self.asked.append(dict(request.url.params))
            return self.near
        if path.endswith("/support"):
            self.supported.append(path)
            return httpx2.Response(200, json=CASE)
        self.keys.append(request.headers["idempotency-key"])
        self.bodies.append(json.loads(request.content))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Desk:
    """One person at the form, without a screen."""

    def __init__(
        self,
        backend: Backend,
        *,
        draft: dict[str, Any] | None = None,
        account: Account | None = CITIZEN,
        practice: bool = False,
        storage: MemoryStorage | None = None,
    ) -> None:
        self.storage = storage or MemoryStorage()
        self.name = "draft.feedback/practice" if practice else "draft.feedback/new"
        if draft is not None:
            self.storage.kept[self.name] = json.dumps(draft)
        self.sent: list[FeedbackDetail] = []
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        made: list[Services] = []
        self.made = made

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                features = [Feature([], WORDS)]
                here = Services(
                    ft.context.page, ClientSettings(), http, features=features, destinations=[], storage=self.storage
                )
                here.session.account = account
                made.append(here)
            return ServicesContext(made[0], lambda: report_form(practice=practice, on_sent=self.sent.append))

        self.screen = Headless(Whole)

    async def press_send(self, words: str = "Gửi phản ánh") -> None:
        """Press the button at the foot, and wait for what it does."""
        buttons = [each for each in self.screen.controls() if isinstance(each, ft.FilledButton)]
        press = next(each.on_click for each in buttons if each.content == words)
        assert callable(press)
        cast(Callable[[], None], press)()
        await self.screen.settle(0.2)

    async def press(self, words: str) -> None:
        """Press any button or row by its name."""
        for each in self.screen.controls():
            if isinstance(each, ft.Semantics) and (each.label or "").startswith(words) and each.on_tap:
                cast(Callable[[Any], None], each.on_tap)(None)
                break
            if isinstance(each, ft.FilledButton | ft.OutlinedButton | ft.TextButton) and each.content == words:
                # As Flet calls it: with an event, where the handler takes one.
                takes = signature(cast(Callable[..., None], each.on_click)).parameters
                cast(Callable[..., None], each.on_click)(*([None] if takes else []))
                break
        else:
            raise AssertionError(f"nothing is called {words}")
        await self.screen.settle(0.2)

    async def type(self, words: str) -> None:
        """Type the description."""
        field = next(each for each in self.screen.controls() if getattr(each, "key", None) == "field-description")
        field.on_change(SimpleNamespace(control=SimpleNamespace(value=words)))
        await self.screen.settle(0.1)

    def says(self, words: str) -> bool:
        """Whether this is on the screen, in a text or on a button."""
        buttons = [str(getattr(each, "content", "")) for each in self.screen.controls()]
        return any(words in said for said in [*self.screen.texts(), *buttons])


def at_the_form(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story in a loop of its own."""
    asyncio.run(story())


def test_what_is_missing_is_said_at_the_field_and_at_the_button() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend)
        await desk.screen.settle(0.2)
        await desk.press("Không có ảnh")
        await desk.press_send()
        said = " ".join(desk.screen.texts())
        assert "Hãy chọn một loại" in said
        assert "loại việc, sự việc, vị trí" in said
        assert not backend.keys

    at_the_form(story)


def test_the_key_outlives_the_screen_with_the_draft() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(500), httpx2.Response(201, json=CASE)]
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.2)
        await desk.press_send()
        await desk.screen.settle(0.8)
        again = Desk(backend, draft=json.loads(desk.storage.kept[desk.name]))
        await again.screen.settle(0.2)
        await again.press_send()
        assert len(backend.keys) == 2
        assert len(set(backend.keys)) == 1

    at_the_form(story)


def test_a_second_press_while_it_goes_does_nothing() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(201, json=CASE)]
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.2)
        buttons = [each for each in desk.screen.controls() if isinstance(each, ft.FilledButton)]
        press = cast(Callable[[], None], next(each.on_click for each in buttons if each.content == "Gửi phản ánh"))
        press()
        press()
        await desk.screen.settle(0.3)
        assert len(backend.keys) == 1

    at_the_form(story)


def test_a_guest_keeps_the_draft_and_is_asked_to_sign_in() -> None:
    async def story() -> None:
        backend = Backend()
        desk = Desk(backend, draft=FILLED, account=None)
        await desk.screen.settle(0.2)
        await desk.press_send()
        assert not backend.keys
        assert json.loads(desk.storage.kept[desk.name])["description"] == FILLED["description"]

    at_the_form(story)


def test_what_the_backend_refuses_stands_at_its_field() -> None:
    async def story() -> None:
        backend = Backend()
        fault = {"field": "lat", "code": "outside_area", "message": "too far"}
        problem = {
            "type": "about:blank",
            "title": "Invalid",
            "status": 422,
            "code": "invalid",
            "detail": "",
            "errors": [fault],
        }
        backend.answers = [httpx2.Response(422, json=problem)]
        desk = Desk(backend, draft=FILLED)
        await desk.screen.settle(0.2)
        await desk.press_send()
        assert VI["error.outside_area"] in desk.screen.texts()
        assert not desk.sent

    at_the_form(story)


def test_a_practice_report_says_so_and_is_sent_as_one() -> None:
    async def story() -> None:
        backend = Backend()
        backend.answers = [httpx2.Response(201, json=CASE | {"practice": True})]
        desk = Desk(backend, draft=FILLED, practice=True)
        await desk.screen.settle(0.2)
        assert WORDS[Language.VI]["feedback.practice"] in desk.screen.texts()
        await desk.press_send("Gửi phản ánh tập")
        assert backend.bodies[0]["practice"] is True

    at_the_form(story)
