"""HTTP to the integration platform (LGSP): a token by OAuth2 client credentials (RFC 6749, 4.4), then REST.

Time-outs, retries with jitter, `Retry-After`, and a cap on what is read. An error holds no address and no code.
"""

import asyncio
import random
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import httpx2
import stamina
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.core.settings import Settings
from backend.dossiers.sources.flights import Flights
from backend.dossiers.sources.lgsp_record import Wrong

PATIENCE = 2.0
"""Seconds that a `Retry-After` may ask a waiting person for; a longer one is kept for all who come."""
LONGEST_WAIT = 3600.0
_EARLY = 30.0
_TOKEN_BYTES = 64 * 1024


class Away(Exception):
    """No answer, or none of use. `again`: another try may do; `retry_after`: not before so many seconds."""

    def __init__(self, why: str, *, again: bool = True, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.again, self.retry_after = again, retry_after


class _Refused(Exception):
    """401: the token holds no more."""


class _TokenAnswer(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    access_token: str = Field(min_length=1, max_length=20_000, pattern=r"^[\x21-\x7e]+$")
    expires_in: int = Field(default=300, gt=0)


@dataclass(frozen=True)
class _Token:
    value: str
    until: float


class LgspClient:
    """One process's connections to the platform, in one event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._token: _Token | None = None
        self._flights: Flights[_Token] = Flights()
        self._http = httpx2.AsyncClient(
            timeout=httpx2.Timeout(settings.lgsp_read_seconds, connect=settings.lgsp_connect_seconds),
            limits=httpx2.Limits(max_connections=settings.lgsp_at_once),
            # Not packed: a small answer may unpack to a huge one.
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def get(self, code: str) -> bytes | None:
        """Return what the platform says of a dossier, or None when it knows none; raises Away, Wrong."""
        settings = self._settings
        try:
            async with asyncio.timeout(settings.lgsp_deadline_seconds):
                async for attempt in stamina.retry_context(
                    on=_worth_another, attempts=settings.lgsp_attempts, timeout=None, wait_max=1, wait_jitter=0.3
                ):
                    with attempt:
                        return await self._with_token(code)
        except TimeoutError as error:
            raise Away("too slow") from error
        raise AssertionError("the last attempt returns or raises")

    async def _with_token(self, code: str) -> bytes | None:
        token = await self._usable_token()
        try:
            return await self._ask(code, token)
        except _Refused:
            # It was taken back before its time, or another process's new one ended it.
            if self._token is token:
                self._token = None
        try:
            return await self._ask(code, await self._usable_token())
        except _Refused as error:
            self._token = None
            raise Away("a fresh token is refused", again=False) from error

    async def _ask(self, code: str, token: _Token) -> bytes | None:
        address = f"{self._settings.lgsp_url.rstrip('/')}/dossiers/{quote(code, safe='')}"
        headers = {"Authorization": f"Bearer {token.value}"}
        status, body = await self._send("GET", address, self._settings.lgsp_max_bytes, headers=headers)
        if status == 404:
            return None
        if status == 401:
            raise _Refused
        return body

    async def _usable_token(self) -> _Token:
        token = self._token
        if token is not None and token.until > time.monotonic():
            return token
        return await self._flights.join("token", self._fresh_token)

    async def _fresh_token(self) -> _Token:
        settings = self._settings
        form = {"grant_type": "client_credentials"} | ({"scope": settings.lgsp_scope} if settings.lgsp_scope else {})
        secret = (settings.lgsp_client_id, settings.lgsp_client_secret.get_secret_value())
        status, body = await self._send("POST", settings.lgsp_token_url, _TOKEN_BYTES, data=form, auth=secret)
        if status in {401, 404}:
            raise Away("the platform does not take our credentials", again=False)
        try:
            answer = _TokenAnswer.model_validate_json(body)
        except ValidationError as error:
            raise Wrong("token: not what RFC 6749 says") from error
        early = min(_EARLY, answer.expires_in / 10)
        self._token = _Token(answer.access_token, time.monotonic() + answer.expires_in - early)
        return self._token

    async def _send(self, method: str, address: str, most: int, **options: Any) -> tuple[int, bytes]:
        """Return the status (200, 401 or 404) and the body; raises Away for any other, Wrong for too long a body."""
        try:
            async with self._http.stream(method, address, **options) as answer:
                _judge(answer)
                return answer.status_code, await _body(answer, most)
        except httpx2.TransportError as error:
            raise Away(type(error).__name__) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Away(type(error).__name__, again=False) from error


def _judge(answer: httpx2.Response) -> None:
    status = answer.status_code
    if status in {200, 401, 404}:
        return
    if status in {429, 503}:
        raise Away(f"HTTP {status}", retry_after=_seconds(answer.headers.get("retry-after")))
    raise Away(f"HTTP {status}", again=status >= 500 or status == 408)


async def _body(answer: httpx2.Response, most: int) -> bytes:
    if answer.status_code != 200:
        return b""
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise Wrong("body: packed, though we asked for plain")
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > most:
            raise Wrong("body: too large")
    return bytes(body)


def _seconds(header: str | None) -> float | None:
    """Return what `Retry-After` asks for (RFC 9110, 10.2.3): seconds, or a date."""
    if header is None:
        return None
    try:
        if header.strip().isdecimal():
            return min(float(header), LONGEST_WAIT)
        return min(max(0.0, parsedate_to_datetime(header).timestamp() - time.time()), LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):
        return None


def _worth_another(error: Exception) -> bool | float:
    if not isinstance(error, Away) or not error.again:
        return False
    if error.retry_after is None:
        return True
    # All who were told the same would else come back in the same moment.
    return error.retry_after + random.uniform(0, 0.3) if error.retry_after <= PATIENCE else False  # noqa: S311
