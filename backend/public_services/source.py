"""The national portal's record as it is exported, and what its words mean to us.

Fees and times are known to be unreliable in the source; a number is given only where the source stands by it.
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from shared.public_services import AdminLevel, Channel, FeeState, Method, ProcedureResult, RequiredDocument
from shared.vietnamese import fold

Short = Annotated[str, Field(max_length=300)]


class _Row(BaseModel):
    """A part of the record: types are not guessed, fields that we do not know are kept."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class SourceChannel(_Row):
    """Cách thức thực hiện."""

    hinh_thuc: Short
    thoi_han_so: float | None = None
    thoi_han_don_vi: str = ""
    thoi_han_hien_thi: str = ""
    phi_hien_thi: str = ""
    phi_so: float | None = None
    phi_tien_te: str = ""
    phi_trang_thai: str = "khong_thong_tin"
    phi_ghi_chu: str = ""
    mo_ta: str = ""


class SourceDocument(_Row):
    """Thành phần hồ sơ."""

    truong_hop: str = ""
    ten: str
    mau_don: str = ""
    ban_chinh: int | None = None
    ban_sao: int | None = None


class SourceResult(_Row):
    """Kết quả thực hiện."""

    ten: str
    ma: str = ""


class SourceRecord(_Row):
    """A whole record; only its code and name are indispensable."""

    ma: str = Field(pattern=r"^\d\.\d{6}(\.[0-9A-Z]{1,4}){0,6}$", max_length=40)
    ten: str = Field(min_length=1, max_length=2_000, pattern=r"\S")
    linh_vuc: Short = ""
    bo_nganh: Short = ""
    cap_thuc_hien: list[str] = []
    loai_thu_tuc: Short = ""
    so_quyet_dinh: str = Field(default="", max_length=100)
    doi_tuong: list[Annotated[str, Field(max_length=200)]] = []
    co_quan_thuc_hien: list[str] = []
    co_quan_co_tham_quyen: str = ""
    co_quan_phoi_hop: str = ""
    dia_chi_tiep_nhan: str = ""
    trinh_tu: str = ""
    cach_thuc: list[SourceChannel] = []
    thanh_phan_ho_so: list[SourceDocument] = []
    can_cu_so_hieu: list[str] = []
    can_cu_phap_ly: str = ""
    yeu_cau_dieu_kien: str = ""
    ket_qua: list[SourceResult] = []
    thu_tuc_lien_quan: str = ""
    nguon_url: str = Field(default="", max_length=500)
    nguon: str = Field(default="", max_length=200)
    co: list[str] = []


_LEVELS = {"cap bo": AdminLevel.MINISTRY, "cap tinh": AdminLevel.PROVINCE, "cap xa": AdminLevel.COMMUNE}
_TIME_UNITS = {"gio", "ngay", "ngay lam viec", "tuan", "thang", "nam"}
_NOTHING = {"", "khong", "khong co", "khong quy dinh", "khong co thong tin"}
_CONDITION = re.compile(r"\b(doi voi|cho nguoi|truong hop|ngoai tru|tru )")


def level(text: str) -> AdminLevel:
    """Return the level that the source names."""
    return _LEVELS.get(fold(text).strip(), AdminLevel.OTHER)


def levels(texts: list[str]) -> list[AdminLevel]:
    """Return the levels that the source names, each once."""
    return list(dict.fromkeys(level(text) for text in texts))


def method(text: str) -> Method:
    """Return how a dossier is handed in."""
    folded = fold(text)
    if "truc tuyen" in folded:
        return Method.ONLINE
    return Method.POST if "buu chinh" in folded else Method.IN_PERSON


def fee_state(row: SourceChannel) -> FeeState:
    """Return how far the fee may be trusted.

    "Miễn phí" beside a note that sets a fee or a condition is not free: the note decides.
    """
    note = fold(row.phi_ghi_chu).strip(" .")
    match row.phi_trang_thai:
        case "co_phi" if row.phi_so is not None:
            return FeeState.FEE
        case "mien_phi":
            return FeeState.FREE_WITH_NOTE if _CONDITION.search(note) else FeeState.FREE
        case "co_phi_don_vi_nghi_van":
            return FeeState.DOUBTFUL
        case "theo_ghi_chu":
            free = fold(row.phi_hien_thi).strip() == "mien phi"
            return FeeState.FREE_WITH_NOTE if free else FeeState.SEE_NOTE
    spoken = note not in _NOTHING or row.mo_ta.strip()
    return FeeState.SEE_NOTE if spoken and row.phi_trang_thai != "khong_thong_tin" else FeeState.NOT_STATED


def channel(raw: dict[str, Any]) -> Channel:
    """Return a stored channel as it is shown: a number only where it may be believed."""
    row = SourceChannel.model_validate(raw)
    state = fee_state(row)
    timed = fold(row.thoi_han_don_vi).strip() in _TIME_UNITS
    return Channel(
        method=method(row.hinh_thuc),
        time_text=row.thoi_han_hien_thi,
        time_amount=row.thoi_han_so if timed else None,
        time_unit=row.thoi_han_don_vi if timed else "",
        fee_state=state,
        fee_text=row.phi_hien_thi,
        fee_amount={FeeState.FREE: 0.0, FeeState.FEE: row.phi_so}.get(state),
        fee_currency=row.phi_tien_te,
        fee_status=row.phi_trang_thai,
        fee_note=row.phi_ghi_chu,
        description=row.mo_ta,
    )


def document(raw: dict[str, Any]) -> RequiredDocument:
    """Return a stored paper of the dossier as it is shown."""
    row = SourceDocument.model_validate(raw)
    return RequiredDocument(
        case=row.truong_hop, name=row.ten, form=row.mau_don, originals=row.ban_chinh, copies=row.ban_sao
    )


def result(raw: dict[str, Any]) -> ProcedureResult:
    """Return a stored result as it is shown."""
    row = SourceResult.model_validate(raw)
    return ProcedureResult(name=row.ten, code=row.ma)
