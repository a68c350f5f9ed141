"""What everybody sees of reports as a whole, without a browser: honest figures, the map as a list, where it looks."""

import asyncio
from collections.abc import Callable
from datetime import date
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
from client.feedback import figures
from client.feedback.map_screen import MapScreen
from client.feedback.statistics_screen import StatisticsScreen
from client.feedback.words import WORDS
from client.ui.map_view import bearing, box_around
from shared.public_feedback import Figures
from tests.client.headless import Headless
from tests.client.test_feedback_report import CASE, CATEGORY, WHEN

NOTHING = {
    "received": 0,
    "valid": 0,
    "handled": 0,
    "on_time": 0,
    "late": 0,
    "refused": 0,
    "open": 0,
    "rated": 0,
    "satisfied": 0,
}
SOME = NOTHING | {"received": 40, "valid": 38, "handled": 30, "on_time": 24, "late": 6, "rated": 25, "satisfied": 23}
FIGURES = {
    "since": "2026-06-01",
    "until": "2026-11-30",
    "counted_at": WHEN,
    "total": SOME,
    "by_unit": [
        {"code": "ubnd", "name": "UBND phường Hải Dương", "figures": SOME, "usual": {"days": 2.5, "cases": 118}}
    ],
    "by_category": [{"code": "chieu-sang", "name": "Chiếu sáng", "figures": SOME | {"rated": 4, "satisfied": 4}}],
    "by_month": [{"month": "2026-11", "figures": SOME}],
}
BUBBLE = {"lat": 20.95, "lon": 106.34, "count": 24, "open": 9, "code": None}
PIN = {"lat": 20.93, "lon": 106.33, "count": 1, "open": 1, "code": CASE["code"]}


def text() -> Text:
    """Return the Vietnamese words."""
    return Text([{Language.VI: VI, Language.EN: EN}, WORDS])


def counted(**measures: int) -> Figures:
    """Return figures with these measures."""
    return Figures(**(NOTHING | measures))


class Backend:
    """Answers what the public screens ask, and remembers what was asked."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = {"/feedback/categories": [CATEGORY], "/feedback/statistics": FIGURES, **answers}
        self.asked: list[httpx2.URL] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url)
        answer = self.answers.get(request.url.path.removeprefix("/api/v1"))
        return httpx2.Response(404) if answer is None else httpx2.Response(200, json=answer)

    def queries(self, path: str) -> list[dict[str, str]]:
        """Return the queries that a path was asked with."""
        return [dict(url.params) for url in self.asked if url.path.endswith(path)]


def at_screen(backend: Backend, screen: Callable[..., Any], story: Callable[[Headless], Any]) -> None:
    """Show a screen to a stranger, and run a story there."""

    async def whole() -> None:
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.MockTransport(backend))
        made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                settings = ClientSettings()
                made.append(
                    Services(
                        ft.context.page,
                        settings,
                        http,
                        features=FEATURES,
                        destinations=DESTINATIONS,
                        storage=MemoryStorage(),
                    )
                )
            return ServicesContext(made[0], lambda: ft.Router([ft.Route(path="", component=screen)]))

        shown = Headless(Whole)
        await shown.settle(0.4)
        await story(shown)
        shown.close()

    asyncio.run(whole())


def press(shown: Headless, name: str) -> None:
    """Press what a screen reader calls so."""
    found = next(
        each for each in shown.controls() if isinstance(each, ft.Semantics) and (each.label or "").startswith(name)
    )
    cast(Callable[[Any], None], found.on_tap)(None)


@pytest.mark.parametrize(
    ("rated", "satisfied", "said"),
    [
        (0, 0, "Chưa có ai đánh giá"),
        (4, 4, "Mới 4 người đánh giá, chưa tính tỷ lệ"),
        (25, 23, "92 % hài lòng (25 người đánh giá)"),
        (1_250, 1_249, "99 % hài lòng (1.250 người đánh giá)"),
        (500, 1, "1 % hài lòng (500 người đánh giá)"),
        (6, 6, "100 % hài lòng (6 người đánh giá)"),
    ],
)
def test_satisfaction_is_said_with_how_many_rated(rated: int, satisfied: int, said: str) -> None:
    assert figures.satisfied_words(text(), counted(rated=rated, satisfied=satisfied)) == said


def test_on_time_is_said_of_what_has_a_result() -> None:
    assert figures.on_time_words(text(), counted(received=90)) == "Chưa có phản ánh nào xử lý xong"
    assert "%" not in figures.on_time_words(text(), counted(handled=4, on_time=3))
    assert figures.on_time_words(text(), counted(handled=40, on_time=30)) == "75 % đúng hạn (30 trên 40 đã xử lý)"


@pytest.mark.parametrize(
    ("n", "said"), [(950, "950"), (1_000, "1K"), (1_240, "1,2K"), (12_900, "12K"), (1_300_000, "1,3M")]
)
def test_a_number_fits_into_a_bubble(n: int, said: str) -> None:
    assert figures.short_number(text(), n) == said


def test_a_range_of_months_holds_this_one() -> None:
    assert figures.months_back(date(2026, 11, 25), 3) == date(2026, 9, 1)
    assert figures.months_back(date(2026, 1, 31), 12) == date(2025, 2, 1)
    assert figures.months_back(date(2026, 12, 1), 12) == date(2026, 1, 1)


def test_a_view_is_as_wide_as_its_pixels() -> None:
    box = box_around(20.94, 106.33, 11, 512, 256)
    # At zoom 11 the world is 256 * 2^11 pixels around: 512 of them are 0.3516 degrees.
    assert box.east - box.west == pytest.approx(0.3516, abs=1e-4)
    assert box.south < 20.94 < box.north
    # Degrees of latitude are shorter on the map than those of longitude, by the cosine of the latitude.
    assert box.north - box.south == pytest.approx(0.1758 * 0.934, abs=1e-3)
    assert box.zoom == 11


def test_a_place_is_said_from_the_middle() -> None:
    middle = 20.94, 106.33
    assert bearing(middle, 20.95, 106.33) == ("n", 1113)
    assert bearing(middle, 20.94, 106.34)[0] == "e"
    assert bearing(middle, 20.93, 106.32)[0] == "sw"
    assert bearing(middle, 20.94, 106.33) == ("here", 0)


def test_figures_are_shown_with_their_freshness_and_filtered_by_range() -> None:
    backend = Backend({})

    async def story(shown: Headless) -> None:
        said = " ".join(shown.texts())
        assert "92 % hài lòng (25 người đánh giá)" in said
        assert "Thường xong trong 2,5 ngày (118 phản ánh)" in said
        assert "Mới 4 người đánh giá" in said
        assert "Số liệu đến 17:00 24/11/2026" in said
        chart = [each.label for each in shown.controls() if isinstance(each, ft.Semantics) and each.image]
        assert any("Tháng 11/2026: nhận 40, đúng hạn 24, trễ hạn 6" in (label or "") for label in chart)
        chips = {each.label: each for each in shown.controls() if isinstance(each, ft.Chip)}
        cast(Callable[[Any], None], chips["3 tháng"].on_select)(None)
        await shown.settle(0.3)
        first, second = backend.queries("/statistics")[:2]
        assert first["until"] == second["until"]
        assert first["since"] < second["since"]

    at_screen(backend, StatisticsScreen, story)


def test_figures_of_nothing_say_so() -> None:
    nothing = FIGURES | {"total": NOTHING, "by_unit": [], "by_category": [], "by_month": []}

    async def story(shown: Headless) -> None:
        assert WORDS[Language.VI]["feedback.stat_none"] in shown.texts()
        assert "%" not in " ".join(shown.texts())

    at_screen(Backend({"/feedback/statistics": nothing}), StatisticsScreen, story)


def test_the_map_is_a_list_too_and_a_pin_shows_its_case() -> None:
    view = {"zoom": 11, "clusters": [BUBBLE, PIN], "truncated": False}
    backend = Backend({"/feedback/map": view, f"/feedback/{CASE['code']}": CASE})

    async def story(shown: Headless) -> None:
        said = shown.texts()
        assert "25 phản ánh trong khung, 10 đang xử lý" in said
        assert "24 phản ánh, 9 đang xử lý" in said
        assert any("về phía đông bắc" in words for words in said)
        west, south, east, north = (float(part) for part in backend.queries("/map")[0]["bbox"].split(","))
        assert west < 106.33 < east
        assert south < 20.94 < north
        press(shown, "1 phản ánh, đang xử lý")
        await shown.settle(0.3)
        assert CASE["title"] in shown.texts()

    at_screen(backend, MapScreen, story)


def test_an_empty_view_says_what_to_do() -> None:
    async def story(shown: Headless) -> None:
        assert WORDS[Language.VI]["feedback.map_none"] in shown.texts()

    at_screen(Backend({"/feedback/map": {"zoom": 11, "clusters": [], "truncated": False}}), MapScreen, story)
