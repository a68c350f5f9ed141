"""A few cases on their way, and one onboarding session: told through the services, each step at its own hour."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import Session

from backend.accounts.models import Account
from backend.core import clock
from backend.core.access import Actor
from backend.core.security import Keys
from backend.core.settings import Settings
from backend.core.storage import Storage
from backend.demo.files import FOLDER, content, rows
from backend.demo.people import NEIGHBOUR
from backend.feedback import desk, following, service, submitting
from backend.files import images
from backend.files import service as files
from backend.files.models import File, FileState
from backend.files.service import Pictures
from backend.onboarding import service as onboarding
from shared import case_moves
from shared import feedback as contract
from shared.access import Role
from shared.base import VIETNAM
from shared.onboarding import SessionDraft

_MOVE: TypeAdapter[case_moves.Move] = TypeAdapter(case_moves.Move)
_COURSE = {"by", "after_hours", "in_days", "proof"}


@dataclass
class _Case:
    """A case while its course is told."""

    code: str
    reporter: Actor
    unit: str
    hours_ago: float


@dataclass(frozen=True)
class _Scene:
    """What every step needs."""

    session: Session
    storage: Storage
    settings: Settings
    pictures: Pictures
    people: dict[str, Account]

    def actor(self, role: Role, unit: str | None = None) -> Actor:
        """Return the first person of this role (and unit)."""
        return next(_actor(one) for one in self.people.values() if one.role is role and unit in (None, one.unit_code))

    def neighbours(self) -> list[Actor]:
        """Return those who meet the same as others do."""
        return [_actor(one) for phone, one in self.people.items() if phone.startswith(NEIGHBOUR)]

    def photo(self, name: str, owner: UUID) -> UUID:
        """Store a made photograph as if this person had just sent it."""
        picture = images.remake(FOLDER / "photos" / f"{name}.webp")
        file_id = files.add(self.session, self.storage, picture, public=False, owner_id=owner)
        self.session.flush()
        file = self.session.get_one(File, file_id)
        file.state = FileState.STORED
        self.session.add(file)
        return file_id


def _actor(account: Account) -> Actor:
    return Actor(id=account.id, role=account.role, unit=account.unit_code)


def seed(session: Session, storage: Storage, settings: Settings, people: dict[str, Account]) -> None:
    """Tell every case of the demo, the oldest first, then open the session."""
    pictures = Pictures(settings, Keys(settings.secret.get_secret_value()))
    scene = _Scene(session, storage, settings, pictures, people)
    for row in sorted(rows("cases.json"), key=lambda row: -row["hours_ago"]):
        _tell(scene, row)
    _open_session(scene)


def _tell(scene: _Scene, row: dict[str, Any]) -> None:
    reporter = _actor(scene.people[row["reporter"]])
    names = ("category", "description", "lat", "lon", "address", "public", "show_name", "blur_place")
    with clock.moved(timedelta(hours=-row["hours_ago"])):
        photos = [scene.photo(name, reporter.id) for name in row["photos"]]
        draft = contract.FeedbackDraft(**{name: row[name] for name in names}, file_ids=photos)
        sent = submitting.submit(scene.session, reporter, draft, settings=scene.settings, pictures=scene.pictures)
        for person in scene.neighbours()[: row.get("supporters", 0)]:
            following.support(scene.session, person, sent.code, scene.pictures)
    case = _Case(sent.code, reporter, sent.unit.code if sent.unit else "", row["hours_ago"])
    for step in row["course"]:
        case.hours_ago -= step["after_hours"]
        with clock.moved(timedelta(hours=-case.hours_ago)):
            _step(scene, case, step)
        scene.session.flush()


def _step(scene: _Scene, case: _Case, step: dict[str, Any]) -> None:
    wish = {name: value for name, value in step.items() if name not in _COURSE}
    if step["by"] == "citizen":
        rating = contract.Rating(score=wish["score"], text=wish["text"])
        service.rate(scene.session, case.reporter, case.code, rating, scene.pictures)
        return
    actor = scene.actor(Role.DISPATCHER) if step["by"] == "dispatcher" else scene.actor(Role.OFFICER, case.unit)
    if "reply" in wish:
        desk.reply(scene.session, actor, case.code, case_moves.Reply(text=wish["reply"]), scene.pictures)
        return
    if "proof" in step:
        wish["proof_file_ids"] = [scene.photo(name, actor.id) for name in step["proof"]]
    if "in_days" in step:
        wish["date"] = (clock.now() + timedelta(days=step["in_days"])).astimezone(VIETNAM).date()
    desk.move(scene.session, actor, case.code, _MOVE.validate_python(wish), None, scene.pictures)
    case.unit = wish.get("unit", case.unit)


def _open_session(scene: _Scene) -> None:
    row = content("session.json")
    starts = clock.now() - timedelta(hours=row["hours_ago"])
    draft = SessionDraft(
        title=row["title"],
        place=row["place"],
        team=row["team"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=row["hours"]),
        target=row["target"],
    )
    onboarding.create(scene.session, scene.actor(Role.FACILITATOR), draft)
