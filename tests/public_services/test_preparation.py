"""Getting ready: what is certain is said, what is not is named; on paper and on a picture stands no other number."""

import io
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core.database import Database
from backend.public_services import card, print_words, rendered, sheet
from backend.public_services.fonts import drawable
from backend.public_services.importing import import_procedures
from backend.public_services.paper import Imprint
from shared.fee_notes import has_words
from shared.preparation import NUMBERED, OpenPoint, groups, prepare
from shared.procedure_text import pieces
from shared.public_services import FeeState, Method, ProcedureDetail
from tests.client.test_services_procedure import detail
from tests.public_services.rows import channel, jsonl, procedure
from tests.public_services.test_routes import API, get
from tests.support.installations import Installation

IMPRINT = Imprint("Smart Hải Dương", "https://smart.example/procedures/1.000001", date(2026, 11, 25))
NOTE = "Miễn lệ phí cho hộ nghèo"


def prepared(*channels: dict[str, Any], method: Method | None = None) -> tuple[float | None, list[OpenPoint]]:
    """Return what it costs in all, and what is open."""
    found = prepare(detail(procedure(cach_thuc=list(channels))), "", method)
    return found.total, found.open


def fee(amount: float, **changes: Any) -> dict[str, Any]:
    return channel(phi_trang_thai="co_phi", phi_so=amount, phi_hien_thi=f"{amount:,.0f} VNĐ", **changes)


def test_the_sum_is_said_only_when_every_part_is_a_number() -> None:
    assert prepared(channel()) == (0.0, [])
    assert prepared(fee(8_000)) == (8_000.0, [])
    assert prepared(fee(8_000, phi_ghi_chu=NOTE)) == (None, [OpenPoint.FEE_CONDITIONS])
    assert prepared(fee(8_000), fee(15_000)) == (None, [OpenPoint.FEE_SEVERAL])
    doubtful = channel(phi_trang_thai="co_phi_don_vi_nghi_van", phi_so=50.0)
    assert prepared(fee(8_000), doubtful) == (None, [OpenPoint.FEE_UNCERTAIN])
    assert prepared(channel(phi_trang_thai="khong_thong_tin", phi_so=None)) == (None, [OpenPoint.FEE_NOT_STATED])
    assert prepared() == (None, [OpenPoint.FEE_NOT_STATED, OpenPoint.TIME_NOT_STATED])
    desk = fee(15_000, hinh_thuc="Trực tiếp", thoi_han_hien_thi="5 Ngày làm việc")
    assert prepared(desk, fee(7_000)) == (None, [OpenPoint.FEE_SEVERAL, OpenPoint.TIME_SEVERAL])
    assert prepared(desk, fee(7_000), method=Method.ONLINE) == (7_000.0, [])


def test_no_real_preparation_names_a_number_that_the_source_does_not_stand_by(real_data: Path) -> None:
    totals = 0
    for row in list(records(real_data).values())[::5]:
        whole = detail(row)
        for method in (None, Method.IN_PERSON):
            found = prepare(whole, "", method)
            if found.total is None:
                assert [each for each in found.open if each.value.startswith("fee_")], row["ma"]
                continue
            totals += 1
            assert found.channels, row["ma"]
            for each in found.channels:
                assert each.fee_state in NUMBERED, row["ma"]
                assert each.fee_amount == found.total, row["ma"]
                assert not has_words(each.fee_note), row["ma"]
    assert totals > 200
    assert len(prepare(whole, "no such case", None).documents) == len(prepare(whole, "", None).documents)


def records(real_data: Path) -> dict[str, Any]:
    lines = (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["ma"]: row for row in map(json.loads, lines)}


def pictures_in(pdf: bytes) -> list[Image.Image]:
    """Return the pictures on the first page of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found: Any = file.pages[0].get_images()
        return [pikepdf.PdfImage(raw).as_pil_image().convert("RGB") for raw in dict(found).values()]


def bare(text: str) -> str:
    """Return the letters and figures alone: where lines break is the paper's business."""
    return "".join(re.findall(r"\w", drawable(text.replace("\u200e", ""))))


def words_of(pdf: bytes) -> str:
    """Return the letters and figures of a PDF in order, without the foot of its pages."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = [bare(words_on(page)) for page in file.pages]
    foot = r"SmartHảiDương\w{7,40}Nguồndichvuconggovvn\D+23112026"
    return "".join(re.sub(f"{foot}{at}{len(pages)}$", "", words) for at, words in enumerate(pages, 1))


def words_on(page: Any) -> str:
    """Read a page by the map from signs to letters that the font carries."""
    [font] = page.Resources.Font.values()
    pairs = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", font.ToUnicode.read_bytes().decode())
    letters = {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}
    said = ""
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        if str(operator) in {"Tj", "TJ"}:
            parts: Any = operands[0] if str(operator) == "TJ" else [operands[0]]
            raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            said += "".join(letters[(raw[at] << 8) + raw[at + 1]] for at in range(0, len(raw), 2))
    return said


def test_the_longest_records_are_printed_whole_soon_and_small(real_data: Path) -> None:
    found = records(real_data)
    longest = sorted(found.values(), key=lambda row: len(json.dumps(row)))[-2:]
    for row in [*longest, found["2.001263"]]:
        whole = detail(row)
        started = time.process_time()
        pdf = sheet.pdf(whole, IMPRINT)
        assert time.process_time() - started < 12, row["ma"]
        assert len(pdf) < 300_000, row["ma"]
        [code] = zxingcpp.read_barcodes(pictures_in(pdf)[0])
        assert code.text == IMPRINT.address
        said = words_of(pdf)
        for text in [
            *(paper.name for paper in whole.documents),
            *(each.fee_note for each in whole.channels if has_words(each.fee_note)),
            *(piece.text for piece in pieces(f"{whole.steps}\n{whole.conditions}")),
        ]:
            assert bare(text) in said, (row["ma"], text)


def test_no_doubtful_fee_is_printed_or_pictured_as_a_number(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful = [row for row in records(real_data).values() if "phi_co_the_theo_nghin_dong" in row["co"]]
    assert len(doubtful) > 20
    for row in doubtful[::12]:
        whole = detail(row)
        said = words_of(sheet.pdf(whole, IMPRINT))
        assert "chưarõđơnvị" in said
        for each in whole.channels:
            if each.fee_state is FeeState.DOUBTFUL:
                assert bare(each.fee_text) not in said or bare(each.fee_text) in bare(each.fee_note), row["ma"]
        written: list[str] = []
        write = card._Board.write

        def noted(board: Any, text: str, *args: Any, _write: Any = write, _to: list[str] = written, **more: Any) -> Any:
            _to.append(text)
            return _write(board, text, *args, **more)

        monkeypatch.setattr(card._Board, "write", noted)
        card.png(prepare(whole, "", None), "", IMPRINT)
        monkeypatch.undo()
        fees = {print_words.fee(each) for each in whole.channels}
        assert fees & set(written)
        assert not [text for text in written if re.fullmatch(r"[\d.,]+ đ( tất cả)?", text) and text not in fees]


def test_the_card_leads_to_the_page_and_stays_small(real_data: Path) -> None:
    found = records(real_data)
    for code in ("1.013225", "2.001263", "2.001538"):
        whole = detail(found[code])
        case = next((group.key for group in groups(whole.documents) if group.kind == "case"), "")
        picture = card.png(prepare(whole, case, None), "x" * 1_800, IMPRINT)
        image = Image.open(io.BytesIO(picture))
        assert image.width == 1080
        assert image.height < 4_000
        assert len(picture) < 400_000
        [code_read] = zxingcpp.read_barcodes(image.convert("RGB"))
        assert code_read.text == IMPRINT.address


def test_what_is_asked_for_wrongly_is_a_problem(api: TestClient) -> None:
    for path, status in {
        "/procedures/9.999999/preparation": 404,
        "/procedures/9.999999/sheet.pdf": 404,
        "/procedures/9.999999/card.png": 404,
        "/procedures/9.999999/related": 404,
        "/procedures/1.001193/preparation?method=carrier": 422,
        "/procedures/1.001193/card.png?case=zzzzzz": 422,
        "/procedures/1.001193/card.png?case=%00": 422,
        f"/procedures/1.001193/card.png?case={'x' * 5_000}": 422,
        "/procedures/..%2F..%2Fetc/sheet.pdf": 404,
        "/procedures/%00/sheet.pdf": 422,
    }.items():
        answer = api.get(f"{API}{path}")
        assert (path, answer.status_code) == (path, status), answer.text
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_preparation_over_http(api: TestClient) -> None:
    found = get(api, "/procedures/2.000635/preparation", method="online")
    assert (found["method"], found["cases"]) == ("online", [])
    assert {each["fee_amount"] for each in found["channels"]} == {8000.0}
    assert found["documents"]
    picture = api.get(f"{API}/procedures/2.000635/card.png", params={"method": "online"})
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")


def test_related_procedures_are_those_of_the_same_life_event_and_those_named(
    api: TestClient, database: Database, tmp_path: Path
) -> None:
    codes = [row["code"] for row in get(api, "/procedures/1.001193/related")]
    assert codes
    assert "1.001193" not in codes
    assert {"1.000689", "1.001022"} <= set(codes)
    named = "#Tên thủ tục1Tách hộ#1Tên thủ tụcTách hộ"
    with database.transaction() as session:
        import_procedures(session, [jsonl(tmp_path / "p.jsonl", procedure("9.999999", thu_tuc_lien_quan=named))])
    assert [row["code"] for row in get(api, "/procedures/9.999999/related")] == ["1.010038"]


def test_nobody_prints_his_own_address_for_all(installation: Installation) -> None:
    """Without an address of our own the QR code leads where the caller called, and no cache may keep it."""
    app: FastAPI = create_app(installation.settings())
    with TestClient(app, raise_server_exceptions=False) as api:
        path = f"{API}/procedures/1.001193/card.png"
        for host in ("evil.example", "good.example"):
            answer = api.get(path, headers={"Host": host})
            assert answer.headers["cache-control"].startswith("private")
            assert qr_of(answer.content) == f"http://{host}/procedures/1.001193"
        assert api.get(path, headers={"Host": "a b/c?<x>"}).status_code == 400
    app = create_app(installation.settings(public_url="https://smart.example/"))
    with TestClient(app, raise_server_exceptions=False) as api:
        for name in ("card.png", "sheet.pdf"):
            answer = api.get(f"{API}/procedures/1.001193/{name}", headers={"Host": "evil.example"})
            assert answer.headers["cache-control"].startswith("public")
            again = api.get(f"{API}/procedures/1.001193/{name}", headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
        assert qr_of(api.get(path).content) == "https://smart.example/procedures/1.001193"


def qr_of(picture: bytes) -> str:
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("RGB"))
    return str(code.text)


def test_the_same_sheet_is_made_once_and_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    now, most, lock = 0, 0, threading.Lock()

    def slow(found: ProcedureDetail, _: Imprint) -> bytes:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        made.append(found.code)
        time.sleep(0.05)
        with lock:
            now -= 1
        return found.code.encode()

    monkeypatch.setattr(sheet, "pdf", slow)
    found = [detail(procedure(f"1.00009{number}", ten=f"Thử {time.time_ns()}")) for number in range(6)]
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda each: rendered.pdf(each, IMPRINT), found * 3))
    assert len(done) == 18
    assert sorted(made) == sorted(each.code for each in found)
    assert most <= 2
