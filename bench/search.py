"""The one search box with few articles and with very many: `python -m bench.search --articles 100000 --only sqlite`.

Asked for: p95 under 30 ms for `/search` with 100,000 articles (and a tenth as many documents), at most twice what it is
with 1,000. Where the real catalogue of procedures is at hand, it is in.
"""

import argparse
from collections.abc import Sequence
from urllib.parse import quote

from backend.core.database import Database
from backend.public_services.importing import import_procedures
from bench.asking import Ask, Bench, compare
from bench.search_rows import RARE, SEASON
from bench.search_rows import fill as fill_rows
from tests.support import needs
from tests.support.installations import KINDS

MOST_MS, MOST_TIMES = 30, 2
FREQUENT = ("vải thiều", "người dân", "đường liên xã", "chuyển đổi số", "khám chữa bệnh", "Thanh Hà")
SEVERAL = ("trạm bơm Gia Lộc", "cầu mới ở Kinh Môn", "lễ hội mùa xuân Chí Linh", "làng nghề gốm đón khách")
PROCEDURES = ("đăng ký khai sinh", "sổ đỏ", "cấp đổi giấy phép lái xe", "làm lại căn cước bị mất")
NUMBERS = ("685/QĐ-UBND", "21/QĐ-SYT", "505/QĐ-TTg", "quyết định 77")
URGENT = ("cháy nhà", "114", "tai nạn giao thông", "trộm xe")
PLACES = ("xã Cẩm Giàng", "Thanh Hà", "phường Sao Đỏ", "cam giag")


_WORDS: dict[str, Sequence[str]] = {
    "frequent": FREQUENT,
    "rare": RARE,
    "several words": SEVERAL,
    "frequent long ago": (SEASON,),
    "nothing": ("khongco xyzw",),
}
_MEANT: dict[str, Sequence[str]] = {"procedure": PROCEDURES, "number": NUMBERS, "urgent": URGENT, "place": PLACES}
_DOCUMENTS: dict[str, Sequence[str]] = {"number": NUMBERS, "words": ("quy hoạch Chí Linh", "giao dự toán")}


def questions() -> dict[str, Ask]:
    """Return what is asked, by name."""
    asked = {"/search": {**_WORDS, **_MEANT}, "/news": _WORDS, "/documents": _DOCUMENTS}
    found = {f"{path} {name}": _asks(path, some) for path, kinds in asked.items() for name, some in kinds.items()}
    return {**found, "/documents agency and year": lambda n: f"/documents?agency={quote('Sở Y tế')}&year=2025&n={n}"}


def _asks(path: str, asked: Sequence[str]) -> Ask:
    return lambda n: f"{path}?q={quote(asked[n % len(asked)])}&n={n}"


def fill(database: Database, articles: int) -> None:
    """Put articles and documents in, and the real procedures where they are at hand."""
    fill_rows(database, articles)
    catalogue = needs.real_data() / "procedures/procedures.jsonl"
    if catalogue.exists():
        with database.transaction() as session:
            import_procedures(session, [catalogue])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--only", choices=KINDS)
    asked = parser.parse_args(arguments)
    compare(Bench(questions(), fill, MOST_MS, MOST_TIMES), asked.articles, asked.only)


if __name__ == "__main__":
    main()
