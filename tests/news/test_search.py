"""Search among news: title before summary before body, the newest first, page by page; what is not out is not found."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from starlette.testclient import TestClient

from backend.core import clock
from backend.core.database import Database
from backend.migrations.runner import FOLDER, config, migrate
from backend.news import service
from tests.news.test_routes import publish
from tests.support.installations import KINDS, Installations, Kind
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


@pytest.mark.parametrize("kind", KINDS)
def test_articles_that_were_there_are_found_after_the_upgrade(
    kind: Kind, installer: Installations, tmp_path: Path
) -> None:
    (script,) = FOLDER.glob("versions/*one_box.py")
    url = (
        f"sqlite:///{tmp_path / 'old.db'}"
        if kind == "sqlite"
        else installer.cluster().url(installer.cluster().create())
    )
    database = Database(url)
    with database.engine.execution_options(writing=True).begin() as connection:
        made = config(connection)
        before = ScriptDirectory.from_config(made).get_revision(script.name.split("_")[0]).down_revision
        command.upgrade(made, str(before))
        connection.execute(text("INSERT INTO news_category (slug, name, position) VALUES ('a', 'A', 1)"))
        for number, moment in enumerate(("2024-05-06 07:08:09+00:00", "2026-05-06 07:08:09.5+00:00", None)):
            values = {"id": uuid4().hex, "slug": f"tin-{number}", "moment": moment, "now": "2026-05-06 07:08:09"}
            connection.execute(text(OLD), values)
    assert migrate(database)
    with database.reading() as session:
        assert [one.slug for one in service.find(session, "dom dom", 5)] == ["tin-1", "tin-0"]
        assert [one.slug for one in service.find(session, "bay thap", 5)] == ["tin-1", "tin-0"]
    database.close()


OLD = (
    "INSERT INTO article (id, slug, title, summary, body, category_slug, tags, reading_minutes, pinned, sample,"
    " search_key, published_at, created_at, updated_at) VALUES (:id, :slug, 'Đom đóm', 'Tin', 'Bay thấp', 'a',"
    " '[\"hè\"]', 1, false, false, 'dom dom', :moment, :now, :now)"
)
