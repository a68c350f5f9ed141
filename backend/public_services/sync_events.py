"""Facts about the catalogue's upkeep: what an editor decided, and that one asked for a check."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class ProcedureChangesDecided(Event):
    """Changes of a kind were accepted or refused: `count` of them, by name (`codes`) or all (empty)."""

    sync: str
    decision: str
    kind: str
    count: int
    codes: list[str]


@dataclass(frozen=True)
class ProcedureCheckAsked(Event):
    """An editor asked for the source to be read now."""

    source: str
