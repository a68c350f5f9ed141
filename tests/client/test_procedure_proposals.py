"""The editor's screens of the catalogue's upkeep, and what a procedure's page tells of its past, without a browser."""

from datetime import timedelta
from inspect import signature
from typing import Any
from uuid import UUID

import flet as ft
import pytest

from client.administration import procedure_api
from client.administration.procedures import Procedures
from client.administration.proposal import Changes
from client.administration.word_marks import compared, marked
from client.core.context import use_services
from client.core.loading import use_loaded
from client.core.text.dates import now
from client.public_services.history import history_section
from client.ui.states import show
from shared.base import VIETNAM
from shared.procedure_sync import (
    ChangeKind,
    ChangeState,
    CheckOutcome,
    CheckTrouble,
    HistoryCause,
    HistoryEntry,
    HistoryKind,
    HistoryPart,
    KindCount,
    Part,
    PartChange,
    SyncChange,
    SyncChangeDetail,
    SyncCheck,
    SyncDetail,
    SyncFlag,
    SyncOrigin,
    SyncPage,
    SyncState,
    SyncSummary,
)
from tests.client.admin_backend import CONFLICT, Backend, Desk, run

SYNC = UUID(int=7)
DECIDING = ("Chấp nhận", "Từ chối", "Chấp nhận cả 2 mục", "Từ chối cả 2 mục")
PATH = "/desk/procedures/syncs"
CHANGE = SyncChange(
    code="1.000656",
    kind=ChangeKind.CHANGED,
    name="Đăng ký khai tử",
    parts=[Part.FEES],
    state=ChangeState.PENDING,
    returns=False,
    refused_before=False,
    reason="",
    decided_at=None,
)


def proposal(**changes: Any) -> SyncDetail:
    """Return a proposal of two new, three changed and one withdrawn, with some of it changed."""
    numbers = {ChangeKind.NEW: 2, ChangeKind.CHANGED: 3, ChangeKind.WITHDRAWN: 1}
    none = {"accepted": 0, "written": 0, "overtaken": 0, "refused": 0}
    facts: dict[str, Any] = {
        "id": SYNC,
        "origin": SyncOrigin.CHECK,
        "source": "tthc.jsonl",
        "made_at": now(),
        "state": SyncState.OPEN,
        "counts": [KindCount(kind=kind, total=n, pending=n, **none) for kind, n in numbers.items()],
        "unchanged": 9,
        "unusable": 0,
        "flags": [],
        "version": 4,
        "unusable_lines": [],
    }
    return SyncDetail(**{**facts, **changes})


def check(**changes: Any) -> SyncCheck:
    """Return a check that failed an hour ago, with some of it changed."""
    facts: dict[str, Any] = {
        "configured": True,
        "source": "https://nguon.vn/tthc.jsonl",
        "every_hours": 24,
        "running": False,
        "asked": False,
        "tried_at": now() - timedelta(hours=1),
        "next_at": None,
        "outcome": CheckOutcome.FAILED,
        "trouble": CheckTrouble.TIMED_OUT,
        "detail": "",
    }
    return SyncCheck(**{**facts, **changes})


class Source(Backend):
    """A backend with one proposal, whose changes are all the same one."""

    def __init__(self, sync: SyncDetail | None = None, checked: SyncCheck | None = None) -> None:
        super().__init__()
        self.sync = sync or proposal()
        summary = SyncSummary.model_validate(self.sync.model_dump(include=set(SyncSummary.model_fields)))
        part = PartChange(part=Part.FEES, old=["Trực tiếp: 5.000 đồng"], new=["Trực tiếp: 12.000 đồng"], cut=False)
        detail = SyncChangeDetail(**CHANGE.model_dump(), changes=[part])
        page = SyncPage(items=[summary], next_cursor=None, check=checked or check())
        self.held |= {
            PATH: page,
            f"{PATH}/{SYNC}": self.sync,
            f"{PATH}/{SYNC}/changes": {"items": [CHANGE], "next_cursor": None},
            f"{PATH}/{SYNC}/changes/{CHANGE.code}": detail,
        }

    def _made(self, path: str) -> Any:
        return proposal(version=self.sync.version + 1) if path.endswith("decisions") else check(asked=True)


@ft.component
def Shown() -> ft.Control:
    """Show the proposal as its screen does."""
    services = use_services()
    found = use_loaded(lambda: procedure_api.sync(services.api, str(SYNC)), [])
    return show(found, lambda sync: Changes(sync, found))


def test_a_failed_check_says_why_and_can_be_asked_for_again() -> None:
    async def story() -> None:
        backend = Source()
        desk = Desk(backend, Procedures)
        await desk.screen.settle(0.3)
        texts = desk.screen.texts()
        assert "Nguồn trả lời quá chậm." in texts
        assert "2 mới · 3 thay đổi · 1 bãi bỏ" in texts
        assert "6 mục chờ duyệt" in texts
        await desk.press("Kiểm tra ngay")
        assert [sent[:2] for sent in backend.sent] == [("POST", PATH)]
        assert "Sẽ kiểm tra trong giây lát" in desk.screen.texts()

    run(story)


def test_without_a_source_it_says_what_to_do() -> None:
    async def story() -> None:
        desk = Desk(Source(checked=check(configured=False)), Procedures)
        await desk.screen.settle(0.3)
        assert "Chưa đặt nguồn để kiểm tra định kỳ" in desk.screen.texts()
        assert not [text for text in desk.screen.texts() if "SMARTHD" in text or "--" in text]
        assert not desk.all(ft.OutlinedButton)

    run(story)


@pytest.mark.parametrize("width", [412, 1440])
def test_a_change_is_read_and_accepted_after_one_question(width: int) -> None:
    async def story() -> None:
        backend = Source()
        desk = Desk(backend, Shown, width)
        await desk.screen.settle(0.4)
        await opened(desk)
        marks = [span for text in desk.all(ft.Text) for span in text.spans or [] if span.style is not None]
        assert [span.text for span in marks] == ["5.000", "12.000"]
        assert len({span.style.decoration for span in marks}) == 2
        await desk.press("Chấp nhận")
        assert not backend.sent
        desk.write("reason", "Đúng với quyết định mới")
        await desk.press("Chấp nhận")
        method, path, body, key = backend.sent[0]
        assert (method, path) == ("POST", f"{PATH}/{SYNC}/decisions")
        assert body == {
            "decision": "accept",
            "kind": "new",
            "codes": [CHANGE.code],
            "reason": "Đúng với quyết định mới",
        }
        assert key

    run(story)


def test_no_button_takes_the_press_itself_for_a_procedure() -> None:
    """Flet hands its event to whatever has room for it."""

    async def story() -> None:
        desk = Desk(Source(), Shown)
        await desk.screen.settle(0.4)
        await opened(desk)
        every = [*desk.all(ft.FilledButton), *desk.all(ft.OutlinedButton)]
        buttons = [each for each in every if each.content in DECIDING]
        assert len(buttons) == len(DECIDING)
        assert not [each.content for each in buttons if signature(each.on_click).parameters]

    run(story)


async def opened(desk: Desk) -> None:
    """Open the first change of the list."""
    said = [each for each in desk.all(ft.Semantics) if (each.label or "").startswith("Xem thay đổi của")]
    said[0].on_tap(None)
    await desk.screen.settle(0.3)


def test_all_of_a_kind_are_refused_at_once_and_who_was_slower_reads_why() -> None:
    async def story() -> None:
        backend = Source()
        desk = Desk(backend, Shown)
        await desk.screen.settle(0.4)
        await desk.pick("Thay đổi (3)")
        await desk.press("Từ chối cả 3 mục")
        assert "Từ chối 3 mục?" in [dialog.title for dialog in desk.all(ft.AlertDialog)]
        assert said_in_dialog(desk)[:2] == [CHANGE.name, "và 2 mục khác"]
        backend.refuses = CONFLICT
        await desk.press("Từ chối")
        assert any("thay đổi ở nơi khác" in text for text in said_in_dialog(desk))
        await desk.press("Từ chối")
        assert backend.sent[-1][2] == {"decision": "refuse", "kind": "changed", "codes": None, "reason": ""}

    run(story)


def said_in_dialog(desk: Desk) -> list[str]:
    """Return the words within dialogs."""
    shown = desk.screen.within(list(desk.screen.page._dialogs.controls))
    return [each.value for each in shown if isinstance(each, ft.Text) and each.value]


def test_withdrawals_of_a_suspicious_file_are_not_accepted_at_once_and_each_is_named() -> None:
    async def story() -> None:
        desk = Desk(Source(proposal(flags=[SyncFlag.CUT_OFF])), Shown)
        await desk.screen.settle(0.4)
        await desk.pick("Bãi bỏ (1)")
        assert [button.disabled for button in desk.all(ft.FilledButton)] == [True]
        desk.all(ft.Checkbox)[0].on_change(None)
        await desk.screen.settle(0.2)
        assert [(each.content, bool(each.disabled)) for each in desk.all(ft.FilledButton)] == [
            ("Chấp nhận 1 mục đã chọn", False)
        ]
        await desk.press("Chấp nhận 1 mục đã chọn")
        assert [dialog.title for dialog in desk.all(ft.AlertDialog)] == ["Bãi bỏ 1 thủ tục?"]
        assert said_in_dialog(desk)[0] == CHANGE.name
        assert any("sẽ không còn thấy" in text for text in said_in_dialog(desk))

    run(story)


def test_a_replaced_proposal_is_only_read() -> None:
    async def story() -> None:
        desk = Desk(Source(proposal(state=SyncState.REPLACED)), Shown)
        await desk.screen.settle(0.4)
        await opened(desk)
        assert not desk.all(ft.Checkbox)
        assert not desk.all(ft.FilledButton)

    run(story)


def test_the_past_of_a_procedure_is_told_in_plain_words() -> None:
    at = now().astimezone(VIETNAM)
    fees = HistoryPart(part=Part.FEES, old="5.000 đồng", new="12.000 đồng")
    steps = HistoryPart(part=Part.STEPS, old=None, new=None)
    changed = HistoryEntry(
        id=SYNC, at=at, kind=HistoryKind.CHANGED, cause=HistoryCause.SYNC, parts=[fees, steps], digest=""
    )
    added = changed.model_copy(update={"kind": HistoryKind.ADDED, "parts": []})

    async def told(*entries: HistoryEntry) -> list[str]:
        backend = Backend()
        backend.held["/procedures/1.000656/history"] = {"items": list(entries), "next_cursor": None}
        desk = Desk(backend, lambda: history_section("1.000656"))
        await desk.screen.settle(0.4)
        return desk.screen.texts()

    async def story() -> None:
        texts = await told(changed, added)
        assert f"Thay đổi ngày {at:%d/%m/%Y}: phí, lệ phí, trình tự thực hiện" in texts
        assert "Trước: 5.000 đồng" in texts
        assert "Sau: 12.000 đồng" in texts
        # What only came in has nothing to tell.
        assert await told(added) == []

    run(story)


def test_words_that_differ_are_marked_and_long_quiet_runs_are_counted() -> None:
    old, new = marked("Nộp tại xã A", "Nộp tại phường A")
    assert [piece.text for piece in old if piece.marked] == ["xã"]
    assert [piece.text for piece in new if piece.marked] == ["phường"]
    lines = [f"dòng {n}" for n in range(30)]
    pairs = compared(lines, [*lines[:20], "thêm", *lines[20:]])
    assert [pair.skipped for pair in pairs if pair.skipped] == [19, 9]
    assert [pair.new for pair in pairs if pair.old is None and not pair.skipped] == [compared([], ["thêm"])[0].new]
    huge = ["từ " * 20_000]
    assert compared(huge, [huge[0] + "x"])[0].same is False
