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


@dataclass(frozen=True)
class PracticeSubmitted(Event):
    """A citizen sent a practice report, which reaches no queue."""

    feedback_id: str
    account_id: str


@dataclass(frozen=True)
class FeedbackReminded(Event):
    """A case will close by itself soon; its sender is told."""

    feedback_id: str
    entry_id: str


@dataclass(frozen=True)
class ReporterRevealed(Event):
    """A dispatcher had the sender's name shown."""

    feedback_id: str
    entry_id: str


@dataclass(frozen=True)
class HeldWordsChanged(Event):
    """Words came onto the list of those that make a report wait, or went off it."""

    word_id: str
    removed: bool
