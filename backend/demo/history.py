"""What was reported over the past year: an illustration, so that the map, the figures and what is usual show something.

It is told by rows, not through the services, which would take minutes; every line is marked as made up.
"""

import random
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from backend.accounts.models import Account
from backend.core import clock
from backend.core.rows import store_values
from backend.core.settings import Settings
from backend.core.storage import Storage
from backend.demo.files import FOLDER, rows
from backend.demo.people import NEIGHBOUR
from backend.feedback import routing, submitting, views
from backend.feedback.models import Category, Entry, Feedback
from backend.files import images
from backend.files import service as files
from shared.base import VIETNAM
from shared.case_states import MoveKind, Party, Status
from shared.feedback import Audience, FeedbackDraft

CASES = 320
DAYS = 330
MARK = "\n\n(Dữ liệu minh họa.)"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_STREETS = ("phố Bạch Đằng", "đường Thanh Niên", "phố Quang Trung", "đường Nguyễn Lương Bằng", "phố Chi Lăng")
# Around the middle of the demo's town, in degrees.
_SHIFT = (0.004, 0.016)
_REACH = (0.024, 0.03)


@dataclass(frozen=True)
class _Told:
    """A case and its story, as rows."""

    case: dict[str, Any]
    story: list[dict[str, Any]]


def seed(session: Session, storage: Storage, settings: Settings, people: Mapping[str, Account]) -> None:
    """Put the history in; the same every time but for the day it ends."""
    dice = random.Random(26_03)  # noqa: S311 - nothing here is secret
    kinds = rows("history.json")
    pictures = {name: _picture(session, storage, name) for kind in kinds for name in kind["photos"]}
    session.flush()
    citizens = [person.id for phone, person in people.items() if phone.startswith(NEIGHBOUR)]
    categories = views.lists(session).rows
    told = []
    for number in range(CASES):
        kind = dice.choice(kinds)
        begun = clock.now() - timedelta(days=DAYS * (1 - number / CASES), hours=dice.random() * 30 + 20)
        told.append(_tell(session, settings, dice, kind, categories[kind["category"]], begun, citizens, pictures))
    store_values(session, Feedback, [one.case for one in told])
    store_values(session, Entry, [line for one in told for line in one.story])


def _picture(session: Session, storage: Storage, name: str) -> UUID:
    return files.add(session, storage, images.remake(FOLDER / "photos" / f"{name}.webp"), public=True)


def _id(at: datetime) -> UUID:
    """Return a UUIDv7 (RFC 9562) of that moment: ids sort by time."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))


def _tell(
    session: Session,
    settings: Settings,
    dice: random.Random,
    kind: dict[str, Any],
    category: Category,
    begun: datetime,
    citizens: list[UUID],
    pictures: Mapping[str, UUID],
) -> _Told:
    lat = settings.centre_lat + _SHIFT[0] + dice.triangular(-_REACH[0], _REACH[0])
    lon = settings.centre_lon + _SHIFT[1] + dice.triangular(-_REACH[1], _REACH[1])
    to = routing.receive(session, category, lat, lon, start=begun, settings=settings)
    said = dice.choice(kind["said"]) + MARK
    address = f"{dice.choice(_STREETS)}, số {dice.randint(1, 300)}"
    draft = FeedbackDraft(category=category.code, description=said, lat=lat, lon=lon, address=address)
    before, after = (pictures[name] for name in kind["photos"])
    case: dict[str, Any] = {
        **{name: field.default for name, field in Feedback.model_fields.items() if not field.is_required()},
        "id": _id(begun),
        "code": _code(dice, begun),
        "reporter_id": dice.choice(citizens),
        "category_code": category.code,
        **submitting.told(draft),
        # What was never placed is placed and counted by the worker, as after an upgrade.
        "cell": 0,
        "place_code": to.place.code if to.place else None,
        "level": category.level,
        "unit_code": to.unit,
        "thumb_id": before,
        "created_at": begun,
        "accept_by": to.promise.accept_by,
        "first_due_at": to.promise.due_at,
        "due_at": to.promise.due_at,
    }
    story = list(_course(dice, case, kind["done"], before, after))
    return _Told(case, story)


def _course(
    dice: random.Random, case: dict[str, Any], done: str, before: UUID, after: UUID
) -> Iterator[dict[str, Any]]:
    """Yield the lines of a case's story, and leave the case as they left it."""
    at: datetime = case["created_at"]
    due: timedelta = case["due_at"] - at
    yield _line(case, "submit", at, Party.CITIZEN, Status.NEW, files=[before])
    if dice.random() < 0.06:
        at += timedelta(hours=3)
        yield _line(case, MoveKind.REFUSE, at, Party.DISPATCHER, Status.REFUSED, text="Đã có phản ánh về việc này.")
        case.update(status=Status.REFUSED, moved_at=at)
        return
    for move, status in ((MoveKind.ACCEPT, Status.ACCEPTED), (MoveKind.ASSIGN, Status.ASSIGNED)):
        at += timedelta(minutes=dice.randint(20, 150))
        yield _line(case, move, at, Party.DISPATCHER, status)
    # Nothing of the past lies ahead: what was sent last was handled an hour ago at the latest.
    at = min(max(at, case["created_at"] + due * dice.triangular(0.15, 1.25, 0.5)), clock.now() - timedelta(hours=1))
    yield _line(case, MoveKind.RESOLVE, at, Party.OFFICER, Status.RESOLVED, text=done, files=[after])
    case.update(resolved_at=at, handled_at=at, status=Status.CLOSED)
    score = dice.choices((5, 4, 3, 2, None), (30, 25, 8, 5, 32))[0]
    at = min(at + (timedelta(hours=dice.randint(2, 20)) if score else timedelta(days=7)), clock.now())
    case.update(score=score, moved_at=at, version=5)
    if score:
        yield _line(case, MoveKind.RATE, at, Party.CITIZEN, Status.CLOSED, facts={"score": score})
    else:
        yield _line(case, MoveKind.CLOSE, at, Party.SYSTEM, Status.CLOSED)


def _line(
    case: dict[str, Any],
    kind: str,
    at: datetime,
    party: Party,
    status: Status,
    *,
    text: str = "",
    files: list[UUID] | None = None,
    facts: dict[str, Any] | None = None,
) -> dict[str, Any]:
    quiet = kind in {MoveKind.RATE, MoveKind.CLOSE}
    return {
        "id": _id(at),
        "feedback_id": case["id"],
        "kind": kind,
        "at": at,
        "party": party,
        "actor_id": case["reporter_id"] if party is Party.CITIZEN else None,
        "audience": Audience.CITIZEN if quiet else Audience.PUBLIC,
        "status": status,
        "text": text,
        "unit_code": case["unit_code"],
        "planned_on": None,
        "file_ids": [str(file_id) for file_id in files or []],
        "facts": facts or {},
    }


def _code(dice: random.Random, at: datetime) -> str:
    return f"PA-{at.astimezone(VIETNAM):%y%m%d}-{''.join(dice.choices(_SIGNS, k=4))}"
