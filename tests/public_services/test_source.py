"""What the source's words mean: fees and times that cannot be believed are never shown as numbers."""

from typing import Any

import pytest

from backend.public_services import source
from shared.public_services import AdminLevel, FeeState, Method
from tests.public_services.rows import channel


@pytest.mark.parametrize(
    ("fee", "state", "amount"),
    [
        ({"phi_trang_thai": "mien_phi", "phi_so": 0.0}, FeeState.FREE, 0.0),
        ({"phi_trang_thai": "mien_phi", "phi_so": 0.0, "phi_ghi_chu": "Không có"}, FeeState.FREE, 0.0),
        (
            {"phi_trang_thai": "mien_phi", "phi_so": 0.0, "phi_ghi_chu": "Miễn phí đối với hộ nghèo"},
            FeeState.FREE_WITH_NOTE,
            None,
        ),
        ({"phi_trang_thai": "co_phi", "phi_so": 8000.0, "phi_hien_thi": "8,000 VNĐ"}, FeeState.FEE, 8000.0),
        ({"phi_trang_thai": "co_phi", "phi_so": None, "phi_ghi_chu": "theo biểu"}, FeeState.SEE_NOTE, None),
        (
            {"phi_trang_thai": "theo_ghi_chu", "phi_so": None, "phi_ghi_chu": "135.000 đồng/lần"},
            FeeState.FREE_WITH_NOTE,
            None,
        ),
        (
            {"phi_trang_thai": "theo_ghi_chu", "phi_so": None, "phi_hien_thi": "Phí : 1.5 USD"},
            FeeState.SEE_NOTE,
            None,
        ),
        ({"phi_trang_thai": "co_phi_don_vi_nghi_van", "phi_so": 20.0}, FeeState.DOUBTFUL, None),
        ({"phi_trang_thai": "khong_thong_tin", "phi_so": None}, FeeState.NOT_STATED, None),
        ({"phi_trang_thai": "khong_tach_duoc", "phi_so": None, "mo_ta": "120,000 VNĐ"}, FeeState.SEE_NOTE, None),
        ({"phi_trang_thai": "mới lạ", "phi_so": 5.0}, FeeState.NOT_STATED, None),
    ],
)
def test_a_fee_is_a_number_only_where_the_source_stands_by_it(
    fee: dict[str, Any], state: FeeState, amount: float | None
) -> None:
    row = channel(**fee)
    shown = source.channel(row)
    assert (shown.fee_state, shown.fee_amount) == (state, amount)
    assert (shown.fee_text, shown.fee_note) == (row["phi_hien_thi"], row["phi_ghi_chu"])


@pytest.mark.parametrize(("unit", "amount"), [("Ngày làm việc", 3.0), ("Giờ", 3.0), ("", None), ("-25", None)])
def test_a_time_without_a_unit_is_only_words(unit: str, amount: float | None) -> None:
    shown = source.channel(channel(thoi_han_don_vi=unit, thoi_han_hien_thi="3"))
    assert (shown.time_amount, shown.time_text) == (amount, "3")


def test_levels_and_methods_are_known_however_they_are_written() -> None:
    assert source.levels(["Cấp xã", "CẤP TỈNH", "Cấp huyện", "Cơ quan khác"]) == [
        AdminLevel.COMMUNE,
        AdminLevel.PROVINCE,
        AdminLevel.OTHER,
    ]
    assert [source.method(text) for text in ("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính công ích")] == [
        Method.IN_PERSON,
        Method.ONLINE,
        Method.POST,
    ]
