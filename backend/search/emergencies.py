"""Which number to call when somebody types what is happening: `cháy nhà` is 114, before anything that shares a word.

A question counts as a cry for help only when hardly anything else is said in it: `thẩm duyệt phòng cháy` is a
procedure. What each number is for is what lists of hotlines say of it; one that is not in the list is not named.
"""

import re

from shared.vietnamese import words

_MOST_WORDS = 12
_COVERED = 0.75
_SAID_WITH_IT = """
    toi minh em anh chi bac chau be con tre ong ba me bo nguoi gia hang xom nha can ho xe o to may rung cho quan kho
    xuong bep dien khu chung cu toa thang binh duong ngoai trong gan ben canh cong truong lop song ao dang bi co tai
    roi vua moi lon rat qua nhieu mot hai vu dam giup voi cuu gap khan cap goi ai so la gi phai lam sao giao thong dap
    dem ngay hom nay ma va thi ve vao nga tu den len
"""
_CHILD = r"(?:tre em|tre|be|chau)"
_HARM = r"(?:xam hai|bao hanh|danh dap|bo roi|lam dung|bao luc)"
_PATTERNS = {
    "111": rf"{_HARM}\b.*\b{_CHILD}|{_CHILD}\b.*\b{_HARM}",
    "115": "cap cuu|cuu thuong|ngat|ngat xiu|bat tinh|dot quy|dau tim|tai nan|bi thuong|kho tho|co giat|ngo doc|"
    "dien giat|chay mau|gay chan|gay tay|ran can",
    "114": "chay(?! mau)(?: no)?|hoa hoan|boc chay|cuu hoa|chua chay|no gas|no binh gas|ro ri gas|mac ket",
    "113": "trom|mat trom|an trom|trom cap|cuop|giat do|cuop giat|danh nhau|gay roi|dam chem|chem nhau|doa giet|"
    "bat coc|hiep dam|canh sat",
    "112": "lu|lu lut|lut|sat lo|vo de|mat tich|cuu nan|cuu ho|duoi nuoc|chet duoi|lat thuyen|bi lac|nuoc cuon",
}
_HAPPENING = {number: re.compile(rf"\b(?:{pattern})\b") for number, pattern in _PATTERNS.items()}
_ABOUT = frozenset(words(_SAID_WITH_IT))


def number_for(question: str) -> str | None:
    """Return the number to call, when the question is a cry for help and hardly anything else."""
    asked = words(question)
    if not 0 < len(asked) <= _MOST_WORDS:
        return None
    said = " ".join(asked)
    for number, happening in _HAPPENING.items():
        heard = {word for match in happening.finditer(said) for word in match.group().split()}
        if heard and sum(word in heard | _ABOUT for word in asked) >= _COVERED * len(asked):
            return number
    return None
