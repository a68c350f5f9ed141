"""The URLs of news: open to anyone, and answered from memory while nothing changes."""

from typing import Annotated

from fastapi import Path, Query

from backend.core.access import Anyone, router
from backend.core.cache import public
from backend.core.database import ReadingDep
from backend.core.deps import of
from backend.core.pages import PageDep
from backend.files.service import Pictures
from backend.news import service
from shared.base import Text
from shared.news import ArticleDetail, ArticleSummary, NewsCategory
from shared.pages import Page

PicturesDep = Annotated[Pictures, of("pictures")]

routes = router("/news", "news")


@routes.get("", dependencies=[public(service.TOPIC)])
def list_articles(
    _: Anyone,
    session: ReadingDep,
    page: PageDep,
    pictures: PicturesDep,
    category: Annotated[Text | None, Query(max_length=60)] = None,
    q: Annotated[Text | None, Query(description="Only the first 300 signs are read.")] = None,
) -> Page[ArticleSummary]:
    """Return articles, pinned ones first, then the newest; of a question the best first."""
    return service.list_articles(session, page, category=category, q=q, pictures=pictures)


@routes.get("/categories", dependencies=[public(service.TOPIC)])
def list_categories(_: Anyone, session: ReadingDep) -> list[NewsCategory]:
    """Return the headings under which articles stand."""
    return service.list_categories(session)


@routes.get("/{slug}", dependencies=[public(service.TOPIC)])
def get_article(
    _: Anyone, session: ReadingDep, pictures: PicturesDep, slug: Annotated[Text, Path(max_length=120)]
) -> ArticleDetail:
    """Return an article whole."""
    return service.get_article(session, slug, pictures=pictures)
