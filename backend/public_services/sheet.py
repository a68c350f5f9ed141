"""A procedure on paper: A4, with boxes to tick and a QR code to its page. Everything the record says, nothing cut."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import segno
from fpdf import FPDF
from fpdf.enums import TextMode, XPos, YPos
from fpdf.fonts import FontFace

from backend.public_services import print_words
from backend.public_services.fonts import drawable, truetype_file
from shared.base import VIETNAM
from shared.preparation import GroupKind, Way, groups, has_words, paper_name, ways
from shared.procedure_text import Kind, Piece, laws, pieces, says_nothing
from shared.public_services import Channel, ProcedureDetail, RequiredDocument

_FONT = "roboto"
_EDGE, _QR = 16.0, 27.0
_INK, _QUIET, _ACCENT, _RULE, _SHADE, _WARN = (
    (35, 25, 24),
    (94, 75, 74),
    (179, 36, 59),
    (225, 205, 203),
    (251, 243, 242),
    (255, 240, 214),
)
_GAP = 1.6
_INDENT = {Kind.POINT: 4.0, Kind.SUBPOINT: 9.0}


@dataclass(frozen=True)
class Imprint:
    """Who prints, and where the QR code leads."""

    app_name: str
    address: str


class _Paper(FPDF):
    """A page with our font, our edges and a foot that says where all of it is from."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.add_font(_FONT, fname=truetype_file())
        self.set_margins(_EDGE, _EDGE, _EDGE)
        self.c_margin = 0.0
        self.set_auto_page_break(True, margin=_EDGE + 4)
        self.ink()

    def ink(self, size: float = 10, colour: tuple[int, int, int] = _INK) -> None:
        """Write in this size (points) and colour from here on."""
        self.set_font(_FONT, size=size)
        self.set_text_color(*colour)
        self._colour = colour

    @contextmanager
    def bold(self) -> Iterator[None]:
        """Write heavier: the font has one weight, so its outline is drawn too."""
        before = self.line_width
        self.text_mode = TextMode.FILL_STROKE
        self.set_draw_color(*self._colour)
        self.set_line_width(self.font_size * 0.035)
        yield
        self.text_mode = TextMode.FILL
        self.set_line_width(before)

    def lines(self, text: str, *, indent: float = 0, leading: float = 1.42) -> None:
        """Write a paragraph, `indent` mm from the edge."""
        self.set_x(self.l_margin + indent)
        self.multi_cell(
            self.epw - indent,
            self.font_size * leading,
            drawable(text),
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def heading(self, words: str) -> None:
        """Begin a part; never as the last line of a page."""
        if self.will_page_break(22):
            self.add_page()
        self.ln(4)
        self.ink(12.5, _ACCENT)
        with self.bold():
            self.lines(words)
        self.set_draw_color(*_RULE)
        self.set_line_width(0.25)
        self.line(self.l_margin, self.get_y() + 0.6, self.w - self.r_margin, self.get_y() + 0.6)
        self.ln(2.2)
        self.ink()

    def footer(self) -> None:
        """Say on each page what it is, and where it is from."""
        self.set_y(-_EDGE + 1)
        self.ink(7.5, _QUIET)
        self.cell(self.epw - 18, 4, self._foot)
        self.cell(18, 4, f"{self.page_no()}/{{nb}}", align="R")
        self.ink()


def pdf(procedure: ProcedureDetail, imprint: Imprint) -> bytes:
    """Return the sheet of a procedure."""
    day = f"{procedure.imported_at.astimezone(VIETNAM):%d/%m/%Y}"
    paper = _Paper(f"{imprint.app_name} · {procedure.code} · Nguồn: dichvucong.gov.vn, đưa vào ứng dụng ngày {day}")
    paper.set_title(drawable(procedure.name))
    paper.set_lang("vi")
    # The record's own moment, so that the same record is the same file.
    paper.set_creation_date(procedure.imported_at)
    paper.add_page()
    _head(paper, procedure, imprint)
    _warnings(paper, procedure)
    _channels(paper, procedure)
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


def qr_png(address: str, scale: int) -> io.BytesIO:
    """Return a QR code as a picture, `scale` pixels a square."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=scale, border=2)
    out.seek(0)
    return out


def _head(paper: _Paper, procedure: ProcedureDetail, imprint: Imprint) -> None:
    top, right = paper.get_y(), paper.r_margin
    paper.image(qr_png(imprint.address, 6), x=paper.w - right - _QR, y=top, w=_QR, h=_QR)
    paper.ink(7, _QUIET)
    paper.set_xy(paper.w - right - _QR, top + _QR)
    paper.multi_cell(_QR, 3, "Quét để xem trên điện thoại", align="C")
    below = paper.get_y()
    paper.set_y(top)
    paper.set_right_margin(right + _QR + 5)
    paper.ink(8.5, _QUIET)
    paper.lines(f"{imprint.app_name} · Thủ tục hành chính")
    paper.ln(1)
    paper.ink(16 if len(procedure.name) < 160 else 12)
    with paper.bold():
        paper.lines(procedure.name, leading=1.25)
    paper.ln(1.5)
    paper.ink(9, _QUIET)
    paper.lines(" · ".join(part for part in (f"Mã {procedure.code}", procedure.field, procedure.ministry) if part))
    agencies = "; ".join(each for each in procedure.agencies if not says_nothing(each))
    if agencies:
        paper.lines(f"Cơ quan thực hiện: {agencies}")
    paper.set_right_margin(right)
    if paper.page_no() == 1:
        paper.set_y(max(paper.get_y(), below) + 1)


def _warnings(paper: _Paper, procedure: ProcedureDetail) -> None:
    said = [words for flag, words in print_words.FLAGS.items() if flag in procedure.flags]
    if said:
        paper.ln(1)
        paper.set_fill_color(*_WARN)
        paper.ink(9)
        text = "Lưu ý về bản ghi của nguồn: " + " ".join(said)
        paper.multi_cell(paper.epw, 4.8, text, fill=True, padding=2, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _channels(paper: _Paper, procedure: ProcedureDetail) -> None:
    paper.heading("Cách nộp, thời hạn và phí")
    found = ways(procedure.channels)
    if not found:
        paper.lines("Nguồn không ghi cách nộp, thời hạn và phí. Hãy hỏi nơi nộp.")
        return
    paper.set_draw_color(*_RULE)
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
        headings_style=FontFace(color=_QUIET, fill_color=_SHADE),
    ) as table:
        table.row(["Cách nộp", "Thời hạn", "Phí, lệ phí", "Ghi chú về phí; miễn, giảm"])
        for way in found:
            channel = way.channel
            table.row([_methods(way), print_words.time(channel), print_words.fee(channel), _note(channel)])
    paper.ink()
    for way in found:
        if not says_nothing(way.channel.description):
            paper.ln(_GAP)
            with paper.bold():
                paper.lines(f"Nguồn ghi thêm ({_methods(way).lower()}):")
            _text(paper, way.channel.description)


def _methods(way: Way) -> str:
    return ", ".join(print_words.METHODS[method] for method in way.methods)


def _note(channel: Channel) -> str:
    """Return what conditions the fee, word for word."""
    if not has_words(channel.fee_note):
        return "–"
    return drawable("\n".join(f"{piece.number} {piece.text}".strip() for piece in pieces(channel.fee_note)))


def _papers(paper: _Paper, procedure: ProcedureDetail) -> None:
    paper.heading("Giấy tờ cần có")
    found = groups(procedure.documents)
    if not found:
        paper.lines("Nguồn không ghi giấy tờ nào.")
    for group in found:
        if group.name:
            if paper.will_page_break(14):
                paper.add_page()
            paper.ln(_GAP / 2)
            with paper.bold():
                paper.lines(group.name)
            paper.ln(_GAP / 2)
        for document in group.papers:
            if group.kind is GroupKind.REMARK:
                _point(paper, "–", paper_name(document))
            else:
                _box(paper, document)


def _box(paper: _Paper, document: RequiredDocument) -> None:
    """A box to tick, the paper, and how many originals, copies, and which form."""
    if paper.will_page_break(6):
        paper.add_page()
    x, y = paper.l_margin, paper.get_y()
    paper.set_draw_color(*_QUIET)
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
        paper.ink(8.5, _QUIET)
        paper.lines(said, indent=6)
        paper.ink()
    if page == paper.page_no():
        paper.ln(_GAP)


def _text(paper: _Paper, text: str) -> None:
    for piece in pieces(text):
        _piece(paper, piece)


def _piece(paper: _Paper, piece: Piece) -> None:
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


def _point(paper: _Paper, sign: str, text: str, indent: float = 4.0) -> None:
    if paper.will_page_break(5):
        paper.add_page()
    y = paper.get_y()
    paper.text(paper.l_margin + indent - 4 + 0.4, y + paper.font_size * 1.12, sign)
    room = max(4.0, paper.get_string_width(sign) + 1.6)
    paper.lines(text, indent=indent - 4 + room)


def _results(paper: _Paper, procedure: ProcedureDetail) -> None:
    names = dict.fromkeys(each.name.strip(" ./;") for each in procedure.results if not says_nothing(each.name))
    if names:
        paper.heading("Kết quả nhận được")
        for name in names:
            _point(paper, "–", name)


def _where(paper: _Paper, procedure: ProcedureDetail) -> None:
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
        paper.ink(8.5, _QUIET)
        paper.lines(words)
        paper.ink()
        paper.lines(text)
        paper.ln(_GAP)


def _laws(paper: _Paper, procedure: ProcedureDetail) -> None:
    found = laws(procedure.legal_basis, procedure.legal_numbers)
    if found:
        paper.heading("Căn cứ pháp lý")
        paper.ink(9)
        for law in found:
            _point(paper, "–", " – ".join(part for part in (law.number, law.title) if part))
        paper.ink()
