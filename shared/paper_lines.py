"""Telling papers from what the national portal files among them: headings of a list, and notes on how to file.

Whatever is not surely a heading or a note is a paper: a box too many does less harm than a paper that is missing.
"""

import re
from enum import StrEnum

from shared.procedure_text import cut
from shared.public_services import RequiredDocument

_COUNT = r"^[\s\W]*(?:[a-zđ\d]{1,4}(?:\.\d{1,2})*[.)]\s*|\([a-z\d.]{1,5}\)\s*)?"
"""What a line may be counted by: “a)”, “1.”, “(i)”, “a.1.2)”."""
_WHEN = re.compile(_COUNT + r"(?:trong |riêng )?(?:các )?(?:trường hợp|khi|nếu|đối với)\b", re.IGNORECASE)
_WHO = re.compile(
    _COUNT + r"(?:người|cơ quan|cá nhân|tổ chức|(?:các )?thành phần hồ sơ|việc)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(_COUNT + r"(?:lưu ý|ghi chú|chú ý|số lượng (?:mỗi thành phần )?hồ sơ)\b", re.IGNORECASE)
_RULES = re.compile(
    r"không phải (?:nộp|xuất trình|tải lên|gửi|có|cung cấp|chứng thực|công chứng|kê khai|làm|kèm)"
    r"|không (?:yêu cầu|cần|bắt buộc|bao gồm)\b|không được (?:yêu cầu|thực hiện)"
    r"|có trách nhiệm|chịu trách nhiệm|chỉ cần|được thay thế|được sử dụng"
    r"|thì cơ quan|thì phải gửi kèm|phải được (?:kê khai|chứng thực|dịch|hợp pháp)|phải (?:đáp ứng|bảo đảm|đảm bảo)\b",
    re.IGNORECASE,
)
"""How a sentence says what holds for the papers, where a paper's name would say what to bring."""
_BRINGS = re.compile(r"phải kèm theo bản|còn có\s*:|\bnộp (?:bổ sung|thêm|kèm theo)\b|: giấy\b", re.IGNORECASE)
_PAPER = re.compile(
    _COUNT + r"(?:giấy(?! tờ phải)|đơn|bản|văn bản|tờ khai|tài liệu|phương án|hợp đồng|quyết định|báo cáo|danh sách"
    r"|phiếu|chứng từ|hóa đơn|hoá đơn|công văn|biên bản|đề án|kế hoạch|thông báo|sơ đồ|hồ sơ thiết kế)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    _COUNT + r"(?:hồ sơ|thành phần|trường hợp|đối với|người)\b.*"
    r"(?:(?:các|những|một trong)\b.*\bsau(?: đây)?|gồm(?: có)?)\s*:$",
    re.IGNORECASE | re.DOTALL,
)
_SOME = re.compile(_COUNT + r"(?:văn bản|giấy) (?:ủy|uỷ) quyền\b|\btrong (?:các )?trường hợp\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=.{12})(?:;|\.\s|\s\()", re.DOTALL)
_COLON = re.compile(r"(?<=.{12}):", re.DOTALL)
SHORT = 120
"""Signs of a paper's name in a message."""


class LineKind(StrEnum):
    """What a line of the source's list of papers is: a paper, the heading of those behind it, or a note."""

    PAPER = "paper"
    HEADING = "heading"
    NOTE = "note"


def line_kind(document: RequiredDocument) -> LineKind:
    """Tell a paper from a heading or a note.

    Nothing that the source gives a form is a note, nor what it counts originals or copies of; a counted line heads a
    list only when it says so in full (“Hồ sơ … bao gồm:”).
    """
    name = " ".join(document.name.split()).strip(" ;/")
    if document.form.strip():
        return LineKind.PAPER
    counted = bool(document.originals or document.copies)
    if name.endswith(":") and not _PAPER.search(name) and (_LIST.search(name) or not counted):
        return LineKind.HEADING
    if counted:
        return LineKind.PAPER
    rule = (_WHEN.search(name) or _WHO.search(name)) and _RULES.search(name) and not _BRINGS.search(name)
    return LineKind.NOTE if rule or _REMARK.search(name) else LineKind.PAPER


def only_sometimes(document: RequiredDocument) -> bool:
    """Whether a paper's own words say that only some need it: “Trường hợp …”, a letter of authority."""
    first = _CLAUSE.split(paper_name(document), maxsplit=1)[0]
    # Under the heading of a case, that case is what the words speak of.
    return bool(_WHEN.search(first) or (_SOME.search(first) and not _WHEN.search(document.case)))


def paper_name(document: RequiredDocument) -> str:
    """Return a paper's name without the separators that the source left at its ends."""
    return document.name.strip(" ;/(")


def short_name(document: RequiredDocument) -> str:
    """Return a paper's name up to the end of its first clause, in at most SHORT signs and one line."""
    name = " ".join(paper_name(document).split())
    first = _CLAUSE.split(name, maxsplit=1)[0]
    if not _WHEN.search(first):
        first = _COLON.split(first, maxsplit=1)[0]
    return cut(first.rstrip(" .:,;"), SHORT)
