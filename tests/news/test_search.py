"""Search among news: title before summary before body, the newest first, page by page; what is not out is not found."""

from datetime import timedelta
from typing import Any

from alembic import command
from sqlalchemy import text
from starlette.testclient import TestClient

from backend.core import clock
from backend.core.database import Database
from backend.migrations.runner import FOLDER, config, migrate
from backend.news import service
from tests.news.test_routes import publish
from tests.support.installations import Installation
from tests.support.people import API, expect

HERE = {"title": "Đom đóm", "summary": "Tin", "body": "Tin"}
IN_SUMMARY = {"title": "Tin", "summary": "Về đom đóm", "body": "Tin"}
IN_BODY = {"title": "Tin", "summary": "Tin", "body": "Đêm hè có đom đóm bay."}


def found(api: TestClient, q: str, limit: int = 100, **also: Any) -> list[str]:
    """Return the slugs that a search finds, over all its pages."""
    slugs: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = expect(200, api.get(f"{API}/news", params={"q": q, "limit": limit, **also, **cursor}))
        slugs += [row["slug"] for row in page["items"]]
        if page["next_cursor"] is None:
            return slugs
        cursor = {"cursor": page["next_cursor"]}


def test_title_before_summary_before_body_and_fresh_before_old(api: TestClient, database: Database) -> None:
    publish(database, "than-moi", days_ahead=-1, **IN_BODY)
    publish(database, "tom-tat", days_ahead=-2, **IN_SUMMARY)
    publish(database, "nhan-de-cu", days_ahead=-900, **HERE)
    publish(database, "nhan-de", days_ahead=-30, **HERE)
    expected = ["nhan-de", "nhan-de-cu", "tom-tat", "than-moi"]
    for limit in (1, 2, 3, 100):
        assert found(api, "đom đóm", limit) == expected
    assert found(api, "DOM   dom") == expected
    # The last word may be the beginning of one, of titles and summaries.
    assert found(api, "dom do") == []
    assert found(api, "đom đó") == []
    assert found(api, "dom đóm", category="nong-nghiep") == []


def test_the_last_word_may_be_a_beginning(api: TestClient, database: Database) -> None:
    publish(database, "chuong", days_ahead=-1, title="Chuồn chuồn bay thấp")
    assert found(api, "chuồn chuô") == ["chuong"]
    assert found(api, "chuon bay tha") == ["chuong"]
    assert found(api, "chuo tha") == [], "only the last one"


def test_what_is_not_out_yet_is_not_found(api: TestClient, database: Database) -> None:
    publish(database, "nhap", days_ahead=None, **HERE)
    publish(database, "hen", days_ahead=2, **HERE)
    assert found(api, "đom đóm") == []
    with clock.moved(timedelta(days=3)):
        # Another address: the answer above is kept for a minute.
        assert found(api, "đom đóm", 50) == ["hen"]


def test_many_of_one_second_are_all_found_once(api: TestClient, database: Database) -> None:
    moment = clock.now() - timedelta(hours=1)
    with database.transaction() as session:
        for number in range(30):
            new = service.NewArticle(f"loat-{number}", "Đom đóm", "Tin", "Tin", "doi-song", moment)
            service.publish(session, new)
    slugs = found(api, "đom đóm", 7)
    assert len(slugs) == len(set(slugs)) == 30


def test_an_installation_with_articles_finds_them_after_the_upgrade(installation: Installation) -> None:
    (script,) = FOLDER.glob("versions/*one_box.py")
    revision = script.name.split("_")[0]
    database = Database(installation.database_url)
    with database.engine.execution_options(writing=True).begin() as connection:
        command.downgrade(config(connection), f"{revision}-1")
        before = connection.execute(text("SELECT count(*) FROM article WHERE published_at IS NOT NULL")).scalar_one()
    assert before > 10
    assert migrate(database)
    with database.reading() as session:
        assert next(one.slug for one in service.find(session, "vai thieu thanh ha", 5)) == "vai-thieu-thanh-ha-vao-mua"
        tokens = session.execute(text("SELECT count(*) FROM article_tokens")).scalar_one()
    assert tokens == before
    database.close()
