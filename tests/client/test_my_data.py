"""What was done with one's own data, and a lock with its appeal, without a browser."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import flet as ft

from client.accounts.activity import ActivityScreen
from client.accounts.lock import lock_panel
from tests.client.test_case_page import Backend, Reader, _lock, case
from tests.client.test_feedback_report import CASE, CITIZEN, UNIT


def test_who_saw_my_data_is_told_with_unit_and_reason() -> None:
    async def whole() -> None:
        reader = Reader(Backend(case()), lambda: ft.Router([ft.Route(path="", component=ActivityScreen)]))
        await reader.screen.settle(0.4)
        said = reader.said()
        assert f"{UNIT['name']} đã xem tên và số điện thoại" in said
        assert "Lý do: Cần gọi" in said
        assert CASE["code"] in said

    asyncio.run(whole())


def test_a_lock_is_explained_and_may_be_appealed_once() -> None:
    async def whole() -> None:
        backend = Backend(case())
        reader = Reader(backend, lock_panel, CITIZEN.model_copy(update={"lock": _lock()}))
        await reader.screen.settle(0.2)
        assert "Lý do: Gửi lặp" in reader.said()
        await reader.press("Đề nghị xem lại")
        await reader.press("Gửi đề nghị")
        assert "POST /me/lock/appeal" not in backend.calls
        field = next(each for each in reader.screen.controls() if isinstance(each, ft.TextField))
        typed = SimpleNamespace(control=SimpleNamespace(value="Tôi không gửi bậy"))
        cast(Callable[[Any], None], field.on_change)(typed)
        await reader.press("Gửi đề nghị")
        assert backend.calls.count("POST /me/lock/appeal") == 1

    asyncio.run(whole())
