"""What a person has ready: ticked, kept on the device, sent in a link that ticks the same, and written as a message."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import flet as ft
import httpx2

from client.core.context import ServicesContext
from client.core.feature import Feature
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text import Language
from client.core.text.vi import VI
from client.public_services.procedure import ProcedureBody
from client.public_services.words import WORDS
from shared.preparation import groups, paper_key
from shared.public_services import ProcedureDetail
from tests.client.headless import Headless
from tests.client.test_services_procedure import detail
from tests.public_services.rows import procedure

ROW = procedure(
    "1.000002",
    thanh_phan_ho_so=[
        {"truong_hop": "", "ten": "Tờ khai", "mau_don": "", "ban_chinh": 1, "ban_sao": 0},
        {"truong_hop": "", "ten": "Ảnh 3 x 4", "mau_don": "", "ban_chinh": 2, "ban_sao": 0},
        {"truong_hop": "Trường hợp ủy quyền", "ten": "Giấy ủy quyền", "mau_don": "", "ban_chinh": 1, "ban_sao": 0},
    ],
)
SAVED_S = 0.9


class Page:
    """The page of one procedure on one device."""

    def __init__(self, found: ProcedureDetail, storage: MemoryStorage, route: str) -> None:
        made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                ft.context.page.route = route
                features = [Feature([], {Language.VI: VI, Language.EN: VI}), Feature([], WORDS)]
                http = httpx2.AsyncClient(base_url="http://test/api/v1")
                settings = ClientSettings(public_url="https://smart.example")
                made.append(
                    Services(ft.context.page, settings, http, features=features, destinations=[], storage=storage)
                )
            return ServicesContext(made[0], lambda: ProcedureBody(found, []))

        self.shown = Headless(Whole)

    def boxes(self) -> dict[str, bool]:
        """Return the papers by name, and whether each is ticked."""
        found = [each for each in self.shown.controls() if isinstance(each, ft.Checkbox)]
        return {str(box.semantics_label): bool(box.value) for box in found}

    async def tick(self, name: str) -> None:
        box = next(
            each for each in self.shown.controls() if isinstance(each, ft.Checkbox) and each.semantics_label == name
        )
        cast(Callable[[Any], None], box.on_change)(None)
        await self.shown.settle()

    def actions(self, words: str) -> list[str]:
        """Return what a button makes the device do, in order."""
        for each in self.shown.controls():
            if isinstance(each, ft.OutlinedButton) and each.content == words:
                assert each.on_click is not None
                return [type(action).__name__ for action in cast(list[Any], each.action)]
        raise AssertionError(words)

    def copied(self, words: str) -> str:
        """Return what a button would put into the clipboard, or hand to another app."""
        for each in self.shown.controls():
            if isinstance(each, ft.OutlinedButton) and each.content == words:
                action: Any = each.action[0] if isinstance(each.action, list) else each.action
                return str(next(iter(action.args.values())) if action.args else getattr(action, "data", ""))
        raise AssertionError(words)


def at(
    storage: MemoryStorage,
    story: Callable[[Page], Awaitable[None]],
    query: str = "",
    row: dict[str, Any] = ROW,
) -> None:
    """Open the page on a device and let a story happen there."""

    async def whole() -> None:
        page = Page(detail(row), storage, f"/procedures/{row['ma']}{query}")
        await page.shown.settle(0.2)
        await story(page)
        page.shown.close()

    asyncio.run(whole())


def test_ticks_are_kept_on_the_device_and_told_in_a_link() -> None:
    device, links, lists = MemoryStorage(), [], []

    async def first(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": False}
        await page.tick("Ảnh 3 x 4")
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": True}
        assert "Đã có 1/2" in page.shown.texts()
        links.append(page.copied("Chép liên kết"))
        lists.append(page.copied("Gửi danh sách"))
        await page.shown.settle(SAVED_S)

    async def again(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": True}
        await page.tick("Ảnh 3 x 4")
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": False}

    at(device, first)
    at(device, again)
    link = urlsplit(links[0])
    assert (link.scheme, link.netloc, link.path) == ("https", "smart.example", "/procedures/1.000002")
    assert "[ ] Tờ khai\n[x] Ảnh 3 x 4" in lists[0]
    assert "dichvucong.gov.vn" in lists[0]
    assert links[0] in lists[0]

    async def elsewhere(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": True}

    at(MemoryStorage(), elsewhere, f"?{link.query}")


def test_a_case_and_its_papers_come_back_from_a_link() -> None:
    found = detail(ROW)
    case = next(group.key for group in groups(found.documents) if group.name)
    paper = paper_key(found.documents[2])

    async def opened(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": False, "Giấy ủy quyền": True}
        assert "Đã có 1/3" in page.shown.texts()
        asked = parse_qs(urlsplit(page.copied("Chép liên kết")).query)
        assert asked == {"case": [case], "have": [paper], "method": ["online"]}

    at(MemoryStorage(), opened, f"?case={case}&have={paper}&method=online")


def test_a_list_is_in_the_clipboard_also_where_no_app_takes_it() -> None:
    async def phone(page: Page) -> None:
        assert page.actions("Gửi danh sách") == ["CopyToClipboard", "ShareText"]

    at(MemoryStorage(), phone)


def test_a_link_of_nonsense_ticks_nothing_and_costs_nobody_his_own() -> None:
    device = MemoryStorage()

    async def mine(page: Page) -> None:
        await page.tick("Tờ khai")
        await page.shown.settle(SAVED_S)

    async def nonsense(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": True, "Ảnh 3 x 4": False}
        assert "%3Cscript" not in page.copied("Chép liên kết")

    at(device, mine)
    at(device, nonsense, "?case=%3Cscript%3E&have=......%00.zzzzzz." + "a" * 5_000 + "&method=carrier")


def test_what_the_device_kept_may_be_anything() -> None:
    device = MemoryStorage()
    device.kept["draft.procedure/1.000002"] = '{"have": {"a": 1}, "case": ["x"], "method": 3}'

    async def calm(page: Page) -> None:
        assert page.boxes() == {"Tờ khai": False, "Ảnh 3 x 4": False}

    at(device, calm)
