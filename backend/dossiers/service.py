"""The verbs of dossiers: follow, list, and what listeners need to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.errors import NotFound
from backend.core.pages import PageRequest, as_page
from backend.dossiers import queries, views
from backend.dossiers.models import FINAL, LGSP, Dossier, DossierFollower
from backend.dossiers.sources import Health, SourceHealth
from shared import dossiers as contract
from shared.dossiers import FollowedDossier
from shared.pages import Page

__all__ = ["Health", "SourceHealth"]


@dataclass(frozen=True)
class Told:
    """What a notice may say of a dossier."""

    code: str
    subject: str


def shown(session: Session, code: str, actor: Actor | None, *, away: bool) -> contract.Dossier:
    """Return a dossier to who has given its second factor; raises NotFound when it went meanwhile."""
    return views.detail(session, _there(queries.by_code(session, code)), actor, away=away)


def follow(session: Session, code: str, actor: Actor, *, away: bool) -> contract.Dossier:
    """Let a person hear of each change, however often she asks; the second factor was checked."""
    # Held: a change of state that is written meanwhile comes after, and reaches her.
    row = _there(queries.by_code(session, code, lock=True))
    if queries.follower(session, row.id, actor.id) is None:
        session.add(DossierFollower(dossier_id=row.id, account_id=actor.id, at=clock.now()))
        if row.origin == LGSP and row.state not in FINAL:
            row.ask_at = row.ask_at or clock.now()
            session.add(row)
        session.flush()
    return views.detail(session, row, actor, away=away)


def unfollow(session: Session, code: str, actor: Actor) -> None:
    """Let a person hear no more; without a word where she did not follow, or where there is no such dossier."""
    row = queries.by_code(session, code, lock=True)
    bound = queries.follower(session, row.id, actor.id) if row is not None else None
    if row is None or bound is None:
        return
    session.delete(bound)
    session.flush()
    if row.ask_at is not None and not queries.followed(session, [row.id]):
        row.ask_at = None
        session.add(row)


def mine(session: Session, actor: Actor, page: PageRequest) -> Page[FollowedDossier]:
    """Return the dossiers that a person follows, the last begun first."""
    rows = queries.mine(session, actor.id, page)
    return as_page(rows, page, lambda row: views.followed(row[0], row[1]), lambda row: (row[0].id,))


def check_follows(session: Session, code: str, actor: Actor) -> None:
    """Raise NotFound unless this person follows the dossier."""
    row = queries.by_code(session, code)
    if row is None or queries.follower(session, row.id, actor.id) is None:
        raise NotFound("no such dossier")


def _there(row: Dossier | None) -> Dossier:
    if row is None or row.gone_at is not None:
        raise NotFound("no such dossier")
    return row


def told(session: Session, dossier_id: UUID) -> Told | None:
    """Return what a notice may say of a dossier, for listeners."""
    row = session.get(Dossier, dossier_id)
    return None if row is None else Told(row.code, row.procedure_name[:300])


def followers(session: Session, dossier_id: UUID, after: UUID | None, most: int) -> Sequence[UUID]:
    """Return some of those who follow a dossier, those after `after`, for listeners."""
    return queries.followers(session, dossier_id, after, most)
