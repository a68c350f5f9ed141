"""What citizens' screens of feedback ask of the backend. Every call raises ApiError alone."""

from typing import TypeVar

from pydantic import BaseModel

from client.core.api import Api, path_part
from shared.case_moves import Answer, Reason, Withdrawal
from shared.case_states import Status
from shared.feedback import Category, Expectation, FeedbackDetail, FeedbackDraft, FeedbackSummary, Rating
from shared.pages import Page
from shared.public_feedback import NearbyCase

B = TypeVar("B", bound=BaseModel)


async def categories(api: Api) -> list[Category]:
    """Return what a report can be about."""
    return await api.get("/feedback/categories", list[Category])


async def expectation(api: Api, category: str, lat: float, lon: float) -> Expectation:
    """Return who would receive a report from there (degrees), and by when it would be answered."""
    where = {"category": category, "lat": lat, "lon": lon}
    return await api.get("/feedback/expectation", Expectation, params=where)


async def nearby(api: Api, lat: float, lon: float, *, category: str, q: str) -> list[NearbyCase]:
    """Return open public cases near a point (degrees) that may be about the same, the likeliest first."""
    asked = {"lat": lat, "lon": lon, "category": category, "q": q}
    return await api.get("/feedback/nearby", list[NearbyCase], params=asked)


async def support(api: Api, code: str, key: str) -> FeedbackDetail:
    """Say "me too" to another's case: join, follow and count once."""
    return await api.post(f"/feedback/{path_part(code)}/support", FeedbackDetail, key=key)


async def submit(api: Api, draft: FeedbackDraft, key: str) -> FeedbackDetail:
    """Send a report; the same key never makes two of it."""
    return await api.post("/feedback", FeedbackDetail, draft, key=key)


async def public_cases(
    api: Api, cursor: str | None, *, status: Status | None = None, category: str = "", unit: str = "", q: str = ""
) -> Page[FeedbackSummary]:
    """Return reports that everybody may read, the newest first."""
    asked = {"cursor": cursor, "status": status, "category": category, "unit": unit, "q": q}
    return await api.get("/feedback", Page[FeedbackSummary], params=asked)


async def my_cases(api: Api, cursor: str | None) -> Page[FeedbackSummary]:
    """Return the signed-in person's own reports, the newest first."""
    return await api.get("/me/feedback", Page[FeedbackSummary], params={"cursor": cursor})


async def case(api: Api, code: str) -> FeedbackDetail:
    """Return one report with its story."""
    return await api.get(f"/feedback/{path_part(code)}", FeedbackDetail)


async def answer(api: Api, code: str, words: Answer, key: str) -> FeedbackDetail:
    """Answer the officer's question."""
    return await _act(api, code, "messages", words, key)


async def rate(api: Api, code: str, rating: Rating, key: str) -> FeedbackDetail:
    """Say how good the result is; this closes the case."""
    return await _act(api, code, "rating", rating, key)


async def reopen(api: Api, code: str, reason: Reason, key: str) -> FeedbackDetail:
    """Say that it is not done."""
    return await _act(api, code, "reopen", reason, key)


async def appeal(api: Api, code: str, reason: Reason, key: str) -> FeedbackDetail:
    """Ask that a refusal be looked at again."""
    return await _act(api, code, "appeal", reason, key)


async def withdraw(api: Api, code: str, why: Withdrawal, key: str) -> FeedbackDetail:
    """Take a report back."""
    return await _act(api, code, "withdraw", why, key)


async def unsupport(api: Api, code: str) -> FeedbackDetail:
    """Take "me too" back; one goes on following."""
    return (await api.call("DELETE", f"/feedback/{path_part(code)}/support", FeedbackDetail)).value


async def follow(api: Api, code: str, key: str) -> FeedbackDetail:
    """Hear of what happens to another's case."""
    return await api.post(f"/feedback/{path_part(code)}/follow", FeedbackDetail, key=key)


async def unfollow(api: Api, code: str) -> FeedbackDetail:
    """Hear of it no more; a "me too" goes with it."""
    return (await api.call("DELETE", f"/feedback/{path_part(code)}/follow", FeedbackDetail)).value


async def _act(api: Api, code: str, what: str, body: B, key: str) -> FeedbackDetail:
    return await api.post(f"/feedback/{path_part(code)}/{what}", FeedbackDetail, body, key=key)
