"""How sources write moments and states, read in every way that is in use."""

import re
from datetime import datetime, time

from shared.base import VIETNAM
from shared.dossiers import DossierState
from shared.vietnamese import fold

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?", re.ASCII)
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?", re.ASCII)
_NAMES = (
    "mới đăng ký",
    "được tiếp nhận",
    "không được tiếp nhận",
    "đang xử lý",
    "yêu cầu bổ sung giấy tờ",
    "yêu cầu thực hiện nghĩa vụ tài chính",
    "công dân yêu cầu rút hồ sơ",
    "dừng xử lý",
    "đã xử lý xong",
    "đã trả kết quả",
)
_STATES = {
    **{state.value: state for state in DossierState},
    **{str(number): state for number, state in enumerate(DossierState, 1)},
    **{fold(name).strip(): state for name, state in zip(_NAMES, DossierState, strict=True)},
}


def read_state(text: str) -> DossierState:
    """Return a state from its number (1 to 10), its national name or our own word; raises ValueError."""
    found = _STATES.get(text.strip()) or _STATES.get(fold(text).strip())
    if found is None:
        raise ValueError("not one of the ten states: 1 to 10, or the state's name")
    return found


def read_moment(text: str, *, ends_day: bool = False) -> datetime:
    """Return a moment from RFC 3339, `yyyyMMddHHmmss` or `dd/MM/yyyy HH:mm`; without an offset it is Vietnam's time.

    A day alone is its beginning, or its last second where it `ends_day`: who is promised a day is promised all of it.
    Raises ValueError.
    """
    text = text.strip()
    if found := _COMPACT.fullmatch(text):
        year, month, day, *clock = found.groups()
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year, *clock = found.groups()
    else:
        return _iso(text, ends_day=ends_day)
    hour, minute, second = (int(part or 0) for part in clock)
    moment = datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=VIETNAM)
    return _end(moment) if ends_day and clock[0] is None else moment


def _iso(text: str, *, ends_day: bool) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("not a moment: write 2026-11-30T17:00:00+07:00, 20261130170000 or 30/11/2026 17:00") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=VIETNAM)
    return _end(moment) if ends_day and len(text) <= 10 else moment


def _end(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(23, 59, 59), tzinfo=moment.tzinfo)
