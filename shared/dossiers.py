"""Dossiers (hồ sơ): where one stands, what happened to it, and what its owner has to do next."""

import re
import unicodedata
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from shared.base import Contract, Moment, Text

CODE = re.compile(r"[0-9A-Z.]{3,20}-([0-9]{6}|[0-9]{8})-[0-9]{3,7}")
"""Every form of code that is or was in use; nothing may be read out of its parts."""
FOUND_IN_TEXT = re.compile(r"(?<![0-9A-Z.])" + CODE.pattern + r"(?![0-9])")
MAX_TYPED = 200
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_HYPHENS = re.compile(r"[\u2010-\u2015\u2212\u00ad]")


def normalise_code(value: str) -> str:
    """Return a dossier's code as it is kept, from any way of typing or pasting it; raises ValueError for what is none.

    Blanks go, letters become capitals, any dash is a hyphen, and full-width signs are plain ones.
    """
    if len(value) > MAX_TYPED:
        raise ValueError("not the code of a dossier")
    code = _HYPHENS.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFKC", value))).upper()
    if not CODE.fullmatch(code):
        raise ValueError("not the code of a dossier")
    return code


def _as_code(value: object) -> object:
    return normalise_code(value) if isinstance(value, str) else value


DossierCode = Annotated[str, BeforeValidator(_as_code), Field(max_length=40)]
PhoneEnd = Annotated[Text, Field(pattern=r"^[0-9]{4}$")]
"""The last four digits of the phone that stands on the dossier: the second factor."""


class DossierState(StrEnum):
    """The ten national states, numbered 1 to 10 in this order."""

    NEW = "new"
    RECEIVED = "received"
    NOT_RECEIVED = "not_received"
    PROCESSING = "processing"
    PAPERS_WANTED = "papers_wanted"
    PAYMENT_WANTED = "payment_wanted"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"


PAUSED = frozenset({DossierState.PAPERS_WANTED, DossierState.PAYMENT_WANTED, DossierState.STOPPED})
"""States in which the clock stands still (5, 6, 8)."""
ENDED = frozenset({DossierState.NOT_RECEIVED, DossierState.STOPPED, DossierState.DONE, DossierState.RETURNED})
"""States after which nothing more falls due."""


class DossierLookup(Contract):
    """A question about one dossier, with the second factor."""

    code: DossierCode
    phone_last4: PhoneEnd


class DossierFollow(Contract):
    """Who follows a dossier shows that it is hers."""

    phone_last4: PhoneEnd


class MissingPaper(Contract):
    """What is wrong with a dossier: which paper, which field of it, and what to do; empty where not said."""

    paper: str
    field: str
    reason: str


class DossierStep(Contract):
    """One step of a dossier's history, the newest last; `note` holds no name of a person."""

    at: Moment
    state: DossierState
    note: str


class DossierContact(Contract):
    """Whom to call; both empty where the source does not say."""

    name: str
    phone: str


class Lateness(Contract):
    """A dossier that was not ready in time: the agency's apology, the first date and the new one.

    Either date is null where none was given.
    """

    apology: str
    first_due_at: Moment | None
    new_due_at: Moment | None


class Dossier(Contract):
    """A dossier as its owner may see it.

    `applicant` is masked (`N*** V** A`). `due_at` is the date that holds now. `paused` says that the clock stands
    still, since `paused_at`. `fetched_at` is when the source last said all this; `stale` that the source is away now
    and this is the last that was known. `source` names the system. `procedure_code` is null where it is not in our
    catalogue. `following` is null for who is not signed in.
    """

    code: DossierCode
    procedure_code: str | None
    procedure_name: str
    agency: str
    applicant: str
    state: DossierState
    received_at: Moment | None
    due_at: Moment | None
    finished_at: Moment | None
    paused: bool
    paused_at: Moment | None
    late: Lateness | None
    missing: list[MissingPaper]
    contact: DossierContact
    history: list[DossierStep]
    source: str
    fetched_at: Moment
    stale: bool
    following: bool | None


class FollowedDossier(Contract):
    """A dossier that a signed-in person follows, in a list; the second factor was given when she began."""

    code: DossierCode
    procedure_name: str
    agency: str
    state: DossierState
    due_at: Moment | None
    late: bool
    fetched_at: Moment
    followed_at: Moment


MAX_RECEIPT_BYTES = 10 * 1024 * 1024
"""How large a picture of a receipt may be."""


ReadingKey = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""What somebody made up by chance, to fetch what was read in the picture that she sent under it."""


class ReadCodes(Contract):
    """The dossiers' codes found in a picture of a receipt (QR or bar code), best first; empty when there is none."""

    codes: list[DossierCode]
