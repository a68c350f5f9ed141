"""The one way to the backend: typed calls, one error, silent refresh. Only this file knows the HTTP library."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote
from uuid import uuid4

import httpx2
from pydantic import BaseModel, TypeAdapter, ValidationError

from client.core.settings import ClientSettings
from client.core.wire import json_of, query_of
from shared.accounts import RefreshRequest, Tokens
from shared.errors import ErrorCode, FieldError, Problem

T = TypeVar("T")

OFFLINE = "offline"
"""The code of an error that never reached the backend."""

PREFIX = "/api/v1"
Http = httpx2.AsyncClient
Query = Mapping[str, object]
"""What follows the question mark; None and empty texts are left out."""

_TIMEOUT = httpx2.Timeout(20, connect=5)
_STREAM_TIMEOUT = httpx2.Timeout(60, connect=5)
_REFRESHABLE = {ErrorCode.TOKEN_EXPIRED, ErrorCode.UNAUTHENTICATED}


class ApiError(Exception):
    """The one error of a call. `code` is an `ErrorCode` or `OFFLINE`; `retry_after` is in seconds, where given."""

    def __init__(
        self, code: str, problem: Problem | None = None, *, retry_after: int | None = None, detail: str = ""
    ) -> None:
        """Keep the code, and the problem where the backend sent one."""
        super().__init__(f"{code}: {problem.detail if problem else detail}")
        self.code = code
        self.problem = problem
        self.retry_after = retry_after

    @property
    def fields(self) -> list[FieldError]:
        """The fields that were not understood."""
        return self.problem.errors if self.problem else []


@dataclass(frozen=True)
class Tagged(Generic[T]):
    """An answer with the version it stands for (`ETag`), to be sent back as `if_match`."""

    value: T
    etag: str | None


@dataclass(frozen=True)
class ServerEvent:
    """One server-sent event; `data` is its JSON text."""

    name: str
    data: str

    def parse(self, kind: type[T]) -> T:
        """Read the data as a contract."""
        return cast(T, _adapter(cast(Hashable, kind)).validate_json(self.data))


def open_http(settings: ClientSettings) -> Http:
    """Return the connection pool of this process. It carries no person's data: headers come with each call."""
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=50)
    return httpx2.AsyncClient(base_url=settings.api_url + PREFIX, timeout=_TIMEOUT, limits=limits, trust_env=False)


def new_key() -> str:
    """Return an Idempotency-Key: make one per thing to be created, keep it through retries."""
    return str(uuid4())


def path_part(value: str) -> str:
    """Quote one segment of a path."""
    return quote(value, safe="")


@lru_cache(maxsize=256)
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))


async def _nothing(_: Tokens | None) -> None:
    return None


class Api:
    """The backend as one person sees it.

    `tokens` are hers; `keep` is called with every new pair and with None when they no longer hold; `recall` reads the
    pair that another tab may have renewed meanwhile.
    """

    def __init__(self, http: Http, settings: ClientSettings, *, client_ip: str = "") -> None:
        """Speak through the process's pool, for the person at this address."""
        self._http = http
        self._settings = settings
        self._client_ip = client_ip
        self._renewal: asyncio.Task[bool] | None = None
        self.language = "vi"
        self.tokens: Tokens | None = None
        self.keep: Callable[[Tokens | None], Awaitable[None]] = _nothing
        self.recall: Callable[[], Awaitable[Tokens | None]] | None = None

    async def get(self, path: str, answer: type[T], *, params: Query | None = None) -> T:
        """Read something."""
        return (await self.call("GET", path, answer, params=params)).value

    async def get_tagged(self, path: str, answer: type[T], *, params: Query | None = None) -> Tagged[T]:
        """Read something with its version."""
        return await self.call("GET", path, answer, params=params)

    async def get_bytes(self, path: str, *, params: Query | None = None) -> bytes:
        """Read raw bytes, such as a picture's."""
        return (await self._send("GET", path, params=params)).content

    async def post(
        self,
        path: str,
        answer: type[T],
        body: BaseModel | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
    ) -> T:
        """Create or do something. `key` is the Idempotency-Key (`new_key()`)."""
        return (await self.call("POST", path, answer, body=body, key=key, if_match=if_match)).value

    async def post_bytes(self, path: str, answer: type[T], content: bytes) -> T:
        """Have raw bytes looked at, such as a picture's."""
        return (await self.call("POST", path, answer, raw=content)).value

    async def patch(self, path: str, answer: type[T], body: BaseModel, *, if_match: str | None = None) -> T:
        """Change the fields that the body sets."""
        return (await self.call("PATCH", path, answer, body=body, if_match=if_match)).value

    async def put(self, path: str, answer: type[T], body: BaseModel, *, if_match: str | None = None) -> T:
        """Replace something."""
        return (await self.call("PUT", path, answer, body=body, if_match=if_match)).value

    async def send(self, method: str, path: str, body: BaseModel | None = None, *, if_match: str | None = None) -> None:
        """Do something whose answer is empty."""
        await self._send(method, path, body=body, if_match=if_match)

    async def call(
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        params: Query | None = None,
        body: BaseModel | None = None,
        raw: bytes | None = None,
        form: Mapping[str, str] | None = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Tagged[T]:
        """Call the backend and read its answer as `answer`. Raises ApiError and nothing else."""
        response = await self._send(
            method, path, params=params, body=body, raw=raw, form=form, key=key, if_match=if_match
        )
        try:
            value = cast(T, _adapter(cast(Hashable, answer)).validate_json(response.content))
        except ValidationError as error:
            raise ApiError(ErrorCode.INTERNAL, detail=str(error)) from error
        return Tagged(value, response.headers.get("etag"))

    async def stream(self, path: str) -> AsyncIterator[ServerEvent]:
        """Yield server-sent events until the backend ends the stream. Raises ApiError when it breaks."""
        for attempt in (1, 2):
            used = self.tokens
            try:
                async with self._http.stream(
                    "GET", path, headers=self._stream_headers(), timeout=_STREAM_TIMEOUT
                ) as response:
                    if response.status_code >= 400:
                        await response.aread()
                        raise _error_of(response)
                    async for event in httpx2.EventSource(response):
                        yield ServerEvent(event.event, event.data)
                    return
            except ApiError as error:
                if attempt == 2 or not await self._renewed(error, used):
                    raise
            except (httpx2.HTTPError, httpx2.StreamError, httpx2.SSEError) as error:
                raise ApiError(OFFLINE, detail=str(error)) from error

    async def _send(
        self,
        method: str,
        path: str,
        *,
        params: Query | None = None,
        body: BaseModel | None = None,
        raw: bytes | None = None,
        form: Mapping[str, str] | None = None,
        key: str | None = None,
        if_match: str | None = None,
    ) -> httpx2.Response:
        used = self.tokens
        headers = {"Idempotency-Key": key, "If-Match": if_match}
        content = raw if body is None else json_of(body)
        if content is not None:
            headers["Content-Type"] = "application/json" if raw is None else "application/octet-stream"
        for attempt in (1, 2):
            sent = self._headers() | {name: value for name, value in headers.items() if value is not None}
            try:
                response = await self._http.request(
                    method, path, params=query_of(params), content=content, data=form, headers=sent
                )
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                raise ApiError(OFFLINE, detail=str(error)) from error
            if response.status_code < 400:
                return response
            refused = _error_of(response)
            if attempt == 2 or not await self._renewed(refused, used):
                raise refused
        raise AssertionError("unreachable")

    def _headers(self) -> dict[str, str]:
        headers = {"Accept-Language": self.language}
        if self.tokens is not None:
            headers["Authorization"] = f"Bearer {self.tokens.access_token}"
        if self._settings.client_secret and self._client_ip:
            headers["X-Client-Ip"] = self._client_ip
            headers["X-Client-Secret"] = self._settings.client_secret
        return headers

    async def _renewed(self, error: ApiError, used: Tokens | None) -> bool:
        """Whether there is a better token than the one that was refused; asks for one at most once at a time."""
        if error.code not in _REFRESHABLE or used is None:
            return False
        if self.tokens != used:
            return self.tokens is not None
        if self._renewal is None or self._renewal.done():
            self._renewal = asyncio.create_task(self._renew(used))
        # A screen that goes away cancels its question; the new tokens must be kept all the same.
        return await asyncio.shield(self._renewal)

    async def _renew(self, used: Tokens) -> bool:
        return await self._refresh(used) or await self._recalled(used)

    async def _refresh(self, used: Tokens) -> bool:
        request = RefreshRequest(refresh_token=used.refresh_token)
        try:
            response = await self._http.post("/auth/refresh", content=json_of(request), headers=self._json_headers())
        except httpx2.HTTPError as error:
            raise ApiError(OFFLINE, detail=str(error)) from error
        if response.status_code >= 500 or response.status_code == 429:
            raise _error_of(response)
        if response.status_code >= 400:
            return False
        self.tokens = Tokens.model_validate_json(response.content)
        await self.keep(self.tokens)
        return True

    async def _recalled(self, used: Tokens) -> bool:
        """Take over what another tab of the same browser has renewed; else the sign-in is over."""
        kept = await self.recall() if self.recall is not None else None
        if kept is not None and kept != used:
            self.tokens = kept
            return True
        self.tokens = None
        await self.keep(None)
        return False

    def _stream_headers(self) -> dict[str, str]:
        return self._headers() | {"Accept": "text/event-stream"}

    def _json_headers(self) -> dict[str, str]:
        headers = self._headers() | {"Content-Type": "application/json"}
        headers.pop("Authorization", None)
        return headers


def _error_of(response: httpx2.Response) -> ApiError:
    after = response.headers.get("retry-after", "")
    seconds = int(after) if after.isdigit() else None
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        code = ErrorCode.UNAVAILABLE if response.status_code in (502, 503, 504) else ErrorCode.INTERNAL
        return ApiError(code, retry_after=seconds, detail=f"HTTP {response.status_code}")
    return ApiError(problem.code, problem, retry_after=seconds)
