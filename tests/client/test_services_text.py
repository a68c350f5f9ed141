"""The portal's long texts are broken into steps and points; not one of its words is lost or changed."""

import json
import re
from pathlib import Path

from shared.procedure_text import Kind, Law, Piece, cut, laws, pieces, says_nothing, shortened


def kinds(text: str) -> list[tuple[Kind, str, str]]:
    return [(piece.kind, piece.number, piece.text) for piece in pieces(text)]


def test_steps_that_run_on_within_a_line_are_told_apart() -> None:
    text = "Bước 1. Lập bản khai. Bước 2: Gửi đơn vị.\n+ Bước 3: Nhận kết quả."
    assert kinds(text) == [
        (Kind.STEP, "1", "Lập bản khai."),
        (Kind.STEP, "2", "Gửi đơn vị."),
        (Kind.STEP, "3", "Nhận kết quả."),
    ]


def test_a_step_that_is_only_named_begins_none() -> None:
    text = "Bước 2: Kiểm tra.\nNếu phù hợp thì thực hiện Bước 3. Nếu không thì từ chối."
    assert [piece.number for piece in pieces(text)] == ["2", ""]


def test_a_lettered_step_keeps_its_number_and_leaves_no_letter_behind() -> None:
    assert kinds("a) Bước 1. Nộp hồ sơ\nb) Bước 2. Thẩm định") == [
        (Kind.STEP, "1", "Nộp hồ sơ"),
        (Kind.STEP, "2", "Thẩm định"),
    ]


def test_points_within_a_line_stand_in_lines_of_their_own() -> None:
    text = "a) Nộp hồ sơ: - Tại bộ phận một cửa. - Qua mạng;\n+ Kèm ảnh\n* Lưu ý"
    assert [piece.kind for piece in pieces(text)] == [Kind.HEAD, Kind.POINT, Kind.POINT, Kind.SUBPOINT, Kind.HEAD]


def test_points_that_ran_together_are_told_apart() -> None:
    assert kinds("Hồ sơ gồm:a) Đơn; b) Bản sao thẻ.2) Không kể; 3. Kèm điểm 2. của Điều 5") == [
        (Kind.PARAGRAPH, "", "Hồ sơ gồm:"),
        (Kind.POINT, "a)", "Đơn;"),
        (Kind.POINT, "b)", "Bản sao thẻ.2) Không kể;"),
        (Kind.POINT, "3.", "Kèm điểm 2. của Điều 5"),
    ]
    assert kinds("\uf0fc Ảnh;- Đơn ++ Nháp") == [(Kind.POINT, "", "Ảnh;"), (Kind.POINT, "", "Đơn ++ Nháp")]


def test_a_line_that_the_page_broke_is_joined() -> None:
    assert pieces("- Cục Đăng\nkiểm tiếp nhận") == [Piece(Kind.POINT, "Cục Đăng kiểm tiếp nhận")]


def test_laws_are_told_apart_by_the_numbers_that_stand_beside() -> None:
    text = (
        "193/2025/NĐ-CP193/2025/NĐ-CPLuật Địa chất54/2024/QH15"
        "Nghị định số 21/2026/NĐ-CP ngày 16/01/2026 của Chính phủ21/2026/NĐ-CP"
    )
    assert laws(text, ["193/2025/NĐ-CP", "54/2024/QH15", "21/2026/NĐ-CP", "1/2020/TT"]) == [
        Law("", "193/2025/NĐ-CP"),
        Law("Luật Địa chất", "54/2024/QH15"),
        Law("Nghị định số 21/2026/NĐ-CP ngày 16/01/2026 của Chính phủ", "21/2026/NĐ-CP"),
        Law("", "1/2020/TT"),
    ]
    assert laws("Không", []) == []


def test_long_texts_fold_at_a_word_and_short_ones_do_not() -> None:
    found = [Piece(Kind.POINT, "một hai ba bốn " * 10)] * 5
    assert len(shortened(found, 200)) == 1
    assert shortened(found[:1], 120) == found[:1]
    assert shortened(found, 60)[0].text.endswith("…")
    assert cut("một hai ba", 8) == "một hai…"


def test_a_folded_text_does_not_end_with_a_heading() -> None:
    long = "một hai ba bốn " * 10
    headed = [Piece(Kind.POINT, long, "a)"), Piece(Kind.HEAD, "b) Giải quyết:"), *[Piece(Kind.POINT, long)] * 5]
    assert shortened(headed, 200) == headed[:1]
    announced = [Piece(Kind.POINT, long + "như sau:"), *[Piece(Kind.SUBPOINT, long * 2)] * 5]
    shown = shortened(announced, 200)
    assert shown[0] == announced[0]
    assert shown[1].text.endswith("…")
    assert len(shown) == 2


def test_numbers_of_the_source_are_shown(real_data: Path) -> None:
    for line in (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8").splitlines()[::7]:
        text = json.loads(line)["trinh_tu"]
        found = pieces(text)
        folded = shortened(found, 900)
        assert len(folded) == len(found) or not folded[-1].text.endswith(":")
        for piece in found:
            if piece.kind not in (Kind.STEP, Kind.HEAD):
                assert not re.match(r"(?:\d{1,2}[.)]|[a-zđ]\)|\([ivx]{1,4}\)) ", piece.text), piece


def test_what_says_nothing() -> None:
    assert says_nothing(" Không có. ")
    assert says_nothing("")
    assert not says_nothing("Không thu phí với trẻ em")


def test_no_word_of_any_real_record_is_lost_or_moved(real_data: Path) -> None:
    """Only the letter before a step (“a) Bước 1”) goes; everything else stays, in its order."""
    lettered = re.compile(r"(?:(?<!\w)[a-zđ]\)\s*)?Bước\s*(?=\d)", re.IGNORECASE)

    def words(text: str) -> list[str]:
        return re.findall(r"\w+", lettered.sub("Bước ", text.replace("\u200e", "")))

    def said(text: str) -> str:
        steps = ("Bước " if piece.kind is Kind.STEP else "" for piece in pieces(text))
        return " ".join(f"{step}{piece.number} {piece.text}" for step, piece in zip(steps, pieces(text), strict=True))

    lost = []
    for line in (real_data / "procedures" / "procedures.jsonl").read_text(encoding="utf-8").splitlines()[::3]:
        row = json.loads(line)
        texts = [row["trinh_tu"], row["yeu_cau_dieu_kien"], *(paper["ten"] for paper in row["thanh_phan_ho_so"])]
        texts += [channel[name] for channel in row["cach_thuc"] for name in ("phi_ghi_chu", "mo_ta")]
        lost += [row["ma"] for text in texts if words(text) != words(said(text))]
    assert not lost
