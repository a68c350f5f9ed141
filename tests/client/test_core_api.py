"""One error for every failure; the tokens are renewed once, silently, and kept."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from client.core.api import OFFLINE, Api, ApiError, new_key
from client.core.once import Once
from client.core.session import Session
from client.core.settings import ClientSettings
from client.core.storage import MemoryStorage
from shared.accounts import AccountChange, Tokens
from shared.errors import ErrorCode
from shared.notifications import UnreadCount

Handler = Callable[[httpx2.Request], httpx2.Response]


def tokens(name: str) -> Tokens:
    return Tokens(access_token=f"access-{name}", refresh_token=f"refresh-{name}", token_type="bearer", expires_in=900)


def problem(status: int, code: ErrorCode, **headers: str) -> httpx2.Response:
    body = {"type": "about:blank", "title": "x", "status": status, "code": code, "detail": "d", "errors": []}
    return httpx2.Response(status, json=body, headers=headers)


def with_api(handler: Handler, story: Callable[[Api], Awaitable[None]]) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(handler), base_url="http://api/api/v1") as http:
            await story(Api(http, ClientSettings(client_secret="web"), client_ip="203.0.113.9"))

    asyncio.run(run())


class Backend:
    """Accepts the newest token alone, and renews each refresh token once."""

    def __init__(self) -> None:
        self.valid = "new"
        self.refreshes: list[str] = []
        self.refusing = False

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/auth/refresh"):
            self.refreshes.append(json.loads(request.content)["refresh_token"])
            if self.refusing:
                return problem(401, ErrorCode.UNAUTHENTICATED)
            return httpx2.Response(200, json=tokens("new").model_dump())
        if request.headers.get("authorization") != f"Bearer access-{self.valid}":
            return problem(401, ErrorCode.TOKEN_EXPIRED)
        return httpx2.Response(200, json={"unread": 3}, headers={"etag": '"7"'})


def test_many_expired_calls_renew_once_and_all_succeed() -> None:
    backend, storage = Backend(), MemoryStorage()

    async def story(api: Api) -> None:
        Session(api, storage, lambda: None)
        api.tokens = tokens("old")
        answers = await asyncio.gather(*(api.get("/me/notifications/unread-count", UnreadCount) for _ in range(5)))
        assert [answer.unread for answer in answers] == [3] * 5

    with_api(backend, story)
    assert backend.refreshes == ["refresh-old"]
    assert Tokens.model_validate_json(storage.kept["secret.tokens"]) == tokens("new")


def test_what_another_tab_has_renewed_is_taken_over() -> None:
    backend, storage = Backend(), MemoryStorage()
    backend.refusing = True
    storage.kept["secret.tokens"] = tokens("new").model_dump_json()

    async def story(api: Api) -> None:
        Session(api, storage, lambda: None)
        api.tokens = tokens("old")
        assert (await api.get("/x", UnreadCount)).unread == 3

    with_api(backend, story)


def test_when_nothing_helps_the_sign_in_is_over() -> None:
    backend, storage = Backend(), MemoryStorage()
    backend.refusing = True
    storage.kept["secret.tokens"] = tokens("old").model_dump_json()

    async def story(api: Api) -> None:
        Session(api, storage, lambda: None)
        api.tokens = tokens("old")
        with pytest.raises(ApiError) as raised:
            await api.get("/x", UnreadCount)
        assert raised.value.code == ErrorCode.TOKEN_EXPIRED
        assert api.tokens is None

    with_api(backend, story)
    assert storage.kept == {}


def test_a_call_says_who_where_and_which_version() -> None:
    seen: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"unread": 0}, headers={"etag": '"8"'})

    async def story(api: Api) -> None:
        api.tokens = tokens("mine")
        key = new_key()
        await api.post("/x", UnreadCount, AccountChange(full_name="Lan"), key=key, if_match='"7"')
        headers = seen[-1].headers
        assert (headers["idempotency-key"], headers["if-match"]) == (key, '"7"')
        assert (headers["x-client-ip"], headers["x-client-secret"]) == ("203.0.113.9", "web")
        assert (headers["authorization"], headers["accept-language"]) == ("Bearer access-mine", "vi")
        tagged = await api.get_tagged("/x", UnreadCount, params={"q": "", "n": None, "mine": True})
        assert tagged.etag == '"8"'
        assert seen[-1].url.query == b"mine=true"

    with_api(handler, story)


def test_every_failure_is_one_error() -> None:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    cases: list[tuple[Handler, str, int | None]] = [
        (refuse, OFFLINE, None),
        (lambda _: httpx2.Response(502, text="<html>"), ErrorCode.UNAVAILABLE, None),
        (lambda _: httpx2.Response(500, text="oops"), ErrorCode.INTERNAL, None),
        (lambda _: httpx2.Response(200, json={"other": 1}), ErrorCode.INTERNAL, None),
        (lambda _: problem(429, ErrorCode.RATE_LIMITED, **{"retry-after": "30"}), ErrorCode.RATE_LIMITED, 30),
    ]
    for handler, code, after in cases:

        async def story(api: Api, code: str = code, after: int | None = after) -> None:
            with pytest.raises(ApiError) as raised:
                await api.get("/x", UnreadCount)
            assert (raised.value.code, raised.value.retry_after) == (code, after)

        with_api(handler, story)


def test_the_same_content_keeps_its_key_and_another_gets_its_own() -> None:
    once = Once()
    first = once.key(AccountChange(full_name="Lan"))
    assert once.key(AccountChange(full_name="Lan")) == first
    assert once.key(AccountChange(full_name="Mai")) != first


def test_events_arrive_one_by_one() -> None:
    stream = 'event: unread\ndata: {"unread": 1}\n\n: alive\n\nevent: unread\ndata: {"unread": 2}\n\n'

    def handler(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, text=stream, headers={"content-type": "text/event-stream"})

    async def story(api: Api) -> None:
        events = [event async for event in api.stream("/me/notifications/stream")]
        assert [(event.name, event.parse(UnreadCount).unread) for event in events] == [("unread", 1), ("unread", 2)]

    with_api(handler, story)
