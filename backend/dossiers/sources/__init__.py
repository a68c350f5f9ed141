"""Where dossiers come from: one way to ask, whoever answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Standing(StrEnum):
    """How far what the table holds of a dossier can be trusted now."""

    CURRENT = "current"
    AWAY = "away"


class Health(StrEnum):
    """How a source is."""

    UP = "up"
    SLOW = "slow"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SourceHealth:
    """How a source is, since when, when it last answered well, and whether it is being asked (`breaker`)."""

    name: str
    health: Health
    since: datetime | None
    last_good_at: datetime | None
    breaker: str


class DossierSource(Protocol):
    """Brings dossiers into the table, where all else reads them.

    `remote` tells that asking takes time; `usual_seconds` how much it took lately.
    """

    remote: bool

    @property
    def usual_seconds(self) -> float:
        """How long an answer takes."""

    @property
    def retry_after(self) -> int:
        """In how many seconds it is worth asking again, while the source is away."""

    async def bring(self, code: str) -> Standing:
        """Let the table hold what the source says of this code now; hold nothing meanwhile, no transaction, no lock."""

    def health(self) -> SourceHealth | None:
        """Return how the source is; None for one that cannot be away."""

    async def close(self) -> None:
        """Give back what it holds."""
