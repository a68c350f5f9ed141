"""What the one search box asks the backend for."""

from client.core.api import Api
from shared.search import SearchResults


async def search(api: Api, question: str) -> SearchResults:
    """Return what a question finds, the kind that fits best first; nothing for no question."""
    if not question:
        return SearchResults(groups=[], understood=None, door=None)
    return await api.get("/search", SearchResults, params={"q": question})
