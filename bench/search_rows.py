"""A made-up newsroom and registry: so many articles and documents over five years, indexed as the app would."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import select

from backend.core import clock
from backend.core.database import Database
from backend.core.fulltext import Entry
from backend.core.importing import ImportReport, parts
from backend.core.tables import new_id
from backend.documents import document_import
from backend.documents.document_import import DocumentRow
from backend.news.models import Article, NewsCategory
from backend.news.search import INDEX, tokens

DAYS = 5 * 365
CHUNK = 1_000
RARE = ("chuồn chuồn", "hải âu", "đom đóm", "tắc kè")
SEASON = "mưa đá"
_THINGS = (
    "Vải thiều", "Cầu mới", "Trường học", "Đường liên xã", "Lễ hội mùa xuân", "Chợ quê", "Tuyến xe buýt",
    "Hợp tác xã rau an toàn", "Thư viện lưu động", "Trạm bơm", "Làng nghề gốm", "Giải bóng chuyền",
)  # fmt: skip
_DOES = ("mở cửa trở lại", "vào vụ", "được sửa chữa", "đón khách", "cần thêm người", "hoàn thành sớm", "đổi giờ làm")
_WHERE = ("ở Thanh Hà", "tại Chí Linh", "ở Kinh Môn", "tại Gia Lộc", "ở Bình Giang", "tại Nam Sách", "ở Tứ Kỳ")
_SAID = """
    người dân thôn xóm phường xã đường nước điện trường lớp học sinh giáo viên chuyển đổi số dịch vụ công trực tuyến
    hồ sơ giấy tờ khai sinh kết hôn thường trú bảo hiểm y tế khám chữa bệnh nông nghiệp lúa gạo rau màu vải ổi chuối
    chợ hàng hóa giá cả mùa vụ mưa nắng bão lụt kênh mương sông hồ cầu cống xe máy ô tô an toàn giao thông lễ hội văn
    hóa thể thao du lịch môi trường rác thải cây xanh công an quân sự thanh niên phụ nữ người cao tuổi trẻ em
"""
_WORDS = _SAID.split()
_AGENCIES = ("Ủy ban nhân dân tỉnh", "Sở Y tế", "Sở Xây dựng", "Sở Giáo dục và Đào tạo", "Sở Tài chính")
_ABOUT = ("phê duyệt quy hoạch", "ban hành quy chế", "giao dự toán", "công bố danh mục thủ tục", "kiểm tra công vụ")


def fill(database: Database, articles: int) -> None:
    """Put so many articles in, and a tenth as many documents; let the database take stock."""
    dice = random.Random(20261124)
    with database.reading() as session:
        headings = session.exec(select(NewsCategory.slug)).all()
    for part in parts(range(articles), CHUNK):
        rows = [_article(dice, number, articles, headings) for number in part]
        with database.transaction() as session:
            session.execute(insert(Article), rows)
            INDEX.put(session, [_entry(row) for row in rows])
    for some in parts(list(_documents(dice, articles // 10)), CHUNK):
        with database.transaction() as session:
            document_import.write(session, some, ImportReport("documents"))
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _article(dice: random.Random, number: int, of: int, headings: Sequence[str]) -> dict[str, Any]:
    moment: datetime = clock.now() - timedelta(days=DAYS) * (1 - number / of) - timedelta(hours=1)
    title = f"{dice.choice(_THINGS)} {dice.choice(_DOES)} {dice.choice(_WHERE)}"
    body = " ".join(dice.choices(_WORDS, k=120))
    if number % 5_000 == 77:
        body = f"{body}. Ở đây có {RARE[number // 5_000 % len(RARE)]}."
    if of * 0.2 < number < of * 0.21:
        title = f"Sau trận {SEASON}: {title.lower()}"
    return {
        "id": new_id(), "slug": f"tin-{number}", "title": title, "summary": " ".join(dice.choices(_WORDS, k=25)),
        "body": body, "category_slug": dice.choice(headings), "tags": ["tin thử"], "reading_minutes": 1,
        "pinned": False, "sample": True, "published_at": moment, "created_at": moment, "updated_at": moment,
    }  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    found = tokens(row["title"], f"{row['summary']} {' '.join(row['tags'])}", row["body"], row["category_slug"])
    return Entry(row["id"], row["published_at"], found)


def _documents(dice: random.Random, count: int) -> Iterator[DocumentRow]:
    today = clock.now().date()
    for number in range(count):
        yield DocumentRow(
            number=f"{number % 4_000 + 1}/QĐ-{dice.choice(('UBND', 'SYT', 'SXD'))}",
            title=f"Về việc {dice.choice(_ABOUT)} {dice.choice(_WHERE)} lần {number}",
            issued_on=today - timedelta(days=dice.randrange(DAYS)),
            agency=dice.choice(_AGENCIES),
            field=dice.choice(("Y tế", "Xây dựng", "Tài chính")),
        )
