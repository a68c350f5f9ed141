"""Hiding phone and ID numbers that people type into words which everybody will read."""

import re

# Nine digits (the old identity card) or twelve (the citizen's card; Luật Căn cước 26/2023/QH15), and phone numbers:
# ten or eleven digits from 0, or +84 and nine or ten. Blanks, dots and hyphens between are how people write them.
# A sum of money is written like a card's number, and told by the word behind it.
_GAP = r"[ .\-\u00a0]?"
_PHONE = rf"(?:\+?84|0){_GAP}(?:\d{_GAP}){{8,9}}\d"
_CARD = rf"(?:\d{_GAP}){{11}}\d|(?:\d{_GAP}){{8}}\d"
_MONEY = r"\s?(?:đồng|đ|vnđ|vnd|triệu|tỷ|tỉ)\b"
_NUMBER = re.compile(rf"(?<![\w+])(?:{_PHONE}|{_CARD})(?!\w)(?!{_MONEY})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SHOWN = 3


def mask_numbers(text: str) -> str:
    """Return the text with all but the last three digits of each phone or ID number made into `•`."""
    return _NUMBER.sub(lambda found: _hidden(found.group()), text)


def has_numbers(text: str) -> bool:
    """Whether something would be masked."""
    return _NUMBER.search(text) is not None


def _hidden(number: str) -> str:
    digits = len(_DIGIT.findall(number))
    seen = 0

    def one(_: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return _.group() if seen > digits - _SHOWN else "•"

    return _DIGIT.sub(one, number.lstrip("+"))
