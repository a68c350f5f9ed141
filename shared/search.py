"""One search box over all that the app knows."""

from enum import StrEnum

from shared.base import Contract
from shared.procedure_search import Door


class SearchKind(StrEnum):
    """What was found, in the order in which groups are shown when all fit equally well."""

    PROCEDURE = "procedure"
    PLACE = "place"
    OFFICE = "office"
    HOTLINE = "hotline"
    NEWS = "news"
    DOCUMENT = "document"


class SearchHit(Contract):
    """One thing that was found; `path` is the client's own address of it, `phone` a number to call or empty."""

    kind: SearchKind
    title: str
    about: str
    path: str
    phone: str


class SearchGroup(Contract):
    """The best of one kind; `more` says that there are others."""

    kind: SearchKind
    hits: list[SearchHit]
    more: bool


class SearchResults(Contract):
    """What a question finds, the kind that fits best first.

    `understood` is the question as it was read, if words were put right, else null; `door` is where else it may belong
    when nobody's procedure answers it, else null.
    """

    groups: list[SearchGroup]
    understood: str | None
    door: Door | None
