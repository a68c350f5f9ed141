"""What citizens' screens of feedback ask of the backend. Every call raises ApiError alone."""

from typing import TypeVar

from pydantic import BaseModel

from client.core.api import Api, new_key, path_part
from shared.feedback import (
    Answer,
    Category,
    Expectation,
    FeedbackDetail,
    FeedbackDraft,
    FeedbackSummary,
    Rating,
    Reason,
    Status,
    Withdrawal,
)
from shared.pages import Page

B = TypeVar("B", bound=BaseModel)


async def categories(api: Api) -> list[Category]:
    """Return what a report can be about."""
    return await api.get("/feedback/categories", list[Category])


async def expectation(api: Api, category: str, lat: float, lon: float) -> Expectation:
    """Return who would receive a report from there (degrees), and by when it would be answered."""
    where = {"category": category, "lat": lat, "lon": lon}
    return await api.get("/feedback/expectation", Expectation, params=where)


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


async def support(api: Api, code: str) -> FeedbackDetail:
    """Say "me too": it counts once, however often it is said."""
    return await _tie(api, code, "support")


async def unsupport(api: Api, code: str) -> FeedbackDetail:
    """Take "me too" back."""
    return await _untie(api, code, "support")


async def follow(api: Api, code: str) -> FeedbackDetail:
    """Hear of what happens to another's report."""
    return await _tie(api, code, "follow")


async def unfollow(api: Api, code: str) -> FeedbackDetail:
    """Hear of it no more."""
    return await _untie(api, code, "follow")


async def _tie(api: Api, code: str, what: str) -> FeedbackDetail:
    return await api.post(f"/feedback/{path_part(code)}/{what}", FeedbackDetail, key=new_key())


async def _untie(api: Api, code: str, what: str) -> FeedbackDetail:
    return (await api.call("DELETE", f"/feedback/{path_part(code)}/{what}", FeedbackDetail)).value


async def _act(api: Api, code: str, what: str, body: B, key: str) -> FeedbackDetail:
    return await api.post(f"/feedback/{path_part(code)}/{what}", FeedbackDetail, body, key=key)
