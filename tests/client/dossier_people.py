"""A backend that knows one dossier, and people before its screens without a browser."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import flet as ft
import httpx2

from client.core.context import ServicesContext
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text.dates import now
from client.core.uploads import Upload
from client.dossiers.opening import visit_of
from client.dossiers.words import VI
from client.features import DESTINATIONS, FEATURES
from shared.accounts import Account
from shared.dossiers import Dossier, DossierState
from tests.client.headless import Headless

CODE = "H23.162-20261113-0092637"
READ = "POST /dossiers/read-code"
LOOKUP, MINE, FOLLOW = "POST /dossiers/lookup", f"GET /me/dossiers/{CODE}", f"POST /dossiers/{CODE}/follow"


def at(days: float) -> str:
    """Return a moment so many days from now."""
    return (now() + timedelta(days=days)).isoformat()


def dossier(state: DossierState = DossierState.PROCESSING, **facts: Any) -> Dossier:
    """Return a dossier in this state, with these facts."""
    plain: dict[str, Any] = {
        "code": CODE,
        "procedure_code": "1.000894",
        "procedure_name": "Đăng ký kết hôn",
        "agency": "UBND phường Hải Dương",
        "applicant": "Đ* T** H***",
        "state": state,
        "received_at": at(-9),
        "due_at": at(3),
        "finished_at": None,
        "paused": False,
        "paused_at": None,
        "late": None,
        "missing": [],
        "contact": {"name": "Bộ phận một cửa", "phone": "0220 385 1234"},
        "history": [
            {"at": at(-9), "state": "new", "note": ""},
            {"at": at(-1), "state": state, "note": "Lời của nơi nhận"},
        ],
        "source": "Hệ thống của tỉnh",
        "fetched_at": at(-5 / 1440),
        "stale": False,
        "following": None,
    }
    return Dossier.model_validate(plain | facts)


def refusal(status: int, code: str, *, after: int | None = None) -> httpx2.Response:
    """Return an answer that refuses."""
    problem = {"type": "", "title": "", "status": status, "code": code, "detail": "", "errors": []}
    return httpx2.Response(status, json=problem, headers={"retry-after": str(after)} if after else {})


class Backend:
    """Knows one dossier, to whoever says 0001; `answers` come first."""

    def __init__(self, shown: Dossier, *answers: httpx2.Response) -> None:
        self.shown, self.answers = shown, list(answers)
        self.calls: list[str] = []
        self.follows = self.signed_in = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        call = f"{request.method} {request.url.path.removeprefix('/api/v1')}"
        self.calls.append(call)
        assert "0001" not in str(request.url)
        if self.answers:
            return self.answers.pop(0)
        if call == READ:
            return httpx2.Response(200, json={"codes": request.content.decode().split()})
        if call in (LOOKUP, FOLLOW) and json.loads(request.content)["phone_last4"] != "0001":
            return refusal(404, "not_found")
        if call == MINE and not self.follows:
            return refusal(404, "not_found")
        if call.endswith("/follow"):
            self.follows = call == FOLLOW
        known = self.shown.model_copy(update={"following": self.follows if self.signed_in else None})
        return httpx2.Response(200, content=known.model_dump_json())


class Person:
    """One person at one part of the screen, on a device of her own."""

    def __init__(
        self,
        backend: Backend,
        part: Callable[[], Any],
        *,
        account: Account | None = None,
        storage: MemoryStorage | None = None,
        digits: str = "",
    ) -> None:
        self.storage = storage or MemoryStorage()
        backend.signed_in = account is not None
        self.went: list[str] = []
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        made: list[Services] = []
        self.made = made

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                page = ft.context.page
                here = Services(
                    page, ClientSettings(), http, features=FEATURES, destinations=DESTINATIONS, storage=self.storage
                )
                here.session.account = account
                here.go = self.went.append  # type: ignore[assignment, method-assign]
                if digits:
                    visit_of(here).digits[CODE] = digits
                made.append(here)
            return cast(ft.Control, ServicesContext(made[0], part))

        self.screen = Headless(Whole)

    async def press(self, words: str) -> None:
        """Press a button, and wait for what it does."""
        kinds = ft.FilledButton | ft.OutlinedButton | ft.TextButton
        found = next(each for each in self.screen.controls() if isinstance(each, kinds) and each.content == words)
        cast(Callable[[], None], found.on_click)()
        await self.screen.settle(0.3)

    async def choose_picture(self, shows: str) -> None:
        """Press the button of pictures, and choose one that shows these codes."""
        await self.press(VI["dossiers.picture"])
        uploader = self.made[0].uploader
        assert uploader.chooser is not None
        picture = ft.FilePickerFile(id=1, name="giay-hen.jpg", size=len(shows), bytes=shows.encode())
        await uploader.chooser([Upload(uploader.picker, picture)])
        await self.screen.settle(0.3)

    def field(self, name: str) -> ft.TextField:
        """Return a field of the form."""
        key = f"field-{name}"
        return cast(ft.TextField, next(each for each in self.screen.controls() if getattr(each, "key", None) == key))

    async def look_up(self, code: str | None, digits: str, *, remember: bool = False) -> None:
        """Type, tick, and ask."""
        typed = {"phone_last4": digits} | ({} if code is None else {"code": code})
        for name, value in typed.items():
            cast(Any, self.field(name).on_change)(SimpleNamespace(control=SimpleNamespace(value=value)))
        if remember:
            box = next(each for each in self.screen.controls() if isinstance(each, ft.Checkbox))
            cast(Any, box.on_change)(SimpleNamespace(control=SimpleNamespace(value=True)))
        await self.press(VI["dossiers.look_up"])

    def chips(self) -> list[str]:
        """Return what is offered as chips."""
        return [str(each.label) for each in self.screen.controls() if isinstance(each, ft.Chip)]

    def said(self) -> str:
        """Return all words on the screen, those of buttons and at fields included."""
        buttons = [
            str(each.content)
            for each in self.screen.controls()
            if isinstance(each, ft.FilledButton | ft.OutlinedButton)
        ]
        errors = [str(each.error) for each in self.screen.controls() if isinstance(each, ft.TextField) and each.error]
        return " | ".join([*self.screen.texts(), *buttons, *errors])


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a story in a loop of its own."""
    asyncio.run(story())
