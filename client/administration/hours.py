"""Working hours as people count them: days of eight hours, and hours."""

from collections.abc import Mapping
from typing import Any

from client.core.text import Text
from client.core.text.dates import WORKING_DAY

MAX_HOURS = 2_000
_DAY = WORKING_DAY // 60


def hours_words(t: Text, hours: float) -> str:
    """3 ngày, 1 ngày 4 giờ, 4 giờ, 30 phút."""
    minutes = round(hours * 60)
    days, rest = divmod(minutes, WORKING_DAY)
    parts = [(days, "days"), (rest // 60, "hours"), (rest % 60, "minutes")]
    return " ".join(t(f"admin.n_{name}", n=n) for n, name in parts if n) or t("admin.n_minutes", n=0)


def split(hours: float) -> tuple[str, str]:
    """Return days and the hours beyond them, as they stand in two fields; nothing stands for none."""
    days, rest = divmod(hours, _DAY)
    return str(int(days)) if days else "", f"{rest:g}".replace(".", ",") if rest else ""


def read(values: Mapping[str, Any], name: str) -> float | None:
    """Return the hours of the fields `<name>_days` and `<name>_hours`; None when they say no time that may be set."""
    try:
        days = int(str(values[f"{name}_days"]).strip() or 0)
        rest = float(str(values[f"{name}_hours"]).strip().replace(",", ".") or 0)
    except ValueError:
        return None
    whole = days * _DAY + rest
    # What is not a number is not between them either.
    return whole if days >= 0 and rest >= 0 and 0 < whole <= MAX_HOURS else None
