"""The public list of cases, the newest first, narrowed and searched."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from backend.core.pages import PageRequest, as_page, cursor
from backend.feedback import queries, search, views
from backend.feedback.models import Feedback
from backend.files.service import Pictures
from shared.feedback import FeedbackSummary
from shared.pages import Page

LOOKED_THROUGH = 1_000
"""The newest cases are looked through one by one: there frequent words are found, of which an index finds too many."""
_SPARE = 20
"""More than is asked for, since what the index found may have been hidden a moment ago."""


def cases(session: Session, filters: queries.Filters, page: PageRequest, pictures: Pictures) -> Page[FeedbackSummary]:
    """Return the cases that everybody may see, in at most three statements."""
    known = views.lists(session)
    rows, last = _found(session, filters, page)
    shown = as_page(rows, page, lambda case: views.summary(case, known, pictures, party=False), lambda case: (case.id,))
    if shown.next_cursor is None and last is not None:
        return Page[FeedbackSummary](items=shown.items, next_cursor=cursor(last))
    return shown


def _found(session: Session, filters: queries.Filters, page: PageRequest) -> tuple[Sequence[Feedback], UUID | None]:
    """Return the rows, and after which id there may be more though they are not too many for the page."""
    where = [queries.shown(), *filters.where()]
    asked = search.read(filters.q)
    if asked.nothing or asked.code:
        also = [col(Feedback.code) == asked.code] if asked.code else []
        return session.scalars(queries.newest([*where, *also], page)).all(), None
    recent = _recent(session, where, asked, page)
    if len(recent) > page.limit:
        return recent, None
    (before,) = page.after(UUID) or (None,)
    most = page.limit + 1 + _SPARE
    ids = search.indexed(session, asked, search.narrowed(filters), before=before, most=most)
    end = min(ids) if len(ids) == most else None
    missing = set(ids) - {case.id for case in recent}
    older = session.scalars(queries.newest([*where, col(Feedback.id).in_(missing)], page)).all() if missing else []
    rows = sorted([*recent, *older], key=lambda case: case.id, reverse=True)
    return [case for case in rows if end is None or case.id >= end], end


def _recent(session: Session, where: list[queries.Where], asked: search.Asked, page: PageRequest) -> Sequence[Feedback]:
    """Return those of the newest cases that have the words, one more than the page holds at the most."""
    (before,) = page.after(UUID) or (None,)
    statement = select(Feedback.id, Feedback.folded).where(*where)
    if before is not None:
        statement = statement.where(col(Feedback.id) < before)
    newest = statement.order_by(col(Feedback.id).desc()).limit(LOOKED_THROUGH).subquery()
    return session.exec(
        select(Feedback)
        .join(newest, col(Feedback.id) == newest.c.id)
        .where(*search.in_words(newest.c.folded, asked))
        .order_by(newest.c.id.desc())
        .limit(page.limit + 1)
    ).all()
