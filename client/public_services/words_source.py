"""Words that the national portal's records are made of. Never shown as they are."""

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
