"""Joining cases about the same thing, and taking them apart again. Nobody is lost on the way."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from backend.core.access import Actor
from backend.core.errors import Invalid
from backend.feedback import people_queries as people
from backend.feedback import queries, story, views
from backend.feedback.models import Feedback
from shared.case_states import MoveKind, Party, Status
from shared.errors import ErrorCode
from shared.feedback import Audience


def main_case(session: Session, actor: Actor, case: Feedback, into: str) -> Feedback:
    """Return the case to join this one to, held; raises Invalid where it is no case to be joined to.

    Whoever joins cases holds both rows, in the order of their ids (`queries.pair`), so two who join them to each other
    at the same moment do not wait for each other: the second finds the first's work.
    """
    target = queries.by_code(session, into, queries.handled_by(actor), lock=True)
    if target is None or target.id == case.id or target.status in (Status.MERGED, Status.WITHDRAWN):
        raise Invalid.field("into", ErrorCode.INVALID, "cannot be joined to this case")
    return target


def merge(session: Session, actor: Actor, case: Feedback, target: Feedback, text: str, party: Party) -> None:
    """Join a case to another: its sender and followers hear of the other from now on."""
    case.merged_into = target.id
    story.move(session, case, MoveKind.MERGE, party=party, actor_id=actor.id, text=text, facts=_about(target))
    _note(session, target, "joined", case, party, actor.id)
    _recount(session, target)


def split(session: Session, case: Feedback, party: Party, actor_id: UUID | None) -> None:
    """Make a joined case one of its own again."""
    target = session.get(Feedback, case.merged_into, with_for_update=True) if case.merged_into else None
    case.merged_into = None
    facts = _about(target) if target else {}
    story.move(session, case, MoveKind.SPLIT, party=party, actor_id=actor_id, facts=facts)
    if target is not None:
        _note(session, target, "parted", case, party, actor_id)
        _recount(session, target)


def _about(case: Feedback) -> dict[str, Any]:
    """Return what names another case in an entry; not everybody may see it."""
    return {"about": case.code, "open": views.shown(case)}


def _note(session: Session, target: Feedback, kind: str, case: Feedback, party: Party, actor_id: UUID | None) -> None:
    """Say in the main case's story that another was joined to it, or parted from it."""
    facts = _about(case)
    audience = Audience.PUBLIC if facts["open"] else Audience.STAFF
    story.append(session, target, kind, party=party, actor_id=actor_id, audience=audience, facts=facts)


def part_all(session: Session, main_id: UUID) -> None:
    """Make all that were joined to a case their own again: its sender took it back, the others did not."""
    for case in people.merged_cases(session, main_id):
        split(session, case, Party.SYSTEM, None)


def _recount(session: Session, case: Feedback) -> None:
    """Count who met the same, each person once, over all that was joined to the case."""
    session.flush()
    case.supporters = people.count_supporters(session, case)
    case.version += 1
    session.add(case)
