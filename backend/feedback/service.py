"""The verbs of citizens: send a report, read, answer, rate, reopen, appeal, withdraw."""

import re
import secrets
from collections.abc import Sequence
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
from backend.feedback import abuse, merging, places, queries, routing, rules, search, story, views
from backend.feedback import people_queries as people
from backend.feedback.events import FeedbackMoved, FeedbackSubmitted, PracticeSubmitted
from backend.feedback.models import Category, Entry, Feedback
from backend.files import service as files
from backend.files.service import Pictures
from shared import feedback as contract
from shared.base import VIETNAM
from shared.errors import ErrorCode
from shared.feedback import Audience, MoveKind, Party, Status
from shared.masking import has_numbers, mask_numbers
from shared.pages import Page

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TITLE = 80


def submit(
    session: Session, actor: Actor, draft: contract.FeedbackDraft, *, settings: Settings, pictures: Pictures
) -> contract.FeedbackDetail:
    """Take a report in: code, receiving unit and deadlines are fixed here.

    A report with words of the list waits for a look first (HELD). Raises Invalid with the field, SubmissionsAreLocked.
    """
    accounts.check_may_submit(session, actor.id)
    category = _category(session, draft.category)
    moment = clock.now()
    to = routing.receive(session, category, draft.lat, draft.lon, start=moment, settings=settings)
    held = [] if draft.practice else abuse.held_words_in(session, f"{draft.description} {draft.address}")
    shown = draft.public and not draft.practice and not held
    files.claim(session, actor.id, draft.file_ids, public=shown, field="file_ids")
    case = store(
        session,
        Feedback,
        id=new_id(),
        code=_new_code(moment),
        reporter_id=actor.id,
        category_code=category.code,
        title=title_of(mask_numbers(draft.description)),
        description=draft.description,
        # What is hidden is not found either: asking for one address after another would tell a blurred place.
        folded=search.folded_words(draft.description, draft.address, blur_place=draft.blur_place),
        address=draft.address,
        system=draft.system,
        masked=has_numbers(f"{draft.description}\n{draft.address}"),
        lat=round(draft.lat, 6),
        lon=round(draft.lon, 6),
        place_code=to.place.code if to.place else None,
        cell=places.cell_of(draft.lat, draft.lon, blurred=draft.blur_place),
        public=draft.public,
        show_name=draft.show_name,
        blur_place=draft.blur_place,
        practice=draft.practice,
        status=Status.HELD if held else Status.NEW,
        level=category.level,
        unit_code=to.unit,
        thumb_id=draft.file_ids[0] if draft.file_ids else None,
        created_at=moment,
        moved_at=moment,
        accept_by=to.promise.accept_by,
        first_due_at=to.promise.due_at,
        due_at=to.promise.due_at,
    )
    return views.detail(session, case, actor, pictures, story=[_begin(session, actor, case, draft, held)])


def _begin(session: Session, actor: Actor, case: Feedback, draft: contract.FeedbackDraft, held: Sequence[str]) -> Entry:
    """Begin the story of a case, and say that it has come; return its first line."""
    line = story.append(session, case, "submit", party=Party.CITIZEN, actor_id=actor.id, files=draft.file_ids)
    if held:
        found = ", ".join(held)
        story.append(session, case, "hold", party=Party.SYSTEM, actor_id=None, text=found, audience=Audience.STAFF)
    said = (
        PracticeSubmitted(str(case.id), str(actor.id))
        if case.practice
        else FeedbackSubmitted(str(case.id), str(line.id))
    )
    emit(session, said, actor_id=actor.id)
    changed(session, story.TOPIC)
    return line


def _category(session: Session, code: str) -> Category:
    category = views.lists(session).rows.get(code)
    if category is None:
        raise Invalid.field("category", ErrorCode.UNKNOWN_CATEGORY, "no such category")
    return category


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
    to = routing.receive(session, category, lat, lon, start=clock.now(), settings=settings)
    return contract.Expectation(
        unit=accounts.unit(session, to.unit),
        place=to.place.name if to.place else None,
        level=category.level,
        accept_by=to.promise.accept_by,
        due_at=to.promise.due_at,
        usual=rules.usual(session, to.unit, category.code),
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
    session: Session, actor: Actor, code: str, wish: contract.Reason, pictures: Pictures
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
