"""A procedure as one picture to send around: how long, how much, what to bring, and a QR code to the rest."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from backend.public_services import print_words
from backend.public_services.fonts import drawable, truetype
from backend.public_services.paper import Imprint, qr_png
from shared.base import VIETNAM
from shared.fee_notes import fee_notes
from shared.paper_lines import only_sometimes, paper_name
from shared.preparation import OpenPoint, Preparation, money
from shared.procedure_text import cut
from shared.public_services import RequiredDocument

WIDTH = 1080
_EDGE, _PAD, _GAP = 56, 36, 24
_LYCHEE, _INK, _QUIET, _GROUND, _PAPER, _RULE, _LEAF, _AMBER = (
    "#B3243B",
    "#231918",
    "#5E4B4A",
    "#FFF7F5",
    "#FFFFFF",
    "#F0E1DF",
    "#2E6B45",
    "#6B4500",
)
_PAPERS, _PAPER_LINES, _NOTE_LINES, _NAME_LINES = 8, 3, 9, 5
_CASES, _CASE_NAME = 8, 110
_QR = 208
_INNER = WIDTH - 2 * (_EDGE + _PAD)


@dataclass(frozen=True)
class _Line:
    """A line as it is drawn: where, and in which hand."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    bold: bool


class _Board:
    """A picture that grows downwards: first everything is placed, then it is drawn on a ground of that height."""

    def __init__(self) -> None:
        self.y = 0.0
        self._lines: list[_Line] = []
        self._boxes: list[tuple[tuple[float, float, float, float], dict[str, Any]]] = []
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        """Return our font in this size (pixels)."""
        if size not in self._fonts:
            self._fonts[size] = ImageFont.truetype(io.BytesIO(truetype()), size)
        return self._fonts[size]

    def box(self, left: float, top: float, right: float, bottom: float, **look: Any) -> int:
        """Place a box; it lies under all words. Returns its number, so that its foot can be set later."""
        self._boxes.append(((left, top, right, bottom), look))
        return len(self._boxes) - 1

    def stretch(self, number: int, bottom: float) -> None:
        """Set a box's foot."""
        (left, top, right, _), look = self._boxes[number]
        self._boxes[number] = ((left, top, right, bottom), look)

    def write(
        self,
        text: str,
        x: float,
        width: float,
        size: int,
        colour: str = _INK,
        *,
        bold: bool = False,
        most: int = 0,
    ) -> bool:
        """Write a paragraph at the present height; `most` lines of it at the most. Returns whether all was written."""
        wrapped = self._wrapped(drawable(text), width, size)
        shown = wrapped[:most] if most else wrapped
        if len(shown) < len(wrapped):
            shown[-1] = self._closed(shown[-1], width, size)
        for line in shown:
            self._lines.append(_Line(x, self.y, line, size, colour, bold))
            self.y += size * 1.36
        return len(shown) == len(wrapped)

    def _closed(self, line: str, width: float, size: int) -> str:
        """Mark that more follows, in place of the words that leave no room for the mark."""
        while self.font(size).getlength(f"{line} …") > width:
            line = line.rsplit(" ", 1)[0] if " " in line else line[:-1]
        return f"{line.rstrip(' ,;:.(')} …"

    def _wrapped(self, text: str, width: float, size: int) -> list[str]:
        font = self.font(size)
        lines: list[str] = []
        for paragraph in text.splitlines():
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}" if line else word
                if line and font.getlength(longer) > width:
                    lines.append(line)
                    longer = word
                while font.getlength(longer) > width:
                    fits = next(at for at in range(len(longer) - 1, 0, -1) if font.getlength(longer[:at]) <= width)
                    lines.append(longer[:fits])
                    longer = longer[fits:]
                line = longer
            lines.append(line)
        return lines

    def picture(self, height: float) -> Image.Image:
        """Draw it all."""
        image = Image.new("RGB", (WIDTH, int(height)), _GROUND)
        draw = ImageDraw.Draw(image)
        for edges, look in self._boxes:
            draw.rounded_rectangle(edges, **look)
        for line in self._lines:
            stroke = line.size * 0.016 if line.bold else 0
            draw.text((line.x, line.y), line.text, font=self.font(line.size), fill=line.colour, stroke_width=stroke)
        return image


def png(found: Preparation, case_name: str, imprint: Imprint) -> bytes:
    """Return the card of a preparation; a number stands on it only where the source stands by it."""
    board = _Board()
    _head(board, found, case_name, imprint)
    _time_and_fee(board, found)
    _notes(board, found, imprint)
    _papers(board, found)
    qr_top = _foot(board, found, imprint)
    image = board.picture(board.y)
    code = Image.open(qr_png(imprint.address, 8)).convert("RGB").resize((_QR, _QR), Image.Resampling.NEAREST)
    image.paste(code, (WIDTH - _EDGE - _QR, int(qr_top)))
    out = io.BytesIO()
    # Flat colours and one font: 128 colours look the same and are a third of the size.
    image.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(board: _Board, found: Preparation, case_name: str, imprint: Imprint) -> None:
    ground = board.box(0, 0, WIDTH, 0, radius=0, fill=_LYCHEE)
    board.y = 44
    board.write(f"{imprint.app_name} · Cần chuẩn bị gì?", _EDGE, WIDTH - 2 * _EDGE, 28, "#FFDADB")
    board.y += 8
    board.write(
        found.name, _EDGE, WIDTH - 2 * _EDGE, 50 if len(found.name) < 120 else 38, _PAPER, bold=True, most=_NAME_LINES
    )
    board.y += 10
    about = [f"Mã {found.code}"]
    if found.method is not None:
        about.append(f"Nộp {print_words.METHODS[found.method].lower()}")
    board.write(" · ".join(about), _EDGE, WIDTH - 2 * _EDGE, 28, "#FFDADB")
    if case_name:
        board.write(case_name, _EDGE, WIDTH - 2 * _EDGE, 28, _PAPER, most=3)
    board.y += 36
    board.stretch(ground, board.y)
    board.y += _GAP + 8


def _time_and_fee(board: _Board, found: Preparation) -> None:
    """Two boxes side by side, and below them what conditions the fee."""
    half = (WIDTH - 2 * _EDGE - _GAP) / 2
    top, feet = board.y, []
    times = print_words.times(found.channels) or ["Nguồn không ghi"]
    fees = list(dict.fromkeys(print_words.fee(channel) for channel in found.channels)) or ["Nguồn không ghi"]
    if found.total is not None:
        fees = [f"{money(found.total, found.currency)} tất cả" if found.total else "Miễn phí"]
    boxes = []
    for number, (words, said) in enumerate((("Bao lâu", times), ("Bao nhiêu tiền", fees))):
        left = _EDGE + number * (half + _GAP)
        boxes.append(board.box(left, top, left + half, 0, radius=28, fill=_PAPER, outline=_RULE, width=2))
        board.y = top + 26
        board.write(words, left + _PAD, half - 2 * _PAD, 28, _QUIET)
        size = 40 if all(len(each) < 22 for each in said[:4]) else 30
        for each in said[:4]:
            free = each == "Miễn phí"
            board.write(each, left + _PAD, half - 2 * _PAD, size, _LEAF if free else _INK, bold=True)
        if len(said) > 4:
            board.write(f"và {len(said) - 4} mức khác", left + _PAD, half - 2 * _PAD, 26, _QUIET)
        feet.append(board.y + 28)
    for number in boxes:
        board.stretch(number, max(feet))
    board.y = max(feet) + _GAP
    _doubts(board, found)


def _doubts(board: _Board, found: Preparation) -> None:
    said = [print_words.OPEN[each] for each in found.open if each is not OpenPoint.CASE_OPEN]
    for words in said:
        board.write(f"• {words}.", _EDGE + 8, WIDTH - 2 * _EDGE - 16, 28, _AMBER)
    if said:
        board.y += 14


def _notes(board: _Board, found: Preparation, imprint: Imprint) -> None:
    notes = [" ".join(note.split()) for note in fee_notes(found.channels)]
    if not notes:
        return
    box = board.box(_EDGE, board.y, WIDTH - _EDGE, 0, radius=28, fill="#FFF0D6")
    board.y += 24
    board.write("Ghi chú về phí; miễn, giảm (theo nguồn)", _EDGE + _PAD, _INNER, 28, _AMBER)
    whole = True
    for note in notes[:2]:
        whole &= board.write(note, _EDGE + _PAD, _INNER, 28, most=_NOTE_LINES)
        over = print_words.ended(note, imprint.today)
        if over:
            board.write(over, _EDGE + _PAD, _INNER, 28, _AMBER, bold=True)
    if not whole or len(notes) > 2:
        board.write("Còn nữa: quét mã bên dưới.", _EDGE + _PAD, _INNER, 26, _QUIET)
    board.y += 26
    board.stretch(box, board.y)
    board.y += _GAP


def _papers(board: _Board, found: Preparation) -> None:
    """What everybody needs stands first; what only some need, and the cases to choose from, last."""
    box = board.box(_EDGE, board.y, WIDTH - _EDGE, 0, radius=28, fill=_PAPER, outline=_RULE, width=2)
    board.y += 28
    board.write("Mang theo", _EDGE + _PAD, 800, 36, bold=True)
    board.y += 10
    case_open = OpenPoint.CASE_OPEN in found.open
    if not found.documents and not case_open:
        board.write("Nguồn không ghi giấy tờ nào.", _EDGE + _PAD, 800, 30, _QUIET)
    shown = _distinct(found.documents)
    heading = next((each.name for each in found.cases if each.key == found.case), "")
    for document in shown[:_PAPERS]:
        under = print_words.SOMETIMES if only_sometimes(document) else document.case.strip(" *-+:.\n")
        if under not in ("", heading):
            _heading(board, under)
        heading = under or heading
        _paper(board, document)
    left = len(shown) - _PAPERS
    if left > 0:
        board.write(f"và {left} giấy tờ nữa: quét mã bên dưới.", _EDGE + _PAD, 840, 28, _QUIET)
    if case_open:
        _cases(board, found)
    board.y += 24
    board.stretch(box, board.y)
    board.y += _GAP


def _heading(board: _Board, words: str) -> None:
    board.write(words, _EDGE + _PAD, _INNER, 28, _QUIET, bold=True, most=2)
    board.y += 6


def _cases(board: _Board, found: Preparation) -> None:
    more = "thêm giấy tờ riêng" if found.documents else "giấy tờ riêng"
    words = f"Có {len(found.cases)} trường hợp, mỗi trường hợp cần {more}. Quét mã để chọn trường hợp của mình:"
    board.write(words, _EDGE + _PAD, _INNER, 28, _AMBER)
    board.y += 6
    for each in found.cases[:_CASES]:
        board.write(f"• {cut(each.name, _CASE_NAME)}", _EDGE + _PAD, _INNER, 28, most=2)
    if len(found.cases) > _CASES:
        board.write(f"và {len(found.cases) - _CASES} trường hợp nữa", _EDGE + _PAD, _INNER, 28, _QUIET)


def _distinct(documents: Sequence[RequiredDocument]) -> list[RequiredDocument]:
    return list({paper_name(document): document for document in reversed(documents)}.values())[::-1]


def _paper(board: _Board, document: RequiredDocument) -> None:
    left = _EDGE + _PAD
    board.box(left, board.y + 5, left + 30, board.y + 35, radius=6, outline=_QUIET, width=3)
    width = _INNER - 50
    board.write(paper_name(document), left + 50, width, 30, most=_PAPER_LINES)
    about = print_words.copies(document.originals, document.copies)
    if about:
        board.write(about, left + 50, width, 25, _QUIET)
    board.y += 10


def _foot(board: _Board, found: Preparation, imprint: Imprint) -> float:
    """Write where it is from; return the height at which the QR code begins."""
    top = board.y
    width = WIDTH - 2 * _EDGE - _QR - _GAP
    board.y += 10
    board.write("Quét mã để xem đầy đủ, đánh dấu giấy tờ đã có", _EDGE, width, 32, bold=True)
    board.y += 8
    day = f"{found.imported_at.astimezone(VIETNAM):%d/%m/%Y}"
    board.write(f"Nguồn: dichvucong.gov.vn, đưa vào {imprint.app_name} ngày {day}.", _EDGE, width, 26, _QUIET)
    board.write("Nếu khác với cổng quốc gia thì theo cổng quốc gia.", _EDGE, width, 26, _QUIET)
    board.y = max(board.y, top + _QR) + 44
    return top
