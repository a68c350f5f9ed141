"""The status as a page: plain HTML that needs nothing else, in Vietnamese; it must work when little else does."""

from datetime import datetime

from shared.base import VIETNAM
from shared.status import Condition, PartStatus, Status

_PARTS = {
    "database": "Cơ sở dữ liệu",
    "worker": "Xử lý nền (thông báo, nhắc hạn)",
    "dossiers": "Nguồn tra cứu hồ sơ của tỉnh",
}
_CONDITIONS = {
    Condition.UP: ("ok", "Hoạt động tốt"),
    Condition.SLOW: ("slow", "Đang chậm"),
    Condition.DOWN: ("down", "Đang gián đoạn"),
    Condition.UNKNOWN: ("idle", "Chưa có thông tin"),
    Condition.OFF: ("idle", "Không dùng"),
}
_WHOLE = {
    Condition.UP: "Mọi phần đang hoạt động tốt",
    Condition.SLOW: "Có phần đang chậm",
    Condition.DOWN: "Có phần đang gián đoạn",
    Condition.UNKNOWN: "Có phần chưa có thông tin",
}
_STYLE = """
:root { color-scheme: light dark; --ok: #1b7a3d; --slow: #8a5a00; --down: #b3261e; --idle: #5c6370; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --ok: #6fcf8f; --slow: #f0b44c; --down: #ff8a80; --idle: #aab1bd; } }
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; } ul { list-style: none; padding: 0; }
li { border-top: 1px solid var(--line); padding: .75rem 0; } small { display: block; color: var(--idle); }
.ok { color: var(--ok); } .slow { color: var(--slow); } .down { color: var(--down); } .idle { color: var(--idle); }
"""


def page(status: Status) -> str:
    """Return the page. All of it is ours: nothing that people or other systems wrote stands in it."""
    kind, _ = _CONDITIONS[status.condition]
    parts = "".join(_part(part) for part in status.parts)
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="30">'
        f"<title>Tình trạng hoạt động</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>Tình trạng hoạt động</h1><p class="{kind}"><strong>{_WHOLE[status.condition]}</strong></p>'
        f"<ul>{parts}</ul><small>Cập nhật lúc {_time(status.at)}. Trang tự làm mới sau 30 giây.</small>"
        "</main></body></html>"
    )


def _part(part: PartStatus) -> str:
    kind, words = _CONDITIONS[part.condition]
    said = []
    if part.since is not None:
        said.append(f"Từ {_time(part.since)}.")
    if part.last_good_at is not None and part.condition is not Condition.UP:
        said.append(f"Lần cuối hoạt động tốt: {_time(part.last_good_at)}.")
    if part.name == "dossiers" and part.condition is Condition.DOWN:
        said.append("Tra cứu hồ sơ cho thấy thông tin đã biết gần nhất, kèm thời điểm.")
    detail = f"<small>{' '.join(said)}</small>" if said else ""
    return f'<li>{_PARTS[part.name]}: <strong class="{kind}">{words}</strong>{detail}</li>'


def _time(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
