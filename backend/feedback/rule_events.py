"""Facts about rules: what an administrator set or took away. `removed` tells which."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class RoutingChanged(Event):
    """Who receives what was set anew."""

    category: str | None
    place: str | None
    unit: str | None
    removed: bool


@dataclass(frozen=True)
class DeadlinesChanged(Event):
    """The hours of a level, category or unit were set anew; cases that run keep their deadlines."""

    level: str
    category: str | None
    unit: str | None
    accept_hours: float
    due_hours: float
    removed: bool


@dataclass(frozen=True)
class CalendarChanged(Event):
    """A day is off, or worked, other than before."""

    day: str
    kind: str
    removed: bool


@dataclass(frozen=True)
class UnitChanged(Event):
    """A unit was made, or serves another place."""

    unit: str
    place: str | None
    made: bool
