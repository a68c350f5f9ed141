"""Facts about offices and numbers to call: what an editor made, changed or took away."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class OfficeEdited(Event):
    """An office was made, changed or removed; `fields` are the names of what changed."""

    office: str
    what: str
    fields: list[str]


@dataclass(frozen=True)
class HotlineEdited(Event):
    """A number to call was made, changed, removed, or all were put in another order."""

    number: str
    what: str
    fields: list[str]
