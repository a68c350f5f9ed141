"""A4 paper: our font, our edges, headings, and a foot that says where all of it is from."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import segno
from fpdf import FPDF
from fpdf.enums import TextMode, XPos, YPos

from backend.public_services.fonts import drawable, truetype_file

_FONT = "roboto"
EDGE, QR_MM = 16.0, 27.0
INK, QUIET, ACCENT, RULE, SHADE, WARN = (
    (35, 25, 24),
    (94, 75, 74),
    (179, 36, 59),
    (225, 205, 203),
    (251, 243, 242),
    (255, 240, 214),
)


@dataclass(frozen=True)
class Imprint:
    """Who prints, where the QR code leads, and the day on which it is printed."""

    app_name: str
    address: str
    today: date


class Paper(FPDF):
    """A page with our font, our edges and a foot that says where all of it is from."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.add_font(_FONT, fname=truetype_file())
        self.set_margins(EDGE, EDGE, EDGE)
        self.c_margin = 0.0
        self.set_auto_page_break(True, margin=EDGE + 4)
        self.ink()

    def ink(self, size: float = 10, colour: tuple[int, int, int] = INK) -> None:
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
        self.ink(12.5, ACCENT)
        with self.bold():
            self.lines(words)
        self.set_draw_color(*RULE)
        self.set_line_width(0.25)
        self.line(self.l_margin, self.get_y() + 0.6, self.w - self.r_margin, self.get_y() + 0.6)
        self.ln(2.2)
        self.ink()

    def footer(self) -> None:
        """Say on each page what it is, and where it is from."""
        self.set_y(-EDGE + 1)
        self.ink(7.5, QUIET)
        self.cell(self.epw - 18, 4, self._foot)
        self.cell(18, 4, f"{self.page_no()}/{{nb}}", align="R")
        self.ink()


def qr_png(address: str, scale: int) -> io.BytesIO:
    """Return a QR code as a picture, `scale` pixels a square."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=scale, border=2)
    out.seek(0)
    return out
