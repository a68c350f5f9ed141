"""News over HTTP: pinned first, then the newest; drafts and what is scheduled stay unseen."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from backend.core import clock
from backend.core.database import Database
from backend.news import service

API = "/api/v1/news"


def get(api: TestClient, path: str = "", **query: Any) -> Any:
    """Return the JSON of a read that has to succeed."""
    answer = api.get(f"{API}{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def publish(database: Database, slug: str, *, days_ahead: float | None, **changes: Any) -> None:
    """Store an article that appears in so many days; None makes a draft."""
    when = None if days_ahead is None else clock.now() + timedelta(days=days_ahead)
    new = {"title": f"Tin {slug}", "summary": "Tóm tắt", "body": "Nội dung", "category": "doi-song", **changes}
    with database.transaction() as session:
        service.publish(session, service.NewArticle(slug=slug, published_at=when, **new))


def test_the_demo_has_news_pinned_first_then_the_newest(api: TestClient) -> None:
    slugs, cursor = [], None
    rows: list[dict[str, Any]] = []
    while True:
        page = get(api, limit=4, **({"cursor": cursor} if cursor else {}))
        rows += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    slugs = [row["slug"] for row in rows]
    assert len(slugs) == len(set(slugs)) >= 12
    order = [(row["pinned"], row["published_at"]) for row in rows]
    assert order == sorted(order, reverse=True)
    assert any(row["sample"] for row in rows)


def test_an_article_is_whole_and_its_cover_can_be_seen_by_anyone(api: TestClient) -> None:
    row = get(api)["items"][0]
    whole = get(api, f"/{row['slug']}")
    assert whole["title"] == row["title"]
    assert len(whole["body"]) > 500
    assert whole["tags"]
    cover = api.get(row["cover_url"])
    assert (cover.status_code, cover.headers["content-type"]) == (200, "image/webp")
    assert "public" in cover.headers["cache-control"]


def test_categories_narrow_the_list(api: TestClient) -> None:
    names = [row["slug"] for row in get(api, "/categories")]
    assert names == ["chuyen-doi-so", "hanh-chinh", "nong-nghiep", "doi-song", "canh-bao"]
    for name in names:
        rows = get(api, category=name)["items"]
        assert rows
        assert {row["category"]["slug"] for row in rows} == {name}


@pytest.mark.parametrize("q", ["vải thiều", "vai thieu", "VAI  THIEU thanh ha"])
def test_news_is_found_without_marks(api: TestClient, q: str) -> None:
    assert get(api, q=q)["items"][0]["slug"] == "vai-thieu-thanh-ha-vao-mua"


def test_drafts_and_scheduled_articles_are_not_there_yet(api: TestClient, database: Database) -> None:
    publish(database, "ban-nhap", days_ahead=None)
    publish(database, "hen-gio", days_ahead=2)
    assert not {"ban-nhap", "hen-gio"} & {row["slug"] for row in get(api, limit=100)["items"]}
    for slug in ("ban-nhap", "hen-gio", "khong-co"):
        assert api.get(f"{API}/{slug}").status_code == 404
    with clock.moved(timedelta(days=3)):
        assert get(api, "/hen-gio")["title"] == "Tin hen-gio"


def test_a_new_article_is_seen_at_once(api: TestClient, database: Database) -> None:
    before = api.get(API)
    publish(database, "vua-dang", days_ahead=-0.001)
    after = api.get(API, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "vua-dang" in [row["slug"] for row in after.json()["items"]]


def test_wrong_questions_are_problems(api: TestClient) -> None:
    # Aware, but outside the calendar once it is put into UTC.
    beyond = [True, "0001-01-01T00:00:00+23:59", "01a207ce-2c23-77a6-b481-0cfa65cc06d2"]
    cursors = ["x", *(base64.urlsafe_b64encode(json.dumps(row).encode()).decode() for row in (beyond, [5, "", "x"]))]
    for query in (*(f"cursor={cursor}" for cursor in cursors), "category=%00", "limit=101"):
        answer = api.get(f"{API}?{query}")
        assert (query, answer.status_code) == (query, 422)
        assert answer.headers["content-type"] == "application/problem+json"
