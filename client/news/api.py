"""What the news screens ask the backend for."""

from client.core.api import Api, Query, path_part
from shared.news import ArticleDetail, ArticleSummary, NewsCategory
from shared.pages import Page

PAGE = 12


async def articles(api: Api, category: str, question: str, cursor: str | None) -> Page[ArticleSummary]:
    """Return articles, pinned ones first, then the newest."""
    params: Query = {"category": category, "q": question, "limit": PAGE, "cursor": cursor}
    return await api.get("/news", Page[ArticleSummary], params=params)


async def categories(api: Api) -> list[NewsCategory]:
    """Return the headings under which articles stand."""
    return await api.get("/news/categories", list[NewsCategory])


async def article(api: Api, slug: str) -> ArticleDetail:
    """Return one article."""
    return await api.get(f"/news/{path_part(slug)}", ArticleDetail)
