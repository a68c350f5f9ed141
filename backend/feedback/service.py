"""The verbs of citizens: send a report, read, answer, rate, reopen, appeal, withdraw."""

import math
import re
import secrets
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from backend.accounts import service as accounts
from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Invalid, NotFound
from backend.core.events import emit
from backend.core.pages import PageRequest, as_page
from backend.core.rows import store
from backend.core.settings import Settings
from backend.core.tables import new_id
from backend.feedback import deadlines, places, queries, search, story, views
from backend.feedback.events import FeedbackSubmitted
from backend.feedback.models import Category, Entry, Feedback
from backend.files import service as files
from backend.files.service import Pictures
from shared import feedback as contract
from shared.base import VIETNAM
from shared.errors import ErrorCode
from shared.feedback import Audience, MoveKind, Party, Status
from shared.pages import Page

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TITLE = 80


def submit(
    session: Session, actor: Actor, draft: contract.FeedbackDraft, *, settings: Settings, pictures: Pictures
) -> contract.FeedbackDetail:
    """Take a report in: code, receiving unit and deadlines are fixed here. Raises Invalid with the field."""
    category = _category(session, draft.category)
    check_place(draft.lat, draft.lon, settings)
    moment = clock.now()
    due = deadlines.due_at(moment, category.level)
    files.claim(session, actor.id, draft.file_ids, public=draft.public and not draft.practice, field="file_ids")
    case = store(
        session,
        Feedback,
        id=new_id(),
        code=_new_code(moment),
        reporter_id=actor.id,
        category_code=category.code,
        title=title_of(draft.description),
        description=draft.description,
        # What is hidden is not found either: asking for one address after another would tell a blurred place.
        folded=search.folded_words(draft.description, draft.address, blur_place=draft.blur_place),
        address=draft.address,
        lat=round(draft.lat, 6),
        lon=round(draft.lon, 6),
        cell=places.cell_of(draft.lat, draft.lon, blurred=draft.blur_place),
        public=draft.public,
        show_name=draft.show_name,
        blur_place=draft.blur_place,
        practice=draft.practice,
        status=Status.NEW,
        level=category.level,
        unit_code=category.unit_code,
        thumb_id=draft.file_ids[0] if draft.file_ids else None,
        created_at=moment,
        moved_at=moment,
        accept_by=deadlines.accept_by(moment, category.level),
        first_due_at=due,
        due_at=due,
    )
    line = story.append(session, case, "submit", party=Party.CITIZEN, actor_id=actor.id, files=draft.file_ids)
    emit(session, FeedbackSubmitted(str(case.id), str(line.id)), actor_id=actor.id)
    changed(session, story.TOPIC)
    return views.detail(session, case, actor, pictures, story=[line])


def _category(session: Session, code: str) -> Category:
    category = views.lists(session).rows.get(code)
    if category is None:
        raise Invalid.field("category", ErrorCode.UNKNOWN_CATEGORY, "no such category")
    return category


def check_place(lat: float, lon: float, settings: Settings) -> None:
    """Raise Invalid when a place is farther from the province's centre than the settings' `area_km`."""
    north = (lat - settings.centre_lat) * 111.2
    east = (lon - settings.centre_lon) * 111.2 * math.cos(math.radians(settings.centre_lat))
    if math.hypot(north, east) > settings.area_km:
        raise Invalid.field("lat", ErrorCode.OUTSIDE_AREA, "the place lies outside this province")


def title_of(description: str) -> str:
    """Return the first sentence, cut at a word within 80 characters."""
    first = re.split(r"(?<=[.!?…])\s|\n", description, maxsplit=1)[0].rstrip(".… ") or description
    if len(first) <= _TITLE:
        return first
    return f"{first[: _TITLE - 1].rsplit(' ', 1)[0]}…"


def _new_code(moment: datetime) -> str:
    """Return one of a million codes of this day; is it taken, the unique index says so and `Once` begins again."""
    day = moment.astimezone(VIETNAM).strftime("%y%m%d")
    return f"PA-{day}-{''.join(secrets.choice(_CROCKFORD) for _ in range(4))}"


def expectation(
    session: Session, category_code: str, lat: float, lon: float, *, settings: Settings
) -> contract.Expectation:
    """Return who would receive a report now, and by when it would be answered."""
    category = _category(session, category_code)
    check_place(lat, lon, settings)
    moment = clock.now()
    return contract.Expectation(
        unit=accounts.unit(session, category.unit_code),
        place=None,
        level=category.level,
        accept_by=deadlines.accept_by(moment, category.level),
        due_at=deadlines.due_at(moment, category.level),
        usual=None,
    )


def categories(session: Session) -> list[contract.Category]:
    """Return every category, in their order."""
    return [views.category(row) for row in queries.categories(session)]


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
    session: Session, actor: Actor, code: str, wish: contract.Answer, pictures: Pictures
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
    session: Session, actor: Actor, code: str, wish: contract.Reason, pictures: Pictures
) -> contract.FeedbackDetail:
    """Say that it is not done: once it goes back to work, the second time to the unit's leader."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.REOPEN)
    target = Status.IN_PROGRESS if case.reopened == 0 else Status.ESCALATED
    case.reopened += 1
    case.resolved_at, case.score, case.score_text = None, None, ""
    case.due_at = deadlines.due_at(clock.now(), case.level)
    story.move(
        session,
        case,
        MoveKind.REOPEN,
        party=party,
        actor_id=actor.id,
        to=target,
        text=wish.text,
        audience=Audience.CITIZEN,
    )
    return views.detail(session, case, actor, pictures)


def appeal(
    session: Session, actor: Actor, code: str, wish: contract.Reason, pictures: Pictures
) -> contract.FeedbackDetail:
    """Ask once that a refusal be looked at again."""
    case = _own(session, actor, code)
    party = story.party_for(actor, case, MoveKind.APPEAL)
    case.appealed = True
    case.accept_by = deadlines.accept_by(clock.now(), case.level)
    case.due_at = deadlines.due_at(clock.now(), case.level)
    story.move(
        session, case, MoveKind.APPEAL, party=party, actor_id=actor.id, text=wish.text, audience=Audience.CITIZEN
    )
    return views.detail(session, case, actor, pictures)


def withdraw(
    session: Session, actor: Actor, code: str, wish: contract.Withdrawal, pictures: Pictures
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
