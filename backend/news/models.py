"""The tables of news."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.core.tables import JsonColumn, id_field, maybe_moment_field, moment_field, number_field


class NewsCategory(SQLModel, table=True):
    """A heading under which articles stand, in the order in which headings are shown."""

    __tablename__ = "news_category"

    slug: str = Field(max_length=60, primary_key=True)
    name: str = Field(max_length=120)
    position: int


class Article(SQLModel, table=True):
    """An article. Without `published_at` it is a draft; with one to come it is scheduled."""

    __table_args__ = (Index("ix_article_list", "pinned", "published_at", "id"),)

    id: UUID = id_field()
    slug: str = Field(max_length=120, unique=True)
    title: str = Field(max_length=300)
    summary: str = Field(max_length=1_000)
    body: str
    category_slug: str = Field(foreign_key="news_category.slug", max_length=60, index=True)
    tags: list[str] = Field(sa_type=JsonColumn)
    cover_id: UUID | None = None
    source_name: str | None = Field(default=None, max_length=200)
    source_url: str | None = Field(default=None, max_length=500)
    reading_minutes: int
    pinned: bool
    sample: bool
    published_at: datetime | None = maybe_moment_field()
    created_at: datetime = moment_field()
    updated_at: datetime = moment_field(index=True)


class ArticleTokens(SQLModel, table=True):
    """By what an article is found (`backend/core/fulltext.py`); drafts are not. `number` sorts as `published_at`."""

    __tablename__ = "article_tokens"

    number: int = number_field()
    article_id: UUID = Field(foreign_key="article.id", unique=True)
    tokens: str
