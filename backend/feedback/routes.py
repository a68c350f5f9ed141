"""The URLs of feedback for citizens and the public."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from backend.core.access import Actor, Anyone, allow, problems, router
from backend.core.cache import public
from backend.core.database import ReadingDep, SessionDep
from backend.core.deps import SettingsDep, of
from backend.core.idempotency import OnceDep
from backend.core.limits import limited
from backend.core.pages import PageDep
from backend.core.together import TogetherDep
from backend.feedback import following, public_list, service, submitting
from backend.feedback.figures import TOPIC as COUNTED
from backend.feedback.queries import Filters
from backend.feedback.story import TOPIC
from backend.files.service import Pictures
from shared import case_moves
from shared import feedback as contract
from shared.access import Permission
from shared.base import Latitude, Longitude, Text
from shared.case_states import Status
from shared.feedback import CaseCode, FeedbackDetail, FeedbackSummary
from shared.pages import Page

PicturesDep = Annotated[Pictures, of("pictures")]

routes = router("", "feedback")

Citizen = Annotated[Actor, allow(Permission.SUBMIT_FEEDBACK)]
Word = Annotated[Text | None, Query(max_length=40)]


async def _filters(
    status: Status | None = None,
    category: Word = None,
    unit: Word = None,
    place: Annotated[Text | None, Query(max_length=20)] = None,
    open: bool | None = None,
    q: Annotated[str | None, Query(max_length=10_000)] = None,
) -> Filters:
    return Filters(status, category, unit, place, open, q)


FiltersDep = Annotated[Filters, Depends(_filters)]


@routes.get("/feedback/categories", dependencies=[public("categories", max_age=60)])
def categories(_: Anyone, session: ReadingDep) -> list[contract.Category]:
    """Return what a report can be about."""
    return service.categories(session)


@routes.get("/feedback/expectation")
def expectation(
    category: Annotated[Text, Query(max_length=40)],
    lat: Annotated[Latitude, Query()],
    lon: Annotated[Longitude, Query()],
    _: Anyone,
    settings: SettingsDep,
    session: ReadingDep,
) -> contract.Expectation:
    """Return who would receive a report, and by when it would be answered."""
    return submitting.expectation(session, category, lat, lon, settings=settings)


@routes.post("/feedback", status_code=201, response_model=FeedbackDetail, responses=problems(409))
def submit(
    request: Request,
    draft: contract.FeedbackDraft,
    actor: Citizen,
    _: Annotated[None, limited("submit", address="submit_address")],
    once: OnceDep,
    session: TogetherDep,
) -> Response:
    """Send a report. It shares its transaction with those that come at the same moment."""
    state = request.app.state
    return once.run(
        session,
        lambda: submitting.submit(session, actor, draft, settings=state.settings, pictures=state.pictures),
    )


@routes.get("/feedback", dependencies=[public(TOPIC, COUNTED)])
def public_cases(
    filters: FiltersDep, page: PageDep, _: Anyone, pictures: PicturesDep, session: ReadingDep
) -> Page[FeedbackSummary]:
    """Return public cases, the newest first."""
    return public_list.cases(session, filters, page, pictures)


@routes.get("/feedback/{code}", dependencies=[public(TOPIC, strangers_only=True)])
def read(code: CaseCode, actor: Anyone, pictures: PicturesDep, session: ReadingDep) -> FeedbackDetail:
    """Return a case: a public one to anyone, one's own with what one may do."""
    return service.read(session, actor, code, pictures)


@routes.get("/me/feedback")
def own_cases(actor: Citizen, page: PageDep, pictures: PicturesDep, session: ReadingDep) -> Page[FeedbackSummary]:
    """Return one's own cases, public or not."""
    return service.own_cases(session, actor, page, pictures)


@routes.post("/feedback/{code}/messages", response_model=FeedbackDetail, responses=problems(409))
def answer(
    code: CaseCode, wish: case_moves.Answer, actor: Citizen, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Answer a question."""
    return once.run(session, lambda: service.answer(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/rating", response_model=FeedbackDetail, responses=problems(409))
def rate(
    code: CaseCode, wish: contract.Rating, actor: Citizen, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Rate the result; the case is closed."""
    return once.run(session, lambda: service.rate(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/reopen", response_model=FeedbackDetail, responses=problems(409))
def reopen(
    code: CaseCode, wish: case_moves.Reason, actor: Citizen, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Say that it is not done."""
    return once.run(session, lambda: service.reopen(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/appeal", response_model=FeedbackDetail, responses=problems(409))
def appeal(
    code: CaseCode, wish: case_moves.Reason, actor: Citizen, once: OnceDep, pictures: PicturesDep, session: SessionDep
) -> Response:
    """Ask that a refusal be looked at again."""
    return once.run(session, lambda: service.appeal(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/withdraw", response_model=FeedbackDetail, responses=problems(409))
def withdraw(
    code: CaseCode,
    wish: case_moves.Withdrawal,
    actor: Citizen,
    once: OnceDep,
    pictures: PicturesDep,
    session: SessionDep,
) -> Response:
    """Take a report back."""
    return once.run(session, lambda: service.withdraw(session, actor, code, wish, pictures), status=200)


@routes.post("/feedback/{code}/support", response_model=FeedbackDetail, responses=problems(409))
def support(
    code: CaseCode,
    actor: Citizen,
    _: Annotated[None, limited("support")],
    once: OnceDep,
    pictures: PicturesDep,
    session: SessionDep,
) -> Response:
    """Say "me too": join, follow and count once."""
    return once.run(session, lambda: following.support(session, actor, code, pictures), status=200)


@routes.delete("/feedback/{code}/support", responses=problems(409))
def take_back_support(code: CaseCode, actor: Citizen, pictures: PicturesDep, session: SessionDep) -> FeedbackDetail:
    """Take "me too" back."""
    return following.take_back(session, actor, code, pictures)


@routes.post("/feedback/{code}/follow", response_model=FeedbackDetail, responses=problems(409))
def follow(
    code: CaseCode,
    actor: Citizen,
    _: Annotated[None, limited("support")],
    once: OnceDep,
    pictures: PicturesDep,
    session: SessionDep,
) -> Response:
    """Hear of what happens to another's case."""
    return once.run(session, lambda: following.follow(session, actor, code, pictures), status=200)


@routes.delete("/feedback/{code}/follow", responses=problems(409))
def unfollow(code: CaseCode, actor: Citizen, pictures: PicturesDep, session: SessionDep) -> FeedbackDetail:
    """Hear of it no more."""
    return following.unfollow(session, actor, code, pictures)
