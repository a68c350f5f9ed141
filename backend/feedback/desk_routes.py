"""The URLs of feedback for staff."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from backend.accounts import service as accounts
from backend.core.access import Actor, allow, problems, router
from backend.core.database import ReadingDep, SessionDep
from backend.core.deps import VersionDep
from backend.core.idempotency import OnceDep
from backend.core.pages import PageDep
from backend.feedback import abuse, desk
from backend.feedback.routes import FiltersDep, PicturesDep
from shared import case_moves
from shared import feedback as contract
from shared.access import Permission
from shared.accounts import UnitRef
from shared.administration import HeldWord, HeldWordDraft, LockDraft
from shared.feedback import CaseCode, DeskDetail, FeedbackSummary
from shared.pages import Page

routes = router("/desk", "desk")

Staff = Annotated[Actor, allow(Permission.SEE_DESK)]
Dispatcher = Annotated[Actor, allow(Permission.DISPATCH)]
Administrator = Annotated[Actor, allow(Permission.ADMINISTER)]


@routes.get("/feedback")
def queue(
    filters: FiltersDep,
    page: PageDep,
    actor: Staff,
    pictures: PicturesDep,
    session: ReadingDep,
    queue: Annotated[str, Query(max_length=20)] = "all",
    overdue: bool = False,
    mine: bool = False,
    sort: Literal["due", "newest"] = "due",
) -> Page[FeedbackSummary]:
    """Return the cases of one queue; `overdue` and `mine` are the queues of those names."""
    name = "overdue" if overdue else "mine" if mine else queue
    return desk.queue(session, actor, name, filters, page, newest=sort == "newest", pictures=pictures)


@routes.get("/feedback/counts")
def counts(actor: Staff, session: ReadingDep) -> list[contract.QueueCount]:
    """Return the menu of queues, with how many cases stand in each."""
    return desk.counts(session, actor)


@routes.get("/feedback/{code}")
def read(code: CaseCode, response: Response, actor: Staff, pictures: PicturesDep, session: ReadingDep) -> DeskDetail:
    """Return a whole case; the ETag is what `If-Match` of a move wants."""
    return _tagged(response, desk.read(session, actor, code, pictures))


@routes.post("/feedback/{code}/moves", responses=problems(409, 412, 428))
def move(
    code: CaseCode,
    wish: Annotated[case_moves.Move, ...],
    response: Response,
    actor: Staff,
    version: VersionDep,
    pictures: PicturesDep,
    session: SessionDep,
) -> DeskDetail:
    """Move a case by the state table."""
    return _tagged(response, desk.move(session, actor, code, wish, version, pictures))


@routes.post("/feedback/{code}/replies", status_code=201, response_model=DeskDetail, responses=problems(409))
def reply(
    code: CaseCode, wish: case_moves.Reply, actor: Staff, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Write to the citizen."""
    return once.run(session, lambda: desk.reply(session, actor, code, wish, pictures))


@routes.post("/feedback/{code}/notes", status_code=201, response_model=DeskDetail, responses=problems(409))
def note(
    code: CaseCode, wish: case_moves.Note, actor: Staff, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Write to colleagues."""
    return once.run(session, lambda: desk.note(session, actor, code, wish, pictures))


@routes.post("/feedback/{code}/reveal", response_model=DeskDetail, responses=problems(409))
def reveal(
    code: CaseCode,
    wish: case_moves.Reveal,
    actor: Dispatcher,
    once: OnceDep,
    pictures: PicturesDep,
    session: SessionDep,
) -> Response:
    """Have the sender's name and phone shown; she reads who did, and why."""
    return once.run(session, lambda: desk.reveal(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/lock", response_model=DeskDetail, responses=problems(409))
def lock(
    code: CaseCode, wish: LockDraft, actor: Dispatcher, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Keep the sender of a case from sending more for some days."""
    return once.run(session, lambda: desk.lock(session, actor, code, wish, pictures), status=200)


@routes.get("/words")
def held_words(_: Dispatcher, session: ReadingDep) -> list[HeldWord]:
    """Return the words that make a new report wait for a look."""
    return abuse.words(session)


@routes.post("/words", status_code=201, response_model=HeldWord, responses=problems(409))
def add_held_word(wish: HeldWordDraft, actor: Administrator, once: OnceDep, session: SessionDep) -> Response:
    """Put words on the list."""
    return once.run(session, lambda: abuse.add(session, actor, wish))


@routes.delete("/words/{word_id}", status_code=204)
def remove_held_word(word_id: UUID, actor: Administrator, session: SessionDep) -> None:
    """Take words off the list."""
    abuse.remove(session, actor, word_id)


@routes.get("/units")
def units(_: Staff, session: ReadingDep) -> list[UnitRef]:
    """Return every unit."""
    return accounts.units(session)


@routes.get("/templates")
def templates(_: Staff, session: ReadingDep) -> list[contract.Template]:
    """Return the ready reasons for a refusal."""
    return desk.templates(session)


def _tagged(response: Response, case: DeskDetail) -> DeskDetail:
    response.headers["ETag"] = f'"{case.version}"'
    response.headers["Cache-Control"] = "private, no-store"
    return case
