"""Every select over news."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, tuple_
from sqlmodel import Session, col, select

from backend.core.pages import PageRequest
from backend.news.models import Article, NewsCategory
from shared.vietnamese import words

MAX_WORDS = 8

# The body is long, and a list does not show it.
_SUMMARY = (
    Article.id,
    Article.slug,
    Article.title,
    Article.summary,
    Article.cover_id,
    Article.published_at,
    Article.reading_minutes,
    Article.pinned,
    Article.sample,
    NewsCategory.slug.label("category_slug"),  # type: ignore[attr-defined]
    NewsCategory.name.label("category_name"),  # type: ignore[attr-defined]
)


def articles(
    session: Session, page: PageRequest, now: datetime, *, category: str | None, q: str | None
) -> Sequence[Row[Any]]:
    """Return published articles, pinned ones first, then the newest; one more than the page holds."""
    chosen: Any = select(*_SUMMARY)  # type: ignore[call-overload]
    statement: Select[Any] = chosen.join(NewsCategory, col(NewsCategory.slug) == Article.category_slug)
    statement = statement.where(col(Article.published_at) <= now)
    if category is not None:
        statement = statement.where(col(Article.category_slug) == category)
    for word in words((q or "")[:300])[:MAX_WORDS]:
        statement = statement.where(col(Article.search_key).contains(word, autoescape=True))
    order = (col(Article.pinned), col(Article.published_at), col(Article.id))
    after = page.after(int, datetime, UUID)
    if after is not None:
        statement = statement.where(tuple_(*order) < (bool(after[0]), after[1], after[2]))
    return session.execute(statement.order_by(*(column.desc() for column in order)).limit(page.limit + 1)).all()


def article(session: Session, slug: str, now: datetime) -> tuple[Article, NewsCategory] | None:
    """Return a published article with its heading."""
    statement = (
        select(Article, NewsCategory)
        .join(NewsCategory, col(NewsCategory.slug) == Article.category_slug)
        .where(Article.slug == slug, col(Article.published_at) <= now)
    )
    return session.exec(statement).first()


def categories(session: Session) -> Sequence[NewsCategory]:
    """Return the headings in their order."""
    return session.exec(select(NewsCategory).order_by(col(NewsCategory.position), col(NewsCategory.slug))).all()
