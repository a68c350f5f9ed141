"""Made rows of the imported files."""

import json
from pathlib import Path
from typing import Any


def procedure(code: str = "1.000001", **changes: Any) -> dict[str, Any]:
    """Return a small whole record."""
    return {
        "ma": code,
        "ten": "Cấp thẻ thư viện",
        "linh_vuc": "Văn hóa",
        "cap_thuc_hien": ["Cấp tỉnh", "Cấp xã"],
        "doi_tuong": ["Công dân Việt Nam"],
        "cach_thuc": [channel()],
        "nguon": "thử",
        **changes,
    }


def channel(**changes: Any) -> dict[str, Any]:
    """Return one way to file."""
    return {
        "hinh_thuc": "Trực tuyến",
        "thoi_han_so": 3.0,
        "thoi_han_don_vi": "Ngày làm việc",
        "thoi_han_hien_thi": "3 Ngày làm việc",
        "phi_hien_thi": "Miễn phí",
        "phi_so": 0.0,
        "phi_tien_te": "VND",
        "phi_trang_thai": "mien_phi",
        "phi_ghi_chu": "",
        "mo_ta": "",
        **changes,
    }


def jsonl(path: Path, *rows: dict[str, Any] | str | bytes) -> Path:
    """Write rows, some of them perhaps not JSON at all."""
    lines = [row if isinstance(row, bytes) else _line(row).encode() for row in rows]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def _line(row: dict[str, Any] | str) -> str:
    return row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)


FORMER = "ma_tinh,ten_tinh,ma_huyen,ten_huyen,ma_xa,ten_xa,ten_xa_day_du,ten_xa_khong_dau\n"
TODAY = "code,name,kind,mainly_former_district,formed_from,bbox_centre_lat,bbox_centre_lon\n"
CITY = "ma_xa,ten,ten_day_du,loai,ma_tinh,ten_tinh,tinh_cu,ten_khong_dau,dien_tich_km2,co_ranh_gioi\n"
MERGED = "ma_xa_moi,ten_xa_moi,xa_cu_nguyen_van,mot_phan,ma_xa_cu,huyen_cu,khop\n"


def place_files(folder: Path) -> list[Path]:
    """Write one small file of each kind.

    Old 10001 An and 10002 Bình became new 10001 An; 10002 was split and is in new 20002 too; the map of mergers also
    claims, wrongly, that 10001 went into 20002.
    """
    files = {
        "former.csv": FORMER
        + "30,Tỉnh Hải Dương,288,Huyện Thử,10001,An,Xã An,an\n"
        + "30,Tỉnh Hải Dương,288,Huyện Thử,10002,Bình,Xã Bình,binh\n",
        "today.csv": TODAY
        + '10001,Xã An,Xã,Huyện Thử,"Xã An, Xã Bình",20.9,106.3\n20002,Phường Ân,Phường,Huyện Thử,Xã Bình,20.8,106.4\n',
        "city.csv": CITY + "10001,An,Xã An,Xã,31,Thành phố Hải Phòng,Hải Dương,an,12.5,True\n",
        "merged.csv": MERGED
        + "10001,Xã An,Xã An,0,10001,Huyện Thử,unique\n20002,Phường Ân,Xã An,0,10001,Huyện Thử,unique\n"
        + "30003,Phường Xa,Xã Gần,0,30001|30003,Quận Một|Quận Hai,ambiguous\n30004,Đặc khu,Huyện Đảo,0,,,not_found\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]
