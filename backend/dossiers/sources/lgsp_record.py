"""What the integration platform sends of a dossier, and what we take of it.

The names are those by which the provinces report dossiers to the national portal (Văn phòng Chính phủ's guide on
connecting to Cổng Dịch vụ công quốc gia: hồ sơ and tiến độ xử lý hồ sơ). See docs/dossiers.md.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from backend.dossiers.reading import read_moment, read_state
from backend.dossiers.snapshot import MAX_MISSING, MAX_STEPS, Snapshot
from shared.dossiers import DossierState


class Wrong(Exception):
    """An answer that is not what the platform promised; the words name fields, never what stood in them.

    `whole`: it is no answer of such a platform at all, rather than one bad record.
    """

    def __init__(self, why: str, *, whole: bool = True) -> None:
        super().__init__(why)
        self.whole = whole


def _moment(value: Any) -> Any:
    return (read_moment(value) if value.strip() else None) if isinstance(value, str) else value


def _due(value: Any) -> Any:
    return (read_moment(value, ends_day=True) if value.strip() else None) if isinstance(value, str) else value


def _state(value: Any) -> Any:
    return read_state(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else value


def _empty(value: Any) -> Any:
    return "" if value is None else value


Said = Annotated[str, BeforeValidator(_empty)]
When = Annotated[datetime | None, BeforeValidator(_moment)]
Due = Annotated[datetime | None, BeforeValidator(_due)]
State = Annotated[DossierState, BeforeValidator(_state)]


class _Part(BaseModel):
    # Fields that we do not need are nobody's fault; those that we do must be what they say.
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Progress(_Part):
    """Tiến độ: one step."""

    ThoiDiemXuLy: Annotated[datetime, BeforeValidator(_moment)]
    TrangThai: State
    NoiDungXuLy: Said = ""


class Paper(_Part):
    """Giấy tờ cần bổ sung."""

    TenGiayTo: str
    TruongThongTin: Said = ""
    LyDo: Said = ""


class Apology(_Part):
    """Thư xin lỗi."""

    NoiDung: Said = ""
    NgayHenMoi: Due = None


class Contact(_Part):
    """Nơi liên hệ."""

    Ten: Said = ""
    SoDienThoai: Said = ""


class Record(_Part):
    """Hồ sơ."""

    MaHoSo: str
    MaTTHC: Said = ""
    TenTTHC: str
    ChuHoSo: str
    SoDienThoai: str
    DonViXuLy: Said = ""
    TrangThaiHoSo: State
    NgayTiepNhan: When = None
    NgayHenTra: Due = None
    NgayKetThucXuLy: When = None
    NgayTamDung: When = None
    GhiChu: Said = ""
    TienDo: Annotated[list[Progress], Field(max_length=MAX_STEPS)] = []
    BoSung: Annotated[list[Paper], Field(max_length=MAX_MISSING)] = []
    XinLoi: Apology | None = None
    LienHe: Contact | None = None


def read(body: bytes, code: str) -> Snapshot:
    """Return what an answer says of the dossier that was asked for; raises Wrong."""
    try:
        record = Record.model_validate_json(body)
        snapshot = _snapshot(record)
    except ValidationError as error:
        faults = error.errors()
        whole = any(fault["type"] == "json_invalid" or not fault["loc"] for fault in faults)
        raise Wrong(", ".join(sorted({_where(fault) for fault in faults}))[:200], whole=whole) from error
    if snapshot.code != code:
        raise Wrong("MaHoSo: another dossier than was asked for", whole=False)
    return snapshot


def _where(fault: Any) -> str:
    return f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['type']}"


def _snapshot(record: Record) -> Snapshot:
    digits = "".join(sign for sign in record.SoDienThoai if sign.isdecimal())
    late, contact = record.XinLoi or Apology(), record.LienHe or Contact()
    return Snapshot.model_validate(
        {
            "code": record.MaHoSo,
            "phone_last4": digits[-4:],
            "applicant": record.ChuHoSo,
            "procedure_code": record.MaTTHC,
            "procedure_name": record.TenTTHC,
            "agency": record.DonViXuLy,
            "state": record.TrangThaiHoSo,
            "note": record.GhiChu,
            "received_at": record.NgayTiepNhan,
            "due_at": record.NgayHenTra,
            "finished_at": record.NgayKetThucXuLy,
            "paused_at": record.NgayTamDung,
            "apology": late.NoiDung,
            "new_due_at": late.NgayHenMoi,
            "missing": [{"paper": p.TenGiayTo, "field": p.TruongThongTin, "reason": p.LyDo} for p in record.BoSung],
            "contact_name": contact.Ten,
            "contact_phone": contact.SoDienThoai,
            "history": [{"at": s.ThoiDiemXuLy, "state": s.TrangThai, "note": s.NoiDungXuLy} for s in record.TienDo],
        }
    )
