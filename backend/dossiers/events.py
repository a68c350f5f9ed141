"""Facts about dossiers."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class DossierMoved(Event):
    """A dossier that somebody follows is in another state than before."""

    dossier_id: str
    step_id: str
    state: str


@dataclass(frozen=True)
class DossierGuessed(Event):
    """Too many wrong guesses at one code, or from one address: nothing is answered there for a while.

    `kind` is `code` or `address`, `subject` the code, or a fingerprint of the address. `seconds` is how long.
    """

    kind: str
    subject: str
    failures: int
    seconds: int
