"""Words on paper and on pictures, which know no language but the records' own."""

from collections.abc import Sequence
from datetime import date

from shared import fee_notes
from shared.preparation import OpenPoint, by_method, money
from shared.public_services import Channel, FeeState, Method

METHODS = {Method.IN_PERSON: "Trực tiếp", Method.ONLINE: "Trực tuyến", Method.POST: "Bưu chính"}
_FEES = {
    FeeState.FREE: "Miễn phí",
    FeeState.FEE: "Xem ghi chú",
    FeeState.FREE_WITH_NOTE: "Tùy trường hợp, xem ghi chú",
    FeeState.SEE_NOTE: "Xem ghi chú",
    FeeState.DOUBTFUL: "Nguồn ghi chưa rõ đơn vị, hãy hỏi nơi nộp",
    FeeState.NOT_STATED: "Nguồn không ghi, hãy hỏi nơi nộp",
}
SOMETIMES = "Tùy trường hợp"
OPEN = {
    OpenPoint.FEE_UNCERTAIN: "Mức phí chưa chắc chắn, hãy hỏi nơi nộp",
    OpenPoint.FEE_SEVERAL: "Có nhiều mức phí, tùy trường hợp",
    OpenPoint.FEE_CONDITIONS: "Tổng tiền tùy ghi chú về phí",
    OpenPoint.FEE_NOT_STATED: "Nguồn không ghi mức phí, hãy hỏi nơi nộp",
    OpenPoint.TIME_NOT_STATED: "Nguồn không ghi thời hạn",
    OpenPoint.TIME_SEVERAL: "Có nhiều thời hạn, tùy trường hợp hoặc cách nộp",
    OpenPoint.CASE_OPEN: "Chọn trường hợp của mình để biết đủ giấy tờ",
}
FLAGS = {
    "mien_phi_nhung_co_ghi_chu": "Nguồn ghi “Miễn phí” mà ghi chú lại có mức phí.",
    "thoi_han_thieu_don_vi": "Thời hạn chưa rõ là mấy ngày hay mấy giờ.",
    "phi_co_the_theo_nghin_dong": "Mức phí trong nguồn có thể tính theo nghìn đồng.",
    "khong_co_cach_thuc": "Nguồn không ghi cách nộp.",
    "cach_thuc_tach_chua_het": "Phần cách nộp trong nguồn bị viết liền, có thể chưa tách hết.",
    "ho_so_tach_chua_het": "Danh sách giấy tờ trong nguồn bị viết liền, có thể chưa tách hết.",
    "trang_lay_nham_ma_da_gan_lai": "Mã thủ tục có thể đã đổi. Hãy đối chiếu với cổng quốc gia.",
    "ban_dung_thu": "Biên soạn ngắn cho bản dùng thử. Hãy xem đầy đủ ở cổng quốc gia.",
}


def fee(channel: Channel) -> str:
    """Say the fee: a number only where the source stands by it."""
    if channel.fee_state is FeeState.FEE and channel.fee_amount is not None:
        return money(channel.fee_amount, channel.fee_currency)
    return _FEES[channel.fee_state]


def time(channel: Channel) -> str:
    """Say the time as the source does; a bare number, of days or of hours, says nothing."""
    text = channel.time_text.strip()
    if not text:
        return "Nguồn không ghi"
    if channel.time_unit:
        return text.replace(channel.time_unit, channel.time_unit.lower())
    if not text.replace(".", "").replace(",", "").isdigit():
        return text[0].upper() + text[1:]
    return "Chưa rõ, hãy hỏi nơi nộp"


def times(channels: Sequence[Channel]) -> list[str]:
    """Say each time once, and of which ways of filing where they differ: Trực tuyến, bưu chính 20 ngày."""
    return [f"{methods(ways)} {words}".strip() for ways, words in by_method(channels, time)]


def methods(ways: Sequence[Method]) -> str:
    """Name several ways of filing."""
    return ", ".join(METHODS[way] for way in ways).capitalize()


def ended(note: str, today: date) -> str:
    """Say that times named by a fee's note are over; nothing when none is."""
    days = [f"{day:%d/%m/%Y}" for day in fee_notes.ended(note, today)]
    return f"Có mức đã hết hạn ngày {', '.join(days)}, hãy hỏi nơi nộp." if days else ""


def copies(originals: int | None, copied: int | None) -> str:
    """Say how many originals and copies of a paper; nothing where the source names none."""
    said = [f"{number} {words}" for number, words in ((originals, "bản chính"), (copied, "bản sao")) if number]
    return ", ".join(said)
