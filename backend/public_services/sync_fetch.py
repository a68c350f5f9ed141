"""Fetching the source's file: from a path, or over HTTPS with conditions, limits, retries and few redirects.

What is read is said by the operator's setting alone. A redirect may lead elsewhere, so every address that a request
would reach is looked up first, and private ones are refused (server-side request forgery, OWASP A10:2021).
"""

import hashlib
import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import stamina

from shared.procedure_sync import CheckTrouble

REDIRECTS = 3
TRIES = 4
SECONDS = 600
"""A fetch takes at most so long in all, whatever trickles in."""
_CHUNK = 1024 * 1024
_PATIENCE = httpx2.Timeout(30, connect=10)
_AGAIN = {408, 425, 429, 500, 502, 503, 504}


class FetchFailed(Exception):
    """The file could not be had; `detail` is for operators, and holds no address."""

    def __init__(self, trouble: CheckTrouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble, self.detail = trouble, detail


class _Again(Exception):
    """Worth another try."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class Mark:
    """By what a source knows that it has nothing newer (RFC 9110, 13.1): what it gave the last time."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A file that was brought, its SHA-256, and what to ask with the next time."""

    digest: str
    mark: Mark


@dataclass(frozen=True)
class Limits:
    """What a fetch may do: bytes at most, and whether it may reach private addresses and speak plain HTTP."""

    most: int
    private: bool


def fetch(source: str, into: Path, mark: Mark, limits: Limits, beat: Callable[[], None]) -> Fetched | None:
    """Bring the file to `into`; None when the source has nothing newer than `mark`. Raises FetchFailed."""
    if "://" not in source:
        return _copy(Path(source), into, mark, limits, beat)
    ends = time.monotonic() + SECONDS
    try:
        for attempt in stamina.retry_context(
            on=(_Again, httpx2.TransportError), attempts=TRIES, timeout=SECONDS, wait_initial=1, wait_max=30
        ):
            with attempt:
                return _download(source, into, mark, limits, _watched(beat, ends))
    except _Again as error:
        raise FetchFailed(CheckTrouble.REFUSED, error.detail) from error
    except httpx2.TimeoutException as error:
        raise FetchFailed(CheckTrouble.TIMED_OUT, type(error).__name__) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise FetchFailed(CheckTrouble.UNREACHABLE, type(error).__name__) from error
    raise AssertionError("the last try returns or raises")


def _watched(beat: Callable[[], None], ends: float) -> Callable[[], None]:
    def watch() -> None:
        beat()
        if time.monotonic() > ends:
            raise FetchFailed(CheckTrouble.TIMED_OUT, f"more than {SECONDS} s")

    return watch


def _copy(path: Path, into: Path, mark: Mark, limits: Limits, beat: Callable[[], None]) -> Fetched | None:
    """Copy a local file, so that it holds still while it is compared."""
    try:
        facts = path.stat()
        now = Mark(etag=f"{facts.st_size}-{facts.st_mtime_ns}")
        if now == mark:
            return None
        if not path.is_file():
            raise FetchFailed(CheckTrouble.NOT_THERE, "not a file")
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(_CHUNK), b"")
            return Fetched(_save(chunks, into, limits.most, beat), now)
    except OSError as error:
        raise FetchFailed(CheckTrouble.NOT_THERE, error.strerror or type(error).__name__) from error


def _download(source: str, into: Path, mark: Mark, limits: Limits, beat: Callable[[], None]) -> Fetched | None:
    asked = {"If-None-Match": mark.etag, "If-Modified-Since": mark.modified, "Accept": "application/x-ndjson, */*"}
    headers = {name: value for name, value in asked.items() if value}
    url = httpx2.URL(source)
    # A proxy of the environment would be asked instead of the address that was looked at.
    with httpx2.Client(timeout=_PATIENCE, headers=headers, trust_env=False) as client:
        for _ in range(REDIRECTS + 1):
            _check(url, limits)
            with client.stream("GET", url) as response:
                _check_peer(response, limits)
                if response.has_redirect_location:
                    url = url.join(response.headers["location"])
                    continue
                return _taken(response, into, limits, beat)
    raise FetchFailed(CheckTrouble.REFUSED, f"more than {REDIRECTS} redirects")


def _taken(response: httpx2.Response, into: Path, limits: Limits, beat: Callable[[], None]) -> Fetched | None:
    if response.status_code == 304:
        return None
    if response.status_code in _AGAIN:
        raise _Again(f"HTTP {response.status_code}")
    if response.status_code in {404, 410}:
        raise FetchFailed(CheckTrouble.NOT_THERE, f"HTTP {response.status_code}")
    if response.status_code != 200:
        raise FetchFailed(CheckTrouble.REFUSED, f"HTTP {response.status_code}")
    digest = _save(response.iter_bytes(_CHUNK), into, limits.most, beat)
    etag, modified = (response.headers.get(name, "") for name in ("etag", "last-modified"))
    # One that does not fit its column is not cut: a part of a tag matches nothing.
    return Fetched(digest, Mark(etag if len(etag) <= 200 else "", modified if len(modified) <= 100 else ""))


def _save(chunks: Iterable[bytes], into: Path, most: int, beat: Callable[[], None]) -> str:
    """Write what comes, unpacked, up to the limit; return its SHA-256."""
    seen, digest = 0, hashlib.sha256()
    with into.open("wb") as file:
        for chunk in chunks:
            beat()
            seen += len(chunk)
            if seen > most:
                raise FetchFailed(CheckTrouble.TOO_LARGE, f"more than {most} bytes")
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _check(url: httpx2.URL, limits: Limits) -> None:
    """Raise FetchFailed unless a request may go there."""
    if url.scheme != "https" and not (limits.private and url.scheme == "http"):
        raise FetchFailed(CheckTrouble.FORBIDDEN_ADDRESS, f"{url.scheme or 'no scheme'} is not https")
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _Again("no such host") from error
    if not limits.private:
        _only_public(str(address[4][0]) for address in found)


def _check_peer(response: httpx2.Response, limits: Limits) -> None:
    """Look whom the request did reach: a name may lead elsewhere the second time it is looked up."""
    stream: Any = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if not limits.private and peer is not None:
        _only_public([str(peer[0])])


def _only_public(addresses: Iterable[str]) -> None:
    for address in addresses:
        if not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise FetchFailed(CheckTrouble.FORBIDDEN_ADDRESS, "a private address")
