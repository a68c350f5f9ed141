"""A procedure as people read it: fees by the rule, exemptions beside them, papers case by case, real records drawn."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flet as ft
import httpx2
import pytest

from backend.public_services import print_words, source
from backend.public_services.procedure_write import as_columns
from client.core.context import ServicesContext
from client.core.feature import Feature
from client.core.services import Services
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from client.core.text import Language, Text
from client.core.text.vi import VI
from client.public_services import procedure as screen
from client.public_services.channels import fee_words, time_lines, time_words
from client.public_services.wish import Wish
from client.public_services.words import WORDS
from shared.fee_notes import ended, fee_notes
from shared.preparation import GroupKind, groups, money, ways
from shared.public_services import Channel, FeeState, Method, ProcedureDetail, RequiredDocument
from tests.client.headless import Headless
from tests.public_services.rows import channel as row_channel
from tests.public_services.rows import procedure

T = Text([{Language.VI: VI, Language.EN: VI}, WORDS])
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def channel(**said: Any) -> Channel:
    blank: dict[str, Any] = {
        "method": Method.IN_PERSON,
        "time_text": "3 Ngày làm việc",
        "time_amount": 3,
        "time_unit": "Ngày làm việc",
        "fee_state": FeeState.FREE,
        "fee_text": "",
        "fee_amount": None,
        "fee_currency": "VND",
        "fee_status": "",
        "fee_note": "",
        "description": "",
    }
    return Channel(**{**blank, **said})


def detail(row: dict[str, Any]) -> ProcedureDetail:
    """Return a record as the backend would send it."""
    columns = as_columns(row, NOW)
    for name in ("name_key", "extra", "digest", "id"):
        columns.pop(name, None)
    for name, read in (("channels", source.channel), ("documents", source.document), ("results", source.result)):
        columns[name] = [read(raw) for raw in columns[name]]
    columns["levels"] = source.levels(columns["levels"])
    return ProcedureDetail.model_validate(columns)


def drawn(found: ProcedureDetail) -> list[str]:
    """Return the words that the screen shows for a record."""

    async def story() -> list[str]:
        http = httpx2.AsyncClient(base_url="http://test/api/v1")
        made: list[Services] = []

        @ft.component
        def Whole() -> ft.Control:
            if not made:
                made.append(
                    Services(
                        ft.context.page,
                        ClientSettings(),
                        http,
                        features=[Feature([], {Language.VI: VI, Language.EN: VI}), Feature([], WORDS)],
                        destinations=[],
                        storage=MemoryStorage(),
                    )
                )
            return ServicesContext(made[0], lambda: screen.ProcedureBody(found, []))

        headless = Headless(Whole)
        await headless.settle(0.2)
        texts = headless.texts()
        headless.close()
        return texts

    return asyncio.run(story())


@pytest.mark.parametrize("state", list(FeeState))
def test_a_number_is_shown_only_where_the_source_stands_by_it(state: FeeState) -> None:
    amount = {FeeState.FEE: 20_000.0, FeeState.FREE: 0.0}.get(state)
    words = fee_words(T, channel(fee_state=state, fee_text="50 Việt Nam Đồng", fee_amount=amount))
    assert any(sign.isdigit() for sign in words) == (state is FeeState.FEE)


def test_money_and_time_are_written_as_people_do() -> None:
    assert money(20_000, "VND") == "20.000 đ"
    assert money(10.5, "USD") == "10,50 USD"
    assert time_words(T, channel()) == "3 ngày làm việc"
    assert time_words(T, channel(time_text="1", time_amount=None, time_unit="")) == "Chưa rõ, hãy hỏi nơi nộp"
    assert time_words(T, channel(time_text="", time_unit="")) == "Nguồn không ghi"
    assert time_words(T, channel(time_text="ngay khi tàu cập cảng", time_unit="")) == "Ngay khi tàu cập cảng"


def test_ways_that_differ_in_nothing_else_are_one() -> None:
    same = [channel(method=Method.POST), channel(method=Method.ONLINE), channel(fee_note="Miễn cho trẻ em")]
    assert [way.methods for way in ways(same)] == [(Method.ONLINE, Method.POST), (Method.IN_PERSON,)]


def test_a_time_says_of_which_way_it_is_where_ways_differ() -> None:
    slow = {"time_text": "20 Ngày", "time_unit": "Ngày"}
    found = [channel(method=Method.POST, **slow), channel(method=Method.ONLINE, **slow), channel()]
    assert time_lines(T, found) == ["Trực tiếp 3 ngày làm việc", "Trực tuyến, bưu chính 20 ngày"]
    assert print_words.times(found) == time_lines(T, found)
    assert time_lines(T, found[:2]) == ["20 ngày"]
    # By case, not by way: no way is named.
    assert time_lines(T, [channel(), channel(**slow)]) == ["3 ngày làm việc", "20 ngày"]


def test_a_note_on_fees_stands_once_and_says_what_is_over() -> None:
    notes = ["Theo quy định  cấp tỉnh", "Theo quy định cấp tỉnh.", "-", "Miễn cho trẻ em"]
    assert fee_notes([channel(fee_note=note) for note in notes]) == [notes[0], notes[3]]
    assert len(ways([channel(fee_note=note) for note in notes[:2]])) == 1
    note = (
        "115.000 đồng từ 01/12/2023 đến hết ngày 31/12/2025; 5.000 đồng đến ngày 31 tháng 12 năm 2026; đến 45/13/2020"
    )
    assert ended(note, date(2026, 11, 25)) == [date(2025, 12, 31)]
    assert ended(note, date(2025, 12, 31)) == []
    row = procedure(cach_thuc=[row_channel(phi_trang_thai="theo_ghi_chu", phi_ghi_chu=note)])
    assert any("hết hạn ngày 31/12/2025" in text for text in drawn(detail(row)))


def test_papers_stand_under_their_case() -> None:
    papers = [
        RequiredDocument(case=case, name=name, form="", originals=1, copies=None)
        for case, name in (
            ("* Giấy tờ phải nộp", "Tờ khai"),
            ("", "Ảnh"),
            ("Giấy tờ phải nộp:", "Đơn"),
            ("b) Trường hợp ủy quyền", "Giấy ủy quyền"),
            ("Lưu ý:", "Nộp tại xã"),
        )
    ]
    assert [(each.name, each.kind, [line.name for line in each.lines]) for each in groups(papers)] == [
        ("", GroupKind.COMMON, ["Ảnh"]),
        ("Giấy tờ phải nộp", GroupKind.COMMON, ["Tờ khai", "Đơn"]),
        ("b) Trường hợp ủy quyền", GroupKind.CASE, ["Giấy ủy quyền"]),
        ("Lưu ý", GroupKind.REMARK, ["Nộp tại xã"]),
    ]


def test_the_wish_stands_in_the_address() -> None:
    assert Wish().address == "/services"
    assert Wish(q="khai sinh", online=True).address == "/services?q=khai+sinh&online=true"
    assert Wish(q="a", level="commune").filters == 1


def test_the_exemptions_stand_in_full_beside_the_fee(real_data: Path) -> None:
    row = _records(real_data)["2.001263"]
    texts = drawn(detail(row))
    assert "400.000 đ" in texts
    note = row["cach_thuc"][0]["phi_ghi_chu"]
    assert "người có công với" in note
    assert " ".join(note.split()) in " ".join(texts)


def test_steps_show_what_the_source_counts_them_by(real_data: Path) -> None:
    texts = drawn(detail(_records(real_data)["3.000347"]))
    assert texts[texts.index("Các bước") + 1] == "a)"
    # No fold ends right under the heading that follows.
    assert "b) Giải quyết TTHC:" not in texts


def test_real_records_of_every_kind_are_drawn(real_data: Path) -> None:
    records = _records(real_data)
    chosen = {flag: row for row in records.values() for flag in row["co"]}
    chosen |= {channel["phi_trang_thai"]: row for row in records.values() for channel in row["cach_thuc"]}
    chosen["longest"] = max(records.values(), key=lambda row: len(json.dumps(row)))
    chosen["no papers"] = next(row for row in records.values() if not row["thanh_phan_ho_so"])
    chosen["no agency"] = next(row for row in records.values() if not row["co_quan_thuc_hien"])
    chosen["related"] = next(row for row in records.values() if row["thu_tuc_lien_quan"])
    for row in chosen.values():
        found = detail(row)
        texts = drawn(found)
        assert found.name in texts
        assert any("dichvucong.gov.vn" in text and "23/11/2026" in text for text in texts)
        assert not [text for text in texts if text.startswith("public_services.") or row["nguon"] in text]


def _records(real_data: Path) -> dict[str, Any]:
    lines = (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["ma"]: row for row in map(json.loads, lines)}
