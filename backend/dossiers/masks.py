"""Hiding who a dossier belongs to: its owner knows her name, anybody else learns nothing."""

import re

from shared.masking import mask_numbers

_MOST_STARS = 3
_WORD = re.compile(r"\S+")
# The family names of some nineteen in twenty people (Lê Trung Hoa, Họ và tên người Việt Nam), with the name behind.
_FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lương|Mai|Đào|"
    "Cao|Tạ|Phùng|Hà|Lưu|Tô|Quách|Chu|Lâm|Thái|Tống|Vương|Nghiêm|Kiều|Khúc|Tăng|Bạch|Triệu|Nguyen|Tran|Pham|Hoang"
)
_UPPER = "A-ZÀ-ỸĐĂÂÊÔƠƯ"
_PERSON = re.compile(rf"\b(?:{_FAMILIES})(?:\s+[{_UPPER}][\w'’]*){{1,4}}")
# Places that are called like people.
_PLACES = re.compile(r"(?:Hồ Chí Minh|Hà Nội|Hà Nam|Hà Tĩnh|Hà Giang|Cao Bằng|Thái Bình|Thái Nguyên|Mai Châu)")


def mask_name(name: str) -> str:
    """Return a name with the first letter of each word: `Nguyễn Văn An` is `N*** V** A*`."""
    return _WORD.sub(lambda found: _masked(found.group()), " ".join(name.split()))


def _masked(word: str) -> str:
    return word[0] + "*" * min(len(word) - 1, _MOST_STARS)


def mask_note(note: str, applicant: str) -> str:
    """Return a source's note without the applicant's name, what looks like another's, and numbers of people."""
    if len(applicant.split()) > 1:
        note = re.sub(re.escape(applicant), mask_name(applicant), note, flags=re.IGNORECASE)
    return mask_numbers(_PERSON.sub(_unless_a_place, note))


def _unless_a_place(found: re.Match[str]) -> str:
    return found.group() if _PLACES.match(found.group()) else mask_name(found.group())
