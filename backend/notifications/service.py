"""The verbs of notifications: tell, list, mark as read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from backend.core import clock
from backend.core.access import Actor
from backend.core.pages import PageRequest, as_page
from backend.core.signals import signal
from backend.notifications import queries
from backend.notifications.models import Notice
from shared import notifications as contract
from shared.notifications import NoticeKind, UnreadCount
from shared.pages import Page


@dataclass(frozen=True)
class Message:
    """What is told: `event` and `code` let the client find the words; `text` is what a person wrote."""

    kind: NoticeKind
    event: str
    code: str
    subject: str
    path: str
    text: str = ""


def inbox_word(account_id: UUID) -> str:
    """Return the signal that says a person's inbox changed."""
    return f"inbox:{account_id}"


def tell(session: Session, account_ids: Sequence[UUID], cause: UUID, message: Message) -> None:
    """Put a message into these inboxes; whoever has it already gets no second one."""
    people = list(dict.fromkeys(account_ids))
    told = queries.known(session, cause, people) if people else set()
    for account_id in people:
        if account_id in told:
            continue
        session.add(
            Notice(
                account_id=account_id,
                cause=cause,
                kind=message.kind,
                event=message.event,
                code=message.code,
                subject=message.subject,
                path=message.path,
                text=message.text[:500],
                created_at=clock.now(),
            )
        )
        signal(session, inbox_word(account_id))


def inbox(session: Session, actor: Actor, page: PageRequest) -> Page[contract.Notice]:
    """Return the actor's notices, the newest first."""
    rows: Sequence[Notice] = session.scalars(queries.inbox(actor.id, page)).all()
    return as_page(rows, page, _show, lambda notice: (notice.id,))


def _show(notice: Notice) -> contract.Notice:
    return contract.Notice(
        id=notice.id,
        kind=notice.kind,
        event=notice.event,
        code=notice.code,
        subject=notice.subject,
        text=notice.text,
        path=notice.path,
        created_at=notice.created_at,
        read=notice.read_at is not None,
    )


def unread(session: Session, account_id: UUID) -> UnreadCount:
    """Return how many notices wait for a person."""
    return UnreadCount(unread=queries.unread(session, account_id))


def read(session: Session, actor: Actor, ids: Sequence[UUID]) -> UnreadCount:
    """Mark these notices, or all when none is named, as read."""
    queries.mark_read(session, actor.id, ids, clock.now())
    signal(session, inbox_word(actor.id))
    return unread(session, actor.id)
