"""What the desk asks of the backend, in the name of staff."""

from client.core.api import Api, Tagged, path_part
from shared.accounts import UnitRef
from shared.feedback import DeskDetail, FeedbackSummary, Move, Note, QueueCount, Reply, Template
from shared.pages import Page

_CASES = "/desk/feedback"


async def cases(api: Api, queue: str, *, q: str, newest: bool, cursor: str | None) -> Page[FeedbackSummary]:
    """Return a page of a queue, those due first at the top, or the newest."""
    sort = "newest" if newest else "due"
    params = {"queue": queue, "q": q, "sort": sort, "limit": 30, "cursor": cursor}
    return await api.get(_CASES, Page[FeedbackSummary], params=params)


async def counts(api: Api) -> list[QueueCount]:
    """Return the queues of this person's menu, with how many cases wait in each."""
    return await api.get(f"{_CASES}/counts", list[QueueCount])


async def case(api: Api, code: str) -> Tagged[DeskDetail]:
    """Return a whole case with the version that a move must name."""
    return await api.get_tagged(_of(code), DeskDetail)


async def move(api: Api, code: str, wish: Move, etag: str | None) -> Tagged[DeskDetail]:
    """Move a case. Raises ApiError(`stale`) when it has changed since `etag`."""
    return await api.call("POST", f"{_of(code)}/moves", DeskDetail, body=wish, if_match=etag)


async def reply(api: Api, code: str, wish: Reply, key: str) -> Tagged[DeskDetail]:
    """Write to the citizen."""
    return _tagged(await api.post(f"{_of(code)}/replies", DeskDetail, wish, key=key))


async def note(api: Api, code: str, wish: Note, key: str) -> Tagged[DeskDetail]:
    """Write to colleagues."""
    return _tagged(await api.post(f"{_of(code)}/notes", DeskDetail, wish, key=key))


async def units(api: Api) -> list[UnitRef]:
    """Return every unit."""
    return await api.get("/desk/units", list[UnitRef])


async def templates(api: Api) -> list[Template]:
    """Return the ready reasons for a refusal."""
    return await api.get("/desk/templates", list[Template])


def _of(code: str) -> str:
    return f"{_CASES}/{path_part(code)}"


def _tagged(case: DeskDetail) -> Tagged[DeskDetail]:
    """Words to a case answer without an ETag; the version is what one would say."""
    return Tagged(case, f'"{case.version}"')
