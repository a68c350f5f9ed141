"""The verb of the one box: ask everybody, put the best kind first."""

from sqlmodel import Session

from backend.core.search import MAX_QUERY
from backend.search.fitting import SCATTERED
from backend.search.providers import NOTHING, PROVIDERS, Found
from shared.search import SearchGroup, SearchKind, SearchResults
from shared.vietnamese import words

TOPICS = ("procedures", "places", "offices", "hotlines", "news", "documents")
_LEAST = 0.12
"""What fits less only shares a word or two of a long question."""


def search(session: Session, q: str | None, *, kind: SearchKind | None, limit: int) -> SearchResults:
    """Return what a question finds, at most `limit` of each kind; nothing when there is no word in it.

    Only the first 300 signs are read.
    """
    asked = (q or "")[:MAX_QUERY].strip()
    if not words(asked):
        return SearchResults(groups=[], understood=None, door=None)
    kinds = list(PROVIDERS) if kind is None else [kind]
    found = {each: PROVIDERS[each](session, asked, limit) for each in kinds}
    first = found.get(SearchKind.PROCEDURE, NOTHING)
    if first.understood:
        # Whoever put the words right did it for all.
        again = [each for each in kinds if not found[each].hits and each is not SearchKind.PROCEDURE]
        found |= {each: PROVIDERS[each](session, first.understood, limit) for each in again}
    sure = max((each.fit for each in found.values() if not each.guess), default=0)
    worth = [each for each in kinds if _worth_showing(found[each], sure)]
    order = list(SearchKind)
    shown = sorted(worth, key=lambda each: (-found[each].fit, order.index(each)))
    groups = [SearchGroup(kind=each, hits=list(found[each].hits), more=found[each].more) for each in shown]
    return SearchResults(groups=groups, understood=first.understood, door=first.door)


def _worth_showing(found: Found, sure: float) -> bool:
    return bool(found.hits) and found.fit > _LEAST and not (found.guess and sure >= SCATTERED)
