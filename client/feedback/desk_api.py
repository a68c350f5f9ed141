"""What the desk asks of the backend, in the name of staff."""

from client.core.api import Api, Tagged, path_part
from shared.accounts import UnitRef
from shared.administration import LockDraft
from shared.case_moves import Move, Note, Reply, Reveal
from shared.feedback import DeskDetail, FeedbackSummary, QueueCount, Template
from shared.pages import Page
from shared.public_feedback import NearbyCase

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


async def reveal(api: Api, code: str, wish: Reveal, key: str) -> Tagged[DeskDetail]:
    """Have the sender's name shown; she reads who did, and why."""
    return _tagged(await api.post(f"{_of(code)}/reveal", DeskDetail, wish, key=key))


async def lock(api: Api, code: str, wish: LockDraft, key: str) -> Tagged[DeskDetail]:
    """Keep the sender from sending more for some days. Raises ApiError(`conflict`) when she is locked already."""
    return _tagged(await api.post(f"{_of(code)}/lock", DeskDetail, wish, key=key))


async def nearby(api: Api, lat: float, lon: float, q: str) -> list[NearbyCase]:
    """Return open public cases near a point (degrees), those with like words first."""
    return await api.get("/feedback/nearby", list[NearbyCase], params={"lat": lat, "lon": lon, "q": q})


async def units(api: Api) -> list[UnitRef]:
    """Return every unit."""
    return await api.get("/desk/units", list[UnitRef])


async def templates(api: Api) -> list[Template]:
    """Return the ready reasons for a refusal."""
    return await api.get("/desk/templates", list[Template])


def _of(code: str) -> str:
    return f"{_CASES}/{path_part(code)}"


def _tagged(case: DeskDetail) -> Tagged[DeskDetail]:
    """What is no move answers without an ETag; the version is what one would say."""
    return Tagged(case, f'"{case.version}"')
