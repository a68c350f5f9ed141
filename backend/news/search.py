"""By what an article is found: its title before its summary and tags, those before its body, the newest first."""

from sqlmodel import Session

from backend.core.fulltext import Entry, Fulltext, levels, sign
from backend.news.models import Article, ArticleTokens

INDEX = Fulltext(ArticleTokens, "article_words", "article_id")


def index(session: Session, article: Article) -> None:
    """Let an article be found by what it says now; one without a moment of publication is a draft."""
    if article.published_at is None:
        return
    session.flush()
    found = tokens(article.title, f"{article.summary} {' '.join(article.tags)}", article.body, article.category_slug)
    INDEX.put(session, [Entry(article.id, article.published_at, found)])


def tokens(title: str, head: str, body: str, category: str) -> set[str]:
    """Return every token of an article; `head` is its summary and its tags."""
    return levels(title, head, body) | {"=all", sign("c", category)}
