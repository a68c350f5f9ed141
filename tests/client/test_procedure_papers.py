"""What to bring: papers alone are counted, what everybody needs stands first, no case is mixed with another."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backend.public_services import card
from backend.public_services.paper import Imprint
from client.core.storage import MemoryStorage
from shared.paper_lines import LineKind, line_kind, short_name
from shared.preparation import OpenPoint, groups, prepare
from shared.public_services import RequiredDocument
from tests.client.test_procedure_checklist import Page, at
from tests.client.test_services_procedure import detail
from tests.public_services.rows import procedure

IMPRINT = Imprint("Smart Hải Dương", "https://smart.example/procedures/1.000001", date(2026, 11, 25))


def line(name: str, originals: int = 0, case: str = "", form: str = "") -> RequiredDocument:
    return RequiredDocument(case=case, name=name, form=form, originals=originals, copies=0)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Người có yêu cầu nộp các giấy tờ sau:", LineKind.HEADING),
        ("Giấy tờ phải xuất trình:", LineKind.HEADING),
        ("Hóa đơn thương mại:", LineKind.PAPER),
        ("Trường hợp đã có dữ liệu điện tử thì không phải nộp bản giấy.", LineKind.NOTE),
        ("Trường hợp gửi qua bưu chính thì phải gửi kèm theo bản sao có chứng thực.", LineKind.NOTE),
        ("Số lượng hồ sơ: 01 bộ", LineKind.NOTE),
        ("Trường hợp ủy quyền thì phải có giấy ủy quyền.", LineKind.PAPER),
        ("Giấy chứng nhận kết hôn. Trường hợp đã có dữ liệu thì không phải xuất trình.", LineKind.PAPER),
    ],
)
def test_a_paper_is_told_from_a_heading_and_a_note(name: str, kind: LineKind) -> None:
    assert line_kind(line(name)) is kind
    assert line_kind(line(name, form="mau.docx")) is LineKind.PAPER
    if kind is LineKind.NOTE:
        assert line_kind(line(name, originals=1)) is LineKind.PAPER


def test_headings_among_papers_keep_their_order() -> None:
    said = ["Trường hợp ủy quyền: giấy ủy quyền", "Giấy tờ phải nộp:", "Đơn", "Giấy tờ phải xuất trình:", "Thẻ"]
    [group] = groups([line(name, originals=not name.endswith(":")) for name in said])
    assert [each.name for each in group.lines] == said
    assert [each.name for each in group.papers] == ["Đơn", "Thẻ", said[0]]


def test_one_case_alone_is_no_choice() -> None:
    row = paper("Đơn", "Đối với tổ chức")
    found = prepare(detail(procedure(thanh_phan_ho_so=[row])), "", None)
    assert (found.cases, [each.name for each in found.documents], OpenPoint.CASE_OPEN in found.open) == (
        [],
        ["Đơn"],
        False,
    )


def paper(name: str, case: str = "", originals: int = 1) -> dict[str, Any]:
    return {"truong_hop": case, "ten": name, "mau_don": "", "ban_chinh": originals, "ban_sao": 0}


def test_a_name_is_shortened_to_its_first_clause() -> None:
    assert short_name(line("Tờ khai đăng ký khai sinh theo mẫu (nếu nộp trực tiếp);")) == (
        "Tờ khai đăng ký khai sinh theo mẫu"
    )
    assert short_name(line("Đối với cá nhân: bản sao căn cước")) == "Đối với cá nhân: bản sao căn cước"
    assert len(short_name(line("Giấy tờ " * 60))) <= 121


def records(real_data: Path) -> dict[str, Any]:
    lines = (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["ma"]: row for row in map(json.loads, lines)}


def test_no_line_of_any_real_record_is_lost_and_few_are_no_papers(real_data: Path) -> None:
    kinds: Counter[LineKind] = Counter()
    for row in records(real_data).values():
        whole = detail(row)
        shown = [each for group in groups(whole.documents) for each in group.lines]
        assert Counter(shown) == Counter(whole.documents), row["ma"]
        for group in groups(whole.documents):
            papers = [each for each in group.lines if each in group.papers]
            assert Counter(papers) == Counter(group.papers), row["ma"]
            kinds.update(line_kind(each) for each in group.lines if group.kind != "remark")
    assert 400 < kinds[LineKind.NOTE] + kinds[LineKind.HEADING] < kinds[LineKind.PAPER] * 0.04


def test_the_birth_of_a_child_needs_the_declaration_first(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = records(real_data)["1.001193"]
    names = [short_name(each) for each in prepare(detail(row), "", None).documents]
    assert names[0] == "Tờ khai đăng ký khai sinh theo mẫu"
    assert names[2] == "Giấy chứng sinh"
    assert names[-1].startswith(("Trường hợp", "Giấy tờ có giá trị chứng minh thông tin về cư trú"))
    assert len(names) == 8
    assert not [name for name in names if "không phải" in name or "gửi kèm" in name or "các giấy tờ sau" in name]
    written = on_card(row, "", monkeypatch)
    assert next(text for text in written if text.startswith(("Tờ khai", "Trường hợp"))).startswith("Tờ khai")
    assert not [text for text in written if "giấy tờ nữa" in text]

    async def page(shown: Page) -> None:
        assert len(shown.boxes()) == 8
        assert "Đã có 0/4" in shown.shown.texts()
        message = shown.copied("Gửi danh sách")
        assert len(message) < 1_000
        assert message.index("Tờ khai") < message.index("Giấy chứng sinh") < message.index("bỏ rơi")

    at(MemoryStorage(), page, row=row)


def test_nothing_is_added_up_over_cases_while_none_is_chosen(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = records(real_data)["1.013225"]
    found = prepare(detail(row), "", None)
    assert (found.documents, len(found.cases)) == ([], 7)
    house = next(case for case in found.cases if "nhà ở riêng lẻ" in case.name)
    written = on_card(row, "", monkeypatch)
    assert any(text.startswith("Có 7 trường hợp") for text in written)
    assert not [text for text in written if text.startswith(("Đơn", "Quyết định", "và "))]
    chosen = on_card(row, house.key, monkeypatch)
    assert not [text for text in chosen if text.startswith("(1.") and text != house.name]

    async def asked(shown: Page) -> None:
        texts = shown.shown.texts()
        assert "Trường hợp của tôi" in texts
        assert "Chọn 1 trong 7 trường hợp" in texts
        assert not [text for text in texts if "/53" in text]
        message = shown.copied("Gửi danh sách")
        assert "[ ]" not in message
        assert house.name in message

    async def answered(shown: Page) -> None:
        assert "Đã có 0/6" in shown.shown.texts()
        assert shown.copied("Gửi danh sách").count("[ ]") == 6

    at(MemoryStorage(), asked, row=row)
    at(MemoryStorage(), answered, f"?case={house.key}", row=row)


def test_nothing_on_a_card_runs_past_its_edge(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    past: list[str] = []
    write = card._Board.write

    def measured(board: Any, text: str, x: float, width: float, size: int, *args: Any, **more: Any) -> Any:
        before = len(board._lines)
        whole = write(board, text, x, width, size, *args, **more)
        past.extend(each.text for each in board._lines[before:] if board.font(size).getlength(each.text) > width)
        return whole

    monkeypatch.setattr(card._Board, "write", measured)
    found = records(real_data)
    for code in ("1.001193", "1.013225", *list(found)[::400]):
        card.png(prepare(detail(found[code]), "", None), "", IMPRINT)
    card.png(prepare(detail({**found["1.001193"], "ten": "a/" * 400}), "", None), "", IMPRINT)
    assert not past


def on_card(row: dict[str, Any], case: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is written on a record's card, in order."""
    written: list[str] = []
    write = card._Board.write

    def noted(board: Any, text: str, *args: Any, **more: Any) -> Any:
        written.append(text)
        return write(board, text, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(card._Board, "write", noted)
        found = prepare(detail(row), case, None)
        name = next((each.name for each in found.cases if each.key == case), "")
        card.png(found, name, IMPRINT)
    return written
