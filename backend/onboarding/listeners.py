"""What onboarding does when something happens elsewhere."""

from uuid import UUID

from sqlmodel import Session

from backend.feedback.events import PracticeSubmitted
from backend.onboarding import service


def tick_practice(session: Session, event: PracticeSubmitted) -> None:
    """A practice report is a mission done."""
    service.practised(session, UUID(event.account_id))
