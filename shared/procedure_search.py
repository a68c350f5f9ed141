"""Finding procedures: what a question finds, how it was understood, and what may be meant while typing."""

from enum import StrEnum

from shared.base import Contract
from shared.pages import Page
from shared.public_services import ProcedureSummary


class Verdict(StrEnum):
    """How a question was understood.

    ANSWER: the first ones fit. CLARIFY: several close variants fit equally, `variants` groups them. OUT_OF_SCOPE: no
    procedure of the catalogue seems meant; what follows only shares words with it. LIST: nothing was asked.
    """

    LIST = "list"
    ANSWER = "answer"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"


class Door(StrEnum):
    """Where a question belongs that no procedure answers."""

    REPORT = "report"
    HOTLINES = "hotlines"
    DOSSIERS = "dossiers"
    PLACES = "places"
    OFFICES = "offices"
    NEWS = "news"


class ProcedureVariants(Contract):
    """Close variants of one matter: what tells them apart is in their names; `name` is what they share."""

    name: str
    procedures: list[ProcedureSummary]


class ProcedurePage(Page[ProcedureSummary]):
    """Some procedures in order, and how the question was understood.

    `understood` is the question as it was read when words were put right or spelled out, else null. `door` is where
    else the question may belong, else null. Both and `variants` come with the first page only.
    """

    verdict: Verdict
    understood: str | None
    variants: list[ProcedureVariants]
    door: Door | None


class Suggestion(Contract):
    """What a person may mean while typing; `code` is the procedure it leads to, or empty for a wording to search."""

    text: str
    code: str
