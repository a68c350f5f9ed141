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


_ONSETS = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x|"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet|"
    "ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|"
    "op|ot|u|ua|uan|uang|uat|uay|uc|ue|uech|uen|uenh|uet|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|"
    "uya|uych|uyen|uyet|uynh|uyt|uyu|y|yem|yen|yet|yeu|ynh|yt"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?:{_RIMES})")


def is_syllable(word: str) -> bool:
    """Whether a folded word can be a Vietnamese syllable at all (`sinh`, `ruou`; not `sih`, `thuogn`)."""
    return _SYLLABLE.fullmatch(word) is not None


_TONES = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")


def spelled(text: str) -> str:
    """Return folded words that keep their marks, each tone at its word's end: `Hòa` and `hoà` are alike, `hoa` is not.

    The five tones of Vietnamese are combining marks of Unicode; circumflex, breve and horn belong to their letters.
    """
    lower = unicodedata.normalize("NFD", text.lower())
    parts = re.split(r"[\s\-_,.;:/()]+", lower)
    return " ".join(_TONES.sub("", part) + "".join(_TONES.findall(part)) for part in parts if part)
