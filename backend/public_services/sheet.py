"""A procedure on paper: A4, with boxes to tick and a QR code to its page. Everything the record says, nothing cut."""

from datetime import date

from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from backend.public_services import print_words
from backend.public_services.fonts import drawable
from backend.public_services.paper import (
    QR_MM,
    QUIET,
    RULE,
    SHADE,
    WARN,
    Imprint,
    Paper,
    qr_png,
)
from shared.base import VIETNAM
from shared.fee_notes import has_words
from shared.paper_lines import LineKind, line_kind, paper_name
from shared.preparation import GroupKind, groups, ways
from shared.procedure_text import Kind, Piece, laws, pieces, says_nothing
from shared.public_services import Channel, ProcedureDetail, RequiredDocument

_GAP = 1.6
_INDENT = {Kind.POINT: 4.0, Kind.SUBPOINT: 9.0}


def pdf(procedure: ProcedureDetail, imprint: Imprint) -> bytes:
    """Return the sheet of a procedure."""
    day = f"{procedure.imported_at.astimezone(VIETNAM):%d/%m/%Y}"
    paper = Paper(f"{imprint.app_name} · {procedure.code} · Nguồn: dichvucong.gov.vn, đưa vào ứng dụng ngày {day}")
    paper.set_title(drawable(procedure.name))
    paper.set_lang("vi")
    # The record's own moment, so that the same record is the same file.
    paper.set_creation_date(procedure.imported_at)
    paper.add_page()
    _head(paper, procedure, imprint)
    _warnings(paper, procedure)
    _channels(paper, procedure, imprint)
    _papers(paper, procedure)
    for words, text in (("Các bước", procedure.steps), ("Yêu cầu, điều kiện", procedure.conditions)):
        if not says_nothing(text):
            paper.heading(words)
            _text(paper, text)
    _results(paper, procedure)
    _where(paper, procedure)
    _laws(paper, procedure)
    paper.heading("Nguồn")
    paper.lines(f"Cổng Dịch vụ công quốc gia dichvucong.gov.vn, đưa vào ứng dụng ngày {day}.")
    paper.lines("Nếu khác với cổng quốc gia thì theo cổng quốc gia. Hồ sơ trực tuyến nộp tại cổng quốc gia.")
    return bytes(paper.output())


def _head(paper: Paper, procedure: ProcedureDetail, imprint: Imprint) -> None:
    top, right = paper.get_y(), paper.r_margin
    paper.image(qr_png(imprint.address, 6), x=paper.w - right - QR_MM, y=top, w=QR_MM, h=QR_MM)
    paper.ink(7, QUIET)
    paper.set_xy(paper.w - right - QR_MM, top + QR_MM)
    paper.multi_cell(QR_MM, 3, "Quét để xem trên điện thoại", align="C")
    below = paper.get_y()
    paper.set_y(top)
    paper.set_right_margin(right + QR_MM + 5)
    paper.ink(8.5, QUIET)
    paper.lines(f"{imprint.app_name} · Thủ tục hành chính")
    paper.ln(1)
    paper.ink(16 if len(procedure.name) < 160 else 12)
    with paper.bold():
        paper.lines(procedure.name, leading=1.25)
    paper.ln(1.5)
    paper.ink(9, QUIET)
    paper.lines(" · ".join(part for part in (f"Mã {procedure.code}", procedure.field, procedure.ministry) if part))
    agencies = "; ".join(each for each in procedure.agencies if not says_nothing(each))
    if agencies:
        paper.lines(f"Cơ quan thực hiện: {agencies}")
    paper.set_right_margin(right)
    if paper.page_no() == 1:
        paper.set_y(max(paper.get_y(), below) + 1)


def _warnings(paper: Paper, procedure: ProcedureDetail) -> None:
    said = [words for flag, words in print_words.FLAGS.items() if flag in procedure.flags]
    if said:
        paper.ln(1)
        paper.set_fill_color(*WARN)
        paper.ink(9)
        text = "Nên hỏi lại nơi nộp: " + " ".join(said)
        paper.multi_cell(paper.epw, 4.8, text, fill=True, padding=2, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _channels(paper: Paper, procedure: ProcedureDetail, imprint: Imprint) -> None:
    paper.heading("Cách nộp, thời hạn và phí")
    found = ways(procedure.channels)
    if not found:
        paper.lines("Nguồn không ghi cách nộp, thời hạn và phí. Hãy hỏi nơi nộp.")
        return
    paper.set_draw_color(*RULE)
    paper.set_line_width(0.2)
    paper.ink(9)
    paper.set_fill_color(255, 255, 255)
    with paper.table(
        col_widths=(4, 4, 4, 9),
        line_height=4.6,
        padding=(1.6, 1.6, 1.6, 0.6),
        text_align="LEFT",
        v_align="TOP",
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(color=QUIET, fill_color=SHADE),
    ) as table:
        table.row(["Cách nộp", "Thời hạn", "Phí, lệ phí", "Ghi chú về phí; miễn, giảm"])
        for way in found:
            channel = way.channel
            note = _note(channel, imprint.today)
            table.row([print_words.methods(way.methods), print_words.time(channel), print_words.fee(channel), note])
    paper.ink()
    for way in found:
        if not says_nothing(way.channel.description):
            paper.ln(_GAP)
            with paper.bold():
                paper.lines(f"Nguồn ghi thêm ({print_words.methods(way.methods).lower()}):")
            _text(paper, way.channel.description)


def _note(channel: Channel, today: date) -> str:
    """Return what conditions the fee, word for word."""
    if not has_words(channel.fee_note):
        return "–"
    lines = [f"{piece.number} {piece.text}".strip() for piece in pieces(channel.fee_note)]
    return drawable("\n".join([*lines, print_words.ended(channel.fee_note, today)]).strip())


def _papers(paper: Paper, procedure: ProcedureDetail) -> None:
    paper.heading("Giấy tờ cần có")
    found = groups(procedure.documents)
    if not found:
        paper.lines("Nguồn không ghi giấy tờ nào.")
    cases = sum(group.kind is GroupKind.CASE for group in found)
    if cases:
        paper.lines(f"Có {cases} trường hợp. Chỉ cần giấy tờ chung và giấy tờ của trường hợp của mình.")
    for group in found:
        if group.name:
            if paper.will_page_break(14):
                paper.add_page()
            paper.ln(_GAP / 2)
            with paper.bold():
                paper.lines(group.name)
            paper.ln(_GAP / 2)
        for document in group.lines:
            kind = LineKind.NOTE if group.kind is GroupKind.REMARK else line_kind(document)
            if kind is LineKind.PAPER:
                _box(paper, document)
            elif kind is LineKind.NOTE:
                _point(paper, "–", paper_name(document))
            else:
                paper.lines(paper_name(document))
                paper.ln(_GAP / 2)


def _box(paper: Paper, document: RequiredDocument) -> None:
    """A box to tick, the paper, and how many originals, copies, and which form."""
    if paper.will_page_break(6):
        paper.add_page()
    x, y = paper.l_margin, paper.get_y()
    paper.set_draw_color(*QUIET)
    paper.set_line_width(0.3)
    paper.rect(x + 0.4, y + 0.9, 3.2, 3.2, round_corners=True, corner_radius=0.6)
    page = paper.page_no()
    for piece in pieces(paper_name(document)):
        paper.lines(f"{piece.number} {piece.text}".strip(), indent=6 if piece.kind is not Kind.SUBPOINT else 10)
    about = [print_words.copies(document.originals, document.copies)]
    if document.form.strip():
        about.append(f"Biểu mẫu: {document.form.strip()}")
    said = " · ".join(part for part in about if part)
    if said:
        paper.ink(8.5, QUIET)
        paper.lines(said, indent=6)
        paper.ink()
    if page == paper.page_no():
        paper.ln(_GAP)


def _text(paper: Paper, text: str) -> None:
    for piece in pieces(text):
        _piece(paper, piece)


def _piece(paper: Paper, piece: Piece) -> None:
    if piece.kind is Kind.STEP:
        paper.ln(_GAP / 2)
        with paper.bold():
            paper.lines(f"Bước {piece.number}")
        if piece.text:
            paper.lines(piece.text)
    elif piece.kind is Kind.HEAD:
        with paper.bold():
            paper.lines(piece.text)
    elif piece.kind is Kind.PARAGRAPH:
        paper.lines(piece.text)
    else:
        _point(paper, piece.number or "–", piece.text, _INDENT[piece.kind])
    paper.ln(_GAP / 2)


def _point(paper: Paper, sign: str, text: str, indent: float = 4.0) -> None:
    if paper.will_page_break(5):
        paper.add_page()
    y = paper.get_y()
    paper.text(paper.l_margin + indent - 4 + 0.4, y + paper.font_size * 1.12, sign)
    room = max(4.0, paper.get_string_width(sign) + 1.6)
    paper.lines(text, indent=indent - 4 + room)


def _results(paper: Paper, procedure: ProcedureDetail) -> None:
    names = dict.fromkeys(each.name.strip(" ./;") for each in procedure.results if not says_nothing(each.name))
    if names:
        paper.heading("Kết quả nhận được")
        for name in names:
            _point(paper, "–", name)


def _where(paper: Paper, procedure: ProcedureDetail) -> None:
    said = (
        ("Nơi tiếp nhận", procedure.reception_address),
        ("Cơ quan có thẩm quyền", procedure.authority),
        ("Cơ quan phối hợp", procedure.coordinating),
        ("Đối tượng", ", ".join(procedure.audiences)),
        ("Quyết định công bố", procedure.decision),
        ("Thủ tục liên quan", procedure.related),
    )
    shown = [(words, text) for words, text in said if not says_nothing(text)]
    if shown:
        paper.heading("Thông tin chung")
    for words, text in shown:
        paper.ink(8.5, QUIET)
        paper.lines(words)
        paper.ink()
        paper.lines(text)
        paper.ln(_GAP)


def _laws(paper: Paper, procedure: ProcedureDetail) -> None:
    found = laws(procedure.legal_basis, procedure.legal_numbers)
    if found:
        paper.heading("Căn cứ pháp lý")
        paper.ink(9)
        for law in found:
            _point(paper, "–", " – ".join(part for part in (law.number, law.title) if part))
        paper.ink()
