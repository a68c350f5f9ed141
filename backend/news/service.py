"""The verbs of news: read a list, read an article, publish."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlmodel import Session

from backend.core import clock
from backend.core.cache import changed
from backend.core.errors import NotFound
from backend.core.fulltext import read
from backend.core.pages import PageRequest, as_page
from backend.files.service import Pictures
from backend.news import queries, search
from backend.news.models import Article, NewsCategory
from shared import news as contract
from shared.files import Variant
from shared.pages import Page
from shared.vietnamese import fold

TOPIC = "news"
BODY = 2
"""The level of what is found by its body alone."""
WORDS_A_MINUTE = 220
"""Syllables that an adult reads in a minute of Vietnamese, on the slow side."""


@dataclass(frozen=True)
class NewArticle:
    """What an editor gives; `published_at` None leaves a draft, a moment to come schedules it."""

    slug: str
    title: str
    summary: str
    body: str
    category: str
    published_at: datetime | None
    tags: list[str] = field(default_factory=list)
    cover_id: UUID | None = None
    source_name: str | None = None
    source_url: str | None = None
    pinned: bool = False
    sample: bool = False


def publish(session: Session, new: NewArticle) -> Article:
    """Store an article; raises NotFound for an unknown heading."""
    if session.get(NewsCategory, new.category) is None:
        raise NotFound("no such heading")
    now = clock.now()
    article = Article(
        slug=new.slug,
        title=new.title,
        summary=new.summary,
        body=new.body,
        category_slug=new.category,
        tags=new.tags,
        cover_id=new.cover_id,
        source_name=new.source_name,
        source_url=new.source_url,
        reading_minutes=math.ceil(len(new.body.split()) / WORDS_A_MINUTE) or 1,
        pinned=new.pinned,
        sample=new.sample,
        published_at=new.published_at,
        created_at=now,
        updated_at=now,
    )
    session.add(article)
    search.index(session, article)
    changed(session, TOPIC)
    return article


def add_category(session: Session, slug: str, name: str, position: int) -> None:
    """Store a heading."""
    session.add(NewsCategory(slug=slug, name=name, position=position))
    changed(session, TOPIC)


def list_articles(
    session: Session, page: PageRequest, *, category: str | None, q: str | None, pictures: Pictures
) -> Page[contract.ArticleSummary]:
    """Return published articles, pinned ones first, then the newest; of a question the best first."""
    asked = read(q)

    def show(row: Row[Any]) -> contract.ArticleSummary:
        return contract.ArticleSummary(**_summary(row, row.category_slug, row.category_name, pictures))

    if asked.nothing:
        rows = queries.articles(session, page, clock.now(), category=category)
        return as_page(rows, page, show, lambda row: (row.pinned, row.published_at.isoformat(), row.id))
    seen = page.after(int, int)
    after = (seen[0], seen[1]) if seen else None
    found = queries.found(session, asked, clock.now(), category=category, after=after, most=page.limit + 1)
    return as_page(found, page, lambda pair: show(pair[1]), lambda pair: (pair[0], pair[1].number))


@dataclass(frozen=True)
class ArticleFound:
    """An article that a question found; `level` is 0 when its title has all the words, 1 its summary, 2 its body."""

    slug: str
    title: str
    category: str
    published_at: datetime
    level: int


def find(session: Session, q: str, most: int) -> list[ArticleFound]:
    """Return the published articles that a question finds, the best first; none when nothing is asked."""
    asked = read(q)
    if asked.nothing:
        return []
    found = queries.found(session, asked, clock.now(), category=None, after=None, most=most)
    # Syllables without marks meet by chance in a long text; there they must stand together.
    deep = [row.id for level, row in found if level == BODY] if len(asked.all) > 1 else []
    apart = {key for key, body in queries.bodies(session, deep) if f" {' '.join(asked.all)}" not in f" {fold(body)}"}
    return [
        ArticleFound(row.slug, row.title, row.category_name, row.published_at, level)
        for level, row in found
        if row.id not in apart
    ]


def _summary(row: Row[Any] | Article, category: str, heading: str, pictures: Pictures) -> dict[str, Any]:
    cover = row.cover_id
    return {
        "id": row.id,
        "slug": row.slug,
        "title": row.title,
        "summary": row.summary,
        "category": contract.NewsCategory(slug=category, name=heading),
        "cover_url": pictures.url(cover, Variant.LARGE, public=True) if cover else None,
        "published_at": row.published_at,
        "reading_minutes": row.reading_minutes,
        "pinned": row.pinned,
        "sample": row.sample,
    }


def get_article(session: Session, slug: str, *, pictures: Pictures) -> contract.ArticleDetail:
    """Return a published article; raises NotFound."""
    found = queries.article(session, slug, clock.now())
    if found is None:
        raise NotFound("no such article")
    article, category = found
    return contract.ArticleDetail(
        **_summary(article, category.slug, category.name, pictures),
        body=article.body,
        source_name=article.source_name,
        source_url=article.source_url,
        tags=article.tags,
    )


def list_categories(session: Session) -> list[contract.NewsCategory]:
    """Return the headings in their order."""
    return [contract.NewsCategory(slug=row.slug, name=row.name) for row in queries.categories(session)]
