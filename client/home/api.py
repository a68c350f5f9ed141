"""What the home page asks for."""

from client.core.api import Api
from shared.feedback import FeedbackSummary
from shared.news import ArticleSummary
from shared.pages import Page
from shared.public_services import Hotline


async def latest_news(api: Api) -> Page[ArticleSummary]:
    """Return the newest articles."""
    return await api.get("/news", Page[ArticleSummary], params={"limit": 6})


async def my_cases(api: Api) -> Page[FeedbackSummary]:
    """Return the signed-in person's newest reports."""
    return await api.get("/me/feedback", Page[FeedbackSummary], params={"limit": 3})


async def hotlines(api: Api) -> list[Hotline]:
    """Return the numbers to call."""
    return await api.get("/hotlines", list[Hotline])
