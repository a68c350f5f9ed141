"""What onboarding does when something happens elsewhere."""

from uuid import UUID

from sqlmodel import Session

from backend.feedback import service as feedback
from backend.feedback.events import FeedbackSubmitted
from backend.onboarding import service


def tick_practice(session: Session, event: FeedbackSubmitted) -> None:
    """A practice report is a mission done."""
    found = feedback.facts(session, UUID(event.feedback_id), UUID(event.entry_id))
    if found is not None and found[0].practice:
        service.practised(session, found[0].reporter_id)
