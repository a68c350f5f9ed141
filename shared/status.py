"""Status: how the service does, for everybody to see."""

from enum import StrEnum

from shared.base import Contract, Moment


class Condition(StrEnum):
    """How a part is. `off`: this installation has none; `unknown`: nothing was heard of it yet."""

    UP = "up"
    SLOW = "slow"
    DOWN = "down"
    UNKNOWN = "unknown"
    OFF = "off"


class PartStatus(Contract):
    """One part: how it is, since when, and when it last did well, with that age in seconds; null where unknown.

    `breaker` is `closed` (it is asked), `open` (it is left alone) or `half-open` (one tries); null where there is none.
    """

    name: str
    condition: Condition
    since: Moment | None
    last_good_at: Moment | None
    age_seconds: int | None
    breaker: str | None


class Status(Contract):
    """The service: `condition` is that of its worst part that is not off; `waiting_jobs` is null where unknown."""

    condition: Condition
    at: Moment
    parts: list[PartStatus]
    waiting_jobs: int | None
