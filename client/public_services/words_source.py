"""Words that the national portal's records are made of, by which their long texts are read. Never shown as they are."""

import re

STEP = re.compile(r"^(?:[-+*•–]\s*|[a-zđ]\)\s*)?Bước\s*(?P<number>\d{1,2}(?:\.\d{1,2})?)\s*[:.)]\s*", re.IGNORECASE)
"""A line that begins a step: “Bước 1:”, “+ Bước 2.”, “b) Bước 3:”."""

STEP_WITHIN = re.compile(
    r"(?:(?<![\s(][a-zđ]\))(?<=[.;:)])|(?<=\s)(?=[-+*]\s*Bước|[a-zđ]\)\s*Bước))\s*"
    r"(?P<step>(?:[-+*•–]\s*|[a-zđ]\)\s*)?Bước\s*\d{1,2}(?:\.\d{1,2})?\s*[:.)]\s*(?=[A-ZÀ-ỸĐ“\"\n(]))"
)
"""A step that runs on within a line. “thực hiện Bước 3.” begins none: no full stop stands before it."""

NOTHING = frozenset(
    {"", "-", "không", "không có", "không quy định", "không có thông tin", "chưa có thông tin", "không phí"}
)
"""What the portal writes where it has nothing to say, in small letters."""

AUDIENCES = {
    "citizen": "Công dân Việt Nam",
    "business": "Doanh nghiệp",
    "cooperative": "Hợp tác xã",
    "organisation": "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "official": "Cán bộ, công chức, viên chức",
    "overseas": "Người Việt Nam định cư ở nước ngoài",
    "foreigner": "Người nước ngoài",
}
"""The audiences that one may filter by, as the records name them."""

FIRST_FIELDS = {
    "citizen": (
        "Hộ tịch",
        "Đăng ký, quản lý cư trú",
        "Cấp, quản lý căn cước",
        "Chứng thực",
        "Đất đai",
        "Đăng ký, quản lý phương tiện giao thông cơ giới, xe máy chuyên dùng",
        "Thực hiện chính sách BHXH",
        "Hoạt động xây dựng",
    ),
    "business": (
        "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
        "Thành lập và hoạt động của doanh nghiệp",
        "Thuế",
        "Hoạt động xây dựng",
        "Phòng cháy, chữa cháy",
        "Hải quan",
    ),
}
"""The fields that most people behind each door come for, as the records name them."""
