"""Events: facts in the past tense. Saying one writes the audit row and its listeners' jobs, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Field, Session, SQLModel

from backend.core import clock
from backend.core.jobs import BatchHandler, Handlers, Payload, enqueue_all
from backend.core.rows import store_values
from backend.core.tables import JsonColumn, id_field, moment_field, new_id


@dataclass(frozen=True)
class Event:
    """A fact. Subclasses hold ids and codes as text or numbers, never names, phones or words of people."""


E = TypeVar("E", bound=Event)


class AuditEntry(SQLModel, table=True):
    """What happened, when, and by whom: append-only."""

    __tablename__ = "audit_entry"

    id: UUID = id_field()
    kind: str = Field(max_length=80, index=True)
    actor_id: UUID | None = Field(default=None, index=True)
    facts: dict[str, Any] = Field(sa_type=JsonColumn)
    at: datetime = moment_field()


class Bus:
    """Who listens to which event; filled once, by `backend/features.py`."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers = handlers
        self._kinds: dict[type[Event], list[str]] = {}

    def subscribe(self, event: type[E], listener: Callable[[Session, E], None]) -> None:
        """Let `listener(session, event)` run in the worker after each such event."""
        kind = f"{event.__name__}→{listener.__module__.removeprefix('backend.')}.{listener.__name__}"

        def handle(session: Session, payload: Payload) -> None:
            listener(session, event(**payload))

        self._handlers.register(kind, handle)
        self._kinds.setdefault(event, []).append(kind)

    def subscribe_batch(self, events: Sequence[type[Event]], listener: BatchHandler) -> None:
        """Let `listener(session, facts)` run in the worker after such events, on many at a time, whichever they are."""
        kind = f"{listener.__module__.removeprefix('backend.')}.{listener.__name__}"
        self._handlers.register_batch(kind, listener)
        for event in events:
            self._kinds.setdefault(event, []).append(kind)

    def jobs_of(self, event: type[Event]) -> list[str]:
        """Return the kinds of job that an event causes."""
        return self._kinds.get(event, [])


def emit(session: Session, event: Event, *, actor_id: UUID | None) -> None:
    """Say what happened, in the caller's transaction."""
    facts = asdict(event)
    row = {"id": new_id(), "kind": type(event).__name__, "actor_id": actor_id, "facts": facts, "at": clock.now()}
    store_values(session, AuditEntry, [row])
    enqueue_all(session, BUS.jobs_of(type(event)), facts)


HANDLERS = Handlers()
BUS = Bus(HANDLERS)
"""The wiring of the program, not the state of anybody: it is made once, at import of `backend/features.py`."""
