"""A question is waiting, ready or failed; an action runs once; a form keeps what was typed."""

import asyncio
import json

import flet as ft
import pytest

from client.core.action import Action, use_action
from client.core.api import OFFLINE, ApiError
from client.core.loading import Loaded, use_loaded
from client.core.storage import MemoryStorage
from client.core.store import read_draft
from tests.client.headless import Headless


class Backend:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[str]] = []

    async def ask(self) -> str:
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]


def test_waiting_then_failed_then_ready_then_refreshing() -> None:
    async def story() -> None:
        backend = Backend()
        seen: list[Loaded[str]] = []

        @ft.component
        def Screen() -> ft.Control:
            seen.append(use_loaded(backend.ask, []))
            return ft.Text(seen[-1].value or "…")

        headless = Headless(Screen)
        await headless.settle()
        assert seen[-1].waiting
        backend.answers[0].set_exception(ApiError(OFFLINE))
        await headless.settle()
        assert seen[-1].failed
        seen[-1].reload()
        await headless.settle()
        backend.answers[1].set_result("tin mới")
        await headless.settle()
        assert headless.texts() == ["tin mới"]
        seen[-1].reload()
        await headless.settle()
        assert (seen[-1].value, seen[-1].refreshing) == ("tin mới", True)
        headless.close()

    asyncio.run(story())


def test_an_answer_to_an_older_question_is_dropped() -> None:
    async def story() -> None:
        backend = Backend()
        turn: list[ft.Text] = []
        setter = []

        @ft.component
        def Screen() -> ft.Control:
            which, set_which = ft.use_state("a")
            setter.append(set_which)
            loaded = use_loaded(backend.ask, [which])
            turn.append(ft.Text(loaded.value or "…"))
            return turn[-1]

        headless = Headless(Screen)
        await headless.settle()
        setter[-1]("b")
        await headless.settle()
        backend.answers[1].set_result("của b")
        await headless.settle()
        if not backend.answers[0].done():
            backend.answers[0].set_result("của a")
        await headless.settle()
        assert headless.texts() == ["của b"]
        headless.close()

    asyncio.run(story())


def test_an_action_pressed_twice_runs_once() -> None:
    async def story() -> None:
        backend = Backend()
        seen: list[Action] = []
        done: list[str] = []

        @ft.component
        def Screen() -> ft.Control:
            seen.append(use_action(backend.ask, done=done.append))
            return ft.Text("…")

        headless = Headless(Screen)
        seen[-1].start()
        seen[0].start()
        await headless.settle()
        assert len(backend.answers) == 1
        assert seen[-1].running
        backend.answers[0].set_result("xong")
        await headless.settle()
        assert done == ["xong"]
        assert not seen[-1].running
        headless.close()

    asyncio.run(story())


def test_two_people_draw_apart() -> None:
    """The same component for two people: what one does, the other does not see."""

    async def story() -> None:
        setters = []

        @ft.component
        def Screen(start: str) -> ft.Control:
            words, set_words = ft.use_state(start)
            setters.append(set_words)
            return ft.Text(words)

        first, second = Headless(Screen, "Lan"), Headless(Screen, "Hùng")
        await first.settle()
        setters[0]("Mai")
        await first.settle()
        assert (first.texts(), second.texts()) == (["Mai"], ["Hùng"])
        first.close()
        second.close()

    asyncio.run(story())


@pytest.mark.parametrize("broken", ["", "không phải json", json.dumps([1])])
def test_a_broken_draft_is_no_draft(broken: str) -> None:
    storage = MemoryStorage()
    storage.kept["draft.x"] = broken
    assert asyncio.run(read_draft(storage, "x")) == {}
