"""A backend of administration that lives in memory, and people before its screens without a browser."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import flet as ft
import httpx2
from pydantic import BaseModel

from client.administration.words import WORDS
from client.core.context import ServicesContext
from client.core.feature import Feature
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text.dates import now
from client.public_services.words import WORDS as SERVICES_WORDS
from shared.accounts import UnitRef
from shared.administration import (
    CalendarDay,
    CalendarYear,
    DayKind,
    DeadlineRule,
    DeskLock,
    HeldWord,
    OfficeHours,
    PlaceBoundary,
    RoutingRule,
)
from shared.feedback import Category, Level
from tests.client.headless import Headless

POWER = UnitRef(code="dien-luc", name="Điện lực Hải Dương")
WASTE = UnitRef(code="moi-truong", name="Công ty Môi trường đô thị")
LIGHTS = Category(code="chieu-sang", name="Chiếu sáng", icon="LIGHTBULB", level=Level.NORMAL)
RUBBISH = Category(code="rac", name="Rác thải", icon="DELETE", level=Level.NORMAL)
WARD = PlaceBoundary(code="10525", name="Phường Hải Dương", kind="phường", unit=None)
FORBIDDEN = {"type": "about:blank", "title": "", "status": 403, "code": "forbidden", "detail": "", "errors": []}
CONFLICT = {**FORBIDDEN, "status": 409, "code": "conflict"}


def rule(category: Category | None, place: PlaceBoundary | None, unit: UnitRef | None) -> RoutingRule:
    """Return a rule of routing."""
    return RoutingRule(
        id=uuid4(),
        category=category.code if category else None,
        category_name=category.name if category else None,
        place=place.code if place else None,
        place_name=place.name if place else None,
        unit=unit,
    )


def deadline(level: Level, hours: float, category: Category | None = None) -> DeadlineRule:
    """Return a row of the table of deadlines; without a category it is the level's default."""
    return DeadlineRule(
        id=uuid4(),
        level=level,
        category=category.code if category else None,
        category_name=category.name if category else None,
        unit=None,
        accept_hours=min(hours, 8),
        due_hours=hours,
        default=category is None,
    )


def lock(**changes: Any) -> DeskLock:
    """Return a lock that holds, appealed against, with some of it changed."""
    facts: dict[str, Any] = {
        "id": UUID(int=9),
        "code": "PA-261123-AAAA",
        "reason": "Gửi đùa nhiều lần",
        "made_at": now() - timedelta(days=1),
        "until": now() + timedelta(days=6),
        "appeal": "Cháu nhà tôi nghịch máy",
        "appealed_at": now() - timedelta(hours=2),
        "answer": None,
        "lifted": False,
    }
    return DeskLock(**{**facts, **changes})


def _year() -> CalendarYear:
    year = now().year
    holiday = CalendarDay(day=date(year, 9, 2), kind=DayKind.OFF, note="Quốc khánh", national=True)
    own = CalendarDay(day=date(year, 3, 3), kind=DayKind.WORK, note="Làm bù", national=False)
    hours = OfficeHours(days=[0, 1, 2, 3, 4], stretches=[("08:00", "12:00"), ("13:00", "17:00")], hours_a_day=8)
    return CalendarYear(year=year, hours=hours, days=[holiday, own])


class Backend:
    """Answers what the screens ask; what is posted or deleted is written down. `refuses` answers a write once."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, Any] | None, str | None]] = []
        self.refuses: dict[str, Any] | None = None
        self.held: dict[str, Any] = {
            "/feedback/categories": [LIGHTS, RUBBISH],
            "/desk/places": [WARD],
            "/desk/units": [POWER, WASTE],
            "/desk/routing": [rule(None, None, None), rule(LIGHTS, WARD, POWER)],
            "/desk/deadlines": [deadline(Level.NORMAL, 24), deadline(Level.NORMAL, 12, LIGHTS)],
            "/desk/calendar": _year(),
            "/desk/words": [HeldWord(id=UUID(int=5), words="lừa đảo")],
            "/desk/locks": {"items": [lock()], "next_cursor": None},
        }

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/api/v1")
        if request.method == "GET":
            return httpx2.Response(200, content=json.dumps(_plain(self.held[path])))
        body = json.loads(request.content) if request.content else None
        self.sent.append((request.method, path, body, request.headers.get("idempotency-key")))
        if self.refuses is not None:
            problem, self.refuses = self.refuses, None
            return httpx2.Response(problem["status"], json=problem)
        if request.method == "DELETE":
            return httpx2.Response(204)
        return httpx2.Response(200, content=json.dumps(_plain(self._made(path))))

    def _made(self, path: str) -> Any:
        if path.endswith("/release"):
            return lock(lifted=True)
        kept = self.held[path]
        return kept.days[0] if isinstance(kept, CalendarYear) else kept[0]


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value


class Desk:
    """One administrator before one part of a screen."""

    def __init__(self, backend: Backend, part: Callable[[], ft.Control], width: int = 1440) -> None:
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                page = ft.context.page
                page.width = width
                features = [Feature([], WORDS), Feature([], SERVICES_WORDS)]
                settings = ClientSettings()
                storage = MemoryStorage()
                made.append(Services(page, settings, http, features=features, destinations=[], storage=storage))
            return ServicesContext(made[0], part)

        self.screen = Headless(Whole)

    def all(self, kind: type[Any]) -> list[Any]:
        """Return everything of a kind that is shown, dialogs too."""
        dialogs = list(self.screen.page._dialogs.controls)
        return [each for each in [*self.screen.controls(), *self.screen.within(dialogs)] if isinstance(each, kind)]

    async def press(self, said: str) -> None:
        """Press the last button, chip or sign with these words."""
        pressed = [
            each
            for each in [*self.all(ft.FilledButton), *self.all(ft.OutlinedButton), *self.all(ft.TextButton)]
            if each.content == said
        ]
        pressed += [each for each in self.all(ft.IconButton) if each.tooltip == said]
        await self._do(pressed[-1].on_click)

    async def pick(self, said: str) -> None:
        """Choose the last chip with these words."""
        await self._do([each for each in self.all(ft.Chip) if each.label == said][-1].on_select)

    async def _do(self, heard: Any) -> None:
        press = cast(Callable[..., None], heard)
        try:
            press()
        except TypeError:
            press(None)
        await self.screen.settle(0.3)

    def field(self, name: str) -> ft.TextField:
        """Return a text field of a form."""
        return cast(ft.TextField, next(each for each in self.all(ft.TextField) if each.key == f"field-{name}"))

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        heard = cast(Callable[[Any], None], self.field(name).on_change)
        heard(SimpleNamespace(control=SimpleNamespace(value=text)))


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story in a loop of its own."""
    asyncio.run(story())
