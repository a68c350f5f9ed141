"""Facts about cases."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class FeedbackSubmitted(Event):
    """A citizen sent a report."""

    feedback_id: str
    entry_id: str


@dataclass(frozen=True)
class FeedbackMoved(Event):
    """A case stands elsewhere now."""

    feedback_id: str
    entry_id: str
    move: str


@dataclass(frozen=True)
class FeedbackAnswered(Event):
    """Staff wrote to the citizen."""

    feedback_id: str
    entry_id: str
