"""The case at the desk without a browser: its moves as the backend offers them, and nothing typed is ever lost."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import flet as ft
import httpx2
import pytest

from client.core.context import ServicesContext
from client.core.feature import Feature
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text.dates import now
from client.feedback import desk_words, words
from client.feedback.desk_case import CasePane
from client.ui.keys import Keys
from shared.access import GRANTS, Role
from shared.accounts import Account
from shared.case_states import MoveKind
from shared.feedback import DeskDetail
from shared.public_feedback import NearbyCase
from tests.client.headless import Headless
from tests.client.test_desk_rules import OWN, case

STALE = {"type": "about:blank", "title": "", "status": 412, "code": "stale", "detail": "", "errors": []}
PATH = f"/api/v1/desk/feedback/{OWN}"


class Backend:
    """Holds one case, and may be a version ahead of what the desk knows."""

    def __init__(self, held: DeskDetail) -> None:
        self.held = held
        self.ahead = False
        self.near: list[NearbyCase] = []
        self.sent: list[tuple[str, dict[str, Any], str | None]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            what = request.url.path.removeprefix(PATH)
            self.sent.append((what, json.loads(request.content), request.headers.get("if-match")))
            if self.ahead:
                self.ahead = False
                self._next()
                return httpx2.Response(412, json=STALE)
            self._next()
        if request.url.path == "/api/v1/feedback/nearby":
            return httpx2.Response(200, content=f"[{','.join(each.model_dump_json() for each in self.near)}]")
        if request.url.path == "/api/v1/desk/units":
            return httpx2.Response(200, json=[{"code": "mt", "name": "Công ty Môi trường đô thị"}])
        etag = {"ETag": f'"{self.held.version}"'}
        return httpx2.Response(200, content=self.held.model_dump_json(), headers=etag)

    def _next(self) -> None:
        self.held = self.held.model_copy(update={"version": self.held.version + 1})


def person(role: Role) -> Account:
    """Return somebody's own account."""
    return Account(
        id=UUID(int=4),
        phone="+84900000002",
        full_name="Phạm Văn Dũng",
        given_name="Dũng",
        role=role,
        unit=None,
        permissions=sorted(GRANTS[role]),
        consents=[],
        created_at=now(),
        lock=None,
    )


class Desk:
    """One officer before one case, or a dispatcher."""

    def __init__(self, backend: Backend, role: Role = Role.OFFICER) -> None:
        self.storage = MemoryStorage()
        self.keys = Keys()
        self.changes = 0
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        made: list[Services] = []

        def changed() -> None:
            self.changes += 1

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                features = [Feature([], words.WORDS), Feature([], desk_words.WORDS)]
                page = ft.context.page
                here = Services(page, ClientSettings(), http, features=features, destinations=[], storage=self.storage)
                here.session.account = person(role)
                made.append(here)
            return ServicesContext(made[0], lambda: CasePane(OWN, self.keys, changed))

        self.screen = Headless(Whole)

    def offered(self) -> set[str]:
        """Return the words of the buttons and of the menu of moves."""
        found = {
            str(each.content)
            for each in self.screen.controls()
            if isinstance(each, ft.FilledButton | ft.OutlinedButton)
        }
        for menu in self._all(ft.PopupMenuButton):
            found |= {str(item.content) for item in menu.items}
        return found

    def _all(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.screen.controls() if isinstance(each, kind)]

    async def press(self, said: str) -> None:
        """Press the last button or entry of a menu with these words."""
        items = [item for menu in self._all(ft.PopupMenuButton) for item in menu.items]
        buttons = [*self._all(ft.TextButton), *self._all(ft.FilledButton), *self._all(ft.OutlinedButton), *items]
        pressed = [each for each in buttons if each.content == said][-1]
        press = cast(Callable[..., None], pressed.on_click)
        try:
            press(None)
        except TypeError:
            press()
        await self.screen.settle(0.3)

    async def tap(self, key: str) -> None:
        """Tap the card with this key."""
        card = next(each for each in self._all(ft.Semantics) if each.key == key)
        cast(Callable[[Any], None], card.on_tap)(None)
        await self.screen.settle(0.3)

    def field(self, name: str) -> ft.TextField:
        """Return a text field of the form."""
        fields: list[ft.TextField] = self._all(ft.TextField)
        return next(each for each in fields if each.key == f"field-{name}")

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        heard = cast(Callable[[Any], None], self.field(name).on_change)
        heard(SimpleNamespace(control=SimpleNamespace(value=text)))


def at_the_desk(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story in a loop of its own."""
    asyncio.run(story())


MOVES = [MoveKind.RESOLVE, MoveKind.TRANSFER, MoveKind.RETURN, MoveKind.ESCALATE, MoveKind.ASK]


def test_the_moves_are_those_that_the_backend_offers() -> None:
    async def story() -> None:
        desk = Desk(Backend(case(moves=MOVES)))
        await desk.screen.settle(0.3)
        offered = desk.offered()
        assert {"Hoàn thành…", "Chuyển đơn vị…", "Trả lại điều phối…", "Báo cáo lãnh đạo…"} <= offered
        assert not {"Tiếp nhận", "Giao đơn vị…", "Từ chối…", "Gộp…", "Hẹn ngày…"} & offered

    at_the_desk(story)


@pytest.mark.parametrize(("moves", "asks"), [([MoveKind.ASK], True), ([], False)])
def test_asking_is_a_tab_only_where_it_is_allowed(moves: list[MoveKind], asks: bool) -> None:
    async def story() -> None:
        desk = Desk(Backend(case(moves=moves)))
        await desk.screen.settle(0.3)
        tabs = [each.label for each in desk.screen.controls() if isinstance(each, ft.Chip)]
        assert ("Hỏi thêm" in tabs) is asks

    at_the_desk(story)


def test_a_move_names_the_version_that_was_seen() -> None:
    async def story() -> None:
        backend = Backend(case(moves=[MoveKind.START]))
        desk = Desk(backend)
        await desk.screen.settle(0.3)
        await desk.press("Bắt đầu xử lý")
        assert backend.sent == [("/moves", {"move": "start"}, '"3"')]
        await desk.press("Bắt đầu xử lý")
        assert backend.sent[1][2] == '"4"'
        assert desk.changes == 2

    at_the_desk(story)


def test_who_was_slower_is_told_and_keeps_what_was_typed() -> None:
    async def story() -> None:
        backend = Backend(case(moves=[MoveKind.RETURN]))
        desk = Desk(backend)
        await desk.screen.settle(0.3)
        await desk.press("Trả lại điều phối…")
        desk.write("text", "Không thuộc phường")
        backend.ahead = True
        await desk.press("Trả lại điều phối")
        assert "Phản ánh vừa được người khác cập nhật" in desk.screen.texts()
        assert desk.field("text").value == "Không thuộc phường"
        await desk.press("Trả lại điều phối")
        assert [etag for _, _, etag in backend.sent] == ['"3"', '"4"']
        assert backend.sent[1][1] == {"move": "return", "text": "Không thuộc phường"}
        assert "Phản ánh vừa được người khác cập nhật" not in desk.screen.texts()

    at_the_desk(story)


def test_an_answer_is_sent_and_the_field_is_empty_again() -> None:
    async def story() -> None:
        backend = Backend(case())
        desk = Desk(backend)
        await desk.screen.settle(0.3)
        await desk.press("Gửi trả lời")
        assert desk.field("reply").error == "Hãy viết vài lời"
        assert not backend.sent
        desk.write("reply", "Đã cử người đến")
        await desk.press("Gửi trả lời")
        assert backend.sent == [("/replies", {"text": "Đã cử người đến", "file_ids": []}, None)]
        assert desk.field("reply").value == ""

    at_the_desk(story)
