"""The screens of offices and places without a browser, on the real API."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import flet as ft
import flet_map as fm
import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from client.administration.hotlines import Hotlines
from client.administration.office_form import OfficeForm
from client.core.context import ServicesContext, use_services
from client.core.loading import use_loaded
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text import Language, Text
from client.core.text.vi import VI
from client.core.theme import Tone
from client.features import FEATURES
from client.offices import api as place_api
from client.offices.opening import short_week, state_words
from client.offices.parts import my_office
from client.offices.place import Split, ways_on
from client.offices.words import VI as OFFICES_VI
from client.ui.states import show
from shared.access import Role
from shared.accounts import Tokens
from shared.base import VIETNAM
from shared.offices import Office
from shared.opening_hours import parse
from shared.public_services import PlaceDetail
from tests.client.admin_backend import Desk
from tests.client.headless import Headless
from tests.public_services.test_routes import get
from tests.support.people import People

SQLITE = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
T = Text([{Language.VI: VI | OFFICES_VI, Language.EN: VI | OFFICES_VI}])
HA_BAC = ("10816", "Xã Hà Bắc")


class Visit(Desk):
    """Somebody before one part of a screen, with the real API behind it."""

    def __init__(self, app: FastAPI, part: Callable[[], ft.Control], tokens: dict[str, Any] | None = None) -> None:
        http = httpx2.AsyncClient(base_url="http://test/api/v1", transport=httpx2.ASGITransport(app=app))
        self.made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            _, redraw = ft.use_state(0)
            if not self.made:
                page = ft.context.page
                page.width = 412
                settings, storage = ClientSettings(), MemoryStorage()
                services = Services(page, settings, http, features=FEATURES, destinations=[], storage=storage)
                services.api.tokens = Tokens.model_validate(tokens) if tokens else None
                services.changed = lambda: redraw(lambda n: n + 1)
                self.made.append(services)
            return ServicesContext(self.made[0], part)

        self.screen = Headless(Whole)

    async def until(self, words: str) -> None:
        """Wait for words."""
        for _ in range(100):
            if any(words in text for text in self.screen.texts()):
                return
            await self.screen.settle(0.05)
        raise AssertionError(f"{words!r} is not among {self.screen.texts()}")


@ft.component
def Mine() -> ft.Control:
    return ft.Column([my_office(use_services())])


@SQLITE
def test_ones_own_office_is_asked_for_kept_and_shown(app: FastAPI, api: TestClient) -> None:
    async def story() -> None:
        visit = Visit(app, Mine)
        await visit.until("Sống ở xã, phường nào?")
        services = visit.made[0]
        await services.prefer(place=HA_BAC)
        await visit.until("Trung tâm Phục vụ hành chính công xã Hà Bắc")
        assert "Dành cho người dân Xã Hà Bắc" in visit.screen.texts()
        assert "07:30–11:30, 13:30–17:00" in visit.screen.texts()
        await services.preferences.load()
        assert (services.preferences.place_code, services.preferences.place_name) == HA_BAC

    asyncio.run(story())


@SQLITE
def test_a_split_names_the_neighbours_of_each_part(app: FastAPI, api: TestClient) -> None:
    place = PlaceDetail.model_validate(get(api, "/places/10528", at="2025-06-30"))

    async def story() -> None:
        visit = Visit(app, lambda: Split(place))
        await visit.until("Phường Lê Thanh Nghị")
        await visit.until("Cùng với")
        assert "Nay thuộc phường nào?" in visit.screen.texts()
        assert "Gọi 1022" in [button.content for button in visit.all(ft.OutlinedButton)]
        for heir in place.became:
            assert heir.name in visit.screen.texts()
            assert f"Trung tâm Phục vụ hành chính công phường{heir.name.removeprefix('Phường')}" in visit.screen.texts()

    asyncio.run(story())


@SQLITE
def test_a_place_that_is_not_there_leads_to_the_search_and_to_who_knows(app: FastAPI, api: TestClient) -> None:
    @ft.component
    def Gone() -> ft.Control:
        services = use_services()
        found = use_loaded(lambda: place_api.place(services.api, "99999"), [])
        return show(found, lambda each: ft.Text(each.name), ways=ways_on(services))

    async def story() -> None:
        visit = Visit(app, Gone)
        await visit.until("Không tìm thấy")
        said = [button.content for button in [*visit.all(ft.OutlinedButton), *visit.all(ft.FilledButton)]]
        assert {"Gọi 1022", "Tìm xã, phường khác", "Về trang chủ"} <= set(said)

    asyncio.run(story())


@SQLITE
def test_an_editor_writes_an_office_and_is_told_what_is_wrong(app: FastAPI, api: TestClient, people: People) -> None:
    async def story() -> None:
        visit = Visit(app, lambda: OfficeForm(None, []), people.demo(Role.EDITOR).tokens)
        await visit.screen.settle(0.2)
        wrong = {"name": "", "code": "a b", "hours_0": "sáng", "lat": "106.33", "lon": "20°"}
        for name, words in wrong.items():
            visit.write(name, words)
        await visit.press("Lưu")
        for name in wrong:
            assert visit.field(name).error, name
        assert any("còn 5 ô cần sửa" in text for text in visit.screen.texts())
        visit.write("name", "Bưu điện Chợ Mát")
        visit.write("code", "bd-cho-mat")
        await visit.press("Giờ hành chính")
        visit.write("hours_5", "7h30-11h30")
        visit.write("lat", "20,94")
        visit.write("lon", "")
        await visit.press("Lưu")
        assert visit.field("lon").error == "Cần cả vĩ độ và kinh độ"
        visit.write("lon", " 106.33 ")
        cast(Any, visit.field("lon").on_blur)(None)
        await visit.until("Ghim ở 20.94000, 106.33000")
        await visit.until("Ghim nằm trong")
        assert named(visit)
        await visit.press("Lưu")
        for _ in range(50):
            if api.get("/api/v1/offices/bd-cho-mat").status_code == 200:
                break
            await visit.screen.settle(0.05)

    asyncio.run(story())
    made = get(api, "/offices/bd-cho-mat")
    assert (made["lat"], made["lon"]) == (20.94, 106.33)
    assert made["hours"] == [row.model_dump() for row in parse("T2-T6 07:30-11:30,13:30-17:00; T7 07:30-11:30")]


@SQLITE
def test_the_borders_of_the_places_served_are_drawn_and_the_pin_is_written_down(app: FastAPI, api: TestClient) -> None:
    served = PlaceDetail.model_validate(get(api, f"/places/{HA_BAC[0]}"))

    async def story() -> None:
        visit = Visit(app, lambda: OfficeForm(None, [served]))
        for _ in range(100):
            if HA_BAC[1] in named(visit):
                break
            await visit.screen.settle(0.05)
        assert HA_BAC[1] in named(visit)
        at = fm.MapLatitudeLongitude(20.9412345678, 106.33)
        cast(Any, visit.all(fm.Map)[0].on_tap)(SimpleNamespace(coordinates=at))
        await visit.screen.settle(0.2)
        assert (visit.field("lat").value, visit.field("lon").value) == ("20.941235", "106.33")

    asyncio.run(story())


def named(visit: Visit) -> set[str]:
    """Return the names of the places whose borders are drawn."""
    layers = [layer for each in visit.all(fm.Map) for layer in each.layers]
    assert any(isinstance(layer, fm.PolygonLayer) and layer.polygons for layer in layers) or len(layers) == 1
    signs = [sign.content for layer in layers if isinstance(layer, fm.MarkerLayer) for sign in layer.markers]
    return {text.value for text in visit.screen.within(signs) if isinstance(text, ft.Text)}


@SQLITE
def test_an_editor_puts_numbers_in_order(app: FastAPI, api: TestClient, people: People) -> None:
    before = [row["number"] for row in get(api, "/hotlines")]

    async def story() -> None:
        visit = Visit(app, Hotlines, people.demo(Role.EDITOR).tokens)
        await visit.until("1022")
        await visit.press("Đưa 1022 lên")

    asyncio.run(story())
    assert [row["number"] for row in get(api, "/hotlines")] == [*before[:-2], before[-1], before[-2]]


def office(opened: bool | None, changes: str | None) -> Office:
    """Return an office in a state."""
    moment = datetime.fromisoformat(changes).replace(tzinfo=VIETNAM) if changes else None
    blank = dict.fromkeys(("code", "name", "address", "phone", "note", "source"), "")
    rest: dict[str, Any] = {"kind": "other", "lat": None, "lon": None, "hours": [], "serves": [], "distance_m": None}
    return Office.model_validate({**blank, **rest, "open_now": opened, "changes_at": moment, "sample": False})


@pytest.mark.parametrize(
    ("opened", "changes", "words", "tone"),
    [
        (True, "2026-11-25 17:00", "Đang mở cửa · đóng lúc 17:00", Tone.SUCCESS),
        (True, None, "Mở cửa cả ngày đêm", Tone.SUCCESS),
        (False, "2026-11-25 13:30", "Đang đóng · mở lại 13:30", Tone.WARNING),
        (False, "2026-11-26 07:30", "Đang đóng · mở lại 07:30 ngày mai", Tone.WARNING),
        (False, "2026-11-30 07:30", "Đang đóng · mở lại 07:30 thứ Hai", Tone.WARNING),
        (None, None, "Chưa rõ giờ mở cửa", Tone.NEUTRAL),
    ],
)
def test_open_now_in_words(opened: bool | None, changes: str | None, words: str, tone: Tone) -> None:
    moment = datetime(2026, 11, 25, 12, tzinfo=VIETNAM)
    assert state_words(T, office(opened, changes), moment) == (words, tone)


def test_hours_of_a_week_are_said_once() -> None:
    week = short_week(T, parse("T2-T6 07:30-11:30,13:30-17:00; T7 07:30-11:30"))
    assert week == [("Thứ Hai – thứ Sáu", "07:30–11:30, 13:30–17:00"), ("Thứ Bảy", "07:30–11:30")]
    assert short_week(T, parse("24/7")) == [("Hằng ngày", "00:00–24:00")]
