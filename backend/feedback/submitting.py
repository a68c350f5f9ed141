"""Sending a report: what is said before, and taking it in."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from backend.accounts import service as accounts
from backend.core import clock
from backend.core.access import Actor
from backend.core.cache import changed
from backend.core.errors import Invalid
from backend.core.events import emit
from backend.core.rows import store
from backend.core.settings import Settings
from backend.core.tables import new_id
from backend.feedback import abuse, places, routing, rules, search, story, views
from backend.feedback.events import FeedbackSubmitted, PracticeSubmitted
from backend.feedback.models import Category, Entry, Feedback
from backend.files import service as files
from backend.files.service import Pictures
from shared import feedback as contract
from shared.base import VIETNAM
from shared.case_states import Party, Status
from shared.errors import ErrorCode
from shared.feedback import Audience
from shared.masking import has_numbers, mask_numbers

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TITLE = 80


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
        **told(draft),
        place_code=to.place.code if to.place else None,
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


def told(draft: contract.FeedbackDraft) -> dict[str, Any]:
    """Return the columns of a case that its sender told, and those that follow from her words and place alone."""
    return {
        "title": title_of(mask_numbers(draft.description)),
        "description": draft.description,
        # What is hidden is not found either: asking for one address after another would tell a blurred place.
        "folded": search.folded_words(draft.description, draft.address, blur_place=draft.blur_place),
        "address": draft.address,
        "system": draft.system,
        "masked": has_numbers(f"{draft.description}\n{draft.address}"),
        "lat": round(draft.lat, 6),
        "lon": round(draft.lon, 6),
        "cell": places.cell_of(draft.lat, draft.lon, blurred=draft.blur_place),
        "public": draft.public,
        "show_name": draft.show_name,
        "blur_place": draft.blur_place,
        "practice": draft.practice,
    }


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
