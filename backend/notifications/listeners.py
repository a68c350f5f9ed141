"""What notifications do when something happens to cases and dossiers."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from backend.accounts import service as accounts
from backend.accounts.events import SubmissionsLocked, SubmissionsUnlocked
from backend.core.jobs import enqueue
from backend.core.tables import new_id
from backend.dossiers import service as dossiers
from backend.dossiers.events import DossierMoved
from backend.feedback import service as feedback
from backend.feedback.events import (
    FeedbackAnswered,
    FeedbackMoved,
    FeedbackReminded,
    FeedbackSubmitted,
    ReporterRevealed,
)
from backend.notifications.service import Message, tell
from shared.case_states import MoveKind, Party
from shared.feedback import Audience
from shared.notifications import NoticeKind

MORE_FOLLOWERS = "notifications.tell_more_followers"
MORE_OF_DOSSIER = "notifications.tell_more_of_dossier"
FOLLOWERS_A_JOB = 500

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


def tell_the_citizen(
    session: Session, event: FeedbackMoved | FeedbackAnswered | FeedbackReminded | ReporterRevealed
) -> None:
    """The sender hears of every move of the case that others made, of every reply, and of who had her name shown."""
    found = feedback.facts(session, UUID(event.feedback_id), UUID(event.entry_id))
    if found is None:
        return
    case, entry = found
    if entry.party is Party.CITIZEN or entry.kind in _QUIET:
        return
    text = entry.text if entry.audience in {"public", "citizen"} else ""
    message = Message(NoticeKind.CASE_MOVED, entry.kind, case.code, case.title, f"/feedback/{case.code}", text)
    tell(session, [case.reporter_id], entry.id, message)


def tell_followers(session: Session, event: FeedbackMoved) -> None:
    """Whoever met the same or follows the case hears what everybody may read; so do those of all joined to it."""
    _tell_followers(
        session, {"feedback_id": event.feedback_id, "entry_id": event.entry_id, "seen_as": event.feedback_id}
    )


def tell_more_followers(session: Session, payload: Mapping[str, str]) -> None:
    """Go on where the last job stopped: a case may have a hundred thousand followers."""
    _tell_followers(session, payload)


def _tell_followers(session: Session, payload: Mapping[str, str]) -> None:
    """Tell a batch of the people of one case (`seen_as`) what happened to it, or to the case that it was joined to."""
    found = feedback.facts(session, UUID(payload["feedback_id"]), UUID(payload["entry_id"]))
    if found is None or found[0].practice or found[1].audience != Audience.PUBLIC:
        return
    case, entry = found
    own = UUID(payload["seen_as"])
    told_as = case if own == case.id else feedback.case_of(session, own)
    if told_as is None:
        return
    after = UUID(payload["after"]) if "after" in payload else None
    people = feedback.followers(session, own, after, FOLLOWERS_A_JOB)
    if len(people) == FOLLOWERS_A_JOB:
        enqueue(session, MORE_FOLLOWERS, {**payload, "after": str(people[-1])})
    if after is None:
        for joined in feedback.joined_to(session, own):
            enqueue(session, MORE_FOLLOWERS, {**payload, "seen_as": str(joined)})
    # The sender of the case itself is told by `tell_the_citizen`; of one that was joined to it, here.
    senders = [told_as.reporter_id] if after is None and told_as.id != case.id else []
    text = entry.text if case.public or told_as.id == case.id else ""
    message = Message(NoticeKind.CASE_MOVED, entry.kind, told_as.code, told_as.title, f"/feedback/{told_as.code}", text)
    tell(session, [one for one in (*senders, *people) if one != entry.actor_id], entry.id, message)


def tell_of_dossier(session: Session, event: DossierMoved) -> None:
    """Whoever follows a dossier hears of its new state."""
    tell_more_of_dossier(session, {"dossier_id": event.dossier_id, "step_id": event.step_id, "state": event.state})


def tell_more_of_dossier(session: Session, payload: Mapping[str, str]) -> None:
    """Tell a batch of followers, those after the last one that was told."""
    dossier_id = UUID(payload["dossier_id"])
    found = dossiers.told(session, dossier_id)
    if found is None:
        return
    after = UUID(payload["after"]) if "after" in payload else None
    people = dossiers.followers(session, dossier_id, after, FOLLOWERS_A_JOB)
    if len(people) == FOLLOWERS_A_JOB:
        enqueue(session, MORE_OF_DOSSIER, {**payload, "after": str(people[-1])})
    path = f"/dossiers/{found.code}"
    message = Message(NoticeKind.DOSSIER_MOVED, payload["state"], found.code, found.subject, path)
    tell(session, people, UUID(payload["step_id"]), message)


def tell_of_lock(session: Session, event: SubmissionsLocked | SubmissionsUnlocked) -> None:
    """Somebody may not send reports for a while, or may again: she reads why."""
    found = accounts.lock_words(session, UUID(event.lock_id))
    if found is None:
        return
    lifted = isinstance(event, SubmissionsUnlocked) and event.lifted
    message = Message(NoticeKind.CASE_MOVED, "unlock" if lifted else "lock", found[0], "", "/profile", found[1])
    tell(session, [UUID(event.account_id)], new_id(), message)


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
