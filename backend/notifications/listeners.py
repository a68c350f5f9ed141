"""What notifications do when something happens to cases."""

from uuid import UUID

from sqlmodel import Session

from backend.accounts import service as accounts
from backend.feedback import service as feedback
from backend.feedback.events import FeedbackAnswered, FeedbackMoved, FeedbackSubmitted
from backend.notifications.service import Message, tell
from shared.feedback import MoveKind, Party
from shared.notifications import NoticeKind

_TO_HANDLERS = {MoveKind.ASSIGN, MoveKind.TRANSFER, MoveKind.ANSWER, MoveKind.REOPEN}
_TO_DISPATCHERS = {MoveKind.RETURN, MoveKind.APPEAL}
# Moves that concern only staff are not news to the citizen.
_QUIET = {MoveKind.HOLD, MoveKind.RELEASE, MoveKind.RETURN}


def tell_dispatchers(session: Session, event: FeedbackSubmitted) -> None:
    """A new report waits for the dispatchers."""
    found = feedback.facts(session, UUID(event.feedback_id), UUID(event.entry_id))
    if found is None or found[0].practice:
        return
    case, entry = found
    message = Message(NoticeKind.STAFF_WORK, "submit", case.code, case.title, f"/desk/{case.code}")
    tell(session, accounts.dispatchers(session), entry.id, message)


def tell_the_citizen(session: Session, event: FeedbackMoved | FeedbackAnswered) -> None:
    """The sender hears of every move of the case that others made, and of every reply."""
    found = feedback.facts(session, UUID(event.feedback_id), UUID(event.entry_id))
    if found is None:
        return
    case, entry = found
    if entry.party is Party.CITIZEN or entry.kind in _QUIET:
        return
    text = entry.text if entry.audience in {"public", "citizen"} else ""
    message = Message(NoticeKind.CASE_MOVED, entry.kind, case.code, case.title, f"/feedback/{case.code}", text)
    tell(session, [case.reporter_id], entry.id, message)


def tell_staff(session: Session, event: FeedbackMoved) -> None:
    """Whoever must act next hears of it."""
    found = feedback.facts(session, UUID(event.feedback_id), UUID(event.entry_id))
    if found is None:
        return
    case, entry = found
    people: list[UUID] = []
    if entry.kind in _TO_DISPATCHERS:
        people.extend(accounts.dispatchers(session))
    # A promise that falls due starts by itself, and whoever gave it is reminded.
    due = entry.kind == MoveKind.START and entry.party is Party.SYSTEM
    if case.unit_code and (due or entry.kind in _TO_HANDLERS):
        people.extend([case.officer_id] if case.officer_id else accounts.handlers(session, case.unit_code))
    if case.unit_code and case.status == "escalated":
        people.extend(accounts.leaders(session, case.unit_code))
    others = [person for person in people if person != entry.actor_id]
    message = Message(NoticeKind.STAFF_WORK, entry.kind, case.code, case.title, f"/desk/{case.code}")
    tell(session, others, entry.id, message)
