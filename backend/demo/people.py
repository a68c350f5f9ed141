"""The demo accounts. They exist in development only, so their password may stand here."""

from sqlmodel import Session

from backend.accounts import service
from backend.accounts.models import Account
from backend.core.security import hash_password
from shared.access import Role
from shared.accounts import Purpose

PASSWORD = "SmartHD@2026"  # noqa: S105 - known to everybody, and refused outside development
HOME_UNIT = "ubnd-hai-duong"

_PEOPLE = (
    ("0900000001", "Nguyễn Thị Lan", Role.CITIZEN, None),
    ("0900000002", "Phạm Văn Dũng", Role.DISPATCHER, "ioc"),
    ("0900000003", "Trần Thu Hương", Role.OFFICER, HOME_UNIT),
    ("0900000004", "Lê Quang Minh", Role.LEADER, HOME_UNIT),
    ("0900000005", "Vũ Hải Yến", Role.EDITOR, None),
    ("0900000006", "Đỗ Đức Anh", Role.FACILITATOR, None),
    ("0900000007", "Hoàng Văn Thái", Role.CITIZEN, None),
    ("0900000009", "Đinh Ngọc Quỳnh", Role.ADMINISTRATOR, None),
)
_OFFICERS = ("Bùi Văn Sơn", "Đặng Thị Mai", "Ngô Minh Tuấn", "Phan Thị Thu", "Vũ Đình Long", "Lương Thị Hà")
_LEADERS = ("Nguyễn Hữu Phúc", "Trịnh Văn Lâm", "Cao Thị Nga", "Hà Quốc Bảo", "Mai Văn Khôi", "Đoàn Thị Yên")
_NEIGHBOURS = (
    "Nguyễn Văn Bình", "Trần Thị Cúc", "Lê Văn Dần", "Phạm Thị Én", "Vũ Văn Giang", "Hoàng Thị Hạnh",
    "Đỗ Văn Khang", "Bùi Thị Loan", "Đặng Văn Mạnh", "Ngô Thị Nhàn", "Phan Văn Oánh", "Lương Thị Phượng",
)  # fmt: skip
NEIGHBOUR = "09000003"
"""How the phones of those begin who sent what was reported over the past year."""


def seed(session: Session, units: list[str]) -> dict[str, Account]:
    """Make the accounts, and an officer and a leader for every other unit; return them by phone."""
    hashed = hash_password(PASSWORD)
    people = list(_PEOPLE)
    for number, unit in enumerate(unit for unit in units if unit != HOME_UNIT):
        people.append((f"09000001{number:02}", _OFFICERS[number % len(_OFFICERS)], Role.OFFICER, unit))
        people.append((f"09000002{number:02}", _LEADERS[number % len(_LEADERS)], Role.LEADER, unit))
    people += [(f"{NEIGHBOUR}{n:02}", name, Role.CITIZEN, None) for n, name in enumerate(_NEIGHBOURS, 1)]
    return {
        phone: service.add(
            session,
            phone=f"+84{phone[1:]}",
            full_name=name,
            password_hash=hashed,
            role=role,
            unit=unit,
            consents=[Purpose.ACCOUNT.value],
        )
        for phone, name, role, unit in people
    }
