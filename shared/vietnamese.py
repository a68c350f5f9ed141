"""Vietnamese text as a machine compares it: the one place that knows marks, đ, tone placement and composed forms.

Marks and where a tone stands (`hòa`, `hoà`), composed and decomposed forms (NFC, NFD) and case make no difference here.
"""

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f]+")
_GAPS = re.compile(r"[\W_]+")


def without_marks(text: str) -> str:
    """Return text without case and marks, its other signs kept: `Đường Bạch Đằng, số 5` is `duong bach dang, so 5`."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")


def fold(text: str) -> str:
    """Return lower-case words without marks, one blank apart: `Đăng ký` and `dang  ký!` both give `dang ky`."""
    return _GAPS.sub(" ", without_marks(text)).strip()


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return fold(text).split()


_TONES = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")


def spelled(text: str) -> str:
    """Return folded words that keep their marks, each tone at its word's end: `Hòa` and `hoà` are alike, `hoa` is not.

    The five tones of Vietnamese are combining marks of Unicode; circumflex, breve and horn belong to their letters.
    """
    lower = unicodedata.normalize("NFD", text.lower())
    parts = re.split(r"[\s\-_,.;:/()]+", lower)
    return " ".join(_TONES.sub("", part) + "".join(_TONES.findall(part)) for part in parts if part)
