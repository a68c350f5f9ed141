"""News: articles as rows and as a whole."""

from shared.base import Contract, Id, Moment


class NewsCategory(Contract):
    """A heading under which articles stand."""

    slug: str
    name: str


class ArticleSummary(Contract):
    """An article in a list."""

    id: Id
    slug: str
    title: str
    summary: str
    category: NewsCategory
    cover_url: str | None
    published_at: Moment
    reading_minutes: int
    pinned: bool
    sample: bool


class ArticleDetail(ArticleSummary):
    """An article as it is read; `body` is Markdown. `sample` marks made-up demo content (dữ liệu minh họa)."""

    body: str
    source_name: str | None
    source_url: str | None
    tags: list[str]
