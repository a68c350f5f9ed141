"""Who hears of a case besides its sender: those who met the same, and those who follow it."""

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Conflict, NotFound
from backend.feedback import people_queries as people
from backend.feedback import queries, story, views
from backend.feedback.models import Feedback, Follower
from backend.files.service import Pictures
from shared import feedback as contract
from shared.case_states import OPEN
from shared.errors import ErrorCode


class CaseMerged(Conflict):
    """The case was joined to another, which `detail` names."""

    code = ErrorCode.CASE_MERGED


def support(session: Session, actor: Actor, code: str, pictures: Pictures) -> contract.FeedbackDetail:
    """Say "me too": join, follow, and count once, however often it is said.

    Raises NotFound for a case that one may not see, Conflict for one's own or one that has ended, CaseMerged.
    """
    case = _another(session, actor, code)
    if case.merged_into is not None:
        main = people.public_code(session, case.merged_into)
        raise CaseMerged(f"joined to {main}" if main else "joined to another case")
    if case.status not in OPEN:
        raise Conflict("the case has ended")
    _bind(session, case, actor, supports=True)
    return views.detail(session, case, actor, pictures)


def take_back(session: Session, actor: Actor, code: str, pictures: Pictures) -> contract.FeedbackDetail:
    """Take "me too" back; one goes on following. Without one, nothing happens."""
    case = _another(session, actor, code)
    bound = queries.follower(session, case.id, actor.id)
    if bound is not None and bound.supports:
        bound.supports = False
        session.add(bound)
        _count(session, case, -1, actor)
    return views.detail(session, case, actor, pictures)


def follow(session: Session, actor: Actor, code: str, pictures: Pictures) -> contract.FeedbackDetail:
    """Hear of what happens to a case that another sent."""
    case = _another(session, actor, code)
    _bind(session, case, actor, supports=False)
    return views.detail(session, case, actor, pictures)


def unfollow(session: Session, actor: Actor, code: str, pictures: Pictures) -> contract.FeedbackDetail:
    """Hear of it no more; a "me too" goes with it."""
    case = _another(session, actor, code)
    bound = queries.follower(session, case.id, actor.id)
    if bound is not None:
        session.delete(bound)
        session.flush()
        if bound.supports:
            _count(session, case, -1, actor)
    return views.detail(session, case, actor, pictures)


def _another(session: Session, actor: Actor, code: str) -> Feedback:
    """Return a public case of somebody else; its row is held, since its supporters are counted on it."""
    case = queries.by_code(session, code, queries.shown(), lock=True)
    if case is None:
        raise NotFound("no such case")
    if case.reporter_id == actor.id:
        raise Conflict("this case is one's own")
    return case


def _bind(session: Session, case: Feedback, actor: Actor, *, supports: bool) -> None:
    bound = queries.follower(session, case.id, actor.id)
    if bound is None:
        session.add(Follower(feedback_id=case.id, account_id=actor.id, supports=supports, at=clock.now()))
    elif not supports or bound.supports:
        return
    else:
        bound.supports = True
        session.add(bound)
    if supports:
        _count(session, case, 1, actor)


def _count(session: Session, case: Feedback, change: int, actor: Actor) -> None:
    """Count a person, unless she is counted already for a case that was joined to this one."""
    if people.has_merged(session, case.id) and people.counted_below(session, case.id, actor.id):
        return
    case.supporters += change
    session.add(case)
    changed(session, story.TOPIC)
