"""The verbs of citizens once a report is sent (`submitting.py`): read, answer, rate, reopen, appeal, withdraw."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import NotFound
from backend.core.pages import PageRequest, as_page
from backend.feedback import merging, queries, rules, story, views
from backend.feedback import people_queries as people
from backend.feedback.deadlines import Calendar
from backend.feedback.events import FeedbackMoved
from backend.feedback.models import Entry, Feedback
from backend.files import service as files
from backend.files.service import Pictures
from shared import case_moves
from shared import feedback as contract
from shared.case_states import MoveKind, Status
from shared.feedback import Audience
from shared.pages import Page


def categories(session: Session) -> list[contract.Category]:
    """Return every category, in their order."""
    return [views.category(row) for row in queries.categories(session)]


def calendar(session: Session) -> Calendar:
    """Return the working time of this installation: which days are off, and which are worked instead."""
    return rules.calendar(session)


def own_cases(session: Session, actor: Actor, page: PageRequest, pictures: Pictures) -> Page[contract.FeedbackSummary]:
    """Return the actor's own cases, public or not, the newest first."""
    rows = session.scalars(queries.newest([col(Feedback.reporter_id) == actor.id], page)).all()
    known = views.lists(session)
    return as_page(rows, page, lambda case: views.summary(case, known, pictures, party=True), lambda case: (case.id,))


def read(session: Session, actor: Actor | None, code: str, pictures: Pictures) -> contract.FeedbackDetail:
    """Return a case to the public or to its sender; raises NotFound for what one may not see."""
    case = queries.by_code(session, code, queries.visible_to(actor))
    if case is None:
        raise NotFound("no such case")
    return views.detail(session, case, actor, pictures)


def _own(session: Session, actor: Actor, code: str) -> Feedback:
    case = queries.by_code(session, code, col(Feedback.reporter_id) == actor.id, lock=True)
    if case is None:
        raise NotFound("no such case of yours")
    return case


def answer(
    session: Session, actor: Actor, code: str, wish: case_moves.Answer, pictures: Pictures
) -> contract.FeedbackDetail:
    """Answer a question; the clock runs again."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.ANSWER)
    files.claim(session, actor.id, wish.file_ids, public=False, field="file_ids")
    story.move(
        session,
        case,
        MoveKind.ANSWER,
        party=party,
        actor_id=actor.id,
        text=wish.text,
        audience=Audience.CITIZEN,
        files=wish.file_ids,
    )
    return views.detail(session, case, actor, pictures)


def rate(
    session: Session, actor: Actor, code: str, wish: contract.Rating, pictures: Pictures
) -> contract.FeedbackDetail:
    """Give the last word; the case is closed."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.RATE)
    case.score, case.score_text = wish.score, wish.text
    story.move(
        session,
        case,
        MoveKind.RATE,
        party=party,
        actor_id=actor.id,
        text=wish.text,
        audience=Audience.CITIZEN,
        facts={"score": wish.score},
    )
    return views.detail(session, case, actor, pictures)


def reopen(
    session: Session, actor: Actor, code: str, wish: case_moves.Reason, pictures: Pictures
) -> contract.FeedbackDetail:
    """Say that it is not done: once it goes back to work, the second time to the unit's leader."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.REOPEN)
    target = Status.IN_PROGRESS if case.reopened == 0 else Status.ESCALATED
    case.reopened += 1
    case.resolved_at, case.score, case.score_text = None, None, ""
    promise = rules.promise(session, clock.now(), case.level, case.category_code, case.unit_code)
    story.move(
        session,
        case,
        MoveKind.REOPEN,
        due_at=promise.due_at,
        party=party,
        actor_id=actor.id,
        to=target,
        text=wish.text,
        audience=Audience.CITIZEN,
    )
    return views.detail(session, case, actor, pictures)


def appeal(
    session: Session, actor: Actor, code: str, wish: case_moves.Reason, pictures: Pictures
) -> contract.FeedbackDetail:
    """Ask once that a refusal be looked at again."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.APPEAL)
    case.appealed = True
    promise = rules.promise(session, clock.now(), case.level, case.category_code, case.unit_code)
    case.accept_by = promise.accept_by
    story.move(
        session,
        case,
        MoveKind.APPEAL,
        due_at=promise.due_at,
        party=party,
        actor_id=actor.id,
        text=wish.text,
        audience=Audience.CITIZEN,
    )
    return views.detail(session, case, actor, pictures)


def withdraw(
    session: Session, actor: Actor, code: str, wish: case_moves.Withdrawal, pictures: Pictures
) -> contract.FeedbackDetail:
    """Take a report back."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.WITHDRAW)
    story.move(
        session, case, MoveKind.WITHDRAW, party=party, actor_id=actor.id, text=wish.text, audience=Audience.CITIZEN
    )
    return views.detail(session, case, actor, pictures)


def facts(session: Session, feedback_id: UUID, entry_id: UUID) -> tuple[Feedback, Entry] | None:
    """Return a case and one of its entries, for listeners; None when they are gone."""
    case, entry = session.get(Feedback, feedback_id), session.get(Entry, entry_id)
    return (case, entry) if case is not None and entry is not None else None


def case_of(session: Session, feedback_id: UUID) -> Feedback | None:
    """Return a case, for listeners."""
    return session.get(Feedback, feedback_id)


def followers(session: Session, feedback_id: UUID, after: UUID | None, limit: int) -> Sequence[UUID]:
    """Return who follows or supports a case, in the order of their ids, after one of them."""
    return people.followers(session, feedback_id, after, limit)


def joined_to(session: Session, feedback_id: UUID) -> Sequence[UUID]:
    """Return the ids of the cases that were joined to this one."""
    return people.merged_ids(session, feedback_id)


def part_joined(session: Session, event: FeedbackMoved) -> None:
    """What was joined to a case that its sender took back becomes a case of its own again."""
    if event.move == MoveKind.WITHDRAW:
        merging.part_all(session, UUID(event.feedback_id))
