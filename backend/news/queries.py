"""Every select over news."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, tuple_
from sqlmodel import Session, col, select

from backend.core.fulltext import NEWEST, Asked, moment_number, sign
from backend.core.pages import PageRequest
from backend.news.models import Article, ArticleTokens, NewsCategory
from backend.news.search import INDEX

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


def articles(session: Session, page: PageRequest, now: datetime, *, category: str | None) -> Sequence[Row[Any]]:
    """Return published articles, pinned ones first, then the newest; one more than the page holds."""
    statement = _summaries(now)
    if category is not None:
        statement = statement.where(col(Article.category_slug) == category)
    order = (col(Article.pinned), col(Article.published_at), col(Article.id))
    after = page.after(int, datetime, UUID)
    if after is not None:
        statement = statement.where(tuple_(*order) < (bool(after[0]), after[1], after[2]))
    return session.execute(statement.order_by(*(column.desc() for column in order)).limit(page.limit + 1)).all()


def found(
    session: Session, asked: Asked, now: datetime, *, category: str | None, after: tuple[int, int] | None, most: int
) -> list[tuple[int, Row[Any]]]:
    """Return published articles with all the words, each with the level at which they stand, the best first.

    `after` is the level and the number of the last one seen.
    """
    signs = ["=all" if category is None else sign("c", category)]
    level, last = after or (0, NEWEST)
    ranked = INDEX.ranked(session, asked, signs, level=level, before=last - 1, most=most, now=moment_number(now))
    levels = {key: place for place, key in ranked}
    if not levels:
        return []
    statement = _summaries(now).add_columns(col(ArticleTokens.number))
    statement = statement.join(ArticleTokens, col(ArticleTokens.article_id) == Article.id)
    rows = session.execute(statement.where(col(Article.id).in_(levels))).all()
    return sorted(((levels[row.id], row) for row in rows), key=lambda pair: (pair[0], -pair[1].number))


def _summaries(now: datetime) -> Select[Any]:
    chosen: Any = select(*_SUMMARY)  # type: ignore[call-overload]
    statement: Select[Any] = chosen.join(NewsCategory, col(NewsCategory.slug) == Article.category_slug)
    return statement.where(col(Article.published_at) <= now)


def bodies(session: Session, ids: Sequence[UUID]) -> Sequence[tuple[UUID, str]]:
    """Return the bodies of these articles."""
    return session.exec(select(Article.id, Article.body).where(col(Article.id).in_(ids))).all() if ids else ()


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
